#include "services/submissions/receipts/merkle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::submissions::receipts {
namespace {

using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::StatusIs;

// RFC 6962, 2.1, word for word.
std::string NaiveRoot(const std::vector<std::string>& leaves, std::size_t begin, std::size_t end) {
  if (end == begin) return Sha256("");
  if (end - begin == 1) return leaves[begin];
  std::size_t split = 1;
  while (split * 2 < end - begin) split *= 2;
  return NodeHash(NaiveRoot(leaves, begin, begin + split), NaiveRoot(leaves, begin + split, end));
}

TEST(LogTree, HasTheRootsOfTheTestVectorsOfRfc6962) {
  // From the test data of the Certificate Transparency project.
  EXPECT_EQ(absl::BytesToHexString(LogTree().Root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  LogTree tree;
  tree.Append(LeafHash(""));
  EXPECT_EQ(absl::BytesToHexString(tree.Root()),
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  tree.Append(LeafHash(absl::string_view("\x00", 1)));
  EXPECT_EQ(absl::BytesToHexString(tree.Root()),
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
  tree.Append(LeafHash("\x10"));
  EXPECT_EQ(absl::BytesToHexString(tree.Root()),
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77");
}

TEST(LogTree, HasTheRootOfTheDefinitionAndProvesEachEntryAsItComes) {
  LogTree tree;
  std::vector<std::string> leaves;
  for (int i = 0; i < 70; ++i) {
    leaves.push_back(LeafHash(absl::StrCat(i)));
    const std::vector<std::string> proof = tree.Append(leaves.back());
    ASSERT_EQ(tree.Root(), NaiveRoot(leaves, 0, leaves.size())) << i;
    ASSERT_THAT(RootFromProof(leaves.back(), i, i + 1, proof), IsOkAndHolds(tree.Root()));
    ASSERT_OK_AND_ASSIGN(const LogTree again, LogTree::Parse(tree.size(), tree.Serialize()));
    ASSERT_EQ(again.Root(), tree.Root());
    // No other place, size or length fits.
    for (int64_t size = 1; size < i + 4; ++size) {
      for (int64_t index = 0; index < size; ++index) {
        if (index == i && size == i + 1) continue;
        const auto root = RootFromProof(leaves.back(), index, size, proof);
        EXPECT_FALSE(root.ok() && *root == tree.Root() && size == i + 1) << index << " of " << size;
      }
    }
  }
}

TEST(LogTree, RefusesProofsOfAnotherLength) {
  const std::string leaf = LeafHash("a");
  EXPECT_THAT(RootFromProof(leaf, 0, 2, {}), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(RootFromProof(leaf, 0, 1, {leaf}), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(RootFromProof(leaf, 2, 2, {leaf}), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(RootFromProof(leaf, 0, 2, {"short"}), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(LogTree::Parse(3, "too short"), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace soutenance::submissions::receipts
