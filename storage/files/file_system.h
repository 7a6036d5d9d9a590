#ifndef SOUTENANCE_STORAGE_FILES_FILE_SYSTEM_H_
#define SOUTENANCE_STORAGE_FILES_FILE_SYSTEM_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace soutenance::storage::files {

// One open file. Safe for concurrent use, as the system's own calls are.
class File {
 public:
  virtual ~File() = default;
  // Writes all of `bytes` at `offset`. Nothing is promised about a power cut before Sync.
  virtual absl::Status Write(int64_t offset, absl::string_view bytes) = 0;
  // Reads up to `bytes_max` bytes into `to`; 0 at the end of the file.
  virtual absl::StatusOr<std::size_t> Read(int64_t offset, char* to, std::size_t bytes_max) const = 0;
  virtual absl::StatusOr<int64_t> Size() const = 0;
  // When it returns OK, content and size of the file survive a power cut; its name need not.
  virtual absl::Status Sync() = 0;
  // Asks the system to begin writing these bytes to the disk, so that Sync has less to wait for.
  virtual void BeginWriting(int64_t offset, int64_t bytes) = 0;
  // Tells the system that what was synced from `offset` on need not stay in memory.
  virtual void LeaveMemory(int64_t offset) = 0;
};

// What this project asks of a file system, so that tests can put a faulty one below it. Paths are absolute.
// Errors: NOT_FOUND, ALREADY_EXISTS; RESOURCE_EXHAUSTED, reason STORE_FULL; UNAVAILABLE, reason STORE_DOWN,
// for everything else. Safe for concurrent use.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  // Opens for reading and writing; makes the file, with mode 0600, if it is not there.
  virtual absl::StatusOr<std::unique_ptr<File>> OpenToWrite(const std::string& path) = 0;
  // NOT_FOUND if it is not there.
  virtual absl::StatusOr<std::unique_ptr<File>> OpenToRead(const std::string& path) const = 0;
  // Gives the file at `path` a second name. ALREADY_EXISTS if `other` is there.
  virtual absl::Status Link(const std::string& path, const std::string& other) = 0;
  // Harmless if it is not there.
  virtual absl::Status Remove(const std::string& path) = 0;
  // Makes a folder, with mode 0700; harmless if it is there.
  virtual absl::Status MakeFolder(const std::string& path) = 0;
  // The names in a folder, in order.
  virtual absl::StatusOr<std::vector<std::string>> List(const std::string& folder) const = 0;
  // When it returns OK, the names in the folder survive a power cut.
  virtual absl::Status SyncFolder(const std::string& folder) = 0;
  // Another text after each start of the machine: what was written and not synced before is then doubtful.
  virtual std::string BootId() const = 0;
};

// That of the operating system.
FileSystem& PosixFileSystem();

// What implementations return for a file that cannot be worked with, and for a disk without room.
absl::Status FileFailed(absl::string_view path, absl::string_view what, absl::string_view detail);
absl::Status DiskFull(absl::string_view path);

}  // namespace soutenance::storage::files

#endif  // SOUTENANCE_STORAGE_FILES_FILE_SYSTEM_H_
