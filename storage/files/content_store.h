#ifndef SOUTENANCE_STORAGE_FILES_CONTENT_STORE_H_
#define SOUTENANCE_STORAGE_FILES_CONTENT_STORE_H_

#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <vector>

#include "services/submissions/content_store.h"
#include "storage/files/file_system.h"
#include "storage/files/incoming.h"

namespace soutenance::storage::files {

// ContentStore in a folder:
//   content/ab/abcd...   the bytes with this SHA-256
//   uploads/ID           the bytes of an upload so far; uploads/ID.log: which of them are there
// A finished upload is synced, then linked to its digest, then that folder is synced: only then does Finish
// return. Memory does not depend on the size of files. One process at a time may use a folder.
class ContentStore final : public submissions::ContentStore {
 public:
  // Makes the folders below `folder`, which must exist. `file_system` must outlive it.
  static absl::StatusOr<std::unique_ptr<ContentStore>> Open(FileSystem& file_system, std::string folder);

  absl::StatusOr<std::vector<submissions::ByteRange>> Received(absl::string_view id) const override;
  absl::StatusOr<std::unique_ptr<PieceWriter>> OpenUpload(absl::string_view id, int64_t size) override;
  absl::Status Finish(absl::string_view id, const submissions::ContentId& content) override;
  absl::Status Discard(absl::string_view id) override;
  absl::StatusOr<std::unique_ptr<Reader>> Open(absl::string_view sha256) const override;
  // The same for another process: a descriptor to read from, which the caller closes. Only of a folder of the
  // operating system.
  absl::StatusOr<int> OpenDescriptor(absl::string_view sha256) const;
  absl::StatusOr<std::vector<std::string>> Uploads() const override;
  absl::StatusOr<std::vector<std::string>> Contents() const override;
  absl::Status RemoveUnless(absl::string_view sha256,
                            absl::FunctionRef<absl::StatusOr<bool>()> is_needed) override;

 private:
  ContentStore(FileSystem& file_system, std::string folder)
      : file_system_(file_system), folder_(std::move(folder)) {}

  std::string UploadsFolder() const { return folder_ + "/uploads"; }
  std::string ContentFolder(absl::string_view sha256) const;
  std::string ContentPath(absl::string_view sha256) const;
  std::string UploadPath(absl::string_view id) const;
  absl::StatusOr<std::shared_ptr<Incoming>> Find(absl::string_view id) const;

  FileSystem& file_system_;
  const std::string folder_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::shared_ptr<Incoming>>
      incoming_;               // by upload; read again if it is not there
  std::shared_mutex removal_;  // shared by those who finish, held alone by those who remove
};

}  // namespace soutenance::storage::files

#endif  // SOUTENANCE_STORAGE_FILES_CONTENT_STORE_H_
