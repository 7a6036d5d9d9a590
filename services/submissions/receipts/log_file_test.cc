#include "services/submissions/receipts/log_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "services/base/error.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::submissions::receipts {
namespace {

using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;

class LogFileTest : public ::testing::Test {
 protected:
  LogFileTest() {
    for (int i = 0; i < 40; ++i) Add(i);
    export_ = Export();
  }

  void Add(int number) {
    const Statement statement{
        .institution = "U", .version = absl::StrCat(number), .nonce = absl::StrCat("n", number)};
    receipts_.push_back(Issue(statement, log_, key_));
    leaves_.push_back(LeafOf(statement));
  }
  std::string Export() const { return *WriteLog(SignHead("U", log_, key_), key_.public_key(), leaves_); }
  Receipt ReceiptOf(std::size_t i) const { return *Verify(receipts_[i], key_.public_key()); }

  std::string Refusal(const std::string& text) const {
    const auto log = AuditLog(text, key_.public_key());
    if (log.ok()) return "";
    EXPECT_THAT(log, StatusIs(absl::StatusCode::kInvalidArgument, Reason("LOG_REFUSED")));
    const auto metadata = FactsOf(log.status()).metadata;
    return metadata.count("entry") > 0 ? absl::StrCat("entry ", metadata.at("entry")) : metadata.at("field");
  }

  const SigningKey key_ = *SigningKey::Create(SigningKey::NewSeed());
  LogTree log_;
  std::vector<std::string> receipts_;
  std::vector<std::string> leaves_;
  std::string export_;
};

TEST_F(LogFileTest, AcceptsTheLogAndEveryReceiptOfIt) {
  ASSERT_OK_AND_ASSIGN(const Log log, AuditLog(export_, key_.public_key()));
  EXPECT_EQ(log.head.size, 40);
  for (std::size_t i = 0; i < receipts_.size(); ++i) EXPECT_OK(CheckReceipt(log, ReceiptOf(i)));
  Add(40);
  ASSERT_OK_AND_ASSIGN(const Log later, AuditLog(Export(), key_.public_key()));
  EXPECT_OK(CheckContinues(later, log));
  EXPECT_THAT(CheckContinues(log, later),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("LOG_REFUSED")));
  EXPECT_THAT(CheckReceipt(log, ReceiptOf(40)),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("LOG_REFUSED")));
}

TEST_F(LogFileTest, AcceptsAnEmptyLog) {
  const auto text = WriteLog(SignHead("U", LogTree(), key_), key_.public_key(), {});
  ASSERT_OK(text);
  EXPECT_OK(AuditLog(*text, key_.public_key()));
}

TEST_F(LogFileTest, NamesTheEntryThatWasRemovedMovedOrEdited) {
  std::vector<std::string> lines = absl::StrSplit(export_, '\n');
  const auto without = [&](std::size_t i) {
    std::vector<std::string> rest = lines;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
    return absl::StrJoin(rest, "\n");
  };
  EXPECT_EQ(Refusal(without(6 + 17)), "entry 17");
  EXPECT_EQ(Refusal(without(6 + 39)), "entry 39") << "also at the end";
  std::vector<std::string> swapped = lines;
  std::swap(swapped[6 + 3], swapped[6 + 4]);
  EXPECT_EQ(Refusal(absl::StrJoin(swapped, "\n")), "entry 3");
  std::vector<std::string> edited = lines;
  edited[6 + 9].replace(3, 2, edited[6 + 9].substr(3, 2) == "00" ? "11" : "00");
  EXPECT_EQ(Refusal(absl::StrJoin(edited, "\n")), "entry 9");
  std::vector<std::string> shorter = lines;
  shorter[3] = "size: 39";
  EXPECT_EQ(Refusal(absl::StrJoin(shorter, "\n")), "signature");
}

TEST_F(LogFileTest, FindsAnInstitutionThatRewritesItsOwnLog) {
  // It leaves out entry 5 and signs the rest: only who has a receipt or an earlier export can tell, and does.
  const Log before = *AuditLog(export_, key_.public_key());
  leaves_.erase(leaves_.begin() + 5);
  LogTree rewritten;
  for (const std::string& leaf : leaves_) rewritten.Append(leaf);
  const auto text = WriteLog(SignHead("U", rewritten, key_), key_.public_key(), leaves_);
  ASSERT_OK_AND_ASSIGN(const Log log, AuditLog(*text, key_.public_key()));
  EXPECT_THAT(CheckContinues(log, before),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("LOG_REFUSED")));
  EXPECT_OK(CheckReceipt(log, ReceiptOf(4)));
  for (std::size_t i = 5; i < receipts_.size(); ++i) EXPECT_FALSE(CheckReceipt(log, ReceiptOf(i)).ok()) << i;
}

TEST_F(LogFileTest, AcceptsNoMutant) {
  std::mt19937 random(11);
  for (int i = 0; i < 10'000; ++i) {
    std::string mutant = export_;
    const std::size_t at = random() % mutant.size();
    switch (random() % 3) {
      case 0:
        mutant[at] = static_cast<char>(mutant[at] ^ (1 << random() % 8));
        break;
      case 1:
        mutant.erase(at, 1 + random() % 200);
        break;
      default:
        mutant.insert(at, export_.substr(random() % export_.size(), 1 + random() % 200));
        break;
    }
    if (mutant == export_) continue;
    ASSERT_NE(Refusal(mutant), "") << mutant;
  }
}

}  // namespace
}  // namespace soutenance::submissions::receipts
