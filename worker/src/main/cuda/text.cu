// Tables of words: a vector for each position of texts.
#include "fletch.cuh"

// Side of what a block turns round: it reads vectors of the table and writes rows of the result.
#define FLETCH_TURNED 32

// out[c, i] = table[words[i], c]: blocks of 256 threads, each for 32 positions and 32 channels.
FLETCH_KERNEL __launch_bounds__(256) embed_words(
    const float* __restrict__ words, int positions, const double* __restrict__ table, int channels,
    float* __restrict__ out) {
  __shared__ float turned[FLETCH_TURNED][FLETCH_TURNED + 1];
  int lane = threadIdx.x % FLETCH_TURNED;
  int first = threadIdx.x / FLETCH_TURNED;
  int position = blockIdx.x * FLETCH_TURNED;
  int channel = blockIdx.y * FLETCH_TURNED;
  for (int i = first; i < FLETCH_TURNED; i += 256 / FLETCH_TURNED) {
    if (position + i < positions && channel + lane < channels) {
      long long word = (long long)words[position + i];
      turned[i][lane] = (float)table[word * channels + channel + lane];
    }
  }
  __syncthreads();
  for (int c = first; c < FLETCH_TURNED; c += 256 / FLETCH_TURNED) {
    if (position + lane < positions && channel + c < channels) {
      out[(long long)(channel + c) * positions + position + lane] = turned[lane][c];
    }
  }
}
FLETCH_EXPORT(embed_words)

// Which lanes of the warp give true, a bit for each, to all of them.
__device__ static inline unsigned lanes_that(bool give) {
  unsigned bits = give ? 1u << threadIdx.x % 32 : 0;
  for (int distance = 16; distance > 0; distance /= 2) {
    bits |= __shfl_xor_sync(0xffffffffu, bits, distance);
  }
  return bits;
}

// The positions of a word among those of a tile, in order.
struct PlacesOfWord {
  int count;
  int at[256];
  unsigned of_warp[8];
};

// Whether the word of a position was there before.
__device__ static inline bool was_before(const float* words, int position, int* found) {
  float word = words[position];
  if (threadIdx.x == 0) {
    *found = 0;
  }
  __syncthreads();
  for (int i = threadIdx.x; i < position; i += 256) {
    if (words[i] == word) {
      *found = 1;
      break;
    }
  }
  __syncthreads();
  return *found != 0;
}

__device__ static inline void find_word(const float* words, int positions, float word, int tile, PlacesOfWord& places) {
  int i = tile + (int)threadIdx.x;
  int warp = (int)threadIdx.x / 32;
  bool same = i < positions && words[i] == word;
  unsigned lanes = lanes_that(same);
  if (threadIdx.x % 32 == 0) {
    places.of_warp[warp] = lanes;
  }
  __syncthreads();
  int before = __popc(lanes & ((1u << threadIdx.x % 32) - 1));
  int count = 0;
  for (int w = 0; w < 8; w++) {
    before += w < warp ? __popc(places.of_warp[w]) : 0;
    count += __popc(places.of_warp[w]);
  }
  if (same) {
    places.at[before] = i;
  }
  if (threadIdx.x == 0) {
    places.count = count;
  }
  __syncthreads();
}

// Adds one row of the gradient at the places of a word, from the first to the last.
__device__ static inline double add_places(const float* row, const PlacesOfWord& places, double sum) {
  for (int first = 0; first < places.count; first += 8) {
    float some[8];
#pragma unroll
    for (int k = 0; k < 8; k++) {
      some[k] = first + k < places.count ? row[places.at[first + k]] : 0;
    }
#pragma unroll
    for (int k = 0; k < 8; k++) {
      if (first + k < places.count) {
        sum += some[k];
      }
    }
  }
  return sum;
}

// Adds to the table's gradient: blocks of 256 threads. The one of a word's first position does all positions of that
// word, in order, and the others nothing.
FLETCH_KERNEL __launch_bounds__(256) embed_words_backward(
    const float* __restrict__ words, int positions, const float* __restrict__ dout, int channels,
    double* __restrict__ dtable) {
  __shared__ int found;
  __shared__ PlacesOfWord places;
  int position = blockIdx.x;
  if (was_before(words, position, &found)) {
    return;
  }
  float word = words[position];
  double* to = dtable + (long long)word * channels;
  for (int tile = position / 256 * 256; tile < positions; tile += 256) {
    find_word(words, positions, word, tile, places);
    for (int c = threadIdx.x; places.count > 0 && c < channels; c += 256) {
      to[c] = add_places(dout + (long long)c * positions, places, to[c]);
    }
  }
}
FLETCH_EXPORT(embed_words_backward)
