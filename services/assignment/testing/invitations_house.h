#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_TESTING_INVITATIONS_HOUSE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_TESTING_INVITATIONS_HOUSE_H_

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/assignment/invitations.h"
#include "services/assignment/loads.h"
#include "services/assignment/proposal_gate_facts.h"
#include "services/assignment/proposals.h"
#include "services/assignment/testing/fake_conflict_facts.h"
#include "storage/open.h"
#include "storage/sql/assignment_store.h"
#include "storage/sql/conflict_store.h"
#include "storage/sql/expertise_store.h"
#include "storage/sql/invitation_store.h"
#include "storage/sql/load_store.h"
#include "storage/sql/profile_store.h"
#include "storage/sql/proposal_store.h"
#include "storage/sql/rule_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/status_matchers.h"

// A programme whose juries are proposed, invited, replaced and counted, with everything that takes.
namespace soutenance::assignment::testing {

inline constexpr char kMsi[] = "programmes/msi";
inline const Mutation kKeep{};
inline const Mutation kTry{.validate_only = true};

class World : public ThesisLookup, public PeopleLookup, public SlotLookup, public ExpertiseFacts {
 public:
  absl::StatusOr<std::map<std::string, ThesisFacts>> Find(const std::set<std::string>& ids) const override {
    std::map<std::string, ThesisFacts> found;
    for (const std::string& id : ids) {
      if (theses.count(id) > 0) found.emplace(id, theses.at(id));
    }
    return found;
  }
  absl::StatusOr<std::vector<ThesisFacts>> Visible(const std::string& programme) const override {
    std::vector<ThesisFacts> visible;
    for (const auto& [id, thesis] : theses) {
      if (thesis.programme == programme) visible.push_back(thesis);
    }
    return visible;
  }
  absl::StatusOr<std::set<std::string>> KnownPeople(const std::set<std::string>& people) const override {
    std::set<std::string> known = people;
    known.erase("people/ghost");
    return known;
  }
  absl::StatusOr<CampaignSlots> Find(const std::string&) const override { return SlotsOf({}); }
  absl::StatusOr<std::string> ProgrammeOf(const std::string&) const override { return std::string(kMsi); }
  absl::StatusOr<std::vector<ThesisText>> ThesesIn(const std::string&) const override {
    return std::vector<ThesisText>();
  }
  absl::StatusOr<std::map<std::string, expertise::PersonTexts>> People(
      const std::set<std::string>&) const override {
    return std::map<std::string, expertise::PersonTexts>();
  }

  std::map<std::string, ThesisFacts> theses;
};

inline Caller Staff() { return {.account = "accounts/staff", .grants = {{Role::kStaff, kMsi}}}; }
inline Caller Somebody(const std::string& id) {
  return {.account = absl::StrCat("accounts/", id),
          .person = absl::StrCat("people/", id),
          .grants = {{Role::kJuror, kMsi}}};
}
inline bool Never() { return false; }

inline rules::Rule ARule(const std::string& id, rules::Kind kind, std::optional<int> min,
                         std::optional<int> max) {
  rules::Rule rule{.id = id, .kind = kind};
  rule.source.text = "Règlement";
  rule.min = min;
  rule.max = max;
  return rule;
}

// The thesis t1 is by author-t1, supervised by sam; ana, bob, carl and dan are of this institution, eva, fred
// and gina are external. One external is asked for.
class InvitationsTest : public ::testing::Test {
 protected:
  InvitationsTest() {
    AddThesis("t1");
    for (const char* id : {"ana", "bob", "carl", "dan"}) AddPerson(APerson(id, "Here"));
    for (const char* id : {"eva", "fred", "gina"}) AddPerson(APerson(id, "Elsewhere"));
    SetRules({ARule("externals", rules::Kind::kExternals, 1, std::nullopt)});
  }

