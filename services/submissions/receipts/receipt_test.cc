#include "services/submissions/receipts/receipt.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>
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

constexpr char kSeed[] = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

Statement AStatement(int number = 1) {
  return {.institution = "Université d’exemple",
          .event = "received",
          .thesis = "theses/42",
          .version = absl::StrCat("theses/42/drafts/", number),
          .upload = "theses/42/uploads/abc",
          .kind = "deposit",
          .milestone = "programmes/msi/milestones/final",
          .file_name = "memoire.pdf",
          .sha256 = std::string(64, 'a'),
          .size = "123456",
          .account = "accounts/ana",
          .begun = "2027-06-01T21:59:59.123456Z",
          .received = "2027-06-01T22:01:00.5Z",
          .deadline = "2027-06-01T22:00:00Z Europe/Paris",
          .verdict = "on_time",
          .nonce = "00112233445566778899aabbccddeeff"};
}

class ReceiptTest : public ::testing::Test {
 protected:
  ReceiptTest() {
    for (int i = 0; i < 5; ++i) receipt_ = Issue(AStatement(i), log_, key_);
  }

  std::string FieldOfRefusal(const std::string& text) const {
    const auto receipt = Verify(text, key_.public_key());
    if (receipt.ok()) return "";
    EXPECT_THAT(receipt, StatusIs(absl::StatusCode::kInvalidArgument, Reason("RECEIPT_REFUSED")));
    return FactsOf(receipt.status()).metadata.at("field");
  }

  const SigningKey key_ = *SigningKey::Create(kSeed);
  LogTree log_;
  std::string receipt_;
};

TEST_F(ReceiptTest, SaysWhatWasStatedAndWhereItStandsInTheLog) {
  ASSERT_OK_AND_ASSIGN(const Receipt receipt, Verify(receipt_, key_.public_key()));
  EXPECT_EQ(receipt.statement, AStatement(4));
  EXPECT_EQ(receipt.log_index, 4);
  EXPECT_EQ(receipt.log_size, 5);
  EXPECT_EQ(Issue(AStatement(5), log_, key_).substr(0, 24), "soutenance-receipt: 1\nin");
}

TEST_F(ReceiptTest, KeepsEmptyFieldsAndNeverBreaksALine) {
  Statement statement = AStatement();
  statement.version = statement.received = statement.deadline = "";
  statement.file_name = "two\nlines";
  ASSERT_OK_AND_ASSIGN(const Receipt receipt, Verify(Issue(statement, log_, key_), key_.public_key()));
  EXPECT_EQ(receipt.statement.version, "");
  EXPECT_EQ(receipt.statement.file_name, "two lines");
}

TEST_F(ReceiptTest, RefusesEveryAlteredFieldByItsName) {
  const std::vector<std::string> lines = absl::StrSplit(receipt_, '\n');
  int fields = 0;
  for (std::size_t i = 1; i < lines.size() && !lines[i].starts_with("seal-"); ++i) {
    const std::string name = lines[i].substr(0, lines[i].find(':'));
    for (const std::string& value :
         {std::string("x"), std::string("-"), std::string(""), lines[i].substr(name.size() + 2) + "0"}) {
      std::vector<std::string> altered = lines;
      altered[i] = absl::StrCat(name, ": ", value);
      EXPECT_EQ(FieldOfRefusal(absl::StrJoin(altered, "\n")), name);
    }
    ++fields;
  }
  EXPECT_EQ(fields, 21);
}

TEST_F(ReceiptTest, RefusesFieldsThatWereAlteredTogetherWithTheirSeals) {
  LogTree other_log = log_;
  const SigningKey other_key = *SigningKey::Create(SigningKey::NewSeed());
  Statement better = AStatement(4);
  better.verdict = "on_time";
  better.begun = "2027-06-01T20:00:00Z";
  const std::string forged = Issue(better, other_log, other_key);
  EXPECT_EQ(FieldOfRefusal(forged), "key");
  // The forger writes the institution's key into it, and makes the seals anew.
  std::vector<std::string> lines = absl::StrSplit(receipt_, '\n');
  const std::vector<std::string> forged_lines = absl::StrSplit(forged, '\n');
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].find("begun") != std::string::npos) lines[i] = forged_lines[i];
  }
  EXPECT_EQ(FieldOfRefusal(absl::StrJoin(lines, "\n")), "seals");
}

TEST_F(ReceiptTest, RefusesTheReceiptOfAnotherInstitution) {
  const SigningKey other = *SigningKey::Create(SigningKey::NewSeed());
  EXPECT_THAT(Verify(receipt_, other.public_key()),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("RECEIPT_REFUSED")));
}

// One change at a random place: a bit, a byte, a removed, doubled or swapped piece, pieces of two receipts.
std::string Mutated(const std::string& text, const std::string& other, std::mt19937& random) {
  std::string mutant = text;
  const std::size_t at = random() % text.size();
  const std::size_t length = 1 + random() % 80;
  switch (random() % 7) {
    case 0:
      mutant[at] = static_cast<char>(mutant[at] ^ (1 << random() % 8));
      break;
    case 1:
      mutant[at] = static_cast<char>(random());
      break;
    case 2:
      mutant.erase(at, length);
      break;
    case 3:
      mutant.insert(at, text.substr(random() % text.size(), length));
      break;
    case 4:
      mutant.replace(at, length, other.substr(at, length));
      break;
    case 5:
      std::swap(mutant[at], mutant[random() % mutant.size()]);
      break;
    default:
      mutant[at] = "0123456789abcdef"[random() % 16];
      break;
  }
  return mutant;
}

TEST_F(ReceiptTest, AcceptsNoneOfAHundredThousandMutants) {
  std::mt19937 random(20270601);
  const std::string other = Issue(AStatement(9), log_, key_);
  std::set<std::string> fields;
  int mutants = 0;
  while (mutants < 100'000) {
    const std::string mutant = Mutated(receipt_, other, random);
    if (mutant == receipt_) continue;
    ++mutants;
    const std::string field = FieldOfRefusal(mutant);
    ASSERT_NE(field, "") << mutant;
    fields.insert(field);
  }
  // Every field was among them.
  for (const Field& field : FieldsOf(AStatement()))
    EXPECT_TRUE(fields.count(std::string(field.name))) << field.name;
  for (const char* field : {"log-index", "log-size", "log-root", "log-proof", "key", "signature", "form"}) {
    EXPECT_TRUE(fields.count(field)) << field;
  }
}

}  // namespace
}  // namespace soutenance::submissions::receipts
