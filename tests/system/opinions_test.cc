// Reviews, statements and similarity readings through the whole system, as people type them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/system/client.h"
#include "tests/system/deployment.h"
#include "tests/system/folders.h"
#include "tests/testing/process.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::system_test {
namespace {

using ::soutenance::testing::IsOk;
using ::soutenance::testing::Process;
using ::testing::HasSubstr;
using ::testing::Not;

std::string Read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// The thesis MEM-01 is by 00270101 (Anaïs), supervised by p-elkaim; p-fouquet and p-guenole have no part in
// it.
class ReviewsOnTheCommandLine : public ::testing::Test {
 protected:
  ReviewsOnTheCommandLine() {
    EXPECT_THAT(
        Client(*deployment_, deployment_->administrator_token()).Call(&ImportStub::CreateImport, Cohort()),
        IsOk());
    for (const auto& [account, person, role] :
         {std::tuple{"rita", "p-fouquet", "reviewer"}, std::tuple{"remi", "p-guenole", "reviewer"},
          std::tuple{"anais", "00270101", "student"}}) {
      Must("", absl::StrCat("accounts create ", account, " --person ", person, " --grant ", role), "");
      Must("", absl::StrCat("tokens create --account ", account, " --title t --out ", account, ".token"), "");
    }
    std::ofstream(folder_.path() + "/grid.json")
        << R"({"title": "Mémoire", "criteria": [{"id": "method", "title": "Méthode", "pointsMax": 20}]})";
  }

  struct Outcome {
    int code = -1;
    std::string out;
    std::string err;
  };
  // What `who` (an account; empty: the administrator) types.
  Outcome Run(const std::string& who, const std::string& words) {
    const std::string errors = folder_.path() + "/errors";
    std::filesystem::remove(errors);
    std::map<std::string, std::string> environment = {
        {"SOUTENANCE_DATA_DIR", deployment_->DataDir("directory")},
        {"HOME", folder_.path()},
        {"LANG", "C.UTF-8"}};
    if (!who.empty()) environment["SOUTENANCE_TOKEN_FILE"] = absl::StrCat(folder_.path(), "/", who, ".token");
    const auto process =
        Process::Start({.arguments = {"/bin/bash", "-c",
                                      absl::StrCat("cd ", folder_.path(), " && ", SOUTENANCE, " ", words)},
                        .environment = {environment.begin(), environment.end()},
                        .error_file = errors});
    EXPECT_THAT(process, IsOk());
    Outcome outcome;
    outcome.out = (*process)->ReadAll();
    outcome.code = (*process)->Wait();
    outcome.err = Read(errors);
    return outcome;
  }
  void Must(const std::string& who, const std::string& words, const std::string& expected) {
    const Outcome outcome = Run(who, words);
    EXPECT_EQ(outcome.code, 0) << words << "\n" << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr(expected)) << words;
  }
  void MustNot(const std::string& who, const std::string& words, const std::string& expected) {
    const Outcome outcome = Run(who, words);
    EXPECT_EQ(outcome.code, 1) << words << "\n" << outcome.out;
    EXPECT_THAT(outcome.err, HasSubstr(expected)) << words;
  }

  std::unique_ptr<Deployment> deployment_ = std::make_unique<Deployment>(Shape::kOneBinary);
  testing::TemporaryFolder folder_;
};

