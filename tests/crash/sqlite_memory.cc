#include "tests/crash/sqlite_memory.h"

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <mutex>

namespace soutenance::crash {
namespace {

// Pieces of 16, 32, 64, ... bytes after a head; what is freed waits in the list of its size. Nothing goes
// back to the system.
constexpr int kClasses = 28;
constexpr std::size_t kHead = 16;
constexpr std::size_t kChunk = 1 << 20;

struct Free {
  Free* next;
};
std::mutex mutex;
Free* lists[kClasses] = {};
char* chunk = nullptr;
std::size_t left = 0;

int ClassOf(std::size_t bytes) {
  int size_class = 0;
  while ((std::size_t{16} << size_class) < bytes) ++size_class;
  return size_class;
}
int& ClassAt(void* memory) { return *reinterpret_cast<int*>(static_cast<char*>(memory) - kHead); }
std::size_t SizeOf(int size_class) { return std::size_t{16} << size_class; }

char* Carve(std::size_t bytes) {
  if (bytes > kChunk) return static_cast<char*>(std::malloc(bytes));
  if (left < bytes) {
    chunk = static_cast<char*>(std::malloc(kChunk));
    left = chunk == nullptr ? 0 : kChunk;
  }
  if (left < bytes) return nullptr;
  char* const memory = chunk;
  chunk += bytes;
  left -= bytes;
  return memory;
}

void* Allocate(int bytes) {
  const int size_class = ClassOf(static_cast<std::size_t>(bytes));
  if (size_class >= kClasses) return nullptr;
  const std::lock_guard lock(mutex);
  if (Free* const free = lists[size_class]; free != nullptr) {
    lists[size_class] = free->next;
    return free;
  }
  char* const memory = Carve(SizeOf(size_class) + kHead);
  if (memory == nullptr) return nullptr;
  ClassAt(memory + kHead) = size_class;
  return memory + kHead;
}

void Release(void* memory) {
  if (memory == nullptr) return;
  const std::lock_guard lock(mutex);
  auto* const free = static_cast<Free*>(memory);
  Free*& list = lists[ClassAt(memory)];
  free->next = list;
  list = free;
}

int Size(void* memory) { return memory == nullptr ? 0 : static_cast<int>(SizeOf(ClassAt(memory))); }

void* Reallocate(void* memory, int bytes) {
  if (Size(memory) >= bytes) return memory;
  void* const larger = Allocate(bytes);
  if (larger == nullptr) return nullptr;
  __builtin_memcpy(larger, memory, static_cast<std::size_t>(Size(memory)));
  Release(memory);
  return larger;
}

int RoundUp(int bytes) { return static_cast<int>(SizeOf(ClassOf(static_cast<std::size_t>(bytes)))); }
int Begin(void*) { return SQLITE_OK; }
void End(void*) {}

}  // namespace

void GiveSqliteItsOwnMemory() {
  static const int configured = [] {
    sqlite3_mem_methods methods{Allocate, Release, Reallocate, Size, RoundUp, Begin, End, nullptr};
    const int result = sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    return result;
  }();
  if (configured != SQLITE_OK) std::abort();  // SQLite was used before
}

}  // namespace soutenance::crash
