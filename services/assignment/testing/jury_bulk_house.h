#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_TESTING_JURY_BULK_HOUSE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_TESTING_JURY_BULK_HOUSE_H_

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/assignment/assignment.h"
#include "services/assignment/jury_bulk.h"
#include "services/assignment/testing/fake_conflict_facts.h"
#include "services/base/status.h"
#include "storage/open.h"
#include "storage/sql/assignment_store.h"
#include "storage/sql/conflict_store.h"
#include "storage/sql/profile_store.h"
#include "storage/sql/rule_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/status_matchers.h"

// Juries that are changed many at once, with everything that takes: theses of two programmes, files as
// people write them, and what they see of what became of them.
namespace soutenance::assignment::testing {

inline constexpr char kMsi[] = "programmes/msi";
inline constexpr char kLaw[] = "programmes/law";

class FakeTheses : public ThesisLookup {
 public:
  absl::StatusOr<std::map<std::string, ThesisFacts>> Find(const std::set<std::string>& ids) const override {
    if (meanwhile) std::exchange(meanwhile, nullptr)();
    std::map<std::string, ThesisFacts> found;
    for (const std::string& id : ids) {
      if (theses.count(id) > 0) found.emplace(id, theses.at(id));
    }
    return found;
  }
  absl::StatusOr<std::vector<ThesisFacts>> Visible(const std::string&) const override {
    return std::vector<ThesisFacts>();
  }
  std::map<std::string, ThesisFacts> theses;
  mutable std::function<void()> meanwhile;  // happens while somebody asks, once
};

class FakePeople : public PeopleLookup {
 public:
  absl::StatusOr<std::set<std::string>> KnownPeople(const std::set<std::string>& people) const override {
    if (meanwhile) std::exchange(meanwhile, nullptr)();
    std::set<std::string> known = people;
    known.erase("people/ghost");
    return known;
  }
  mutable std::function<void()> meanwhile;
};

inline Caller Staff(const std::string& programme = kMsi) {
  return {.account = "accounts/staff", .grants = {{Role::kStaff, programme}}};
}
inline Caller Administrator() {
  return {.account = "accounts/admin", .grants = {{Role::kAdministrator, ""}}};
}
inline Mutation Request(const std::string& id, const std::string& fingerprint = "f") {
  return {.request = {.request_id = id, .account = "accounts/s", .method = "M", .fingerprint = fingerprint}};
}
inline const Mutation kTry{.validate_only = true};

inline JuryImport File(const std::string& lines, JuryFileKind kind = JuryFileKind::kJuries) {
  const std::string header =
      kind == JuryFileKind::kJuries ? "thesis,person,role,mode,revision\n" : "thesis,person,mode,revision\n";
  return {.kind = kind, .file = "juries.csv", .bytes = header + lines};
}

// "line 2 person: conflict_of_interest".
inline std::vector<std::string> Told(const BulkResult& result,
                                     sheets::Severity severity = sheets::Severity::kError) {
  std::vector<std::string> told;
  for (const BulkProblem& bulk : result.problems) {
    if (bulk.problem.severity != severity) continue;
    told.push_back(absl::StrCat("line ", bulk.problem.place.line, " ", bulk.problem.place.column, ": ",
                                bulk.problem.kind));
  }
  return told;
}

// What a person sees of a change: "t1: ana (president) -> bob (guest)".
inline std::vector<std::string> Changes(const std::vector<JuryDecision>& decisions) {
  std::vector<std::string> changes;
  for (const JuryDecision& decision : decisions) {
    const auto text = [](const std::optional<Jury>& jury) {
      std::string seats = jury ? "" : "nothing";
      if (!jury) return seats;
      for (const Seat& seat : jury->seats) {
        absl::StrAppend(&seats, seat.person.substr(7), "=", SeatRoleName(seat.role),
                        seat.mode == Seat::Mode::kRemote ? ":remote " : " ");
      }
      return seats;
    };
    changes.push_back(
        absl::StrCat(decision.thesis, ": ", text(decision.before), "-> ", text(decision.after)));
  }
  return changes;
}

class JuryBulkTest : public ::testing::Test {
 protected:
  JuryBulkTest() {
    for (const std::string id : {"t1", "t2", "t3"}) AddThesis(id, kMsi);
    AddThesis("l1", kLaw);
  }

