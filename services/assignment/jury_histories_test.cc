#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/assignment/testing/jury_bulk_house.h"
#include "tests/testing/status_matchers.h"

// Whatever happens to juries, in random order.
namespace soutenance::assignment {
namespace {

using namespace testing;  // NOLINT: the house and what is in it

using State = BulkResult::State;

// Random histories of files, decisions by hand, conflicts and undos, from several people. Before each step it
// is tried; what it did must be what the trial said. Each batch that was written is undone sooner or later:
// either everything is as it was before the batch, where nobody decided since, or the report names exactly
// those juries about which somebody did, or the gates refuse what was there and say so.
class Histories : public JuryBulkTest {
 protected:
  struct Written {
    std::string id;
    std::map<std::string, std::string> before;  // juries, as people see them
    std::set<std::string> theses;               // that it changed
    std::set<std::string> moved;                // of these: decided upon since
  };

  std::size_t Below(std::size_t n) { return random_() % n; }

  std::string RandomLines(JuryFileKind kind) {
    static constexpr const char* kRoles[] = {"president", "reviewer", "examiner", "guest"};
    std::string lines;
    for (const std::string thesis : {"t1", "t2", "t3"}) {
      if (Below(3) == 0) continue;
      const std::size_t first = Below(8);
      const std::size_t count = 1 + Below(3);
      for (std::size_t i = 0; i < count; ++i) {
        // Now and then an author, somebody unknown, or a role that is none.
        const std::string person = Below(25) == 0   ? "author-" + thesis
                                   : Below(25) == 0 ? "ghost"
                                                    : absl::StrCat("p", (first + i) % 8);
        absl::StrAppend(&lines, thesis, ",", person, ",");
        if (kind == JuryFileKind::kJuries) {
          absl::StrAppend(&lines, Below(40) == 0 ? "king" : kRoles[Below(4)], ",");
        }
        absl::StrAppend(&lines, Below(2) == 0 ? "remote" : "", ",\n");
      }
    }
    return lines;
  }

  void Moved(const std::string& but, const std::vector<JuryDecision>& decisions) {
    for (Written& written : written_) {
      for (const JuryDecision& decision : decisions) {
        if (written.id != but && written.theses.count(decision.thesis) > 0) {
          written.moved.insert(decision.thesis);
        }
      }
    }
  }

  void Expect(const BulkResult& tried, const BulkResult& done,
              const std::map<std::string, std::string>& before) {
    EXPECT_EQ(Changes(tried.decisions), Changes(done.decisions));
    EXPECT_EQ(Told(tried), Told(done));
    EXPECT_EQ(Told(tried, sheets::Severity::kWarning), Told(done, sheets::Severity::kWarning));
    EXPECT_EQ(Changes(tried.conflicts), Changes(done.conflicts));
    EXPECT_EQ(tried.batch.created, done.batch.created);
    EXPECT_EQ(tried.batch.updated, done.batch.updated);
    EXPECT_EQ(tried.batch.removed, done.batch.removed);
    EXPECT_EQ(tried.batch.unchanged, done.batch.unchanged);
    if (tried.state == State::kRefused) {
      EXPECT_EQ(done.state, State::kRefused);
      EXPECT_EQ(Juries(), before);
      return;
    }
    EXPECT_EQ(tried.state, State::kValidated);
    EXPECT_EQ(done.state, State::kDone);
    // What was told is all that happened.
    std::map<std::string, std::string> expected = before;
    for (const JuryDecision& decision : done.decisions) {
      expected.erase(decision.thesis);
      if (!decision.after) continue;
      Jury after = *decision.after;
      after.version = 0;
      expected[decision.thesis] = after.Serialize();
    }
    EXPECT_EQ(Juries(), expected);
    if (done.batch.id.empty()) return;
    Moved(done.batch.id, done.decisions);
    Written written{.id = done.batch.id, .before = before};
    for (const JuryDecision& decision : done.decisions) written.theses.insert(decision.thesis);
    written_.push_back(std::move(written));
  }

  void ImportSomething() {
    const JuryFileKind kind = Below(3) == 0 ? JuryFileKind::kReviewers : JuryFileKind::kJuries;
    const JuryImport file = File(RandomLines(kind), kind);
    const auto before = Juries();
    const BulkResult tried = Import(file, kTry);
    EXPECT_EQ(Juries(), before);
    Expect(tried, Import(file), before);
    ++imports_;
  }

