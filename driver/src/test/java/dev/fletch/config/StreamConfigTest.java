package dev.fletch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.data.AugmentationSettings;
import dev.fletch.data.StreamSettings;
import dev.fletch.data.StreamSettings.KnownWords;
import dev.fletch.data.TextSettings;
import dev.fletch.data.Windows;
import dev.fletch.data.WordsFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Formats of streams have keys of their own, and none of those that divide or change examples. */
class StreamConfigTest {
  private static RunConfig load(String format, String... overrides) {
    return RunConfigLoader.load(
        "run.conf",
        "fletch { name = a, output = b, data { format = %s, path = c } }".formatted(format),
        List.of(overrides));
  }

  private static void assertProblem(String format, List<String> overrides, String... messages) {
    assertThatThrownBy(() -> load(format, overrides.toArray(String[]::new)))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .extracting(ConfigProblem::message)
                    .containsExactlyInAnyOrder(messages));
  }

  /** The values of quark0/darts, but for what it has no keys for. */
  @Test
  void theFormatHasItsDefaults() {
    RunConfig words = load("words");

    assertThat(words.data().stream())
        .isEqualTo(
            new StreamSettings(
                List.of(), 0, KnownWords.ALL, 1, 0, 35, Windows.HALVED, Windows.VARIED, 10, 1));
    assertThat(words.data().format()).isEqualTo(new WordsFormat());
    assertThat(words.data().text()).isEqualTo(TextSettings.NONE);
    assertThat(words.search().augmentation()).isEqualTo(AugmentationSettings.NONE);
    assertThat(words.retrain().augmentation()).isEqualTo(AugmentationSettings.NONE);
    assertThat(words.space().dimensions()).isEqualTo(1);
    assertThat(load("idx").data().stream()).isEqualTo(StreamSettings.NONE);
    assertThat(load("sst2").data().stream()).isEqualTo(StreamSettings.NONE);
  }

  @Test
  void whatIsRenderedIsReadAgain() {
    RunConfig words = load("words");

    assertThat(words.resolved())
        .containsKey("data.bptt")
        .containsKey("data.min-count")
        .doesNotContainKey("data.search-portion")
        .doesNotContainKey("data.max-length");
    assertThat(RunConfigLoader.load("config.conf", words.render(), List.of())).isEqualTo(words);
    assertThat(load("idx").resolved())
        .containsKey("data.search-portion")
        .doesNotContainKey("data.bptt");
  }

  @ParameterizedTest
  @CsvSource({
    "valid,[dev.txt]",
    "valid-limit,900",
    "vocabulary,train",
    "bptt,20",
    "search-windows,fixed",
    "retrain-windows,halved",
    "evaluation-rows,4",
    "test-rows,8"
  })
  void changingAKeyChangesTheConfigurationAndSurvivesRendering(String key, String value) {
    RunConfig changed = load("words", "data." + key + "=" + value);

    assertThat(changed.data()).isNotEqualTo(load("words").data());
    assertThat(changed.resolved().get("data." + key).replace("\"", "")).isEqualTo(value);
    assertThat(RunConfigLoader.load("config.conf", changed.render(), List.of())).isEqualTo(changed);
  }

  @Test
  void rareWordsAreLeftOutOfTheVocabularyOfTheTrainingText() {
    StreamSettings changed =
        load("words", "data.vocabulary=train", "data.min-count=3", "data.max-vocabulary=10000")
            .data()
            .stream();

    assertThat(changed.minCount()).isEqualTo(3);
    assertThat(changed.maxVocabulary()).isEqualTo(10000);
    assertProblem(
        "words",
        List.of("data.min-count=3"),
        "data.min-count must be 1 with vocabulary = all, where every word is known, got 3: set"
            + " vocabulary = train");
  }

  @Test
  void nothingIsDividedHeldOutOrAugmented() {
    assertProblem(
        "words",
        List.of("data.search-portion=0.5"),
        "data.search-portion must be left out: in a search on words the training text trains w, and"
            + " the validation text alpha");
    assertProblem(
        "words",
        List.of("data.search-limit=100", "data.resize=32"),
        "data.search-limit must be left out: a search on words sees all of the training text, got"
            + " 100; set train-limit",
        "data.resize must be left out: words has texts, got 32");
    assertProblem(
        "words",
        List.of("retrain.validation-portion=0.1", "search.augmentation.flip=true"),
        "retrain.validation-portion must be left out: words has a validation text of its own, got"
            + " 0.1",
        "search.augmentation.flip must be left out: it changes images, and words has texts");
  }

  @Test
  void otherFormatsHaveOtherKeys() {
    assertProblem(
        "words",
        List.of("data.max-length=9", "data.label-column=x"),
        "data.max-length belongs to format imdb or sst2 or text, but format is words",
        "data.label-column belongs to format imdb or sst2 or text, but format is words");
    assertProblem(
        "idx",
        List.of("data.bptt=9", "data.min-count=2"),
        "data.bptt belongs to format words, but format is idx",
        "data.min-count belongs to format imdb or sst2 or text or words, but format is idx");
    assertProblem(
        "sst2", List.of("data.bptt=9"), "data.bptt belongs to format words, but format is sst2");
    assertThatThrownBy(() -> load("wordz", "data.bptt=9"))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .singleElement()
                    .asString()
                    .endsWith("got \"wordz\"; did you mean words?"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data.bptt=0 | data.bptt must be >= 1, got 0",
        "data.evaluation-rows=0 | data.evaluation-rows must be >= 1, got 0",
        "data.valid-limit=-1 | data.valid-limit must be >= 0, got -1",
        "data.vocabulary=test | data.vocabulary must be one of all, train, got \"test\"",
        "data.search-windows=half | data.search-windows must be one of fixed, halved, varied, got"
            + " \"half\"",
        "data.bppt=9 | unknown key data.bppt; did you mean data.bptt?",
      })
  void whatIsWrongIsSaid(String setting, String message) {
    assertProblem("words", List.of(setting), message);
  }

  @Test
  void allThreeTextsAreListedWhereThereIsNoFolder() {
    assertThatThrownBy(() -> load("words", "data.path=\"\"", "data.train=[/a]", "data.test=[/c]"))
        .hasMessageContaining(
            "data.path must name a folder unless train, valid and test list their files");
    assertThat(
            load("words", "data.path=\"\"", "data.train=[/a]", "data.valid=[/b]", "data.test=[/c]")
                .data()
                .stream()
                .valid())
        .containsExactly("/b");
  }
}
