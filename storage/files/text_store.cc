#include "storage/files/text_store.h"

#include "absl/strings/str_cat.h"
#include "services/base/status.h"

namespace soutenance::storage::files {

absl::StatusOr<std::unique_ptr<TextStore>> TextStore::Open(FileSystem& file_system, std::string folder) {
  const std::string text = absl::StrCat(folder, "/text");
  RETURN_IF_ERROR(file_system.MakeFolder(text));
  RETURN_IF_ERROR(file_system.SyncFolder(folder));
  return std::unique_ptr<TextStore>(new TextStore(file_system, text));
}

std::string TextStore::FolderOf(absl::string_view sha256) const {
  return absl::StrCat(folder_, "/", sha256.substr(0, 2));
}

std::string TextStore::PathOf(absl::string_view sha256) const {
  return absl::StrCat(FolderOf(sha256), "/", sha256);
}

absl::Status TextStore::Put(absl::string_view sha256, absl::string_view text) {
  const std::lock_guard lock(mutex_);
  RETURN_IF_ERROR(file_system_.MakeFolder(FolderOf(sha256)));
  RETURN_IF_ERROR(file_system_.SyncFolder(folder_));
  const std::string path = PathOf(sha256);
  // Whole or not at all, also after a power cut: written under another name, and linked when it is on the
  // disk.
  const std::string fresh = absl::StrCat(path, ".new");
  RETURN_IF_ERROR(file_system_.Remove(fresh));
  {
    ASSIGN_OR_RETURN(const std::unique_ptr<File> file, file_system_.OpenToWrite(fresh));
    RETURN_IF_ERROR(file->Write(0, text));
    RETURN_IF_ERROR(file->Sync());
  }
  RETURN_IF_ERROR(file_system_.Remove(path));
  RETURN_IF_ERROR(file_system_.Link(fresh, path));
  RETURN_IF_ERROR(file_system_.Remove(fresh));
  return file_system_.SyncFolder(FolderOf(sha256));
}

absl::StatusOr<std::optional<std::string>> TextStore::Find(absl::string_view sha256) const {
  const std::lock_guard lock(mutex_);
  const auto file = file_system_.OpenToRead(PathOf(sha256));
  if (absl::IsNotFound(file.status())) return std::nullopt;
  RETURN_IF_ERROR(file.status());
  ASSIGN_OR_RETURN(const int64_t size, (*file)->Size());
  std::string text(static_cast<std::size_t>(size), '\0');
  std::size_t done = 0;
  while (done < text.size()) {
    ASSIGN_OR_RETURN(const std::size_t read,
                     (*file)->Read(static_cast<int64_t>(done), text.data() + done, text.size() - done));
    if (read == 0) break;
    done += read;
  }
  text.resize(done);
  return text;
}

}  // namespace soutenance::storage::files
