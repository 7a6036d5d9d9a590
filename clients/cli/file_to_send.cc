#include "clients/cli/file_to_send.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/lib/failure.h"
#include "services/base/status.h"

namespace soutenance::cli {
namespace {

using clients::Language;
using clients::Text;

constexpr int64_t kReadBytes = 1 << 20;
constexpr int kBarCells = 30;

absl::Status Unreadable(const std::string& path, int error, Language language) {
  const Text words{"cannot be read: ", "ne peut pas être lu : "};
  return clients::LocalError("FILE_UNREADABLE",
                             absl::StrCat(path, " ", words.In(language), std::strerror(error)));
}

}  // namespace

absl::StatusOr<FileToSend> FileToSend::Open(const std::string& path, Language language) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return Unreadable(path, errno, language);
  struct stat facts {};
  const bool is_file = fstat(file, &facts) == 0 && S_ISREG(facts.st_mode);
  FileToSend opened(path, file, facts.st_size, language);
  if (!is_file) return Unreadable(path, EISDIR, language);
  return opened;
}

FileToSend::FileToSend(FileToSend&& other) noexcept
    : path_(std::move(other.path_)),
      file_(std::exchange(other.file_, -1)),
      size_(other.size_),
      language_(other.language_) {}

FileToSend::~FileToSend() {
  if (file_ >= 0) close(file_);
}

std::string FileToSend::name() const { return path_.substr(path_.rfind('/') + 1); }

absl::Status FileToSend::Read(int64_t offset, int64_t bytes_max, std::string& to) const {
  to.resize(static_cast<std::size_t>(bytes_max));
  for (;;) {
    const ssize_t count = pread(file_, to.data(), to.size(), offset);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Unreadable(path_, errno, language_);
    to.resize(static_cast<std::size_t>(count));
    return absl::OkStatus();
  }
}

absl::StatusOr<std::string> FileToSend::Digest(const std::function<void(int64_t)>& on_progress) const {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  bool sound = context != nullptr && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1;
  std::string bytes;
  for (int64_t offset = 0; sound && offset < size_; offset += static_cast<int64_t>(bytes.size())) {
    RETURN_IF_ERROR(Read(offset, std::min(kReadBytes, size_ - offset), bytes));
    if (bytes.empty()) return Unreadable(path_, EIO, language_);  // it became shorter meanwhile
    sound = EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) == 1;
    on_progress(offset);
  }
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  if (!sound || EVP_DigestFinal_ex(context.get(), digest, &length) != 1) {
    return absl::InternalError("the digest cannot be computed");
  }
  return absl::BytesToHexString(absl::string_view(reinterpret_cast<const char*>(digest), length));
}

std::string ProgressBar::Text(int64_t done, int64_t before, absl::Time now) const {
  const double part = total_ == 0 ? 1 : static_cast<double>(done) / static_cast<double>(total_);
  const int cells = static_cast<int>(part * kBarCells);
  const double seconds = absl::ToDoubleSeconds(now - begin_);
  const double speed = seconds > 0.2 ? static_cast<double>(done - before) / seconds : 0;
  std::string text = absl::StrFormat("[%s%s] %3d%%", std::string(static_cast<std::size_t>(cells), '#'),
                                     std::string(static_cast<std::size_t>(kBarCells - cells), ' '),
                                     static_cast<int>(part * 100));
  if (speed <= 0) return text;
  const auto left = static_cast<int64_t>(static_cast<double>(total_ - done) / speed);
  absl::StrAppendFormat(&text, "  %.1f MB/s  %d:%02d", speed / 1e6, left / 60, left % 60);
  return text;
}

}  // namespace soutenance::cli
