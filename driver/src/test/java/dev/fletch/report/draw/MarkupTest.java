package dev.fletch.report.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkupTest {
  @Test
  void escapesValuesButNotMarkup() {
    Markup inner = Markup.of("<b>{}</b>", "a<b & 'c' \"d\"");
    assertThat(Markup.of("<p>{}{}</p>", inner, List.of(inner)).html())
        .isEqualTo(
            "<p><b>a&lt;b &amp; &#39;c&#39; &quot;d&quot;</b>"
                + "<b>a&lt;b &amp; &#39;c&#39; &quot;d&quot;</b></p>");
  }

  @Test
  void replacesCharactersThatXmlForbids() {
    assertThat(Markup.of("{}", "a\u0000b\u001bc\ud800d").html())
        .isEqualTo("a\ufffdb\ufffdc\ufffdd");
  }

  @Test
  void doesNotFillPlacesThatComeWithAValue() {
    assertThat(Markup.of("{} {}", "{}", "x").html()).isEqualTo("{} x");
  }

  @Test
  void roundsCoordinates() {
    assertThat(Markup.of("{} {} {}", 1.0, 2.346, -0.001).html()).isEqualTo("1 2.35 0");
  }

  @Test
  void refusesATemplateWithAnotherNumberOfPlaces() {
    assertThatThrownBy(() -> Markup.of("{}", 1, 2))
        .hasMessage("More values than {} in the template: {}");
    assertThatThrownBy(() -> Markup.of("{}{}", 1))
        .hasMessage("Fewer values than {} in the template: {}{}");
  }
}
