// Runs kernels that were compiled against emulator.h.
#include "emulator.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <ucontext.h>

uint3 threadIdx, blockIdx;
dim3 blockDim, gridDim;

namespace fletch_emulator {

const int MOST_THREADS = 1024;
const int LANES = 32;
const size_t STACK = 128 * 1024;
const size_t GUARD = 64 * 1024;
const size_t TEXT = 512;

Block block;

namespace {

// Runs threads of the block one after the other; one that waits keeps its fiber until it has ended.
struct Fiber {
  jmp_buf state;
  bool begun;
  unsigned thread;
  char* stack;
};

// Lanes that wait for the others of their warp. What they bring lies in two places in turn: a lane may be at the next
// exchange while others have still to read what came of the last.
struct Warp {
  Fiber* waiting[LANES];
  int arrived;
  int kind;
  int turn;
  uint64_t bits[2][LANES];
};

Kernel* kernels;
Kernel* kernel;
void** parameters;

Fiber fibers[MOST_THREADS];
Fiber* idle[MOST_THREADS];
int idles;
Fiber* running;
Fiber* ready[MOST_THREADS];
int first_ready, readies;
Fiber* at_barrier[MOST_THREADS];
int barrier_arrived;
Warp warps[MOST_THREADS / LANES];

jmp_buf launcher;
char failure[TEXT];
thread_local char message[TEXT];
pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

// All fibers idle and nobody waiting, whatever was before.
void reset() {
  idles = 0;
  for (int i = MOST_THREADS - 1; i >= 0; i--) {
    fibers[i].begun = false;
    idle[idles++] = &fibers[i];
  }
  first_ready = readies = barrier_arrived = 0;
  for (Warp& warp : warps) {
    warp.arrived = warp.turn = 0;
  }
}

void next_fiber();

void live() {
  for (;;) {
    kernel->run(parameters);
    idle[idles++] = running;
    if (_setjmp(running->state) == 0) {
      next_fiber();
    }
  }
}

// The ucontext functions call the system, so they only start a fiber; from then on jumps do.
void begin(Fiber* fiber) {
  if (fiber->stack == nullptr) {
    char* memory = (char*)mmap(
        nullptr, GUARD + STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED || mprotect(memory, GUARD, PROT_NONE) != 0) {
      abort();
    }
    fiber->stack = memory + GUARD;
  }
  fiber->begun = true;
  static ucontext_t context;
  getcontext(&context);
  context.uc_stack.ss_sp = fiber->stack;
  // Tops of stacks at all offsets in a page, else they fight for the same few lines of the cache.
  context.uc_stack.ss_size = STACK - (fiber - fibers) % 32 * 128;
  context.uc_link = nullptr;
  makecontext(&context, live, 0);
  setcontext(&context);
}

void resume(Fiber* fiber) {
  running = fiber;
  if (fiber->begun) {
    _longjmp(fiber->state, 1);
  }
  begin(fiber);
}

// Leaves the running fiber, for one that can go on, a new one if threads have not begun, or the launcher.
void next_fiber() {
  if (readies > 0) {
    Fiber* fiber = ready[first_ready];
    first_ready = (first_ready + 1) % MOST_THREADS;
    readies--;
    resume(fiber);
  }
  if (block.begun < block.threads) {
    resume(idle[--idles]);
  }
  _longjmp(launcher, 1);
}

__attribute__((noinline)) void wait() {
  running->thread = threadIdx.x;
  if (_setjmp(running->state) == 0) {
    next_fiber();
  }
  threadIdx.x = running->thread;
}

void wake(Fiber* fiber) {
  ready[(first_ready + readies++) % MOST_THREADS] = fiber;
}

// Gives the block up.
__attribute__((format(printf, 1, 2))) void fail(const char* format, ...) {
  int length = snprintf(
      failure, TEXT, "Kernel %s, block %u %u %u: ", kernel->name, blockIdx.x, blockIdx.y, blockIdx.z);
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(failure + length, TEXT - length, format, arguments);
  va_end(arguments);
  _longjmp(launcher, 2);
}

void say_who_waits() {
  int in_warps = 0;
  int example = -1;
  for (int warp = 0; warp < MOST_THREADS / LANES; warp++) {
    in_warps += warps[warp].arrived;
    if (warps[warp].arrived > 0 && example < 0) {
      example = warp;
    }
  }
  char text[TEXT / 2];
  int length = 0;
  if (barrier_arrived > 0) {
    length += snprintf(
        text, sizeof text, "%d of %d threads wait at a barrier (thread %u does)", barrier_arrived, block.threads,
        at_barrier[0]->thread);
  }
  if (in_warps > 0) {
    length += snprintf(
        text + length, sizeof text - length, "%s%d of the 32 lanes of warp %d wait for its other lanes",
        barrier_arrived > 0 ? ", and " : "", warps[example].arrived, example);
  }
  int ended = block.threads - barrier_arrived - in_warps;
  snprintf(failure, TEXT, "Kernel %s, block %u %u %u: %s; %d threads have ended, and nobody can go on", kernel->name,
           blockIdx.x, blockIdx.y, blockIdx.z, text, ended);
}

__attribute__((noinline)) bool run_block() {
  block.begun = 0;
  int came = _setjmp(launcher);
  if (came == 0) {
    next_fiber();
  }
  if (came == 1) {
    bool waits = barrier_arrived > 0;
    for (int warp = 0; warp < block.threads / LANES; warp++) {
      waits |= warps[warp].arrived > 0;
    }
    if (!waits) {
      return true;
    }
    say_who_waits();
  }
  reset();
  return false;
}

bool run_grid(unsigned gx, unsigned gy, unsigned gz) {
  unsigned number = 0;
  for (unsigned z = 0; z < gz; z++) {
    for (unsigned y = 0; y < gy; y++) {
      for (unsigned x = 0; x < gx; x++, number++) {
        blockIdx = {x, y, z};
        block.backwards = number % 2 == 1;
        if (!run_block()) {
          return false;
        }
      }
    }
  }
  return true;
}

Kernel* find(const char* name) {
  for (Kernel* one = kernels; one != nullptr; one = one->next) {
    if (strcmp(one->name, name) == 0) {
      return one;
    }
  }
  return nullptr;
}

}  // namespace

void add(Kernel* one) {
  if (find(one->name) != nullptr) {
    fprintf(stderr, "There are two kernels called %s\n", one->name);
    abort();
  }
  one->next = kernels;
  kernels = one;
}

void barrier() {
  if (barrier_arrived + 1 < block.threads) {
    at_barrier[barrier_arrived++] = running;
    wait();
    return;
  }
  for (int i = 0; i < barrier_arrived; i++) {
    wake(at_barrier[i]);
  }
  barrier_arrived = 0;
}

const uint64_t* exchange(unsigned mask, int kind, uint64_t bits) {
  if (mask != 0xffffffffu) {
    fail("a shuffle of thread %u is not of the full mask", threadIdx.x);
  }
  if (block.threads % LANES != 0) {
    fail("a shuffle in a block of %d threads, which is no multiple of 32", block.threads);
  }
  Warp& warp = warps[threadIdx.x / LANES];
  if (warp.arrived > 0 && warp.kind != kind) {
    fail("lanes of warp %u are at different shuffles", threadIdx.x / LANES);
  }
  uint64_t* all = warp.bits[warp.turn];
  all[threadIdx.x % LANES] = bits;
  warp.kind = kind;
  if (warp.arrived + 1 < LANES) {
    warp.waiting[warp.arrived++] = running;
    wait();
    return all;
  }
  for (int i = 0; i < warp.arrived; i++) {
    wake(warp.waiting[i]);
  }
  warp.arrived = 0;
  warp.turn = 1 - warp.turn;
  return all;
}

}  // namespace fletch_emulator

