// Where the columns of examples lie, and how threads go through them.
#pragma once

#include "held.cuh"

// Where the columns of examples lie. Texts, packed, have starts, one more than there are of them; images, which are
// interleaved, have none.
struct ExampleColumns {
  const int* starts;
  int examples;
  int columns;
};

// The columns of one example that a thread works on: neighbouring threads have neighbouring columns.
struct ExampleRun {
  int example;
  int length;
  int first;
  int step;
  int end;
  // Of the first of them among the example's pixels or positions, and how far apart they are there.
  int index;
  int index_step;
};

// Of `lanes` threads for each row: 32 for each text; of images a multiple of their number. False for what is beyond.
__device__ static inline bool example_run(ExampleColumns of, int lanes, ExampleRun& run) {
  int lane = (int)(blockIdx.x * blockDim.x + threadIdx.x);
  if (lane >= lanes) {
    return false;
  }
  if (of.starts == nullptr) {
    run.example = lane % of.examples;
    run.length = of.columns / of.examples;
    run.first = lane;
    run.step = lanes;
    run.end = of.columns;
    run.index = lane / of.examples;
    run.index_step = lanes / of.examples;
  } else {
    run.example = lane / 32;
    run.first = of.starts[run.example] + lane % 32;
    run.step = 32;
    run.end = of.starts[run.example + 1];
    run.length = run.end - of.starts[run.example];
    run.index = lane % 32;
    run.index_step = 32;
  }
  return true;
}

// Columns of a run that are loaded before one of them is stored.
#define FLETCH_RUN 4

__device__ static inline void run_load(float (&held)[FLETCH_RUN], const float* row, ExampleRun run, int column) {
#pragma unroll
  for (int k = 0; k < FLETCH_RUN; k++) {
    int i = column + k * run.step;
    held[k] = i < run.end ? row[i] : 0;
  }
}

__device__ static inline void run_store(const float (&held)[FLETCH_RUN], float* row, ExampleRun run, int column) {
#pragma unroll
  for (int k = 0; k < FLETCH_RUN; k++) {
    int i = column + k * run.step;
    if (i < run.end) {
      row[i] = held[k];
    }
  }
}

__device__ static inline void run_put(float (&held)[FLETCH_RUN], float* row, ExampleRun run, int column, int adds) {
  if (adds) {
    float sums[FLETCH_RUN];
    run_load(sums, row, run, column);
    held_add(sums, 1, held);
  }
  run_store(held, row, run, column);
}
