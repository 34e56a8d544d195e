// Attention of every position of an example to all of them, in tiles of 64 x 64 weights that are never stored in
// global memory: blocks of 256 threads, each with 4 x 4 weights. The softmax is made tile by tile (Milakov and
// Gimelshein, 2018, algorithm 3), and once more in the backward pass.
#pragma once

#include "fletch.cuh"

#define ATTEND_TILE 64
// Channels that are multiplied at a time.
#define ATTEND_DEPTH 32
// Channels of a result that a block works out, two times the above.
#define ATTEND_PART 64
// Rows begin in other banks of the shared memory, and at 16 bytes.
#define ATTEND_PITCH 68
#define ATTEND_THREADS 256
#define ATTEND_LEAST (-3.402823466e38f)

// Channels of up to 64 positions.
struct AttendedRows {
  float __align__(16) at[ATTEND_DEPTH][ATTEND_PITCH];
};

// A weight, or its gradient, for each pair of a row's and a column's position.
struct AttendedPairs {
  float __align__(16) at[ATTEND_TILE][ATTEND_PITCH];
};

// The example of a block, and its head: the columns it has, and its first channel.
struct Attended {
  int example;
  int head;
  int first;
  int step;
  int length;
  int columns;
};

__device__ static inline Attended attended_of_block(const int* starts, int examples, int columns) {
  Attended of;
  of.example = (int)blockIdx.x % examples;
  of.head = (int)blockIdx.x / examples;
  of.first = starts == nullptr ? of.example : starts[of.example];
  of.step = starts == nullptr ? examples : 1;
  of.length = starts == nullptr ? columns / examples : starts[of.example + 1] - of.first;
  of.columns = columns;
  return of;
}

// The rows of a matrix from one on, as many as are used; they begin where the example does.
struct AttendedMatrix {
  const float* start;
  int rows;
};

__device__ static inline AttendedMatrix attended_rows(const float* x, const Attended& of, int row, int rows) {
  return {x + (long long)row * of.columns + of.first, rows};
}

// Channels `row` to `row + 31` of the positions from `begin` on; 0 for what there is not. A thread has one position and
// every fourth channel.
__device__ static inline void attended_load(
    AttendedRows& to, AttendedMatrix from, const Attended& of, int row, int begin) {
  const int apart = ATTEND_THREADS / ATTEND_TILE;
  int lane = (int)threadIdx.x % ATTEND_TILE;
  int first = (int)threadIdx.x / ATTEND_TILE;
  int rows = begin + lane < of.length ? from.rows - row : 0;
  const float* at = from.start + (long long)(row + first) * of.columns + (long long)(begin + lane) * of.step;
  float held[ATTEND_DEPTH / apart];
#pragma unroll
  for (int k = 0; k < ATTEND_DEPTH / apart; k++) {
    held[k] = first + k * apart < rows ? *at : 0;
    at += (long long)apart * of.columns;
  }
#pragma unroll
  for (int k = 0; k < ATTEND_DEPTH / apart; k++) {
    to.at[first + k * apart][lane] = held[k];
  }
}

// Stores channels of a result, `rows` of them.
__device__ static inline void attended_store(
    const AttendedRows& from, float* to, const Attended& of, int rows, int begin) {
  for (int i = threadIdx.x; i < ATTEND_DEPTH * ATTEND_TILE; i += ATTEND_THREADS) {
    int c = i / ATTEND_TILE;
    int position = begin + i % ATTEND_TILE;
    if (c < rows && position < of.length) {
      to[(long long)c * of.columns + (long long)position * of.step] = from.at[c][i % ATTEND_TILE];
    }
  }
}

__device__ static inline float4 four_at(const float* at) {
  return *reinterpret_cast<const float4*>(at);
}

// A thread's weights are those of rows 4 * (t / 16)... and of columns 4 * (t % 16)...
__device__ static inline int pair_row() {
  return (int)threadIdx.x / 16 * 4;
}

__device__ static inline int pair_column() {
  return (int)threadIdx.x % 16 * 4;
}

