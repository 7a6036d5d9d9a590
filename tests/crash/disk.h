#ifndef SOUTENANCE_TESTS_CRASH_DISK_H_
#define SOUTENANCE_TESTS_CRASH_DISK_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/files/file_system.h"

namespace soutenance::crash {

// The files on a disk by name. Bytes are shared: most images of one run have most files in common.
using Image = std::map<std::string, std::shared_ptr<const std::string>>;

// A file system in memory that remembers every operation, so that afterwards the power can be cut before any
// of them. It serves our own files (as storage::files::FileSystem) and SQLite's (sqlite_vfs.h). Not safe for
// concurrent use.
class Disk final : public storage::files::FileSystem {
 public:
  // One thing that was done. A sync makes what was done before to the same file, or to the names in the same
  // folder, survive; everything else may be lost.
  struct Operation {
    enum class Kind { kWrite, kTruncate, kSyncFile, kName, kRemove, kSyncFolder, kAcknowledge };
    Kind kind;
    int inode = 0;
    int64_t offset = 0;
    std::string text;  // the bytes, the path, the folder, or what was acknowledged
    std::string path;  // of the file; for kName and kRemove the name
  };

  Disk() = default;
  // With these files, all of which survive.
  explicit Disk(Image files);

  // storage::files::FileSystem
  absl::StatusOr<std::unique_ptr<storage::files::File>> OpenToWrite(const std::string& path) override;
  absl::StatusOr<std::unique_ptr<storage::files::File>> OpenToRead(const std::string& path) const override;
  absl::Status Link(const std::string& path, const std::string& other) override;
  absl::Status Remove(const std::string& path) override;
  absl::Status MakeFolder(const std::string& path) override;
  absl::StatusOr<std::vector<std::string>> List(const std::string& folder) const override;
  absl::Status SyncFolder(const std::string& folder) override;
  std::string BootId() const override { return "boot"; }

  // What SQLite's files need besides. `path` is how the file was opened.
  int InodeOf(const std::string& path, bool create);  // -1: there is none
  bool Has(const std::string& path) const { return names_.count(path) > 0; }
  absl::Status Write(int inode, const std::string& path, int64_t offset, absl::string_view bytes);
  absl::Status Truncate(int inode, const std::string& path, int64_t size);
  absl::Status SyncFile(int inode, const std::string& path);
  const std::string& BytesOf(int inode) const { return *inodes_[static_cast<std::size_t>(inode)]; }

  // Notes that somebody was told `what`.
  void Acknowledge(const std::string& what);

  // Operations so far, and from when on they are remembered.
  const std::vector<Operation>& operations() const { return operations_; }
  void BeginRecording();
  void EndRecording() { recording_ = false; }
  // The files as they were at BeginRecording.
  const std::map<std::string, int>& names_at_begin() const { return names_at_begin_; }
  const std::vector<std::shared_ptr<const std::string>>& inodes_at_begin() const { return inodes_at_begin_; }

  // Syncs of files for which this says true do nothing, as if somebody had removed them.
  void SetIgnoredSyncs(std::function<bool(const std::string& path)> ignored) {
    ignored_ = std::move(ignored);
  }
  // The operation `number` from now on, counted from 0, fails, and all later ones too if it is `persistent`.
  enum class Failure { kInputOutput, kFull };
  void FailAt(int64_t number, Failure failure, bool persistent);
  void Heal() { fail_at_ = -1; }
  int64_t done() const { return done_; }

 private:
  absl::Status Do(Operation operation);
  std::string& OwnBytesOf(int inode);

  // Shared with images and with what was at BeginRecording; copied before it is written to.
  std::vector<std::shared_ptr<const std::string>> inodes_;
  std::map<std::string, int> names_;
  std::vector<Operation> operations_;
  bool recording_ = false;
  std::map<std::string, int> names_at_begin_;
  std::vector<std::shared_ptr<const std::string>> inodes_at_begin_;
  std::function<bool(const std::string&)> ignored_;
  int64_t done_ = 0;
  int64_t fail_at_ = -1;
  bool persistent_ = false;
  Failure failure_ = Failure::kInputOutput;
};

// Walks through what a disk recorded and says what could be on it if the power were cut now.
class PowerCut {
 public:
  explicit PowerCut(const Disk& disk);

  // Passes the next operation; false at the end.
  bool Advance();
  // What had been acknowledged by now.
  const std::vector<std::string>& acknowledged() const { return acknowledged_; }
  // Whether anything may be lost now.
  bool MayLose() const;

  // How what was not synced is treated.
  enum class Mode { kDropAll, kKeepAll, kPrefix, kAnySubset, kTorn };
  // The files that are there after the cut.
  Image Files(Mode mode, std::mt19937& random) const;

 private:
  using Operation = Disk::Operation;

  void MakeDurable(int inode);
  std::shared_ptr<std::string> CopyOf(const std::string& bytes) const;

  const std::vector<Operation>& operations_;
  std::size_t next_ = 0;
  std::vector<std::string> acknowledged_;
  // What survives for certain, and what was done since.
  std::map<int, std::shared_ptr<const std::string>> durable_;
  std::map<std::string, int> names_;
  std::map<int, std::vector<const Operation*>> unsynced_files_;
  std::map<std::string, std::vector<const Operation*>> unsynced_names_;  // by folder
  mutable std::vector<std::shared_ptr<std::string>> copies_;             // used again once an image is gone
};

std::string FolderOf(const std::string& path);

}  // namespace soutenance::crash

#endif  // SOUTENANCE_TESTS_CRASH_DISK_H_
