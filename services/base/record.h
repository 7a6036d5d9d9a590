#ifndef SOUTENANCE_SERVICES_BASE_RECORD_H_
#define SOUTENANCE_SERVICES_BASE_RECORD_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

// How plain values become bytes that are kept for a while, such as the result of a call under its request id:
// a sequence of length-prefixed texts ("5:hello"). Nothing to escape, nothing to guess.
namespace soutenance {

class RecordWriter {
 public:
  RecordWriter& Text(absl::string_view text);
  RecordWriter& Integer(int64_t value);

  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// Reads what a RecordWriter wrote, in the same order. `bytes` must outlive the reader.
class RecordReader {
 public:
  explicit RecordReader(absl::string_view bytes) : rest_(bytes) {}

  // The next value; empty or 0 if there is none.
  std::string Text();
  int64_t Integer();

  // Whether nothing is left, or what is left cannot be read.
  bool IsAtEnd() const { return rest_.empty(); }

  // Whether everything read so far was there and nothing is left. Ask it after the last value.
  bool IsComplete() const { return sound_ && rest_.empty(); }

 private:
  absl::string_view rest_;
  bool sound_ = true;
};

}  // namespace soutenance

#endif  // SOUTENANCE_SERVICES_BASE_RECORD_H_