TEST_F(ReviewsOnTheCommandLine, GoFromTheGridToTheAuthor) {
  Must("", "grids set m2-si-alternance/thesis --file grid.json", "Méthode");
  const std::string due =
      " --due 2099-06-20T18:00 --respond-by 2099-06-05T18:00 --grid programmes/m2-si-alternance/grids/thesis";
  MustNot("", "reviews invite MEM-01 p-elkaim" + due, "other part");
  Must("", "reviews invite MEM-01 p-fouquet" + due, "invited");
  Must("", "reviews invite MEM-01 p-guenole" + due, "invited");
  MustNot("anais", "reviews show MEM-01/p-fouquet", "REVIEW_NOT_FOUND");

  Must("rita", "reviews list", "MEM-01");
  Must("rita", "reviews accept MEM-01/p-fouquet", "accepted");
  Must("rita", "reviews save MEM-01/p-fouquet --opinion favourable --comment Bravo --staff-comment Secret",
       "favourable");
  MustNot("rita", "reviews submit MEM-01/p-fouquet", "has no mark");
  Must("rita", "reviews save MEM-01/p-fouquet --mark 'method=15:well argued'", "method 15 (well argued)");
  // The grid loses what was marked already; the mark is taken back.
  const std::string grid = R"({"title": "G", "criteria": [{"id": "NAME", "title": "T", "pointsMax": 20}]})";
  std::ofstream(folder_.path() + "/other.json") << absl::StrReplaceAll(grid, {{"NAME", "other"}});
  Must("", "grids set m2-si-alternance/thesis --file other.json", "other");
  MustNot("rita", "reviews submit MEM-01/p-fouquet", "no criterion any more");
  Must("rita", "reviews save MEM-01/p-fouquet --mark method= --mark other=3", "other 3");
  Must("", "grids set m2-si-alternance/thesis --file grid.json", "Méthode");
  Must("rita", "reviews save MEM-01/p-fouquet --mark other= --mark 'method=15:well argued'", "method 15");
  std::ofstream(folder_.path() + "/notes.pdf", std::ios::binary) << std::string(700'000, 'n');
  Must("rita", "reviews attach MEM-01/p-fouquet notes.pdf", "notes.pdf");
  Must("rita", "reviews submit MEM-01/p-fouquet", "submitted");

  // The other reviewer judges alone.
  EXPECT_THAT(Run("remi", "reviews list --thesis MEM-01").out, Not(HasSubstr("Fouquet")));
  Must("remi", "reviews decline MEM-01/p-guenole --reason 'no time' --language fr", "décliné");

  Must("", "reviews list --programme m2-si-alternance --only submitted --json", "STATE_SUBMITTED");
  MustNot("rita", "reviews validate MEM-01/p-fouquet", "ROLE_NOT_ALLOWED");
  Must("", "reviews validate MEM-01/p-fouquet --language fr", "validé");
  Must("anais", "reviews show MEM-01/p-fouquet", "Bravo");
  EXPECT_THAT(Run("anais", "reviews show MEM-01/p-fouquet --json").out, Not(HasSubstr("Secret")));
  Must("anais", "reviews download MEM-01/p-fouquet --out back.pdf", "back.pdf");
  EXPECT_EQ(Read(folder_.path() + "/back.pdf"), std::string(700'000, 'n'));
  Must("", "reviews history MEM-01/p-fouquet", "validate");
  Must("", "reviews remind m2-si-alternance", "nobody to remind");
}

TEST_F(ReviewsOnTheCommandLine, StandBesideStatementsAndReadings) {
  Must("", "milestones defaults m2-si-alternance --from 2026-10-01 --to 2027-06-30 --dry-run",
       "Intermediate draft");
  Must("", "milestones defaults m2-si-alternance --from 2026-10-01 --to 2027-06-30 --language fr",
       "Mémoire final");
  MustNot("", "milestones defaults m2-si-alternance --from 2026-10-01 --to 2027-06-30", "MILESTONE_EXISTS");

  Must("", "statements missing m2-si-alternance --kind originality", "MEM-01");
  MustNot("anais", "statements make MEM-01 --kind data_protection --text interviews", "legal_basis");
  Must("anais", "statements make MEM-01 --kind originality --text 'my own work'", "made");
  MustNot("", "statements make MEM-01 --kind originality --text 'their own work'", "NOT_AN_AUTHOR");
  Must("", "statements validate MEM-01/00270101.originality --language fr", "validée");
  EXPECT_THAT(Run("", "statements missing m2-si-alternance --kind originality").out,
              Not(HasSubstr("MEM-01")));

  std::ofstream(folder_.path() + "/memoire.pdf", std::ios::binary) << "%PDF-1.7 text";
  Must("anais", "drafts submit memoire.pdf --thesis MEM-01", "/drafts/1");
  Must("",
       "similarity record MEM-01 1 --tool Compilatio --rate 124 --conclusion to_explain --comment 'page 12'",
       "12.4 %");
  Must("anais", "similarity list MEM-01", "page 12");
}

}  // namespace
}  // namespace soutenance::system_test
