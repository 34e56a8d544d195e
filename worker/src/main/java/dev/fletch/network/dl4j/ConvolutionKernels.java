package dev.fletch.network.dl4j;

/** Weights of the engine's linear maps and convolutions, laid out as DL4J has them. */
final class ConvolutionKernels {
  private ConvolutionKernels() {}

  /** {@code [rows, values / rows]} to {@code [values / rows, rows]}. */
  static float[] transposed(float[] values, int rows) {
    int columns = values.length / rows;
    float[] turned = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      turned[i % columns * rows + i / columns] = values[i];
    }
    return turned;
  }

  /**
   * How many positions a window spans.
   *
   * @param dilation positions from one tap to the next
   */
  static int side(int kernel, int dilation) {
    return dilation * (kernel - 1) + 1;
  }

  /** {@code [C, 1, kernel, kernel]} to {@code [side, side, C, 1]}, with zeros for the dilation. */
  static float[] depthwise(float[] values, int kernel, int dilation) {
    int taps = kernel * kernel;
    int channels = values.length / taps;
    int side = side(kernel, dilation);
    float[] turned = new float[side * side * channels];
    for (int c = 0; c < channels; c++) {
      for (int tap = 0; tap < taps; tap++) {
        int at = tap / kernel * dilation * side + tap % kernel * dilation;
        turned[at * channels + c] = values[c * taps + tap];
      }
    }
    return turned;
  }

  /**
   * One convolution along a text that does what a depthwise one and a 1x1 convolution behind it do,
   * {@code [rows, C, side]}: the products of their weights, with zeros for the dilation.
   *
   * @param depthwise {@code [C, 1, kernel]}
   * @param pointwise {@code [rows, C, 1]}
   */
  static float[] separable(float[] depthwise, float[] pointwise, int kernel, int dilation) {
    int side = side(kernel, dilation);
    float[] product = new float[pointwise.length * side];
    int channels = depthwise.length / kernel;
    for (int i = 0; i < pointwise.length; i++) {
      for (int tap = 0; tap < kernel; tap++) {
        product[i * side + tap * dilation] = pointwise[i] * depthwise[i % channels * kernel + tap];
      }
    }
    return product;
  }

  /**
   * One convolution of stride 2 and 3 positions along a text, of which the rows of {@code even}
   * read the one in the middle and those of {@code odd} the one behind it: {@code [rows, C, 3]}.
   *
   * @param even {@code [rows / 2, C, 1]}
   * @param odd likewise
   */
  static float[] alternating(float[] even, float[] odd) {
    float[] all = new float[3 * (even.length + odd.length)];
    for (int i = 0; i < even.length; i++) {
      all[3 * i + 1] = even[i];
    }
    for (int i = 0; i < odd.length; i++) {
      all[3 * (even.length + i) + 2] = odd[i];
    }
    return all;
  }

  /**
   * {@code [rows, C, side]} to {@code [side, C, rows]}: for that DL4J's Convolution1D (1.0.0-M2.1)
   * takes the values of its parameter {@code [rows, C, side, 1]}.
   */
  static float[] alongTexts(float[] values, int rows, int side) {
    int channels = values.length / rows / side;
    float[] turned = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      int row = i / side / channels;
      int channel = i / side % channels;
      turned[(i % side * channels + channel) * rows + row] = values[i];
    }
    return turned;
  }
}
