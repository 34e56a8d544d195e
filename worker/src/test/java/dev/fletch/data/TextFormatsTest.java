package dev.fletch.data;

import static dev.fletch.data.SampleFiles.HADOOP;
import static dev.fletch.data.SampleTexts.SENTENCES;
import static dev.fletch.data.SampleTexts.settings;
import static dev.fletch.data.SampleTexts.with;
import static dev.fletch.data.SampleTexts.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.data.text.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files each format reads, and what it makes of them. */
class TextFormatsTest {
  private static final TextSettings COLUMNS =
      new TextSettings("text", "label", Tokenizer.WORDS, 20, 1, 0, "");

  @TempDir Path folder;

  private TextExamples open(DataSettings settings) {
    return TextExamples.open(settings, AugmentationSettings.NONE, 1, HADOOP);
  }

  private TextExamples open(TextFormat format, TextSettings text) {
    return open(settings(format, folder, text));
  }

  private DataSettings listing(TextFormat format, List<String> train, List<String> test) {
    TextSettings text = format instanceof TableFormat ? COLUMNS : SENTENCES;
    return new DataSettings(format, folder.toString(), train, test, 0, 0, 0.5, text);
  }

  /** The texts of a portion, in order, as words, each with its class. */
  private static List<String> texts(TextExamples examples, Portion portion) {
    TokenBatch all = examples.evaluation(portion, 0, examples.size(portion));
    StringBuilder words = new StringBuilder();
    for (int n = 0, at = 0; n < all.size(); n++) {
      for (int end = at + all.lengths()[n]; at < end; at++) {
        words.append(examples.vocabulary().words().get(all.tokens()[at])).append(' ');
      }
      words.append("= ").append(examples.classNames().get(all.targets()[n])).append('\n');
    }
    return words.toString().lines().toList();
  }

