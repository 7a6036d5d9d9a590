#include "services/host/data_dir.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"

namespace soutenance::host {
namespace {

absl::Status NotWritable(const std::string& path, absl::string_view why) {
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("the data folder ", path, " cannot be written (", why,
                            "): make it writable for this user or name another with --data-dir"),
               {.reason = "DATA_DIR_NOT_WRITABLE", .metadata = {{"path", path}}});
}

// Folders above the last one get the usual mode; the data folder itself is for its owner.
std::error_code MakeFolder(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return {};
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
  if (error) return error;
  if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return {errno, std::generic_category()};
  return {};
}

bool WriteAll(int file, absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return false;
    }
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

bool SyncFolderOf(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path();
  const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool done = fsync(descriptor) == 0;
  close(descriptor);
  return done;
}

}  // namespace

absl::StatusOr<std::unique_ptr<DataDir>> DataDir::Hold(const std::string& path) {
  if (const std::error_code error = MakeFolder(path)) return NotWritable(path, error.message());
  const std::string lock_path = absl::StrCat(path, "/soutenanced.lock");
  const int lock = open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0) return NotWritable(path, std::strerror(errno));
  if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
    char holder[32] = {};
    if (read(lock, holder, sizeof(holder) - 1) <= 0) std::strcpy(holder, "unknown");
    close(lock);
    return Error(absl::StatusCode::kUnavailable,
                 absl::StrCat("the data folder ", path, " is in use by another soutenanced, process ", holder,
                              ": stop it or name another folder with --data-dir"),
                 {.reason = "DATA_DIR_IN_USE", .metadata = {{"path", path}, {"process", holder}}});
  }
  std::unique_ptr<DataDir> held(new DataDir(path, lock));
  if (ftruncate(lock, 0) != 0 || !WriteAll(lock, absl::StrCat(getpid()))) {
    return NotWritable(path, std::strerror(errno));
  }
  return held;
}

DataDir::~DataDir() { close(lock_); }

absl::Status WriteSecretFile(const std::string& path, absl::string_view secret) {
  const std::string temporary = absl::StrCat(path, ".new");
  unlink(temporary.c_str());
  const int file = open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  bool written = file >= 0 && WriteAll(file, absl::StrCat(secret, "\n")) && fsync(file) == 0;
  int error = errno;
  if (file >= 0) close(file);
  if (written && (rename(temporary.c_str(), path.c_str()) != 0 || !SyncFolderOf(path))) {
    error = errno;
    written = false;
  }
  if (written) return absl::OkStatus();
  unlink(temporary.c_str());
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("cannot write ", path, ": ", std::strerror(error)),
               {.reason = "SECRET_NOT_WRITTEN", .metadata = {{"path", path}}});
}

}  // namespace soutenance::host