  void DecideByHand() {
    const std::string thesis = absl::StrCat("t", 1 + Below(3));
    const std::vector<JuryDecision> last = History({.thesis = thesis});
    if (Below(4) == 0) {
      if (!assignment_.DeleteJury(Staff(), {.thesis = thesis}, {}).ok()) return;
    } else {
      const Jury jury{
          .thesis = thesis, .programme = kMsi, .seats = {{.person = absl::StrCat("people/p", Below(8))}}};
      if (!assignment_.SetJury(Staff(), {.jury = jury}, {}).ok()) return;
    }
    const std::vector<JuryDecision> now = History({.thesis = thesis});
    if (!now.empty() && (last.empty() || now.front().number > last.front().number)) Moved("", {now.front()});
  }

  void DeclareAConflict() {
    const std::string thesis = absl::StrCat("t", 1 + Below(3));
    const std::string person = absl::StrCat("people/p", Below(2));
    const int64_t version = ++conflict_versions_[thesis + person];
    ASSERT_OK(conflict_store_.Write([&](ConflictStore::Writer& writer) {
      return writer.AddDecision({.thesis = thesis,
                                 .person = person,
                                 .version = version,
                                 .verdict = version % 2 == 1 ? ConflictDecision::Verdict::kConflict
                                                             : ConflictDecision::Verdict::kTakenBack,
                                 .authors = {absl::StrCat("people/author-", thesis)}});
    }));
  }

  void UndoSomething() {
    if (written_.empty()) return;
    const Written written = written_[Below(written_.size())];
    const auto before = Juries();
    const BulkResult tried = Undo(written.id, kTry);
    EXPECT_EQ(Juries(), before);
    const BulkResult done = Undo(written.id);
    std::set<std::string> told;
    for (const JuryDecision& decision : done.conflicts) told.insert(decision.thesis);
    // Those decided upon since, but for those that are as before again.
    std::set<std::string> moved;
    for (const std::string& thesis : written.moved) {
      const auto was = written.before.find(thesis);
      const auto is = before.find(thesis);
      const bool is_as_before =
          was == written.before.end() ? is == before.end() : is != before.end() && is->second == was->second;
      if (!is_as_before) moved.insert(thesis);
    }
    EXPECT_EQ(told, moved);
    Expect(tried, done, before);
    if (done.state == State::kRefused) {
      EXPECT_TRUE(!moved.empty() || done.errors > 0);
      ++(moved.empty() ? refused_by_gates_ : reported_);
      return;
    }
    for (const std::string& thesis : written.theses) {
      const auto now = Juries();
      const auto was = written.before.find(thesis);
      const auto is = now.find(thesis);
      EXPECT_EQ(is == now.end(), was == written.before.end());
      if (is != now.end() && was != written.before.end()) {
        EXPECT_EQ(is->second, was->second);
      }
    }
    ++undone_;
  }

  std::mt19937 random_;
  std::vector<Written> written_;
  std::map<std::string, int64_t> conflict_versions_;
  int imports_ = 0;
  int undone_ = 0;
  int reported_ = 0;
  int refused_by_gates_ = 0;
};

TEST_F(Histories, ATrialIsTheEffectAndAnUndoRestoresOrTellsWhoDecidedSince) {
  random_.seed(20261126);
  for (int step = 0; step < 1000 && !HasFailure(); ++step) {
    SCOPED_TRACE(absl::StrCat("step ", step));
    switch (Below(8)) {
      case 0:
        DecideByHand();
        break;
      case 1:
        DeclareAConflict();
        break;
      case 2:
      case 3:
      case 4:
        ImportSomething();
        break;
      default:
        UndoSomething();
    }
    // What nobody undoes any more only slows the histories down.
    if (written_.size() > 6) written_.erase(written_.begin());
  }
  // The histories are worth something.
  EXPECT_GT(imports_, 100);
  EXPECT_GT(undone_, 40);
  EXPECT_GT(reported_, 20);
  EXPECT_GT(refused_by_gates_, 2);
}

}  // namespace
}  // namespace soutenance::assignment
