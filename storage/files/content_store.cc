#include "storage/files/content_store.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/status.h"

namespace soutenance::storage::files {
namespace {

using submissions::ByteRange;

class Writer final : public submissions::ContentStore::PieceWriter {
 public:
  Writer(std::shared_ptr<Incoming> incoming, int64_t turn, int64_t size)
      : incoming_(std::move(incoming)), turn_(turn), size_(size) {}
  ~Writer() override { incoming_->Leave(turn_); }

  absl::Status Write(int64_t offset, absl::string_view bytes) override {
    return incoming_->Write(turn_, offset, bytes, size_);
  }
  absl::StatusOr<std::vector<ByteRange>> Flush() override { return incoming_->Flush(); }

 private:
  const std::shared_ptr<Incoming> incoming_;
  const int64_t turn_;
  const int64_t size_;
};

class FileReader final : public submissions::ContentStore::Reader {
 public:
  explicit FileReader(std::unique_ptr<File> file) : file_(std::move(file)) {}

  absl::StatusOr<std::string> Read(int64_t offset, std::size_t bytes_max) const override {
    std::string bytes(bytes_max, '\0');
    ASSIGN_OR_RETURN(const std::size_t read, file_->Read(offset, bytes.data(), bytes.size()));
    bytes.resize(read);
    return bytes;
  }

 private:
  const std::unique_ptr<File> file_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<ContentStore>> ContentStore::Open(FileSystem& file_system,
                                                                 std::string folder) {
  auto store = std::unique_ptr<ContentStore>(new ContentStore(file_system, std::move(folder)));
  RETURN_IF_ERROR(file_system.MakeFolder(store->UploadsFolder()));
  RETURN_IF_ERROR(file_system.MakeFolder(store->folder_ + "/content"));
  RETURN_IF_ERROR(file_system.SyncFolder(store->folder_));
  // All at once: made when they are first needed, each would cost a sync in the minutes when everybody
  // submits.
  for (int first = 0; first < 256; ++first) {
    RETURN_IF_ERROR(
        file_system.MakeFolder(absl::StrCat(store->folder_, "/content/", absl::Hex(first, absl::kZeroPad2))));
  }
  RETURN_IF_ERROR(file_system.SyncFolder(store->folder_ + "/content"));
  return store;
}

std::string ContentStore::ContentFolder(absl::string_view sha256) const {
  return absl::StrCat(folder_, "/content/", sha256.substr(0, 2));
}

std::string ContentStore::ContentPath(absl::string_view sha256) const {
  return absl::StrCat(ContentFolder(sha256), "/", sha256);
}

std::string ContentStore::UploadPath(absl::string_view id) const {
  return absl::StrCat(UploadsFolder(), "/", id);
}

absl::StatusOr<std::shared_ptr<Incoming>> ContentStore::Find(absl::string_view id) const {
  const std::lock_guard lock(mutex_);
  std::shared_ptr<Incoming>& incoming = incoming_[std::string(id)];
  if (incoming == nullptr) {
    auto loaded = std::make_shared<Incoming>(file_system_, UploadPath(id));
    if (const absl::Status status = loaded->Load(); !status.ok()) {
      incoming_.erase(std::string(id));
      return status;
    }
    incoming = std::move(loaded);
  }
  return incoming;
}

absl::StatusOr<std::vector<ByteRange>> ContentStore::Received(absl::string_view id) const {
  ASSIGN_OR_RETURN(const std::shared_ptr<Incoming> incoming, Find(id));
  return incoming->Received();
}

absl::StatusOr<std::unique_ptr<ContentStore::PieceWriter>> ContentStore::OpenUpload(absl::string_view id,
                                                                                    int64_t size) {
  ASSIGN_OR_RETURN(std::shared_ptr<Incoming> incoming, Find(id));
  ASSIGN_OR_RETURN(const int64_t turn, incoming->TakeOver());
  return std::make_unique<Writer>(std::move(incoming), turn, size);
}

absl::Status ContentStore::Finish(absl::string_view id, const submissions::ContentId& content) {
  ASSIGN_OR_RETURN(const std::shared_ptr<Incoming> incoming, Find(id));
  if (absl::Status status = incoming->Verify(content); !status.ok()) {
    if (FactsOf(status).reason == "DIGEST_MISMATCH") RETURN_IF_ERROR(Discard(id));
    return status;
  }
  const std::shared_lock lock(removal_);
  const absl::Status linked = file_system_.Link(UploadPath(id), ContentPath(content.sha256));
  if (!linked.ok() && !absl::IsAlreadyExists(linked)) return linked;
  // Also if it was there: whoever linked it may not have come to this point.
  return file_system_.SyncFolder(ContentFolder(content.sha256));
}

absl::Status ContentStore::Discard(absl::string_view id) {
  {
    const std::lock_guard lock(mutex_);
    incoming_.erase(std::string(id));
  }
  RETURN_IF_ERROR(file_system_.Remove(Incoming::LogPath(UploadPath(id))));
  return file_system_.Remove(UploadPath(id));
}

absl::StatusOr<std::unique_ptr<ContentStore::Reader>> ContentStore::Open(absl::string_view sha256) const {
  auto file = file_system_.OpenToRead(ContentPath(sha256));
  if (absl::IsNotFound(file.status())) return NotFound("content", sha256);
  RETURN_IF_ERROR(file.status());
  return std::make_unique<FileReader>(*std::move(file));
}

absl::StatusOr<int> ContentStore::OpenDescriptor(absl::string_view sha256) const {
  const std::string path = ContentPath(sha256);
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor >= 0) return descriptor;
  if (errno == ENOENT) return NotFound("content", sha256);
  return FileFailed(path, "open", std::strerror(errno));
}

absl::StatusOr<std::vector<std::string>> ContentStore::Uploads() const {
  ASSIGN_OR_RETURN(const std::vector<std::string> names, file_system_.List(UploadsFolder()));
  std::vector<std::string> ids;
  for (const std::string& name : names) {
    const std::string id(absl::string_view(name).substr(0, name.find('.')));
    if (ids.empty() || ids.back() != id) ids.push_back(id);
  }
  return ids;
}

absl::StatusOr<std::vector<std::string>> ContentStore::Contents() const {
  std::vector<std::string> digests;
  ASSIGN_OR_RETURN(const std::vector<std::string> folders, file_system_.List(folder_ + "/content"));
  for (const std::string& folder : folders) {
    ASSIGN_OR_RETURN(const std::vector<std::string> names, file_system_.List(folder_ + "/content/" + folder));
    digests.insert(digests.end(), names.begin(), names.end());
  }
  return digests;
}

absl::Status ContentStore::RemoveUnless(absl::string_view sha256,
                                        absl::FunctionRef<absl::StatusOr<bool>()> is_needed) {
  const std::unique_lock lock(removal_);
  ASSIGN_OR_RETURN(const bool needed, is_needed());
  if (needed) return absl::OkStatus();
  return file_system_.Remove(ContentPath(sha256));
}

}  // namespace soutenance::storage::files
