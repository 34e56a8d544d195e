package dev.fletch.network.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConvolutionKernelsTest {
  @Test
  void aDilatedKernelHasZerosBetweenItsValues() {
    float[] kernel = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    assertThat(ConvolutionKernels.depthwise(kernel, 3, 2))
        .containsExactly(1, 0, 2, 0, 3, 0, 0, 0, 0, 0, 4, 0, 5, 0, 6, 0, 0, 0, 0, 0, 7, 0, 8, 0, 9);
  }

  @Test
  void depthwiseAnd1x1BecomeOneConvolution() {
    float[] depthwise = {1, 2, 3, 4, 5, 6}; // of two channels
    float[] pointwise = {1, 10, 0, -1}; // of two rows
    assertThat(ConvolutionKernels.separable(depthwise, pointwise, 3, 1))
        .containsExactly(1, 2, 3, 40, 50, 60, 0, 0, 0, -4, -5, -6);
    assertThat(ConvolutionKernels.separable(new float[] {1, 2, 3}, new float[] {2}, 3, 2))
        .containsExactly(2, 0, 4, 0, 6);
  }

  @Test
  void halvesReadTheMiddleAndWhatIsBehindIt() {
    assertThat(ConvolutionKernels.alternating(new float[] {1, 2}, new float[] {3, 4}))
        .containsExactly(0, 1, 0, 0, 2, 0, 0, 0, 3, 0, 0, 4);
  }

  @Test
  void kernelsAlongTextsAreTurned() {
    // two rows of three channels and a window of 2
    assertThat(
            ConvolutionKernels.alongTexts(
                new float[] {111, 112, 121, 122, 131, 132, 211, 212, 221, 222, 231, 232}, 2, 2))
        .containsExactly(111, 211, 121, 221, 131, 231, 112, 212, 122, 222, 132, 232);
    assertThat(ConvolutionKernels.transposed(new float[] {1, 2, 3, 4, 5, 6}, 2))
        .containsExactly(1, 4, 2, 5, 3, 6);
  }
}
