#include "storage/files/incoming.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/status.h"

namespace soutenance::storage::files {
namespace {

using submissions::ByteRange;
using submissions::ByteRanges;

constexpr std::size_t kReadBytes = 1 << 20;

absl::Status TakenOver() {
  return Error(absl::StatusCode::kAborted, "another call sends this upload now; this one has ended",
               {.reason = "UPLOAD_TAKEN_OVER"});
}

absl::Status Incomplete(int64_t received, int64_t size) {
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("the upload has ", received, " of ", size, " bytes; send the rest first"),
               {.reason = "UPLOAD_INCOMPLETE",
                .metadata = {{"received", absl::StrCat(received)}, {"size", absl::StrCat(size)}}});
}

absl::Status Mismatch(const std::string& found, const std::string& expected) {
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("the bytes that arrived have the SHA-256 ", found, ", not ", expected,
                            " as promised; they were dropped, send the file again"),
               {.reason = "DIGEST_MISMATCH", .metadata = {{"found", found}, {"expected", expected}}});
}

}  // namespace

absl::Status Incoming::Load() {
  const std::lock_guard lock(mutex_);
  const auto file = file_system_.OpenToRead(path_);
  if (absl::IsNotFound(file.status())) return absl::OkStatus();
  RETURN_IF_ERROR(file.status());
  ASSIGN_OR_RETURN(const int64_t size, (*file)->Size());
  ASSIGN_OR_RETURN(received_, ReceivedLog::Read(file_system_, LogPath(path_), size));
  to_sync_ = received_;
  return absl::OkStatus();
}

absl::StatusOr<int64_t> Incoming::TakeOver() {
  const std::lock_guard lock(mutex_);
  if (file_ == nullptr) {
    ASSIGN_OR_RETURN(std::unique_ptr<File> file, file_system_.OpenToWrite(path_));
    ASSIGN_OR_RETURN(log_, ReceivedLog::Begin(file_system_, LogPath(path_), received_));
    file_ = std::move(file);
    to_note_ = ByteRanges();
  }
  return ++turn_;
}

// REQUIRES: mutex_ is held.
absl::Status Incoming::Note(ReceivedLog::Where where, ByteRanges& ranges) {
  RETURN_IF_ERROR(log_->Add(ranges, where));
  ranges = ByteRanges();
  return absl::OkStatus();
}

// Writes what is missing of `range`, whose bytes are `bytes`. REQUIRES: mutex_ is held.
absl::Status Incoming::WriteMissing(ByteRange range, absl::string_view bytes, RunningDigest::Where where) {
  RETURN_IF_ERROR(file_->Write(range.begin, bytes));
  received_.Add(range);
  to_note_.Add(range);
  to_sync_.Add(range);
  const int64_t seen = running_->size();
  if (range.begin <= seen && seen < range.end) {
    running_->Add(bytes.substr(static_cast<std::size_t>(seen - range.begin)), where);
  }
  return absl::OkStatus();
}