  @Test
  void theLayoutOfGlueIsTestedOnDev() {
    write(folder, "train.tsv.gz", "");
    SampleFiles.write(
        folder,
        "train.tsv.gz",
        SampleFiles.gzip(
            "sentence\tlabel\nno wit \t0\nit 's fun \t1\n".getBytes(StandardCharsets.UTF_8)));
    write(folder, "dev.tsv", "sentence\tlabel\nfun and wit \t1\n");
    write(folder, "test.tsv", "index\tsentence\n0\tuneasy\n");

    TextExamples examples = open(new Sst2Format(), SENTENCES);

    assertThat(texts(examples, Portion.TRAIN))
        .containsExactly("no wit = negative", "it 's fun = positive");
    assertThat(texts(examples, Portion.TEST)).containsExactly("fun <unk> wit = positive");
    assertThat(DataSet.header(settings(new Sst2Format(), folder, SENTENCES), HADOOP).warnings())
        .contains("test.tsv is not used: it has no labels, the test set is dev.tsv");
    assertThatThrownBy(
            () -> open(listing(new Sst2Format(), List.of("train.tsv.gz", "dev.tsv"), List.of())))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Cannot train on what is tested: file:%s/dev.tsv would be both; take it out of"
                + " data.train, or list other files in data.test",
            folder);
  }

  @Test
  void theLayoutWithLabelsEverywhereIsTestedOnTest() {
    write(folder, "train.tsv", SampleTexts.sentences(8));
    write(folder, "dev.tsv", SampleTexts.sentences(2));
    write(folder, "test.tsv", "sentence\t label \nw0 w1\t1\n"); // blanks are no part of names
    DataSettings settings = settings(new Sst2Format(), folder, SENTENCES);

    assertThat(texts(open(settings), Portion.TEST)).containsExactly("w0 w1 = positive");
    assertThat(DataSet.header(settings, HADOOP).warnings())
        .containsExactly(
            "dev.tsv is not used: the test set is test.tsv; to train on it too, list it in"
                + " data.train");

    List<String> both = List.of("train.tsv", "dev.tsv");
    for (List<String> tests : List.of(List.<String>of(), List.of("test.tsv"))) {
      DataSettings trained = listing(new Sst2Format(), both, tests);
      assertThat(DataSet.header(trained, HADOOP).train()).isEqualTo(10);
      assertThat(DataSet.header(trained, HADOOP).warnings()).isEmpty();
    }
  }

  /** GLUE writes the plain signs, the whole sentences have the Penn Treebank's escapes. */
  @Test
  void escapesOfTheTreebankArePlainSigns() {
    write(
        folder,
        "train.tsv",
        "sentence\tlabel\n( a ) [ b ] { c }\t1\nwriter/director * / **\t0\nx-lrb- y\t0\n");
    write(
        folder,
        "test.tsv",
        "sentence\tlabel\n-lrb- a -RRB- -lsb- b -rsb- -Lcb- c -rcb-\t1\n"
            + "writer\\/director \\* \\/ \\*\\*\t0\nx-lrb-  y\t0\n");
    for (Tokenizer tokenizer : Tokenizer.values()) {
      TextExamples examples =
          open(new Sst2Format(), new TextSettings("sentence", "label", tokenizer, 20, 1, 0, ""));

      assertThat(texts(examples, Portion.TEST))
          .as("%s", tokenizer)
          .hasSize(3)
          .startsWith("( a ) [ b ] { c } = positive")
          .isEqualTo(texts(examples, Portion.TRAIN));
    }
  }

  @Test
  void marksOfLineBreaksInReviewsAreWhiteSpace() {
    String header = "id\trating\tlabel\treview\n";
    write(folder, "train.tsv", header + "1\t9\t1\tGood.<br /><br />It's \"fun\"\n1\t2\t0\tBad\n");
    write(folder, "test.tsv", header + "7\t1\t0\tbad<br />good\n");

    TextExamples examples =
        open(new ImdbFormat(), new TextSettings("review", "label", Tokenizer.WORDS, 20, 1, 0, ""));

    assertThat(texts(examples, Portion.TRAIN))
        .containsExactly("good . it 's \" fun \" = positive", "bad = negative");
    assertThat(texts(examples, Portion.TEST)).containsExactly("bad good = negative");
  }

  @Test
  void textsOfOnesOwnComeInTablesOfAnyLayout() {
    write(folder, "train.csv", "label,text\nten,\"Well, well\"\ntwo,No.\n");
    write(folder, "test.jsonl", "{\"text\": \"no, well\", \"label\": \"ten\", \"id\": 4}\n");
    write(folder, "dev.csv", "label,text\nten,x\n");
    DataSettings settings = settings(new TableFormat(), folder, COLUMNS);

    TextExamples examples = open(settings);

    assertThat(examples.classNames()).containsExactly("ten", "two");
    assertThat(texts(examples, Portion.TRAIN)).containsExactly("well , well = ten", "no . = two");
    assertThat(texts(examples, Portion.TEST)).containsExactly("no , well = ten");
    assertThat(DataSet.header(settings, HADOOP).warnings())
        .contains("dev.csv is not used: to train on it too, list it in data.train");
    assertThat(
            DataSet.header(listing(new TableFormat(), List.of(), List.of("dev.csv")), HADOOP)
                .warnings())
        .noneMatch(warning -> warning.contains("dev.csv"));
  }

  @Test
  void labelsThatAreNumbersAreInTheirOrder() {
    write(folder, "train.tsv", "text\tlabel\na\t10\nb\t9\nc\t-1\nd\t9\n");
    write(folder, "test.tsv", "text\tlabel\na\t9\n");

    assertThat(open(new TableFormat(), COLUMNS).classNames()).containsExactly("-1", "9", "10");
  }

  @Test
  void labelsThatAreNamesAreInTheOrderOfTheAlphabet() {
    write(folder, "train.tsv", "text\tlabel\na\t10\nb\t9\nc\tz \n");
    write(folder, "test.tsv", "text\tlabel\na\tz\n");

    TextExamples examples = open(new TableFormat(), COLUMNS);

    assertThat(examples.classNames()).containsExactly("10", "9", "z");
    assertThat(examples.evaluation(Portion.TEST, 0, 1).targets()).containsExactly(2);
  }

  @Test
  void oneTableOfAPartIsThere() {
    write(folder, "train.tsv", "text\tlabel\na\t1\nb\t0\n");
    assertThatThrownBy(() -> open(new TableFormat(), COLUMNS))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Cannot find any of test.tsv, test.csv, test.jsonl in file:%s: put it there, plain or"
                + " with .gz, or list the files in data.test",
            folder);

    write(folder, "train.csv", "text,label\na,1\n");
    assertThatThrownBy(() -> open(new TableFormat(), COLUMNS))
        .hasMessage(
            "Cannot find one only of train.tsv, train.csv, train.jsonl in file:%s: list those to"
                + " use in data.train",
            folder);

    write(folder, "more.txt", "text,label\na,1\n");
    DataSettings listed =
        new DataSettings(
            new TableFormat(),
            folder.toString(),
            List.of("train.tsv", "train.csv"),
            List.of("more.txt"),
            0,
            0,
            0.5,
            COLUMNS);
    assertThatThrownBy(() -> open(listed))
        .hasMessage(
            "Cannot tell what file:%s/more.txt is: its name must end in .tsv, .csv, .jsonl, or in"
                + " these with .gz",
            folder);
  }

  @Test
  void settingsOfImagesAreRefused() {
    assertThatThrownBy(
            () ->
                new DataSettings(
                    new Sst2Format(),
                    "x",
                    List.of(),
                    List.of(),
                    0,
                    0,
                    32,
                    16,
                    0,
                    0.5,
                    SENTENCES,
                    StreamSettings.NONE))
        .hasMessageContaining("resize must be left out: sst2 has texts, got 32")
        .hasMessageContaining("image-side must be left out: sst2 has texts, got 16");
    assertThatThrownBy(() -> with(SENTENCES, 0, 0, -1))
        .hasMessageContaining("max-length must be >= 1, got 0")
        .hasMessageContaining("min-count must be >= 1, got 0")
        .hasMessageContaining("max-vocabulary must be >= 0, got -1");
    assertThatThrownBy(() -> new TextSettings("a", "a", Tokenizer.WORDS, 1, 1, 0, ""))
        .hasMessageContaining("label-column must be another one than text-column, got a");

    write(folder, "train.tsv", SampleTexts.sentences(8));
    write(folder, "test.tsv", SampleTexts.sentences(2));
    AugmentationSettings flip = new AugmentationSettings(4, true, 0);
    assertThatThrownBy(
            () -> DataSet.open(settings(new Sst2Format(), folder, SENTENCES), flip, 1, HADOOP))
        .isInstanceOf(DataException.class)
        .hasMessage("Cannot augment texts: leave out augmentation.crop-padding, flip");
  }
}
