#ifndef SOUTENANCE_CLIENTS_CLI_FILES_H_
#define SOUTENANCE_CLIENTS_CLI_FILES_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "clients/lib/language.h"

// Files for their owner's eyes, and files in general, with errors in the caller's language: reasons
// FILE_UNREADABLE, FILE_UNWRITABLE, FILE_EXISTS, FILE_TOO_LARGE.
namespace soutenance::cli {

// Writes `content` to `path` with mode 0600 from the first moment on, replacing what was there in one step.
// Makes the folder (0700) if it is missing.
absl::Status ReplacePrivateFile(const std::string& path, absl::string_view content,
                                clients::Language language);

// Creates `path` with mode 0600 and nothing in it; FILE_EXISTS if there is such a file.
absl::Status CreatePrivateFile(const std::string& path, clients::Language language);

// The content of `path`, at most `bytes_max`.
absl::StatusOr<std::string> ReadFile(const std::string& path, int64_t bytes_max, clients::Language language);

// Writes `content` to `path`, as a document for everybody whom the umask allows.
absl::Status WriteFile(const std::string& path, absl::string_view content, clients::Language language);

// Whether others than the owner may read `path`.
bool IsReadableByOthers(const std::string& path);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_FILES_H_
