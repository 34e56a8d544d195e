package dev.fletch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.data.AugmentationSettings;
import dev.fletch.data.Sst2Format;
import dev.fletch.data.TextSettings;
import dev.fletch.data.text.Tokenizer;
import dev.fletch.network.CandidateSettings;
import dev.fletch.nn.EmbeddingSettings;
import dev.fletch.supernet.SupernetSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Formats of texts have keys of their own, and none of those that change images. */
class TextConfigTest {
  private static RunConfig load(String format, String... overrides) {
    return RunConfigLoader.load(
        "run.conf",
        "fletch { name = a, output = b, data { format = %s, path = c } }".formatted(format),
        List.of(overrides));
  }

  @Test
  void eachFormatHasItsDefaults() {
    assertThat(load("sst2").data().text())
        .isEqualTo(new TextSettings("sentence", "label", Tokenizer.SPACES, 256, 2, 20000, ""));
    assertThat(load("sst2").data().format()).isEqualTo(new Sst2Format());
    assertThat(load("imdb").data().text())
        .isEqualTo(new TextSettings("review", "label", Tokenizer.WORDS, 256, 2, 20000, ""));
    assertThat(load("text").data().text())
        .isEqualTo(new TextSettings("text", "label", Tokenizer.WORDS, 256, 2, 20000, ""));
    assertThat(load("idx").data().text()).isEqualTo(TextSettings.NONE);
  }

  /** Which decides what a method takes the operations of its space to cost. */
  @Test
  void theMethodIsToldHowManySidesExamplesHave() {
    assertThat(load("sst2").space().dimensions()).isEqualTo(1);
    assertThat(load("idx").space().dimensions()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "text-column,body",
    "label-column,stars",
    "tokenizer,spaces",
    "max-length,9",
    "min-count,1",
    "max-vocabulary,0",
    "embeddings,glove.txt"
  })
  void changingAKeyChangesTheConfigurationAndSurvivesRendering(String key, String value) {
    RunConfig changed = load("text", "data." + key + "=" + value);

    assertThat(changed.data()).isNotEqualTo(load("text").data());
    assertThat(changed.resolved().get("data." + key).replace("\"", "")).isEqualTo(value);
    assertThat(RunConfigLoader.load("config.conf", changed.render(), List.of())).isEqualTo(changed);
  }

  @Test
  void noTextsAreReadAsIfThereWereNoSettings() {
    assertThatThrownBy(
            () ->
                load(
                    "text",
                    "data.text-column=\"\"",
                    "data.label-column=\"\"",
                    "data.tokenizer=spaces",
                    "data.max-length=0",
                    "data.min-count=0",
                    "data.max-vocabulary=0"))
        .hasMessageContaining("data.text-column must name a column");
  }

  @Test
  void configurationsOfImagesHaveNoKeysOfTexts() {
    assertThat(load("idx").resolved()).doesNotContainKey("data.max-length");
    assertThatThrownBy(() -> load("idx", "data.max-length=9", "data.tokenizer=words"))
        .hasMessageContaining(
            "data.max-length belongs to format imdb or sst2 or text, but format is idx")
        .hasMessageContaining("data.tokenizer belongs to format imdb or sst2 or text");
    assertThatThrownBy(() -> load("idxx", "data.max-length=9"))
        .isInstanceOfSatisfying(ConfigException.class, e -> assertThat(e.problems()).hasSize(1));
  }

  /** A section that is refused for one key is checked together with others all the same. */
  @Test
  void whatSectionsRefuseAloneHidesNothingOfWhatTheyRefuseTogether() {
    assertProblems(
        List.of(
            "retrain.reduce-after=[0,1]",
            "retrain.auxiliary-weight=0.4",
            "retrain.augmentation.flip=true"),
        "--set: retrain.reduce-after must be ascending numbers from 1 to layers",
        "--set: retrain.auxiliary-weight must be 0: networks for texts have no auxiliary head",
        "--set: retrain.augmentation.flip must be left out: it changes images");
    assertProblems(
        List.of(
            "space.operations=[none,attention]",
            "supernet.init-channels=12",
            "retrain.init-channels=20"),
        "--set: supernet.init-channels must fit space.operations: attention divides",
        "--set: retrain.init-channels must fit the operations of candidates: attention divides");
    assertProblems(
        List.of("retrain.candidates=[nonesuch,other,last]"),
        "--set: retrain.candidates must be best-validation, ");
    assertThatThrownBy(() -> load("sst2", "retrain.candidates=[nonesuch,other,last]"))
        .message()
        .endsWith(", got nonesuch, other");
  }

