// Where texts of any lengths lie, one behind the other, and how a window slides over each of them.
#pragma once

#include "windows.cuh"

// A window that slides over each text: tap j of output o lies over position o * stride + first + j * dilation of it.
struct TextWindow {
  int columns;
  int out_columns;
  int kernel;
  int stride;
  int dilation;
  int first;
};

__device__ static inline TextWindow text_window(const Numbers<6>& n) {
  return TextWindow{n.at[0], n.at[1], n.at[2], n.at[3], n.at[4], n.at[5]};
}

// The columns in which texts begin, and at last where the last one ends; then which text each column belongs to.
struct TextPlaces {
  const int* starts;
  const int* text_of;
};

__device__ static inline TextPlaces text_places(const int* places, int texts) {
  return TextPlaces{places, places + texts + 1};
}

// Of a column of the output: the first column of its text, the positions it has, and the one under tap 0. Of a column
// of the input: the first output of its text, how many there are, and the position that the column is.
struct TextPosition {
  int start;
  int length;
  int at;
};

__device__ static inline TextPosition text_under(
    const TextPlaces& in, const TextPlaces& out, const TextWindow& w, int column) {
  int text = out.text_of[column];
  int start = in.starts[text];
  int position = (column - out.starts[text]) * w.stride + w.first;
  return TextPosition{start, in.starts[text + 1] - start, position};
}

__device__ static inline TextPosition text_over(const TextPlaces& in, const TextPlaces& out, int column) {
  int text = in.text_of[column];
  int start = out.starts[text];
  return TextPosition{start, out.starts[text + 1] - start, column - in.starts[text]};
}

// Of a column of the input, the output over which tap number `tap` lies; -1 if there is none.
__device__ static inline int text_output(const TextPosition& p, const TextWindow& w, int tap) {
  return output_over(p.at, tap, w.first, w.stride, w.dilation, p.length);
}
