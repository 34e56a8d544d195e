package dev.fletch.data;

import dev.fletch.data.text.SpacedWords;
import dev.fletch.data.text.WordConsumer;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Running text for language models, as the Penn Treebank (Mikolov et al., 2010) and WikiText-2
 * (Merity et al., 2017) are spread: words between white space, in one file each to train, to
 * validate and to test.
 */
public record WordsFormat() implements StreamFormat {
  private static final int CHUNK = 1 << 16;

  @Override
  public String text() {
    return "words";
  }

  @Override
  public DataFiles locate(DataSettings settings, Configuration hadoop) {
    return new DataFiles(
        part("train", settings.train(), settings, hadoop),
        part("valid", settings.stream().valid(), settings, hadoop),
        part("test", settings.test(), settings, hadoop),
        List.of());
  }

  private static List<DataFile> part(
      String name, List<String> listed, DataSettings settings, Configuration hadoop) {
    return UsualFiles.part(name, listed, List.of(name + ".txt"), false, settings, hadoop);
  }

  @Override
  public void read(DataFile file, WordConsumer words) {
    try (DataInput in = file.open()) {
      SpacedWords.read(() -> in.upTo(CHUNK), words);
      in.skipRest(); // says whether a gzip stream broke off
    }
  }
}