  private static void assertProblems(List<String> overrides, String... starts) {
    assertThatThrownBy(() -> load("sst2", overrides.toArray(String[]::new)))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e -> {
              assertThat(e.problems()).hasSize(starts.length);
              for (String start : starts) {
                assertThat(e.problems())
                    .anySatisfy(problem -> assertThat(problem.toString()).startsWith(start));
              }
            });
  }

  @Test
  void textsAreNotAugmentedUnlessSomebodyAsksForItAndIsRefused() {
    RunConfig texts = load("sst2");
    assertThat(texts.search().augmentation()).isEqualTo(AugmentationSettings.NONE);
    assertThat(texts.retrain().augmentation()).isEqualTo(AugmentationSettings.NONE);
    assertThat(load("idx").retrain().augmentation().cutout()).isEqualTo(16);
    assertThat(RunConfigLoader.load("config.conf", texts.render(), List.of())).isEqualTo(texts);

    assertThatThrownBy(
            () ->
                load(
                    "sst2",
                    "search.augmentation.flip=true",
                    "retrain.augmentation.cutout=8",
                    "data.resize=32"))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .extracting(ConfigProblem::message)
                    .containsExactlyInAnyOrder(
                        "data.resize must be left out: sst2 has texts, got 32",
                        "search.augmentation.flip must be left out: it changes images, and sst2 has"
                            + " texts",
                        "retrain.augmentation.cutout must be left out: it changes images, and sst2"
                            + " has texts"));
    assertThatThrownBy(
            () -> load("sst2", "search.augmentation.flip=true", "retrain.augmentation.cutout=8"))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .extracting(ConfigProblem::message)
                    .containsExactlyInAnyOrder(
                        "search.augmentation.flip must be left out: it changes images, and sst2"
                            + " has texts",
                        "retrain.augmentation.cutout must be left out: it changes images, and"
                            + " sst2 has texts"));
  }

  @Test
  void networksForTextsHaveKeysOfTheirOwn() {
    RunConfig texts = load("sst2");
    assertThat(CandidateSettings.of(texts.retrain().network()).auxiliaryWeight()).isZero();
    assertThat(SupernetSettings.of(texts.supernet()).embedding())
        .isEqualTo(EmbeddingSettings.PLAIN);
    assertThat(CandidateSettings.of(load("idx").retrain().network()).auxiliaryWeight())
        .isEqualTo(0.4);

    RunConfig changed =
        load(
            "sst2",
            "supernet.embedding-width=50",
            "retrain.embedding-width=100",
            "retrain.embedding-dropout=0.2",
            "retrain.dropout=0.5");
    assertThat(SupernetSettings.of(changed.supernet()).embedding())
        .isEqualTo(new EmbeddingSettings(50, 0, 0));
    assertThat(CandidateSettings.of(changed.retrain().network()).embedding())
        .isEqualTo(new EmbeddingSettings(100, 0.2, 0));
    assertThat(CandidateSettings.of(changed.retrain().network()).dropout()).isEqualTo(0.5);
    assertThat(RunConfigLoader.load("config.conf", changed.render(), List.of())).isEqualTo(changed);

    assertThatThrownBy(
            () -> load("idx", "supernet.embedding-width=50", "retrain.embedding-dropout=0.2"))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .extracting(ConfigProblem::message)
                    .containsExactlyInAnyOrder(
                        "supernet.embedding-width must be left out: it is for texts, and idx has"
                            + " images",
                        "retrain.embedding-dropout must be left out: it is for texts, and idx has"
                            + " images"));
  }

  @ParameterizedTest
  @CsvSource({"embedding-width,8", "embedding-dropout,0.2", "word-dropout,0.3"})
  void networksThatScoreGenomesHaveThemToo(String key, String value) {
    String setting = "search.fitness." + key + "=" + value;
    assertThat(load("sst2", "search.method=neat", setting).population().orElseThrow().fitness())
        .extracting(fitness -> fitness.network().embedding())
        .isNotEqualTo(EmbeddingSettings.PLAIN);

    assertThatThrownBy(() -> load("idx", "search.method=neat", setting))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .extracting(ConfigProblem::message)
                    .containsExactly(
                        "search.fitness.%s must be left out: it is for texts, and idx has images"
                            .formatted(key)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data.max-length=0 | data.max-length must be >= 1, got 0",
        "data.min-count=0 | data.min-count must be >= 1, got 0",
        "data.tokenizer=word | data.tokenizer must be one of words, spaces, got \"word\"; did you"
            + " mean words?",
        "data.label-column=text | data.label-column must be another one than text-column, got text",
        "data.max-lenght=9 | unknown key data.max-lenght; did you mean data.max-length?",
      })
  void whatIsWrongIsSaid(String setting, String message) {
    assertThatThrownBy(() -> load("text", setting))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e -> assertThat(e.problems()).extracting(ConfigProblem::message).contains(message));
  }
}
