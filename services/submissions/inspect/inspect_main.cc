// soutenance-inspect: looks at the file that is its standard input, and reports on standard output
// (report.h). Started by the server, once for each file, with nothing else open and an empty environment.
// Takes no arguments.
//
// Ends with 0; 3 if memory ran out; 4 if the system grants no sandbox or the input is no file. Whatever else
// happens is up to the file.

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstddef>
#include <exception>
#include <new>

#include "services/submissions/inspect/inspect.h"
#include "services/submissions/inspect/media_type.h"
#include "services/submissions/inspect/pdf_inspector.h"
#include "services/submissions/inspect/sandbox.h"

#if defined(__SANITIZE_ADDRESS__)
// Leaks of a process that ends at once do not matter, and could not be looked for in the sandbox.
extern "C" const char* __asan_default_options() {
  return "detect_leaks=0:allocator_may_return_null=1:max_allocation_size_mb=512";
}
#endif

namespace soutenance::submissions::inspect {
namespace {

constexpr int kDone = 0;
constexpr int kOutOfMemory = 3;
constexpr int kNoSandbox = 4;
constexpr int64_t kArchiveMemoryBytes = 64 << 20;

class FileSource final : public Source {
 public:
  FileSource(int descriptor, int64_t size) : descriptor_(descriptor), size_(size) {}
  int64_t size() const override { return size_; }
  std::size_t ReadInto(int64_t offset, char* to, std::size_t bytes_max) const override {
    if (offset < 0 || offset >= size_) return 0;
    std::size_t done = 0;
    while (done < bytes_max) {
      const ssize_t read =
          pread(descriptor_, to + done, bytes_max - done, offset + static_cast<int64_t>(done));
      if (read <= 0) break;
      done += static_cast<std::size_t>(read);
    }
    return done;
  }

 private:
  const int descriptor_;
  const int64_t size_;
};

void WriteAll(absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (written <= 0) _exit(kNoSandbox);  // nobody listens
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

int Main() {
  PreparePdfText();
  SandboxLimits limits;
  struct stat status {};
  if (fstat(STDIN_FILENO, &status) != 0 || !S_ISREG(status.st_mode)) return kNoSandbox;
  const FileSource source(STDIN_FILENO, status.st_size);
  // Archives are read by our own code, which needs little; it must be so whatever they say.
  if (IsZipType(MediaTypeOfContent(source))) limits.memory_bytes = kArchiveMemoryBytes;
  if (!EnterSandbox(limits)) return kNoSandbox;
  const std::size_t size = static_cast<std::size_t>(status.st_size);
  // Shared and read-only: the pages are those of the file, and count as nobody's memory.
  void* const bytes = size == 0 ? nullptr : mmap(nullptr, size, PROT_READ, MAP_SHARED, STDIN_FILENO, 0);
  if (bytes == MAP_FAILED) return kOutOfMemory;
  Report report(WriteAll);
  try {
    InspectFile(source, absl::string_view(static_cast<const char*>(bytes), size), report);
  } catch (const std::bad_alloc&) {
    return kOutOfMemory;
  }
  return kDone;
}

}  // namespace
}  // namespace soutenance::submissions::inspect

int main() {
  // At once: destructors of what a file made the libraries build have nothing to do any more.
  _exit(soutenance::submissions::inspect::Main());
}
