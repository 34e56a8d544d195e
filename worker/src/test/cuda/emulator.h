// CUDA for g++: what the kernels' sources use of it, so that they run on a CPU, slowly and strictly.
//
// Blocks run one after the other. The threads of a block are fibers of one thread of the system: one runs until it
// ends or waits, at a barrier or for the lanes of its warp. A kernel whose threads never wait is a loop over them.
// Even blocks start their threads from the first, odd ones from the last, so that a missing barrier shows.
#pragma once

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define __global__
#define __device__
#define __host__
#define __shared__ static
#define __constant__ static
#define __forceinline__ inline
#define __noinline__ __attribute__((noinline))
#define __launch_bounds__(...)
#define __align__(bytes) __attribute__((aligned(bytes)))

#define FLETCH_KERNEL static void
#define FLETCH_EXPORT(name)                                                                 \
  static fletch_emulator::Registration<decltype(&name), &name> fletch_emulated_##name(#name);

struct uint3 {
  unsigned x, y, z;
};

struct dim3 {
  unsigned x, y, z;
};

#define FLETCH_HIDDEN __attribute__((visibility("hidden")))
extern FLETCH_HIDDEN uint3 threadIdx;
extern FLETCH_HIDDEN uint3 blockIdx;
extern FLETCH_HIDDEN dim3 blockDim;
extern FLETCH_HIDDEN dim3 gridDim;
static const int warpSize = 32;

namespace fletch_emulator {

// A kernel as the table of all kernels has it.
struct Kernel {
  const char* name;
  // Runs threads of the current block, as long as there are any that have not begun.
  void (*run)(void** parameters);
  const int* sizes;
  int parameters;
  Kernel* next;
};

// Which threads of the current block have not begun.
struct Block {
  int begun;
  int threads;
  bool backwards;
};

extern FLETCH_HIDDEN Block block;

FLETCH_HIDDEN void add(Kernel* kernel);
FLETCH_HIDDEN void barrier();

// What the lanes of a warp bring together: each gives its bits and gets those of all 32. `kind` has to be the same.
FLETCH_HIDDEN const uint64_t* exchange(unsigned mask, int kind, uint64_t bits);

// The next thread of the block; false if all have begun.
static inline bool begin_thread() {
  if (block.begun == block.threads) {
    return false;
  }
  int at = block.begun++;
  threadIdx.x = block.backwards ? block.threads - 1 - at : at;
  return true;
}

template <size_t... I>
struct Indices {};

template <size_t N, size_t... I>
struct UpTo : UpTo<N - 1, N - 1, I...> {};

template <size_t... I>
struct UpTo<0, I...> {
  typedef Indices<I...> type;
};

template <typename F, F function>
struct Registration;

template <typename... P, void (*function)(P...)>
struct Registration<void (*)(P...), function> {
  Kernel kernel;

  template <size_t... I>
  static void run_with(void** parameters, Indices<I...>) {
    while (begin_thread()) {
      function(*static_cast<P*>(parameters[I])...);
    }
  }

  static void run(void** parameters) {
    run_with(parameters, typename UpTo<sizeof...(P)>::type());
  }

  explicit Registration(const char* name) {
    static const int sizes[] = {(int)sizeof(P)..., 0};
    kernel = {name, run, sizes, (int)sizeof...(P), nullptr};
    add(&kernel);
  }
};

enum Exchange { SYNC = 1, SHUFFLE, SHUFFLE_DOWN, SHUFFLE_XOR };

template <typename T>
static inline T shuffled(unsigned mask, Exchange kind, T value, int lane, int width) {
  static_assert(sizeof(T) <= sizeof(uint64_t), "a shuffle moves at most 8 bytes");
  uint64_t bits = 0;
  memcpy(&bits, &value, sizeof(T));
  const uint64_t* all = exchange(mask, kind + 16 * (int)sizeof(T) + 256 * width, bits);
  T result;
  memcpy(&result, &all[lane], sizeof(T));
  return result;
}

static inline int lane() {
  return threadIdx.x % 32;
}

}  // namespace fletch_emulator

static inline void __syncthreads() {
  fletch_emulator::barrier();
}

static inline void __syncwarp(unsigned mask = 0xffffffffu) {
  fletch_emulator::exchange(mask, fletch_emulator::SYNC, 0);
}

template <typename T>
static inline T __shfl_sync(unsigned mask, T value, int source, int width = 32) {
  using namespace fletch_emulator;
  int first = lane() / width * width;
  return shuffled(mask, SHUFFLE, value, first + (source & (width - 1)), width);
}

template <typename T>
static inline T __shfl_down_sync(unsigned mask, T value, unsigned distance, int width = 32) {
  using namespace fletch_emulator;
  int source = lane() + (int)distance;
  bool inside = source / width == lane() / width;
  return shuffled(mask, SHUFFLE_DOWN, value, inside ? source : lane(), width);
}

