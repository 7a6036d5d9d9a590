#ifndef SOUTENANCE_STORAGE_FILES_RECEIVED_LOG_H_
#define SOUTENANCE_STORAGE_FILES_RECEIVED_LOG_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/submissions/byte_range.h"
#include "storage/files/file_system.h"

namespace soutenance::storage::files {

// Remembers, beside the file of an upload, which of its bytes are there. A line says that some bytes are in
// the file (they survive the end of the process) or that they are on the disk (they survive a power cut);
// after a start of the machine only the latter count. Lines that were torn are left out. The log itself is
// never synced: what it forgets is sent again, and nothing it says is believed before the digest is verified.
// Not safe for concurrent use.
class ReceivedLog {
 public:
  enum class Where { kInFile, kOnDisk };

  // What the log at `path` says about a file of `file_size` bytes; empty if there is no log.
  static absl::StatusOr<submissions::ByteRanges> Read(const FileSystem& file_system, const std::string& path,
                                                      int64_t file_size);

  // Begins the log at `path` anew, with `ranges`, of which nothing is known to be on the disk.
  static absl::StatusOr<ReceivedLog> Begin(FileSystem& file_system, const std::string& path,
                                           const submissions::ByteRanges& ranges);

  absl::Status Add(const submissions::ByteRanges& ranges, Where where);

 private:
  ReceivedLog(std::unique_ptr<File> file, int64_t size) : file_(std::move(file)), size_(size) {}

  std::unique_ptr<File> file_;
  int64_t size_;
};

}  // namespace soutenance::storage::files

#endif  // SOUTENANCE_STORAGE_FILES_RECEIVED_LOG_H_