__device__ static inline void add_outer(float (&sums)[4][4], float4 x, float4 y) {
  float left[4] = {x.x, x.y, x.z, x.w};
  float right[4] = {y.x, y.y, y.z, y.w};
#pragma unroll
  for (int r = 0; r < 4; r++) {
#pragma unroll
    for (int c = 0; c < 4; c++) {
      sums[r][c] = fmaf(left[r], right[c], sums[r][c]);
    }
  }
}

// What two matrices' positions have in common: the sums over channels of a[c, row] * b[c, column].
__device__ static inline void multiply_pairs(
    float (&sums)[4][4], AttendedMatrix a, int row, AttendedMatrix b, int column, const Attended& of,
    AttendedRows& left, AttendedRows& right) {
#pragma unroll
  for (int r = 0; r < 4; r++) {
#pragma unroll
    for (int c = 0; c < 4; c++) {
      sums[r][c] = 0;
    }
  }
  for (int first = 0; first < a.rows; first += ATTEND_DEPTH) {
    __syncthreads();
    attended_load(left, a, of, first, row);
    attended_load(right, b, of, first, column);
    __syncthreads();
    int depth = min(ATTEND_DEPTH, a.rows - first);
#pragma unroll 1
    for (int k = 0; k < depth; k++) {
      add_outer(sums, four_at(&left.at[k][pair_row()]), four_at(&right.at[k][pair_column()]));
    }
  }
}

__device__ static inline void store_pairs(AttendedPairs& to, const float (&pairs)[4][4]) {
#pragma unroll
  for (int r = 0; r < 4; r++) {
    float4 four = {pairs[r][0], pairs[r][1], pairs[r][2], pairs[r][3]};
    *reinterpret_cast<float4*>(&to.at[pair_row() + r][pair_column()]) = four;
  }
}

// A part of a result: channels t % 16 and t % 16 + 16 of each 32, of the same positions as the thread's rows of pairs.
struct AttendedSums {
  float of[2][2][4];
};

__device__ static inline float dot_four(float4 x, float4 y, float sum) {
  return fmaf(x.w, y.w, fmaf(x.z, y.z, fmaf(x.y, y.y, fmaf(x.x, y.x, sum))));
}

// sums[channel, row] += pairs[row, column] * channels[channel, column], over the columns.
__device__ static inline void add_weighed(
    float (&sums)[2][4], const AttendedRows& channels, const AttendedPairs& pairs) {
// one step at a time: registers are what is scarce here
#pragma unroll 1
  for (int k = 0; k < ATTEND_TILE; k += 4) {
    float4 weights[4];
#pragma unroll
    for (int r = 0; r < 4; r++) {
      weights[r] = four_at(&pairs.at[pair_row() + r][k]);
    }
#pragma unroll
    for (int j = 0; j < 2; j++) {
      float4 values = four_at(&channels.at[threadIdx.x % 16 + 16 * j][k]);
#pragma unroll
      for (int r = 0; r < 4; r++) {
        sums[j][r] = dot_four(weights[r], values, sums[j][r]);
      }
    }
  }
}

// The same for all channels of this block's part of a matrix, from those positions on that the columns are.
__device__ static inline void add_weighed_part(
    AttendedSums& sums, AttendedMatrix part, int column, const Attended& of, AttendedRows& channels,
    const AttendedPairs& pairs) {
#pragma unroll
  for (int half = 0; half < 2; half++) {
    if (half * ATTEND_DEPTH < part.rows) {
      __syncthreads();
      attended_load(channels, part, of, half * ATTEND_DEPTH, column);
      __syncthreads();
      add_weighed(sums.of[half], channels, pairs);
    }
  }
}

