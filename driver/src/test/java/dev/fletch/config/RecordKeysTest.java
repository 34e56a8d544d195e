package dev.fletch.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import dev.fletch.settings.Checks;
import dev.fletch.settings.HasText;
import dev.fletch.settings.Key;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A settings record is all there is to say about its keys, there and back. */
class RecordKeysTest {
  enum Fruit implements HasText {
    APPLE,
    PEAR,
    STONE;

    @Override
    public String text() {
      return "a_" + name();
    }
  }

  enum Colour {
    DARK_RED
  }

  record Inner(@Key("pit") boolean hasPit, double weight) {}

  record Basket(
      String name,
      long count,
      @Key(words = {"one", "two"}) int hands,
      Colour colour,
      List<Fruit> fruits,
      List<Long> days,
      @Key(inline = true) Inner inner,
      Inner spareFruit,
      @Key(section = "elsewhere") int size) {
    Basket {
      new Checks()
          .atLeast("size", size, 1)
          .require("count", count < size, "must be below size", "size")
          .orThrow();
    }
  }

  private static final String DEFAULTS =
      """
      name = x, count = 3, hands = one, colour = dark-red, fruits = [a_PEAR], days = [1]
      pit = true, weight = 0.5, spare-fruit { pit = false, weight = 2 }, elsewhere.size = 7
      """;

  private final Problems problems = new Problems("toy.conf");

  @Test
  void everyKindOfComponentIsReadAndWritten() {
    Section section =
        section(
            """
            name = basket, hands = two, fruits = [a_APPLE, a_PEAR], days = [5000000000]
            weight = 1.5, spare-fruit.pit = true, elsewhere.size = 9
            """);

    Basket basket = RecordKeys.PLAIN.read(section, Basket.class);

    assertThat(problems.all()).isEmpty();
    assertThat(basket)
        .isEqualTo(
            new Basket(
                "basket",
                3,
                2,
                Colour.DARK_RED,
                List.of(Fruit.APPLE, Fruit.PEAR),
                List.of(5_000_000_000L),
                new Inner(true, 1.5),
                new Inner(true, 2),
                9));
    Map<String, Object> tree = RecordKeys.PLAIN.tree(basket);
    assertThat(tree)
        .containsEntry("hands", "two")
        .containsEntry("colour", "dark-red")
        .containsEntry("fruits", List.of("a_APPLE", "a_PEAR"))
        .containsEntry("pit", true)
        .containsEntry("spare-fruit", Map.of("pit", true, "weight", 2.0))
        .containsEntry("elsewhere", Map.of("size", 9));
    Section again =
        new Section(ConfigFactory.parseMap(tree).root(), Values.EMPTY, new Problems("again.conf"));
    assertThat(RecordKeys.PLAIN.read(again, Basket.class)).isEqualTo(basket);
  }

  @Test
  void aRuleAboutAKeyThatIsWrongItselfIsNotHeldAgainstAnother() {
    Basket basket =
        RecordKeys.PLAIN.read(section("count = 8, elsewhere.size = many"), Basket.class);
    assertThat(basket).as("of defaults in the places of what is wrong").isNotNull();
    assertThat(basket.count()).isEqualTo(3);
    assertThat(basket.size()).isEqualTo(7);

    assertThat(problems.all())
        .extracting(ConfigProblem::message)
        .containsExactly("elsewhere.size must be a whole number, got \"many\"");
  }

  @Test
  void aRuleThatADefaultBreaksSaysSo() {
    RecordKeys.PLAIN.read(section("elsewhere.size = 2"), Basket.class);

    assertThat(problems.all())
        .extracting(ConfigProblem::message)
        .containsExactly("count must be below size (the default)");
  }

  @Test
  void rulesAcrossSectionsHeedWhatIsWrongInOthers() {
    Problems found = new Problems("run.conf");
    ConfigObject defaults = RunConfigLoader.defaults().root();
    ConfigObject written =
        ConfigFactory.parseString(
                "name = t, output = o, data { format = idx, path = p },"
                    + " search { epochs = none, weights.learning-rate-warm-up = 60 }")
            .root();

    RunConfigReader.of(defaults)
        .read(new Section(written, (ConfigObject) defaults.get("fletch"), found), found);

    assertThat(found.all())
        .extracting(ConfigProblem::message)
        .containsExactly("search.epochs must be a whole number, got \"none\"");
  }

  /** A run folder of an earlier build. */
  @Test
  void aConfigurationThatWasWrittenBeforeIsWrittenWithTheSameKeysAndValues() throws IOException {
    String text;
    try (InputStream in = RecordKeysTest.class.getResourceAsStream("written-config.conf")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    Map<String, String> before = new TreeMap<>();
    ConfigFactory.parseString(text)
        .getConfig("fletch")
        .entrySet()
        .forEach(e -> before.put(e.getKey(), Values.shown(e.getValue())));

    RunConfig config = RunConfigLoader.load("written-config.conf", text, List.of());

    assertThat(config.resolved()).containsExactlyEntriesOf(before);
    assertThat(config.render().lines().map(String::strip).sorted())
        .containsExactlyElementsOf(text.lines().map(String::strip).sorted().toList());
  }

  private Section section(String text) {
    return new Section(
        ConfigFactory.parseString(text).root(),
        ConfigFactory.parseString(DEFAULTS).root(),
        problems);
  }
}
