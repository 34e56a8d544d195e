package dev.fletch.data;

import org.apache.hadoop.conf.Configuration;

/** Running text for language models; its files cannot be read yet. */
public record WordsFormat() implements StreamFormat {
  @Override
  public String text() {
    return "words";
  }

  @Override
  public DataFiles locate(DataSettings settings, Configuration hadoop) {
    throw new DataException("No streams of words yet");
  }
}
