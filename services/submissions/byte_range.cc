#include "services/submissions/byte_range.h"

#include <algorithm>
#include <iterator>

namespace soutenance::submissions {

void ByteRanges::Add(ByteRange range) {
  if (range.begin >= range.end) return;
  auto next = ends_.upper_bound(range.begin);
  if (next != ends_.begin() && std::prev(next)->second >= range.begin) --next;
  while (next != ends_.end() && next->first <= range.end) {
    range.begin = std::min(range.begin, next->first);
    range.end = std::max(range.end, next->second);
    bytes_ -= next->second - next->first;
    next = ends_.erase(next);
  }
  ends_.emplace(range.begin, range.end);
  bytes_ += range.end - range.begin;
}

bool ByteRanges::Contains(ByteRange range) const {
  if (range.begin >= range.end) return true;
  const auto next = ends_.upper_bound(range.begin);
  return next != ends_.begin() && std::prev(next)->second >= range.end;
}

std::vector<ByteRange> ByteRanges::All() const {
  std::vector<ByteRange> all;
  for (const auto& [begin, end] : ends_) all.push_back({begin, end});
  return all;
}

std::vector<ByteRange> ByteRanges::MissingIn(ByteRange range) const {
  std::vector<ByteRange> missing;
  auto next = ends_.upper_bound(range.begin);
  if (next != ends_.begin() && std::prev(next)->second > range.begin) range.begin = std::prev(next)->second;
  for (; range.begin < range.end; ++next) {
    const bool is_last = next == ends_.end() || next->first >= range.end;
    const int64_t end = is_last ? range.end : next->first;
    if (range.begin < end) missing.push_back({range.begin, end});
    if (is_last) break;
    range.begin = next->second;
  }
  return missing;
}

}  // namespace soutenance::submissions
