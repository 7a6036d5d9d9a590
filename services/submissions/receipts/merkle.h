#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_RECEIPTS_MERKLE_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_RECEIPTS_MERKLE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

// The hashes of an append-only log, as RFC 6962 section 2.1 defines them, with SHA-256. A hash is 32 bytes;
// as text it is 64 lower-case hexadecimal digits.
namespace soutenance::submissions::receipts {

inline constexpr std::size_t kHashBytes = 32;

// SHA-256 of `bytes`.
std::string Sha256(absl::string_view bytes);
// Of one entry, and of two subtrees.
std::string LeafHash(absl::string_view entry);
std::string NodeHash(absl::string_view left, absl::string_view right);

// What must be known of a log to append to it: the roots of its complete subtrees, largest first. A value;
// copies are cheap.
class LogTree {
 public:
  LogTree() = default;

  // Reads what Serialize wrote. DATA_LOSS if it did not.
  static absl::StatusOr<LogTree> Parse(int64_t size, absl::string_view peaks);
  std::string Serialize() const;  // without the size

  int64_t size() const { return size_; }
  // Of all entries; SHA-256 of nothing for an empty log.
  std::string Root() const;

  // Appends an entry by its leaf hash. Returns the proof that it is the last entry of the new tree: the
  // hashes that lead from it to the root, nearest first.
  std::vector<std::string> Append(absl::string_view leaf_hash);

 private:
  int64_t size_ = 0;
  std::vector<std::string> peaks_;
};

// The root of a tree of `size` entries in which the entry `index` has `leaf_hash`, according to `proof`;
// nothing fits if the proof has another length than such a tree needs: INVALID_ARGUMENT.
absl::StatusOr<std::string> RootFromProof(absl::string_view leaf_hash, int64_t index, int64_t size,
                                          absl::Span<const std::string> proof);

}  // namespace soutenance::submissions::receipts

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_RECEIPTS_MERKLE_H_
