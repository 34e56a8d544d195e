package dev.fletch.network.dl4j;

/**
 * The weights of self-attention with biases, laid out for DL4J's, which has none. Its input gets
 * channels behind the state's: one of ones, whose weights are the biases, and for texts one that is
 * 0 within a text and -1 behind its end, which lets no position there be attended to. Its heads get
 * a number more than the engine's: of queries and keys it carries the latter to the scores, of
 * values it is 1 in the first head, and so 1 in the mean of the values too, whose weights are the
 * biases of the output.
 *
 * @param channels of the state and of the output
 * @param inputs channels of the layer's input
 * @param name what the engine's weights have in front of their names
 */
record AttentionWeights(String name, int channels, int heads, int inputs) {
  /** So much lower that a weight is 0, and finite. */
  private static final float NEVER = 1e9f;

  AttentionWeights {
    if (inputs != channels + 1 && inputs != channels + 2) {
      throw new IllegalArgumentException(
          "%s has %d channels, so its input must have 1 or 2 more, got %d"
              .formatted(name, channels, inputs));
    }
  }

  /** Numbers of a query, key or value of one head. */
  int headSize() {
    return channels / heads + 1;
  }

  private int ones() {
    return channels;
  }

  private boolean hasEnds() {
    return inputs == channels + 2;
  }

  /** {@code Wq}, {@code [heads, headSize, inputs]}; the engine divides by a smaller root. */
  float[] queries(NetworkValues values) {
    float[] queries = projection(values, 0);
    float factor = (float) Math.sqrt((double) headSize() / (headSize() - 1));
    for (int i = 0; i < queries.length; i++) {
      queries[i] *= factor;
    }
    for (int head = 0; hasEnds() && head < heads; head++) {
      queries[last(head) + ones()] = 1;
    }
    return queries;
  }

  /** {@code Wk}, {@code [heads, headSize, inputs]}. */
  float[] keys(NetworkValues values) {
    float[] keys = projection(values, 1);
    for (int head = 0; hasEnds() && head < heads; head++) {
      keys[last(head) + ones() + 1] = NEVER;
    }
    return keys;
  }

  /** {@code Wv}, {@code [heads, headSize, inputs]}. */
  float[] values(NetworkValues values) {
    float[] projection = projection(values, 2);
    projection[last(0) + ones()] = 1;
    return projection;
  }

  /** {@code Wo}, {@code [heads * headSize, channels]}. */
  float[] output(NetworkValues values) {
    float[] weight = values.weight(name + ".out_proj.weight");
    float[] bias = values.weight(name + ".out_proj.bias");
    float[] output = new float[heads * headSize() * channels];
    int size = headSize() - 1;
    for (int c = 0; c < channels; c++) {
      int row = c / size * headSize() + c % size;
      for (int to = 0; to < channels; to++) {
        output[row * channels + to] = weight[to * channels + c];
      }
    }
    System.arraycopy(bias, 0, output, size * channels, channels);
    return output;
  }

  /** Where the weights of the additional number of a head begin. */
  private int last(int head) {
    return ((head + 1) * headSize() - 1) * inputs;
  }

  /** The part of the engine's one projection, {@code [3 * channels, channels]}. */
  private float[] projection(NetworkValues values, int part) {
    float[] weight = values.weight(name + ".in_proj_weight");
    float[] bias = values.weight(name + ".in_proj_bias");
    float[] projection = new float[heads * headSize() * inputs];
    int size = headSize() - 1;
    for (int c = 0; c < channels; c++) {
      int row = (c / size * headSize() + c % size) * inputs;
      int from = part * channels + c;
      System.arraycopy(weight, from * channels, projection, row, channels);
      projection[row + ones()] = bias[from];
    }
    return projection;
  }
}