using namespace fletch_emulator;

#define FLETCH_C extern "C" __attribute__((visibility("default")))

// What went wrong in this thread's last launch.
FLETCH_C const char* fletch_error() {
  return message;
}

// How many bytes each parameter of a kernel has, up to `most` of them; returns how many there are, -1 for no such kernel.
FLETCH_C int fletch_parameters(const char* name, int* sizes, int most) {
  Kernel* one = find(name);
  if (one == nullptr) {
    return -1;
  }
  for (int i = 0; i < one->parameters && i < most; i++) {
    sizes[i] = one->sizes[i];
  }
  return one->parameters;
}

const size_t FENCE = 256;

static size_t padded(long long bytes) {
  return (size_t)(bytes + 255) / 256 * 256;
}

// Memory as a card's: at a multiple of 256 bytes. All of it and what lies around it is 0xff, so that floats are no numbers.
FLETCH_C void* fletch_allocate(long long bytes) {
  void* memory;
  size_t all = FENCE + padded(bytes) + FENCE;
  if (posix_memalign(&memory, 256, all) != 0) {
    return nullptr;
  }
  memset(memory, 0xff, all);
  return (char*)memory + FENCE;
}

// Whether nobody has written beside the memory; 1 or 0.
FLETCH_C int fletch_intact(const char* address, long long bytes) {
  static const char clean[FENCE + 256] = {};
  char found[FENCE + 256];
  size_t behind = padded(bytes) - bytes + FENCE;
  for (size_t i = 0; i < FENCE; i++) {
    found[i] = ~address[(long)i - (long)FENCE];
  }
  bool intact = memcmp(found, clean, FENCE) == 0;
  for (size_t i = 0; i < behind; i++) {
    found[i] = ~address[bytes + i];
  }
  return intact && memcmp(found, clean, behind) == 0;
}

FLETCH_C void fletch_free(char* address) {
  free(address - FENCE);
}

FLETCH_C void fletch_copy(void* to, const void* from, long long bytes) {
  memcpy(to, from, (size_t)bytes);
}

FLETCH_C void fletch_clear(void* address, long long bytes) {
  memset(address, 0, (size_t)bytes);
}

// Runs a kernel to its end; returns 0, or something else and leaves a text for fletch_error.
FLETCH_C int fletch_launch(const char* name, int gx, int gy, int gz, int threads, void** values) {
  Kernel* one = find(name);
  if (one == nullptr) {
    snprintf(message, TEXT, "There is no kernel %s", name);
    return 1;
  }
  if (threads < 1 || threads > MOST_THREADS) {
    snprintf(message, TEXT, "Kernel %s: no block has %d threads", name, threads);
    return 1;
  }
  pthread_mutex_lock(&one_at_a_time);
  static bool first = true;
  if (first) {
    reset();
    first = false;
  }
  kernel = one;
  parameters = values;
  threadIdx = {0, 0, 0};
  blockDim = {(unsigned)threads, 1, 1};
  gridDim = {(unsigned)gx, (unsigned)gy, (unsigned)gz};
  block.threads = threads;
  bool done = run_grid(gx, gy, gz);
  if (!done) {
    memcpy(message, failure, TEXT);
  }
  pthread_mutex_unlock(&one_at_a_time);
  return done ? 0 : 2;
}
