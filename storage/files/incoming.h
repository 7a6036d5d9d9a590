#ifndef SOUTENANCE_STORAGE_FILES_INCOMING_H_
#define SOUTENANCE_STORAGE_FILES_INCOMING_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/submissions/byte_range.h"
#include "services/submissions/content_store.h"
#include "storage/files/file_system.h"
#include "storage/files/received_log.h"
#include "storage/files/running_digest.h"

namespace soutenance::storage::files {

// What has been received of one upload: its file, the log beside it, and the digest as far as the bytes came
// in order. Each byte is written once; bytes that come again are not looked at, so that the digest that was
// computed on the way stays that of the file. Safe for concurrent use.
class Incoming {
 public:
  // `path` is the file; the log is beside it. `file_system` must outlive it.
  Incoming(FileSystem& file_system, std::string path) : file_system_(file_system), path_(std::move(path)) {}

  static std::string LogPath(const std::string& path) { return path + ".log"; }

  // Reads what an earlier process left. Called once, before anything else.
  absl::Status Load();

  // Opens the file for a writer and returns its turn; earlier turns are over.
  absl::StatusOr<int64_t> TakeOver();
  // As PieceWriter::Write, for an upload of `size` bytes.
  absl::Status Write(int64_t turn, int64_t offset, absl::string_view bytes, int64_t size);
  // Notes what is there and returns it.
  absl::StatusOr<std::vector<submissions::ByteRange>> Flush();
  // The writer of `turn` is gone: closes the files, if no later one has them.
  void Leave(int64_t turn);

  std::vector<submissions::ByteRange> Received() const;

  // Checks the bytes and brings them to the disk. As ContentStore::Finish; the caller drops the rest if they
  // are others.
  absl::Status Verify(const submissions::ContentId& content);

  // How much may arrive between two notes in the log, and between two syncs. The first bounds what is sent
  // again after the server was killed, the second what is sent again after a power cut.
  static constexpr int64_t kNoteBytes = 1 << 20;
  static constexpr int64_t kSyncBytes = 64 << 20;
  // The digest of files from this size on is computed beside what arrives; for smaller ones a thread would
  // cost more than it saves.
  static constexpr int64_t kLargeBytes = 16 << 20;
  // What stays in memory of a file that is on the disk: its beginning tells its type. The rest goes, so that
  // what arrives next is written to the same memory: to be given memory that was not used lately costs more
  // than all else, where the machine is a virtual one.
  static constexpr int64_t kCachedBytes = 64 << 10;
  // More holes than this are not the work of an honest client.
  static constexpr std::size_t kRangesMax = 10'000;

 private:
  absl::Status Note(ReceivedLog::Where where, submissions::ByteRanges& ranges);
  absl::Status WriteMissing(submissions::ByteRange range, absl::string_view bytes,
                            RunningDigest::Where where);
  absl::Status HashRest(const File& file, int64_t size);
  absl::Status SyncOrForget(File& file);

  FileSystem& file_system_;
  const std::string path_;
  mutable std::mutex mutex_;
  int64_t turn_ = 0;
  std::unique_ptr<File> file_;  // null while there is no writer
  std::optional<ReceivedLog> log_;
  submissions::ByteRanges received_;
  submissions::ByteRanges to_note_;  // received, and not in the log
  submissions::ByteRanges to_sync_;  // received, and not known to be on the disk
  std::unique_ptr<RunningDigest> running_ = std::make_unique<RunningDigest>();
  std::string digest_;    // of the whole file, once known
  bool on_disk_ = false;  // the whole file
};

}  // namespace soutenance::storage::files

#endif  // SOUTENANCE_STORAGE_FILES_INCOMING_H_
