#include "storage/files/text_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

#include "tests/testing/process.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::storage::files {
namespace {

using ::soutenance::testing::IsOkAndHolds;
using ::testing::Optional;

TEST(TextStore, KeepsTheTextOfContentByItsDigest) {
  const testing::TemporaryFolder folder;
  const std::string digest(64, 'a');
  const std::string text(1'000'000, 't');
  {
    ASSERT_OK_AND_ASSIGN(const auto store, TextStore::Open(PosixFileSystem(), folder.path()));
    EXPECT_THAT(store->Find(digest), IsOkAndHolds(std::nullopt));
    ASSERT_OK(store->Put(digest, text));
    EXPECT_THAT(store->Find(digest), IsOkAndHolds(Optional(text)));
  }
  ASSERT_OK_AND_ASSIGN(const auto store, TextStore::Open(PosixFileSystem(), folder.path()));
  EXPECT_THAT(store->Find(digest), IsOkAndHolds(Optional(text))) << "also for another process";
  ASSERT_OK(store->Put(digest, "short"));
  EXPECT_THAT(store->Find(digest), IsOkAndHolds(Optional(std::string("short"))))
      << "extracted again, it is replaced";
}

}  // namespace
}  // namespace soutenance::storage::files
