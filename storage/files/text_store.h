#ifndef SOUTENANCE_STORAGE_FILES_TEXT_STORE_H_
#define SOUTENANCE_STORAGE_FILES_TEXT_STORE_H_

#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "services/submissions/checks/check_store.h"
#include "storage/files/file_system.h"

namespace soutenance::storage::files {

// TextStore in a folder, beside the content it was extracted from: text/ab/abcd... is the text of
// content/ab/abcd.... One process at a time may use a folder.
class TextStore final : public submissions::TextStore {
 public:
  // Makes the folder below `folder`, which must exist. `file_system` must outlive it.
  static absl::StatusOr<std::unique_ptr<TextStore>> Open(FileSystem& file_system, std::string folder);

  absl::Status Put(absl::string_view sha256, absl::string_view text) override;
  absl::StatusOr<std::optional<std::string>> Find(absl::string_view sha256) const override;

 private:
  TextStore(FileSystem& file_system, std::string folder)
      : file_system_(file_system), folder_(std::move(folder)) {}

  std::string FolderOf(absl::string_view sha256) const;
  std::string PathOf(absl::string_view sha256) const;

  FileSystem& file_system_;
  const std::string folder_;
  mutable std::mutex mutex_;  // held while files are changed or read
};

}  // namespace soutenance::storage::files

#endif  // SOUTENANCE_STORAGE_FILES_TEXT_STORE_H_
