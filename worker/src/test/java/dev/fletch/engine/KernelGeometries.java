package dev.fletch.engine;

import java.util.ArrayList;
import java.util.List;

/** Windows on images of odd and even sizes, for every kernel that slides one. */
final class KernelGeometries {
  private KernelGeometries() {}

  static List<Geometry> everyWindow() {
    return windows(List.of(1, 3, 5, 7), List.of(1, 2));
  }

  static List<Geometry> everyUnfolding() {
    return windows(List.of(3, 5), List.of(1));
  }

  static List<Geometry> everyPool() {
    return windows(List.of(3, 5), List.of(1));
  }

  static List<Geometry> everyPixel() {
    return windows(List.of(1), List.of(1));
  }

  static List<Geometry> windows(List<Integer> kernels, List<Integer> dilations) {
    int[][] sides = {{7, 9}, {8, 8}, {1, 1}, {5, 4}, {14, 14}};
    List<Geometry> windows = new ArrayList<>();
    for (int[] side : sides) {
      for (int kernel : kernels) {
        for (int stride = 1; stride <= 2; stride++) {
          for (int dilation : dilations) {
            windows.add(new Geometry(side[0], side[1], kernel, stride, dilation));
          }
        }
      }
    }
    return windows;
  }
}
