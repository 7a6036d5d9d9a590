#ifndef SOUTENANCE_CLIENTS_CLI_FILE_TO_SEND_H_
#define SOUTENANCE_CLIENTS_CLI_FILE_TO_SEND_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "clients/lib/language.h"

namespace soutenance::cli {

// A file on its way to the server, read in pieces: memory does not depend on its size. Not safe for
// concurrent use.
class FileToSend {
 public:
  // FILE_UNREADABLE, as in files.h.
  static absl::StatusOr<FileToSend> Open(const std::string& path, clients::Language language);
  ~FileToSend();
  FileToSend(FileToSend&& other) noexcept;
  FileToSend& operator=(FileToSend&&) = delete;

  int64_t size() const { return size_; }
  // Its name without folders.
  std::string name() const;
  // SHA-256 of all of it, 64 hexadecimal digits; `on_progress` is told how far it has been read.
  absl::StatusOr<std::string> Digest(const std::function<void(int64_t)>& on_progress) const;
  // The bytes of [offset, offset + bytes_max), into `to`; fewer at the end.
  absl::Status Read(int64_t offset, int64_t bytes_max, std::string& to) const;

 private:
  FileToSend(std::string path, int file, int64_t size, clients::Language language)
      : path_(std::move(path)), file_(file), size_(size), language_(language) {}

  std::string path_;
  int file_;
  int64_t size_;
  clients::Language language_;
};

// How far something is, for one line of a terminal: "[#######       ]  52%  12.3 MB/s  0:41".
class ProgressBar {
 public:
  ProgressBar(int64_t total, absl::Time now) : total_(total), begin_(now) {}
  // `done` of the total is there; of it `before` was there at the beginning, and tells nothing about the
  // speed.
  std::string Text(int64_t done, int64_t before, absl::Time now) const;

 private:
  const int64_t total_;
  const absl::Time begin_;
};

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_FILE_TO_SEND_H_
