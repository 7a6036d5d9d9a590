#ifndef SOUTENANCE_SERVICES_HOST_DATA_DIR_H_
#define SOUTENANCE_SERVICES_HOST_DATA_DIR_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace soutenance::host {

// The folder of one running server, held alone as long as this object lives: the lock goes with the process,
// however it ends.
class DataDir {
 public:
  // Makes the folder at `path` (mode 0700) if it is not there. FAILED_PRECONDITION with reason
  // DATA_DIR_NOT_WRITABLE; UNAVAILABLE with reason DATA_DIR_IN_USE if another process holds it.
  static absl::StatusOr<std::unique_ptr<DataDir>> Hold(const std::string& path);
  ~DataDir();
  DataDir(const DataDir&) = delete;
  DataDir& operator=(const DataDir&) = delete;

  const std::string& path() const { return path_; }

 private:
  DataDir(std::string path, int lock) : path_(std::move(path)), lock_(lock) {}

  std::string path_;
  int lock_;  // descriptor of the lock file
};

// Writes `secret` and an end of line to the file at `path`, readable by its owner only: complete on the disk,
// or not there. Replaces what was there. FAILED_PRECONDITION with reason SECRET_NOT_WRITTEN.
absl::Status WriteSecretFile(const std::string& path, absl::string_view secret);

}  // namespace soutenance::host

#endif  // SOUTENANCE_SERVICES_HOST_DATA_DIR_H_
