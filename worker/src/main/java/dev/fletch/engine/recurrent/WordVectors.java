package dev.fletch.engine.recurrent;

import static dev.fletch.engine.recurrent.Panels.WIDTH;

import dev.fletch.engine.Parallel;

/** Words' vectors, where they are looked up: rows of a matrix {@code [V, C]}, masked. */
final class WordVectors {
  private final int batch;
  private final int size;
  private final Parallel parallel;

  WordVectors(int batch, int size, Parallel parallel) {
    this.batch = batch;
    this.size = size;
    this.parallel = parallel;
  }

  /**
   * Looks the words of all times up.
   *
   * @param weights begin with the matrix
   * @param tokens {@code [T, B]}
   * @param to by time, {@code [B, C]}
   */
  void lookUp(float[] weights, int[] tokens, Masks masks, Panels[] to) {
    Panels factors = mask(masks);
    parallel.forEach(
        tokens.length / batch,
        t -> {
          float[] target = to[t].values();
          for (int p = 0; p < to[t].panels(); p++) {
            int width = to[t].width(p);
            for (int b = 0; b < batch; b++) {
              int word = tokens[t * batch + b];
              float ofWord = masks.words().length == 0 ? 1 : masks.words()[word];
              int from = word * size + p * WIDTH;
              int at = to[t].at(p, b);
              for (int c = 0; c < width; c++) {
                float factor = factors == null ? ofWord : ofWord * factors.values()[at + c];
                target[at + c] = factor * weights[from + c];
              }
            }
          }
        });
  }

  /** Adds the gradients of what was looked up to those of the matrix, position by position. */
  void addGradient(Panels[] ofVectors, int[] tokens, Masks masks, float[] ofWeights) {
    Panels factors = mask(masks);
    parallel.forEach(
        Panels.count(size),
        p -> {
          for (int i = 0; i < tokens.length; i++) {
            Panels of = ofVectors[i / batch];
            float[] from = of.values();
            int word = tokens[i];
            float ofWord = masks.words().length == 0 ? 1 : masks.words()[word];
            int at = of.at(p, i % batch);
            int to = word * size + p * WIDTH;
            for (int c = 0; c < of.width(p); c++) {
              float factor = factors == null ? ofWord : ofWord * factors.values()[at + c];
              ofWeights[to + c] += factor * from[at + c];
            }
          }
        });
  }

  /** Both masks of vectors in one, or null for ones. */
  private Panels mask(Masks masks) {
    Panels one = panels(masks.embedding());
    Panels other = panels(masks.input());
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    for (int i = 0; i < one.values().length; i++) {
      one.values()[i] *= other.values()[i];
    }
    return one;
  }

  /** A mask {@code [B, C]}, or null for ones. */
  Panels panels(float[] mask) {
    if (mask.length == 0) {
      return null;
    }
    Panels panels = new Panels(batch, size);
    panels.write(mask, 0, 0, batch);
    return panels;
  }
}