absl::Status Incoming::Write(int64_t turn, int64_t offset, absl::string_view bytes, int64_t size) {
  const std::lock_guard lock(mutex_);
  if (turn != turn_ || file_ == nullptr) return TakenOver();
  const ByteRange piece{offset, offset + static_cast<int64_t>(bytes.size())};
  if (offset < 0 || offset > size || piece.end > size) {
    return InvalidFields(
        {{.field = "offset",
          .description = absl::StrCat("is ", offset, " for ", bytes.size(),
                                      " bytes; the upload was committed to ", size, " bytes")}});
  }
  if (received_.count() >= kRangesMax) {
    return Error(absl::StatusCode::kResourceExhausted,
                 "the pieces have too many holes between them; send the missing ones first",
                 {.reason = "UPLOAD_TOO_SCATTERED"});
  }
  if (received_.Contains(piece)) return absl::OkStatus();
  const auto where = size < kLargeBytes ? RunningDigest::Where::kHere : RunningDigest::Where::kBeside;
  for (const ByteRange& range : received_.MissingIn(piece)) {
    RETURN_IF_ERROR(WriteMissing(range,
                                 bytes.substr(static_cast<std::size_t>(range.begin - offset),
                                              static_cast<std::size_t>(range.end - range.begin)),
                                 where));
  }
  if (to_note_.bytes() >= kNoteBytes) {
    for (const ByteRange& range : to_note_.All()) file_->BeginWriting(range.begin, range.end - range.begin);
    RETURN_IF_ERROR(Note(ReceivedLog::Where::kInFile, to_note_));
  }
  if (to_sync_.bytes() >= kSyncBytes) {
    RETURN_IF_ERROR(SyncOrForget(*file_));
    RETURN_IF_ERROR(Note(ReceivedLog::Where::kOnDisk, to_sync_));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<ByteRange>> Incoming::Flush() {
  const std::lock_guard lock(mutex_);
  if (log_) RETURN_IF_ERROR(Note(ReceivedLog::Where::kInFile, to_note_));
  return received_.All();
}

void Incoming::Leave(int64_t turn) {
  const std::lock_guard lock(mutex_);
  if (turn != turn_) return;
  // What could not be noted is sent again after a restart.
  if (log_) Note(ReceivedLog::Where::kInFile, to_note_).IgnoreError();
  log_.reset();
  file_.reset();
  running_->Settle();  // whoever goes on may come tomorrow
}

std::vector<ByteRange> Incoming::Received() const {
  const std::lock_guard lock(mutex_);
  return received_.All();
}

// Brings running_ to the end of the file. REQUIRES: mutex_ is held.
absl::Status Incoming::HashRest(const File& file, int64_t size) {
  std::string buffer(kReadBytes, '\0');
  while (running_->size() < size) {
    ASSIGN_OR_RETURN(const std::size_t read, file.Read(running_->size(), buffer.data(), buffer.size()));
    if (read == 0) return absl::OkStatus();  // shorter than it should be: the digest will say so
    const auto wanted = std::min(static_cast<int64_t>(read), size - running_->size());
    running_->Add(absl::string_view(buffer).substr(0, static_cast<std::size_t>(wanted)),
                  RunningDigest::Where::kHere);
  }
  return absl::OkStatus();
}

// After a sync that failed, the system may have dropped the bytes it could not write, and the next sync may
// say that all is well. So all of them have to come again. REQUIRES: mutex_ is held.
absl::Status Incoming::SyncOrForget(File& file) {
  const absl::Status status = file.Sync();
  if (status.ok()) {
    file.LeaveMemory(kCachedBytes);
    return status;
  }
  received_ = to_note_ = to_sync_ = ByteRanges();
  running_ = std::make_unique<RunningDigest>();
  digest_.clear();
  ++turn_;
  log_.reset();
  file_.reset();
  // If they cannot be removed either, the digest tells what is wrong with them.
  file_system_.Remove(LogPath(path_)).IgnoreError();
  file_system_.Remove(path_).IgnoreError();
  return status;
}

absl::Status Incoming::Verify(const submissions::ContentId& content) {
  const std::lock_guard lock(mutex_);
  if (!received_.Contains({0, content.size})) return Incomplete(received_.bytes(), content.size);
  // An empty file has no pieces, and may not be there.
  ASSIGN_OR_RETURN(const std::unique_ptr<File> file, file_system_.OpenToWrite(path_));
  if (digest_.empty()) {
    RETURN_IF_ERROR(HashRest(*file, content.size));
    digest_ = running_->Finish();
  }
  if (digest_ != content.sha256) return Mismatch(digest_, content.sha256);
  if (on_disk_) return absl::OkStatus();
  RETURN_IF_ERROR(SyncOrForget(*file));
  on_disk_ = true;
  return absl::OkStatus();
}

}  // namespace soutenance::storage::files