  void AddThesis(const std::string& id, const std::string& programme) {
    theses_.theses[id] = {.id = id,
                          .programme = programme,
                          .authors = {absl::StrCat("people/author-", id)},
                          .supervisor = "people/sam"};
  }
  void Set(const std::string& thesis, const std::vector<Seat>& seats, const Caller& caller = Staff()) {
    ASSERT_OK(assignment_.SetJury(
        caller, {.jury = {.thesis = thesis, .programme = theses_.theses[thesis].programme, .seats = seats}},
        {}));
  }
  BulkResult Import(const JuryImport& import, const Mutation& how = {}, const Caller& caller = Staff()) {
    clock_.Advance(absl::Seconds(1));
    const absl::StatusOr<BulkResult> result = bulk_.Import(caller, import, how);
    EXPECT_OK(result);
    return result.ok() ? *result : BulkResult{};
  }
  BulkResult Undo(const std::string& batch, const Mutation& how = {}, const std::set<std::string>& only = {},
                  const Caller& caller = Staff()) {
    clock_.Advance(absl::Seconds(1));
    const absl::StatusOr<BulkResult> result = bulk_.Undo(caller, {.batch = batch, .theses = only}, how);
    EXPECT_OK(result);
    return result.ok() ? *result : BulkResult{};
  }
  // All juries as people see them: without their versions.
  std::map<std::string, std::string> Juries() {
    std::map<std::string, std::string> juries;
    EXPECT_OK(store_.Read([&](const AssignmentStore::Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(const Page<Jury> page, reader.List({.all = true}, {.size = 1000}));
      for (Jury jury : page.items) {
        const std::string thesis = jury.thesis;
        jury.version = 0;
        juries[thesis] = jury.Serialize();
      }
      return absl::OkStatus();
    }));
    return juries;
  }
  std::vector<std::string> SeatsOf(const std::string& thesis) {
    std::vector<std::string> seats;
    EXPECT_OK(store_.Read([&](const AssignmentStore::Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(const std::optional<Jury> jury, reader.Find(thesis));
      if (!jury) return absl::OkStatus();
      for (const Seat& seat : jury->seats) {
        seats.push_back(absl::StrCat(seat.person.substr(7), " ", SeatRoleName(seat.role)));
      }
      return absl::OkStatus();
    }));
    return seats;
  }
  std::vector<JuryDecision> History(const DecisionQuery& query, const Caller& caller = Staff()) {
    const absl::StatusOr<Page<JuryDecision>> page = bulk_.ListDecisions(caller, query);
    EXPECT_OK(page);
    return page.ok() ? page->items : std::vector<JuryDecision>();
  }
  void SetRules(std::vector<rules::Rule> list) {
    rules::RuleSet set{.programme = "msi", .rules = std::move(list)};
    ASSERT_OK(rule_store_.Write([&](RuleStore::Writer& writer) { return writer.PutRuleSet(set); }));
  }

  std::unique_ptr<storage::sql::Database> database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "assignment");
  storage::sql::AssignmentStore store_{*database_};
  storage::sql::ConflictStore conflict_store_{*database_};
  storage::sql::RuleStore rule_store_{*database_};
  FakeTheses theses_;
  FakePeople people_;
  soutenance::testing::FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  FakeConflictFacts facts_;
  ConflictGate gate_{conflict_store_, facts_, clock_};
  Assignment assignment_{store_, theses_, people_, gate_, clock_};
  JuryBulk bulk_{
      {.store = store_, .theses = theses_, .people = people_, .conflicts = gate_, .clock = clock_}};
};

}  // namespace soutenance::assignment::testing

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_TESTING_JURY_BULK_HOUSE_H_
