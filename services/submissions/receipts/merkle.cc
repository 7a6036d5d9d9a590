#include "services/submissions/receipts/merkle.h"

#include <sodium.h>

#include <cstddef>

#include "absl/strings/str_cat.h"

namespace soutenance::submissions::receipts {
namespace {

constexpr absl::string_view kLeaf("\x00", 1);
constexpr absl::string_view kNode("\x01", 1);

int CountOnes(int64_t number) { return __builtin_popcountll(static_cast<unsigned long long>(number)); }

}  // namespace

std::string Sha256(absl::string_view bytes) {
  std::string hash(kHashBytes, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()),
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return hash;
}

std::string LeafHash(absl::string_view entry) { return Sha256(absl::StrCat(kLeaf, entry)); }

std::string NodeHash(absl::string_view left, absl::string_view right) {
  return Sha256(absl::StrCat(kNode, left, right));
}

absl::StatusOr<LogTree> LogTree::Parse(int64_t size, absl::string_view peaks) {
  if (size < 0 || peaks.size() != static_cast<std::size_t>(CountOnes(size)) * kHashBytes) {
    return absl::DataLossError("the head of the log of receipts is damaged");
  }
  LogTree tree;
  tree.size_ = size;
  for (; !peaks.empty(); peaks.remove_prefix(kHashBytes))
    tree.peaks_.emplace_back(peaks.substr(0, kHashBytes));
  return tree;
}

std::string LogTree::Serialize() const {
  std::string peaks;
  for (const std::string& peak : peaks_) peaks += peak;
  return peaks;
}

std::string LogTree::Root() const {
  if (peaks_.empty()) return Sha256("");
  std::string root = peaks_.back();
  for (std::size_t i = peaks_.size() - 1; i-- > 0;) root = NodeHash(peaks_[i], root);
  return root;
}

std::vector<std::string> LogTree::Append(absl::string_view leaf_hash) {
  // The last entry is the smallest subtree; all others stand to its left.
  std::vector<std::string> proof(peaks_.rbegin(), peaks_.rend());
  peaks_.emplace_back(leaf_hash);
  for (int64_t full = size_; (full & 1) != 0; full >>= 1) {
    const std::string right = peaks_.back();
    peaks_.pop_back();
    peaks_.back() = NodeHash(peaks_.back(), right);
  }
  ++size_;
  return proof;
}

absl::StatusOr<std::string> RootFromProof(absl::string_view leaf_hash, int64_t index, int64_t size,
                                          absl::Span<const std::string> proof) {
  const absl::Status misfit = absl::InvalidArgumentError("the proof does not fit the size of the log");
  if (index < 0 || index >= size || leaf_hash.size() != kHashBytes) return misfit;
  // RFC 9162, 2.1.3.2.
  int64_t node = index, last = size - 1;
  std::string root(leaf_hash);
  for (const std::string& sibling : proof) {
    if (last == 0 || sibling.size() != kHashBytes) return misfit;
    if ((node & 1) != 0 || node == last) {
      root = NodeHash(sibling, root);
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      root = NodeHash(root, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  if (last != 0) return misfit;
  return root;
}

}  // namespace soutenance::submissions::receipts
