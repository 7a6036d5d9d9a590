#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_BYTE_RANGE_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_BYTE_RANGE_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace soutenance::submissions {

// Bytes from `begin` up to and without `end`.
struct ByteRange {
  int64_t begin = 0;
  int64_t end = 0;

  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

// A set of bytes, kept as ranges that neither overlap nor touch. Not safe for concurrent use.
class ByteRanges {
 public:
  // Adds `range`; an empty one changes nothing.
  void Add(ByteRange range);

  // Whether every byte of `range` is in the set; always true for an empty one.
  bool Contains(ByteRange range) const;

  // What of `range` is not in the set, in order.
  std::vector<ByteRange> MissingIn(ByteRange range) const;

  // In order.
  std::vector<ByteRange> All() const;
  int64_t bytes() const { return bytes_; }
  std::size_t count() const { return ends_.size(); }

 private:
  std::map<int64_t, int64_t> ends_;  // by begin
  int64_t bytes_ = 0;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_BYTE_RANGE_H_
