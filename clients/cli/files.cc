#include "clients/cli/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "clients/lib/failure.h"
#include "services/base/status.h"

namespace soutenance::cli {
namespace {

using clients::Language;
using clients::LocalError;
using clients::Text;

absl::Status Unreadable(const std::string& path, int error, Language language) {
  const Text words{"cannot be read: ", "est illisible : "};
  return LocalError("FILE_UNREADABLE", absl::StrCat(path, " ", words.In(language), std::strerror(error)));
}

absl::Status Unwritable(const std::string& path, int error, Language language) {
  const Text words{"cannot be written: ", "ne peut être écrit : "};
  return LocalError("FILE_UNWRITABLE", absl::StrCat(path, " ", words.In(language), std::strerror(error)));
}

// Writes everything and closes `file`.
absl::Status WriteAndClose(int file, absl::string_view content, const std::string& path, Language language) {
  auto close_file = absl::MakeCleanup([file] { close(file); });
  while (!content.empty()) {
    const ssize_t written = write(file, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return Unwritable(path, errno, language);
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  std::move(close_file).Cancel();
  return close(file) == 0 ? absl::OkStatus() : Unwritable(path, errno, language);
}

}  // namespace

absl::Status ReplacePrivateFile(const std::string& path, absl::string_view content, Language language) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  std::error_code error;
  if (!folder.empty() && !std::filesystem::exists(folder, error)) {
    std::filesystem::create_directories(folder, error);
    if (error) return Unwritable(folder.string(), error.value(), language);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  }
  std::string temporary = path + ".XXXXXX";
  const int file = mkostemp(temporary.data(), O_CLOEXEC);  // mode 0600
  if (file < 0) return Unwritable(path, errno, language);
  auto remove = absl::MakeCleanup([&] { unlink(temporary.c_str()); });
  RETURN_IF_ERROR(WriteAndClose(file, content, path, language));
  if (rename(temporary.c_str(), path.c_str()) != 0) return Unwritable(path, errno, language);
  std::move(remove).Cancel();
  return absl::OkStatus();
}

absl::Status CreatePrivateFile(const std::string& path, Language language) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file >= 0) return WriteAndClose(file, "", path, language);
  if (errno != EEXIST) return Unwritable(path, errno, language);
  const Text words{" exists already; choose another name or remove it",
                   " existe déjà ; choisissez un autre nom ou supprimez-le"};
  return LocalError("FILE_EXISTS", absl::StrCat(path, words.In(language)));
}

absl::StatusOr<std::string> ReadFile(const std::string& path, int64_t bytes_max, Language language) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return Unreadable(path, errno, language);
  auto close_file = absl::MakeCleanup([file] { close(file); });
  std::string content;
  char bytes[65536];
  for (;;) {
    const ssize_t count = read(file, bytes, sizeof bytes);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Unreadable(path, errno, language);
    if (count == 0) return content;
    content.append(bytes, static_cast<std::size_t>(count));
    if (content.size() > static_cast<std::size_t>(bytes_max)) {
      const Text words{" is too large; in MiB, a file of this kind has at most ",
                       " est trop grand ; en Mio, un fichier de ce genre a au plus "};
      return LocalError("FILE_TOO_LARGE", absl::StrCat(path, words.In(language), bytes_max >> 20));
    }
  }
}

absl::Status WriteFile(const std::string& path, absl::string_view content, Language language) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file < 0) return Unwritable(path, errno, language);
  return WriteAndClose(file, content, path, language);
}

bool IsReadableByOthers(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && (status.st_mode & 077) != 0;
}

}  // namespace soutenance::cli
