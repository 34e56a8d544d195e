// Dropout of elements, of channels of an example, and of words.
#include "examples.cuh"

// What is dropped: the same elements as the Java class of this name drops.
struct ElementDropout {
  const long long* keys;
  int threshold;
  int whole_channels;
};

// SplitMix64 (Steele, Lea and Flood, 2014).
__device__ static inline unsigned long long mixed_bits(unsigned long long value) {
  unsigned long long mixed = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ull;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebull;
  return mixed ^ (mixed >> 31);
}

// By the example's key and the element's number in the example, which wraps around as in Java.
__device__ static inline bool is_kept(ElementDropout dropout, ExampleRun run, long long key, int row, int index) {
  unsigned element = dropout.whole_channels ? (unsigned)row : (unsigned)row * (unsigned)run.length + (unsigned)index;
  unsigned long long part = (unsigned long long)((long long)(int)element + 1);
  unsigned long long bits = mixed_bits((unsigned long long)key + 0x9e3779b97f4a7c15ull * part);
  return (int)(bits >> 33) >= dropout.threshold;
}

// y = x times `kept` or 0; or adds that to y.
FLETCH_KERNEL drop_elements(
    const float* x, const long long* __restrict__ keys, int threshold, int whole_channels, float kept,
    const int* __restrict__ starts, int examples, int lanes, int rows, int columns, int adds, float* y) {
  ExampleRun run;
  if (!example_run({starts, examples, columns}, lanes, run)) {
    return;
  }
  ElementDropout dropout = {keys, threshold, whole_channels};
  long long key = keys[run.example];
  for (int row = blockIdx.y; row < rows; row += gridDim.y) {
    long long start = (long long)row * columns;
    int index = run.index;
    for (int column = run.first; column < run.end; column += FLETCH_RUN * run.step) {
      float held[FLETCH_RUN];
      run_load(held, x + start, run, column);
#pragma unroll
      for (int k = 0; k < FLETCH_RUN; k++) {
        held[k] *= is_kept(dropout, run, key, row, index) ? kept : 0;
        index += run.index_step;
      }
      run_put(held, y + start, run, column, adds);
    }
  }
}
FLETCH_EXPORT(drop_elements)

// y = x with another number in the place of each that is dropped.
FLETCH_KERNEL replace_words(
    const float* x, const long long* __restrict__ keys, int threshold, int whole_channels, int replacement,
    const int* __restrict__ starts, int examples, int lanes, int columns, float* y) {
  ExampleRun run;
  if (!example_run({starts, examples, columns}, lanes, run)) {
    return;
  }
  ElementDropout dropout = {keys, threshold, whole_channels};
  long long key = keys[run.example];
  int index = run.index;
  for (int column = run.first; column < run.end; column += run.step) {
    y[column] = (float)(is_kept(dropout, run, key, 0, index) ? (int)x[column] : replacement);
    index += run.index_step;
  }
}
FLETCH_EXPORT(replace_words)