  void AddThesis(const std::string& id) {
    world_.theses[id] = {.id = id,
                         .programme = kMsi,
                         .authors = {absl::StrCat("people/author-", id)},
                         .supervisor = "people/sam"};
    facts_.theses[id] = ForConflicts(world_.theses[id]);
  }
  static Profile APerson(const std::string& id, const std::string& institution) {
    Profile profile{.person = id, .rank = Rank::kA, .sector = Sector::kAcademic, .institution = institution};
    profile.may_preside = true;
    return profile;
  }
  void AddPerson(const Profile& profile) {
    ASSERT_OK(profiles_.Write([&](ProfileStore::Writer& writer) { return writer.Put(profile); }));
  }
  void SetRules(const std::vector<rules::Rule>& rules) {
    rules::RuleSet set{.programme = "msi", .version = rules_version_++};
    set.institutions = {"Here"};
    set.rules = rules;
    ASSERT_OK(rules_.Write([&](RuleStore::Writer& writer) { return writer.PutRuleSet(set); }));
  }
  absl::Status Set(const std::string& thesis, const std::vector<Seat>& seats) {
    return assignment_
        .SetJury(Staff(), {.jury = {.thesis = thesis, .programme = kMsi, .seats = seats}}, kKeep)
        .status();
  }
  // ana presides, eva reviews.
  void SetUsualJury(const std::string& thesis = "t1") {
    ASSERT_OK(Set(thesis, {{"people/ana", Seat::Role::kPresident}, {"people/eva", Seat::Role::kReviewer}}));
  }
  InvitationBatch ToJury(const std::string& thesis = "t1") {
    return {.programme = kMsi, .theses = {thesis}, .respond_by = clock_.Now() + absl::Hours(24 * 7)};
  }
  absl::StatusOr<Invitation> Step(const Caller& caller, const std::string& person, InvitationStep step,
                                  const std::string& reason = "") {
    return invitations_.Change(
        caller, {.key = {"t1", absl::StrCat("people/", person)}, .step = step, .reason = reason}, kKeep);
  }
  std::string StateOf(const std::string& person) {
    const auto found = invitations_.Get(Staff(), {"t1", absl::StrCat("people/", person)});
    return found.ok() ? std::string(InvitationStateName(found->state)) : "none";
  }
  std::vector<std::string> PeopleOn(const std::string& thesis) {
    std::vector<std::string> people;
    const auto jury = assignment_.GetJury(Staff(), thesis);
    if (!jury.ok()) return people;
    for (const Seat& seat : jury->seats) people.push_back(seat.person);
    return people;
  }
  absl::StatusOr<ReplacedJuror> Replace(const std::string& person, const std::string& by,
                                        const Mutation& mutation = kKeep) {
    return invitations_.Replace(Staff(),
                                {.thesis = "t1",
                                 .person = absl::StrCat("people/", person),
                                 .replacement = absl::StrCat("people/", by),
                                 .reason = "cannot come",
                                 .respond_by = clock_.Now() + absl::Hours(24)},
                                mutation);
  }
  static std::vector<std::string> Best(const Replacements& found) {
    std::vector<std::string> people;
    for (const Replacement& each : found.best) people.push_back(each.person);
    return people;
  }

  soutenance::testing::FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  World world_;
  std::unique_ptr<storage::sql::Database> database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "assignment");
  storage::sql::AssignmentStore juries_{*database_};
  storage::sql::ProfileStore profiles_{*database_};
  storage::sql::RuleStore rules_{*database_};
  storage::sql::InvitationStore store_{*database_};
  storage::sql::LoadStore load_store_{*database_};
  storage::sql::ProposalStore proposal_store_{*database_};
  storage::sql::ConflictStore conflict_store_{*database_};
  storage::sql::ExpertiseStore expertise_store_{*database_};
  FakeConflictFacts facts_;
  ConflictGate gate_{conflict_store_, facts_, clock_};
  ExpertiseDesk expertise_{expertise_store_, juries_, world_, clock_};
  FactsFromGate pairs_{gate_, expertise_};
  Assignment assignment_{juries_, world_, world_, gate_, clock_};
  Proposals proposals_{{.store = proposal_store_,
                        .juries = juries_,
                        .profiles = profiles_,
                        .invitations = store_,
                        .loads = load_store_,
                        .assignment = assignment_,
                        .theses = world_,
                        .facts = pairs_,
                        .slots = world_,
                        .clock = clock_}};
  Invitations invitations_{
      {.store = store_, .assignment = assignment_, .conflicts = gate_, .theses = world_, .clock = clock_}};
  Loads loads_{load_store_, world_, world_, clock_};
  int64_t rules_version_ = 0;
};

}  // namespace soutenance::assignment::testing

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_TESTING_INVITATIONS_HOUSE_H_
