#include "services/base/record.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace soutenance {

RecordWriter& RecordWriter::Text(absl::string_view text) {
  absl::StrAppend(&bytes_, text.size(), ":", text);
  return *this;
}

RecordWriter& RecordWriter::Integer(int64_t value) { return Text(absl::StrCat(value)); }

std::string RecordReader::Text() {
  const std::size_t colon = rest_.find(':');
  std::size_t size = 0;
  if (colon == absl::string_view::npos || !absl::SimpleAtoi(rest_.substr(0, colon), &size) ||
      rest_.size() - colon - 1 < size) {
    rest_ = {};
    sound_ = false;
    return {};
  }
  std::string text(rest_.substr(colon + 1, size));
  rest_.remove_prefix(colon + 1 + size);
  return text;
}

int64_t RecordReader::Integer() {
  int64_t value = 0;
  if (!absl::SimpleAtoi(Text(), &value)) {
    sound_ = false;
    return 0;
  }
  return value;
}

}  // namespace soutenance