// Writes a part of a result, turned round so that neighbouring threads write neighbouring positions.
__device__ static inline void store_part(
    const AttendedSums& sums, const float (&factors)[4], float* to, int rows, int row, const Attended& of,
    AttendedRows& channels) {
#pragma unroll
  for (int half = 0; half < 2; half++) {
    if (half * ATTEND_DEPTH < rows) {
      __syncthreads();
#pragma unroll
      for (int j = 0; j < 2; j++) {
#pragma unroll
        for (int r = 0; r < 4; r++) {
          channels.at[threadIdx.x % 16 + 16 * j][pair_row() + r] = factors[r] * sums.of[half][j][r];
        }
      }
      __syncthreads();
      attended_store(
          channels, to + (long long)half * ATTEND_DEPTH * of.columns, of, rows - half * ATTEND_DEPTH, row);
    }
  }
}

// Over the 16 threads that have the same rows of pairs.
__device__ static inline float row_max(float value) {
  for (int distance = 8; distance > 0; distance /= 2) {
    value = fmaxf(value, __shfl_xor_sync(0xffffffffu, value, distance));
  }
  return value;
}

__device__ static inline float row_sum(float value) {
  for (int distance = 8; distance > 0; distance /= 2) {
    value += __shfl_xor_sync(0xffffffffu, value, distance);
  }
  return value;
}

// What is known of the softmax of a thread's queries after some tiles of keys: the largest product, and the sum of the
// weights of those keys that the thread has.
struct Softened {
  float most[4];
  float sum[4];
};

__device__ static inline Softened nothing_softened() {
  return {{ATTEND_LEAST, ATTEND_LEAST, ATTEND_LEAST, ATTEND_LEAST}, {0, 0, 0, 0}};
}

// Makes weights of a tile's products, yet to be divided by their sum.
//
// older: receives what the sums of earlier tiles have to be multiplied with
__device__ static inline void soften(
    float (&pairs)[4][4], float scale, int column, const Attended& of, Softened& softened, float (&older)[4]) {
#pragma unroll
  for (int r = 0; r < 4; r++) {
    float most = ATTEND_LEAST;
#pragma unroll
    for (int c = 0; c < 4; c++) {
      bool is = column + pair_column() + c < of.length;
      pairs[r][c] = is ? scale * pairs[r][c] : ATTEND_LEAST;
      most = fmaxf(most, pairs[r][c]);
    }
    most = fmaxf(softened.most[r], row_max(most));
    float sum = 0;
#pragma unroll
    for (int c = 0; c < 4; c++) {
      bool is = column + pair_column() + c < of.length;
      pairs[r][c] = is ? expf(pairs[r][c] - most) : 0;
      sum += pairs[r][c];
    }
    older[r] = expf(softened.most[r] - most);
    softened.sum[r] = fmaf(older[r], softened.sum[r], sum);
    softened.most[r] = most;
  }
}

__device__ static inline void scale_part(AttendedSums& sums, const float (&factors)[4]) {
#pragma unroll
  for (int half = 0; half < 2; half++) {
#pragma unroll
    for (int j = 0; j < 2; j++) {
#pragma unroll
      for (int r = 0; r < 4; r++) {
        sums.of[half][j][r] *= factors[r];
      }
    }
  }
}

// Heads and their channels: `width` each, of which a block works out 64 at most.
struct AttendedHead {
  int row;
  int part;
  int part_rows;
};

__device__ static inline AttendedHead attended_head(const Attended& of, int width) {
  AttendedHead head;
  head.row = of.head * width;
  head.part = head.row + (int)blockIdx.z * ATTEND_PART;
  head.part_rows = min(ATTEND_PART, width - (int)blockIdx.z * ATTEND_PART);
  return head;
}

// What is multiplied for the weights of a head, and for their gradients.
struct AttendedOperands {
  AttendedMatrix queries;
  AttendedMatrix keys;
  AttendedMatrix values;
  AttendedMatrix douts;
};

__device__ static inline AttendedOperands attended_operands(
    const float* x, const float* dout, const Attended& of, const AttendedHead& head, int channels, int width) {
  AttendedOperands operands;
  operands.queries = attended_rows(x, of, head.row, width);
  operands.keys = attended_rows(x, of, channels + head.row, width);
  operands.values = attended_rows(x, of, 2 * channels + head.row, width);
  operands.douts = attended_rows(dout, of, head.row, width);
  return operands;
}