template <typename T>
static inline T __shfl_xor_sync(unsigned mask, T value, int bits, int width = 32) {
  using namespace fletch_emulator;
  int source = lane() ^ bits;
  bool inside = source / width <= lane() / width;
  return shuffled(mask, SHUFFLE_XOR, value, inside ? source : lane(), width);
}

static inline void __threadfence() {}
static inline void __threadfence_block() {}

static inline int atomicAdd(int* at, int value) {
  int before = *at;
  *at += value;
  return before;
}

static inline unsigned atomicAdd(unsigned* at, unsigned value) {
  unsigned before = *at;
  *at += value;
  return before;
}

#define FLETCH_VECTOR2(type, name, bytes)                \
  struct __attribute__((aligned(bytes))) name {          \
    type x, y;                                           \
  };                                                     \
  static inline name make_##name(type x, type y) {       \
    return name{x, y};                                   \
  }
#define FLETCH_VECTOR4(type, name, bytes)                                  \
  struct __attribute__((aligned(bytes))) name {                            \
    type x, y, z, w;                                                       \
  };                                                                       \
  static inline name make_##name(type x, type y, type z, type w) {         \
    return name{x, y, z, w};                                               \
  }
FLETCH_VECTOR2(int, int2, 8)
FLETCH_VECTOR2(unsigned, uint2, 8)
FLETCH_VECTOR2(float, float2, 8)
FLETCH_VECTOR2(double, double2, 16)
FLETCH_VECTOR2(long long, longlong2, 16)
FLETCH_VECTOR4(int, int4, 16)
FLETCH_VECTOR4(unsigned, uint4, 16)
FLETCH_VECTOR4(float, float4, 16)
#undef FLETCH_VECTOR2
#undef FLETCH_VECTOR4

template <typename T>
static inline T __ldg(const T* at) {
  return *at;
}

#define FLETCH_EXTREMES(type)               \
  static inline type min(type a, type b) {  \
    return b < a ? b : a;                   \
  }                                         \
  static inline type max(type a, type b) {  \
    return a < b ? b : a;                   \
  }
FLETCH_EXTREMES(int)
FLETCH_EXTREMES(unsigned)
FLETCH_EXTREMES(long)
FLETCH_EXTREMES(unsigned long)
FLETCH_EXTREMES(long long)
FLETCH_EXTREMES(unsigned long long)
#undef FLETCH_EXTREMES
static inline float min(float a, float b) { return fminf(a, b); }
static inline float max(float a, float b) { return fmaxf(a, b); }
static inline double min(double a, double b) { return fmin(a, b); }
static inline double max(double a, double b) { return fmax(a, b); }

// C's own math functions are CUDA's too; these are the others. The fast ones are as exact here as the others.
static inline float rsqrtf(float x) { return 1.0f / sqrtf(x); }
static inline double rsqrt(double x) { return 1.0 / sqrt(x); }
// (glibc declares functions of these names, so they are macros.)
#define __expf expf
#define __logf logf
#define __powf powf
#define __sinf sinf
#define __cosf cosf
static inline float __fdividef(float x, float y) { return x / y; }
static inline float __saturatef(float x) { return fminf(fmaxf(x, 0.0f), 1.0f); }
static inline float __fadd_rn(float x, float y) { return x + y; }
static inline float __fsub_rn(float x, float y) { return x - y; }
static inline float __fmul_rn(float x, float y) { return x * y; }
static inline float __fdiv_rn(float x, float y) { return x / y; }
static inline float __frcp_rn(float x) { return 1.0f / x; }
static inline float __fsqrt_rn(float x) { return sqrtf(x); }
static inline float __frsqrt_rn(float x) { return (float)(1.0 / sqrt((double)x)); }
static inline float __fmaf_rn(float x, float y, float z) { return fmaf(x, y, z); }
static inline double __dadd_rn(double x, double y) { return x + y; }
static inline double __dsub_rn(double x, double y) { return x - y; }
static inline double __dmul_rn(double x, double y) { return x * y; }
static inline double __ddiv_rn(double x, double y) { return x / y; }
static inline double __dsqrt_rn(double x) { return sqrt(x); }
static inline double __fma_rn(double x, double y, double z) { return fma(x, y, z); }
static inline int __popc(unsigned x) { return __builtin_popcount(x); }
static inline int __clz(int x) { return x == 0 ? 32 : __builtin_clz((unsigned)x); }
static inline int __ffs(int x) { return __builtin_ffs(x); }
static inline unsigned __umulhi(unsigned x, unsigned y) { return (unsigned)((uint64_t)x * y >> 32); }
static inline unsigned long long __umul64hi(unsigned long long x, unsigned long long y) {
  return (unsigned long long)((unsigned __int128)x * y >> 64);
}

static inline int __float_as_int(float x) {
  int bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static inline unsigned __float_as_uint(float x) {
  return (unsigned)__float_as_int(x);
}

static inline float __int_as_float(int bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static inline float __uint_as_float(unsigned bits) {
  return __int_as_float((int)bits);
}
