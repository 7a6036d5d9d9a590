#include "clients/cli/completion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "clients/cli/nouns.h"

namespace soutenance::cli {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// Completes with a server that has two people and notes what it is asked.
class CompleteTest : public ::testing::Test {
 protected:
  std::vector<std::string> Words(const std::vector<std::string>& words) {
    completion_ = Complete(AllNouns(), words, Language::kEnglish,
                           [&](const std::string& collection, const Input& input) {
                             asked_ = collection;
                             campaign_ = input.Get("--campaign");
                             return std::vector<Candidate>{{"ana", "Ana Martin"}, {"bruno", "Bruno Petit"}};
                           });
    std::vector<std::string> candidates;
    for (const Candidate& candidate : completion_.candidates) candidates.push_back(candidate.word);
    return candidates;
  }

  Completion completion_;
  std::string asked_;
  std::string campaign_;
};

TEST_F(CompleteTest, OffersNounsThenVerbs) {
  EXPECT_THAT(Words({"ti"}), ElementsAre("timetables"));
  EXPECT_THAT(Words({""}), SizeIs(AllNouns().size()));
  EXPECT_THAT(Words({"timetables", "un"}), ElementsAre("unplace", "unpin"));
}

TEST_F(CompleteTest, TellsWhatCandidatesMean) {
  Words({"people", "s"});
  EXPECT_THAT(completion_.candidates, ElementsAre(Candidate{"show", "Show a person"}));
}

TEST_F(CompleteTest, OffersTheFlagsOfTheCommandThatAreNotThereYet) {
  EXPECT_THAT(Words({"timetables", "run", "--ti"}), ElementsAre("--time", "--timeout"));
  EXPECT_THAT(Words({"timetables", "run", "--time", "5", "--ti"}), ElementsAre("--timeout"));
  EXPECT_THAT(Words({"juries", "set", "42", "--seat", "a=guest", "--se"}), ElementsAre("--seat", "--server"));
}

TEST_F(CompleteTest, OffersVerbsOfANounThatIsACommandByItselfAndItsFlags) {
  EXPECT_THAT(Words({"rules", "s"}), ElementsAre("show", "set"));
  EXPECT_THAT(Words({"rules", ""}), Not(Contains("")));
  EXPECT_THAT(Words({"rules", "--cam"}), ElementsAre("--campaign"));
  EXPECT_THAT(Words({"rules", "check", "--prog"}), ElementsAre("--programme"));
}

TEST_F(CompleteTest, OffersChoices) {
  EXPECT_THAT(Words({"timetables", "show", "--by", ""}), ElementsAre("table", "day", "room", "person"));
  EXPECT_THAT(Words({"timetables", "show", "--by=d"}), ElementsAre("--by=day"));
}

TEST_F(CompleteTest, AsksTheServerForNames) {
  EXPECT_THAT(Words({"people", "show", "a"}), ElementsAre("ana"));
  EXPECT_EQ(asked_, "people");
  EXPECT_THAT(Words({"theses", "create", "42", "--author=b"}), ElementsAre("--author=bruno"));
}

TEST_F(CompleteTest, AsksWithTheFlagsTypedSoFar) {
  Words({"timetables", "explain", "--campaign", "m2-2027", ""});
  EXPECT_EQ(asked_, "defences");
  EXPECT_EQ(campaign_, "m2-2027");
}

TEST_F(CompleteTest, DoesNotAskForASecondArgumentThatIsNotTaken) {
  EXPECT_THAT(Words({"people", "show", "ana", ""}), IsEmpty());
  EXPECT_EQ(asked_, "");
}

TEST_F(CompleteTest, LeavesFilesAndFoldersToTheShell) {
  Words({"import", "run", ""});
  EXPECT_EQ(completion_.paths, Completion::Paths::kFolders);
  Words({"whoami", "--token-file", ""});
  EXPECT_EQ(completion_.paths, Completion::Paths::kFiles);
}

TEST_F(CompleteTest, OffersNothingAfterWhatIsUnknown) {
  EXPECT_THAT(Words({"nonsense", "x", ""}), Not(Contains("show")));
  EXPECT_THAT(Words({"timetables", "run", "--time", ""}), IsEmpty());
}

}  // namespace
}  // namespace soutenance::cli
