// What younger cards can do, and what the others do instead: copies that threads need not wait for, and tensor cores.
#pragma once

#include "fletch.cuh"

#if defined(__CUDA_ARCH__) && __CUDA_ARCH__ >= 800
#define FLETCH_AMPERE 1
#else
#define FLETCH_AMPERE 0
#endif

// The emulator has some that do not round, so that tests see whether every value gets where it should.
#ifdef FLETCH_EMULATOR
#define FLETCH_TENSOR_CORES 1
#else
#define FLETCH_TENSOR_CORES FLETCH_AMPERE
#endif

// Copies to shared memory which threads do not wait for, where the card can do that.
__device__ static inline void fetch_one(float* to, const float* from) {
#if FLETCH_AMPERE
  unsigned int at = (unsigned int)__cvta_generic_to_shared(to);
  asm volatile("cp.async.ca.shared.global [%0], [%1], 4;" ::"r"(at), "l"(from) : "memory");
#else
  *to = *from;
#endif
}

// Both at multiples of 16 bytes.
__device__ static inline void fetch_four(float* to, const float* from) {
#if FLETCH_AMPERE
  unsigned int at = (unsigned int)__cvta_generic_to_shared(to);
  asm volatile("cp.async.cg.shared.global [%0], [%1], 16;" ::"r"(at), "l"(from) : "memory");
#else
  *(float4*)to = *(const float4*)from;
#endif
}

// The block sees what was fetched after this and __syncthreads().
__device__ static inline void await_fetched() {
#if FLETCH_AMPERE
  asm volatile("cp.async.wait_all;" ::: "memory");
#endif
}

#if FLETCH_TENSOR_CORES
#ifdef FLETCH_EMULATOR
static inline unsigned int rounded_to_tf32(float x) { return __float_as_uint(x); }

static inline float of_lane(unsigned int bits, int lane) {
  return __uint_as_float(__shfl_sync(0xffffffffu, bits, lane));
}

// As the other of this name, from what the manual says of which lane has what.
static inline void multiply_tensors(
    float* s, int stride, const unsigned int* a, unsigned int b0, unsigned int b1) {
  int lane = threadIdx.x % 32;
  for (int k = 0; k < 8; k++) {
    float upper = of_lane(a[k / 4 * 2], lane / 4 * 4 + k % 4);
    float lower = of_lane(a[k / 4 * 2 + 1], lane / 4 * 4 + k % 4);
    float left = of_lane(k < 4 ? b0 : b1, lane % 4 * 8 + k % 4);
    float right = of_lane(k < 4 ? b0 : b1, lane % 4 * 8 + 4 + k % 4);
    s[0] += upper * left;
    s[stride] += upper * right;
    s[2 * stride] += lower * left;
    s[3 * stride] += lower * right;
  }
}
#else
__device__ static inline unsigned int rounded_to_tf32(float x) {
  unsigned int rounded;
  asm("cvt.rna.tf32.f32 %0, %1;" : "=r"(rounded) : "f"(x));
  return rounded;
}

// 16 x 8 sums of 8 products each; a thread has four of the sums, `stride` apart.
__device__ static inline void multiply_tensors(
    float* s, int stride, const unsigned int* a, unsigned int b0, unsigned int b1) {
  asm("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 "
      "{%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
      : "+f"(s[0]), "+f"(s[stride]), "+f"(s[2 * stride]), "+f"(s[3 * stride])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1));
}
#endif
#endif
