#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "storage/files/file_system.h"

namespace soutenance::storage::files {
namespace {

absl::Status Failed(const std::string& path, absl::string_view what) {
  const int error = errno;
  const std::string detail = std::strerror(error);
  if (error == ENOENT) return absl::NotFoundError(absl::StrCat(path, ": ", detail));
  if (error == EEXIST) return absl::AlreadyExistsError(absl::StrCat(path, ": ", detail));
  if (error == ENOSPC || error == EDQUOT) return DiskFull(path);
  return FileFailed(path, what, detail);
}

class PosixFile final : public File {
 public:
  PosixFile(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
  ~PosixFile() override { close(descriptor_); }
  PosixFile(const PosixFile&) = delete;
  PosixFile& operator=(const PosixFile&) = delete;

  absl::Status Write(int64_t offset, absl::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t written = pwrite(descriptor_, bytes.data(), bytes.size(), offset);
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return Failed(path_, "write");
      bytes.remove_prefix(static_cast<std::size_t>(written));
      offset += written;
    }
    return absl::OkStatus();
  }

  absl::StatusOr<std::size_t> Read(int64_t offset, char* to, std::size_t bytes_max) const override {
    for (;;) {
      const ssize_t read = pread(descriptor_, to, bytes_max, offset);
      if (read < 0 && errno == EINTR) continue;
      if (read < 0) return Failed(path_, "read");
      return static_cast<std::size_t>(read);
    }
  }

  absl::StatusOr<int64_t> Size() const override {
    struct stat facts {};
    if (fstat(descriptor_, &facts) != 0) return Failed(path_, "look at");
    return facts.st_size;
  }

  absl::Status Sync() override {
    return fdatasync(descriptor_) == 0 ? absl::OkStatus() : Failed(path_, "sync");
  }

  void BeginWriting(int64_t offset, int64_t bytes) override {
    sync_file_range(descriptor_, offset, bytes, SYNC_FILE_RANGE_WRITE);
  }

  void LeaveMemory(int64_t offset) override { posix_fadvise(descriptor_, offset, 0, POSIX_FADV_DONTNEED); }

 private:
  const std::string path_;
  const int descriptor_;
};

class Posix final : public FileSystem {
 public:
  absl::StatusOr<std::unique_ptr<File>> OpenToWrite(const std::string& path) override {
    return Opened(path, open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  }
  absl::StatusOr<std::unique_ptr<File>> OpenToRead(const std::string& path) const override {
    return Opened(path, open(path.c_str(), O_RDONLY | O_CLOEXEC));
  }
  absl::Status Link(const std::string& path, const std::string& other) override {
    return link(path.c_str(), other.c_str()) == 0 ? absl::OkStatus() : Failed(other, "name");
  }
  absl::Status Remove(const std::string& path) override {
    if (unlink(path.c_str()) == 0 || errno == ENOENT) return absl::OkStatus();
    return Failed(path, "remove");
  }
  absl::Status MakeFolder(const std::string& path) override {
    if (mkdir(path.c_str(), 0700) == 0 || errno == EEXIST) return absl::OkStatus();
    return Failed(path, "make");
  }
  absl::StatusOr<std::vector<std::string>> List(const std::string& folder) const override {
    DIR* const stream = opendir(folder.c_str());
    if (stream == nullptr) return Failed(folder, "list");
    std::vector<std::string> names;
    while (const dirent* entry = readdir(stream)) {
      const std::string name = entry->d_name;
      if (name != "." && name != "..") names.push_back(name);
    }
    closedir(stream);
    std::sort(names.begin(), names.end());
    return names;
  }
  absl::Status SyncFolder(const std::string& folder) override {
    const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return Failed(folder, "open");
    const absl::Status status = fsync(descriptor) == 0 ? absl::OkStatus() : Failed(folder, "sync");
    close(descriptor);
    return status;
  }
  std::string BootId() const override {
    char text[64] = {};
    const auto file = OpenToRead("/proc/sys/kernel/random/boot_id");
    if (!file.ok() || !(*file)->Read(0, text, sizeof text - 1).ok()) return "unknown";
    return std::string(absl::StripAsciiWhitespace(text));
  }

 private:
  static absl::StatusOr<std::unique_ptr<File>> Opened(const std::string& path, int descriptor) {
    if (descriptor < 0) return Failed(path, "open");
    return std::make_unique<PosixFile>(path, descriptor);
  }
};

}  // namespace

FileSystem& PosixFileSystem() {
  static auto& posix = *new Posix;
  return posix;
}

absl::Status FileFailed(absl::string_view path, absl::string_view what, absl::string_view detail) {
  return Error(
      absl::StatusCode::kUnavailable,
      absl::StrCat("the server cannot ", what, " a file of its own: ", detail),
      {.reason = "STORE_DOWN", .metadata = {{"path", std::string(path)}, {"detail", std::string(detail)}}});
}

absl::Status DiskFull(absl::string_view path) {
  return Error(
      absl::StatusCode::kResourceExhausted,
      "the server's disk is full; what was received is kept, try again later",
      {.reason = "STORE_FULL", .metadata = {{"path", std::string(path)}}, .retry_after = absl::Seconds(60)});
}

}  // namespace soutenance::storage::files
