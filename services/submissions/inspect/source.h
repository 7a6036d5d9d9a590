#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_SOURCE_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_SOURCE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "absl/strings/string_view.h"

namespace soutenance::submissions::inspect {

// The bytes that are looked at.
class Source {
 public:
  virtual ~Source() = default;
  virtual int64_t size() const = 0;
  // Reads up to `bytes_max` bytes; fewer at the end, none outside of the file or if it cannot be read.
  virtual std::size_t ReadInto(int64_t offset, char* to, std::size_t bytes_max) const = 0;

  std::string Read(int64_t offset, std::size_t bytes_max) const {
    std::string bytes(bytes_max, '\0');
    bytes.resize(ReadInto(offset, bytes.data(), bytes_max));
    return bytes;
  }
};

// Bytes in memory, which must outlive it.
class MemorySource final : public Source {
 public:
  explicit MemorySource(absl::string_view bytes) : bytes_(bytes) {}
  int64_t size() const override { return static_cast<int64_t>(bytes_.size()); }
  std::size_t ReadInto(int64_t offset, char* to, std::size_t bytes_max) const override {
    if (offset < 0 || offset >= size()) return 0;
    const std::size_t bytes = std::min(bytes_max, bytes_.size() - static_cast<std::size_t>(offset));
    std::memcpy(to, bytes_.data() + offset, bytes);
    return bytes;
  }

 private:
  const absl::string_view bytes_;
};

}  // namespace soutenance::submissions::inspect

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_SOURCE_H_
