// NVIDIA's driver API, as far as Fletch calls it, for one card that is the emulator: a library that is loaded instead of
// libcuda.so.1. Streams do at once what they are asked for, except while a graph is being captured.
#include <functional>
#include <string.h>
#include <string>
#include <stdlib.h>
#include <vector>

extern "C" int fletch_parameters(const char* name, int* sizes, int most);
extern "C" int fletch_launch(const char* name, int gx, int gy, int gz, int threads, void** values);
extern "C" void* fletch_allocate(long long bytes);
extern "C" void fletch_free(char* address);

#define FLETCH_CU extern "C" __attribute__((visibility("default"))) int

namespace {

typedef std::vector<std::function<int()>> Work;

enum {
  SUCCESS = 0,
  INVALID_VALUE = 1,
  OUT_OF_MEMORY = 2,
  INVALID_CONTEXT = 201,
  INVALID_IMAGE = 200,
  NOT_FOUND = 500,
  LAUNCH_FAILED = 719,
  CAPTURE_UNSUPPORTED = 900
};

const long long CAPACITY = 64 << 20;
long long allocated;
thread_local void* current;
int context;
Work* capturing;
int failed;

int ask(std::function<int()> work) {
  if (current != &context) {
    return INVALID_CONTEXT;
  }
  if (capturing != nullptr) {
    capturing->push_back(work);
    return SUCCESS;
  }
  int result = work();
  failed = failed != 0 ? failed : result;
  return SUCCESS;
}

// Errors of work stay, as those of cards do.
int settled() {
  return current != &context ? INVALID_CONTEXT : capturing != nullptr ? CAPTURE_UNSUPPORTED : failed;
}

}  // namespace

FLETCH_CU cuInit(unsigned) { return SUCCESS; }

FLETCH_CU cuDriverGetVersion(int* version) {
  *version = 12060;
  return SUCCESS;
}

FLETCH_CU cuGetErrorString(int, const char** text) {
  *text = "as the emulated driver says";
  return SUCCESS;
}

FLETCH_CU cuDeviceGetCount(int* count) {
  *count = 1;
  return SUCCESS;
}

FLETCH_CU cuDeviceGet(int* device, int ordinal) {
  *device = ordinal;
  return SUCCESS;
}

FLETCH_CU cuDeviceGetName(char* name, int length, int) {
  strncpy(name, "Emulated card", length);
  return SUCCESS;
}

FLETCH_CU cuDeviceGetAttribute(int* value, int attribute, int) {
  *value = attribute == 16 ? 5 : attribute == 75 ? 9 : attribute == 76 ? 0 : -1;
  return SUCCESS;
}

FLETCH_CU cuDevicePrimaryCtxRetain(void** retained, int) {
  *retained = &context;
  return SUCCESS;
}

FLETCH_CU cuDevicePrimaryCtxRelease_v2(int) { return SUCCESS; }

FLETCH_CU cuCtxSetCurrent(void* wanted) {
  current = wanted;
  return SUCCESS;
}

FLETCH_CU cuModuleLoadData(void** module, const void* image) {
  *module = &context;
  return strcmp((const char*)image, "kernels") == 0 ? SUCCESS : INVALID_IMAGE;
}

FLETCH_CU cuModuleUnload(void*) { return SUCCESS; }

FLETCH_CU cuModuleGetFunction(void** function, void*, const char* name) {
  *function = strdup(name);
  return fletch_parameters(name, nullptr, 0) < 0 ? NOT_FOUND : SUCCESS;
}

FLETCH_CU cuMemGetInfo_v2(size_t* free, size_t* total) {
  *free = CAPACITY - allocated;
  *total = CAPACITY;
  return current == &context ? SUCCESS : INVALID_CONTEXT;
}

FLETCH_CU cuMemAlloc_v2(void** address, size_t bytes) {
  if (allocated + (long long)bytes > CAPACITY) {
    return OUT_OF_MEMORY;
  }
  *address = fletch_allocate(bytes);
  return settled();
}

FLETCH_CU cuMemFree_v2(char* address) {
  fletch_free(address);
  return settled();
}

FLETCH_CU cuMemAllocHost_v2(void** address, size_t bytes) {
  *address = malloc(bytes);
  return current == &context ? SUCCESS : INVALID_CONTEXT;
}

FLETCH_CU cuMemFreeHost(void* address) {
  free(address);
  return SUCCESS;
}

FLETCH_CU cuMemcpyHtoDAsync_v2(void* to, const void* from, size_t bytes, void*) {
  return ask([=] { return memcpy(to, from, bytes), 0; });
}

FLETCH_CU cuMemcpyDtoHAsync_v2(void* to, const void* from, size_t bytes, void*) {
  return ask([=] { return memcpy(to, from, bytes), 0; });
}

FLETCH_CU cuMemcpyDtoDAsync_v2(void* to, const void* from, size_t bytes, void*) {
  return ask([=] { return memcpy(to, from, bytes), 0; });
}

FLETCH_CU cuMemsetD8Async(void* at, unsigned char value, size_t bytes, void*) {
  return ask([=] { return memset(at, value, bytes), 0; });
}

FLETCH_CU cuStreamCreate(void** stream, unsigned flags) {
  *stream = malloc(1);
  return flags == 1 ? SUCCESS : INVALID_VALUE;
}

FLETCH_CU cuStreamDestroy_v2(void* stream) {
  free(stream);
  return SUCCESS;
}

FLETCH_CU cuStreamSynchronize(void*) { return settled(); }

FLETCH_CU cuEventCreate(void** event, unsigned) {
  *event = malloc(1);
  return SUCCESS;
}

FLETCH_CU cuEventDestroy_v2(void* event) {
  free(event);
  return SUCCESS;
}

FLETCH_CU cuEventRecord(void*, void*) { return settled(); }

FLETCH_CU cuEventSynchronize(void*) { return settled(); }

FLETCH_CU cuLaunchKernel(const char* name, unsigned x, unsigned y, unsigned z, unsigned threads, unsigned, unsigned,
                         unsigned, void*, void** parameters, void**) {
  int sizes[64];
  int count = fletch_parameters(name, sizes, 64);
  std::vector<std::string> values;
  for (int i = 0; i < count; i++) {
    values.push_back(std::string((const char*)parameters[i], sizes[i]));
  }
  return ask([=] {
    std::vector<std::string> own = values;
    void* addresses[64];
    for (int i = 0; i < count; i++) {
      addresses[i] = &own[i][0];
    }
    return fletch_launch(name, x, y, z, threads, addresses) == 0 ? SUCCESS : LAUNCH_FAILED;
  });
}

FLETCH_CU cuStreamBeginCapture_v2(void*, int mode) {
  capturing = new Work;
  return mode == 1 ? SUCCESS : INVALID_VALUE;
}

FLETCH_CU cuStreamEndCapture(void*, void** graph) {
  *graph = capturing;
  capturing = nullptr;
  return SUCCESS;
}

FLETCH_CU cuGraphInstantiateWithFlags(void** executable, void* graph, unsigned long long) {
  *executable = new Work(*(Work*)graph);
  return SUCCESS;
}

FLETCH_CU cuGraphDestroy(void* graph) {
  delete (Work*)graph;
  return SUCCESS;
}

FLETCH_CU cuGraphLaunch(void* executable, void*) {
  Work work = *(Work*)executable;
  for (auto& one : work) {
    int result = ask(one);
    if (result != SUCCESS) {
      return result;
    }
  }
  return SUCCESS;
}

FLETCH_CU cuGraphExecDestroy(void* executable) {
  delete (Work*)executable;
  return SUCCESS;
}
