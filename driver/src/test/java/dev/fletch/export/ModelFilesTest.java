package dev.fletch.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.config.RunConfigLoader;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code model.json} says of the way from a text to numbers. */
class ModelFilesTest {
  private static ObjectNode preprocessing(String format) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    String file = "fletch { name = a, output = b, data { format = %s, path = c } }";
    ModelFiles.preprocessing(
        RunConfigLoader.load("run.conf", file.formatted(format), List.of()).data(), json);
    return json;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "imdb | {\"<br />\":\" \"} | {} | words",
        "text | {} | {} | words",
        "sst2 | {\"\\\\*\":\"*\",\"\\\\/\":\"/\"} | {\"-lcb-\":\"{\",\"-lrb-\":\"(\","
            + "\"-lsb-\":\"[\",\"-rcb-\":\"}\",\"-rrb-\":\")\",\"-rsb-\":\"]\"} | spaces"
      })
  void allThatIsDoneToATextIsSaid(String format, String parts, String words, String tokenizer) {
    ObjectNode json = preprocessing(format);

    assertThat(json.get("replace").toString()).isEqualTo(parts);
    assertThat(json.get("replaceWords").toString()).isEqualTo(words);
    assertThat(json.get("tokenizer").asText()).isEqualTo(tokenizer);
  }
}
