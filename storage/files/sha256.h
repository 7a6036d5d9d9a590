#ifndef SOUTENANCE_STORAGE_FILES_SHA256_H_
#define SOUTENANCE_STORAGE_FILES_SHA256_H_

#include <memory>
#include <string>

#include "absl/strings/string_view.h"

namespace soutenance::storage::files {

// The SHA-256 of bytes that come piece by piece. Not safe for concurrent use.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void Add(absl::string_view bytes);
  // 64 lower-case hexadecimal digits; nothing may be added afterwards.
  std::string Finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace soutenance::storage::files

#endif  // SOUTENANCE_STORAGE_FILES_SHA256_H_
