package dev.fletch.data;

import java.util.Arrays;
import java.util.List;

/** Examples of one part of a data set, as far as their labels go. */
interface LabelledSet {
  int size();

  int classes();

  /** Of an example; below {@link #classes}. */
  int label(int example);

  /** How many of {@code examples} every class has, in order of the labels. */
  default List<Integer> classSizes(int[] examples) {
    int[] sizes = new int[classes()];
    for (int example : examples) {
      sizes[label(example)]++;
    }
    return Arrays.stream(sizes).boxed().toList();
  }

  /** Examples of every class, in order of the labels. */
  default int[] classSizes() {
    int[] sizes = new int[classes()];
    for (int example = 0; example < size(); example++) {
      sizes[label(example)]++;
    }
    return sizes;
  }
}
