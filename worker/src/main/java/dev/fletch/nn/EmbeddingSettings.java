package dev.fletch.nn;

import dev.fletch.settings.Checks;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a network for texts takes words in.
 *
 * @param embeddingWidth numbers of a word's vector; 0: as many as the stem has channels
 * @param embeddingDropout probability with which training sets each of them to 0
 * @param wordDropout probability with which training puts the unknown word in the place of a word
 *     (Iyyer et al., 2015, drop words; unknown ones keep lengths as they are)
 */
public record EmbeddingSettings(int embeddingWidth, double embeddingDropout, double wordDropout)
    implements Serializable {
  /** As wide as the stem, and all of it; networks for images have it too, without a use for it. */
  public static final EmbeddingSettings PLAIN = new EmbeddingSettings(0, 0, 0);

  public EmbeddingSettings {
    new Checks()
        .atLeast("embedding-width", embeddingWidth, 0)
        .below("embedding-dropout", embeddingDropout, 0, 1)
        .below("word-dropout", wordDropout, 0, 1)
        .orThrow();
  }

  /**
   * Numbers of a word's vector.
   *
   * @param stem channels of the stem
   */
  public int width(int stem) {
    return embeddingWidth == 0 ? stem : embeddingWidth;
  }

  /** The keys by which words are taken in otherwise than as {@link #PLAIN} says. */
  public List<String> changes() {
    Map<String, Boolean> changes = new LinkedHashMap<>();
    changes.put("embedding-width", embeddingWidth != 0);
    changes.put("embedding-dropout", embeddingDropout != 0);
    changes.put("word-dropout", wordDropout != 0);
    return changes.keySet().stream().filter(changes::get).toList();
  }
}
