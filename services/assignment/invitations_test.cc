// Invitations, replacements and loads; and that every way onto a jury catches every conflict.

#include "services/assignment/invitations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/assignment/jury_bulk.h"
#include "services/assignment/loads.h"
#include "services/assignment/proposal_gate_facts.h"
#include "services/assignment/proposals.h"
#include "services/assignment/testing/fake_conflict_facts.h"
#include "services/base/error.h"
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

namespace soutenance::assignment {
namespace {

using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

constexpr char kMsi[] = "programmes/msi";
const Mutation kKeep{};
const Mutation kTry{.validate_only = true};

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

Caller Staff() { return {.account = "accounts/staff", .grants = {{Role::kStaff, kMsi}}}; }
Caller Somebody(const std::string& id) {
  return {.account = absl::StrCat("accounts/", id),
          .person = absl::StrCat("people/", id),
          .grants = {{Role::kJuror, kMsi}}};
}
bool Never() { return false; }

rules::Rule ARule(const std::string& id, rules::Kind kind, std::optional<int> min, std::optional<int> max) {
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
  testing::FakeConflictFacts facts_;
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

// ---- The life of an invitation ----

TEST_F(InvitationsTest, GoesFromStaffToThePersonAndBack) {
  SetUsualJury();
  ASSERT_OK_AND_ASSIGN(const InvitedJurors invited, invitations_.Invite(Staff(), ToJury(), kKeep));
  EXPECT_THAT(invited.invitations, SizeIs(2));
  EXPECT_EQ(StateOf("eva"), "invited");
  EXPECT_OK(Step(Somebody("eva"), "eva", InvitationStep::kAccept));
  EXPECT_EQ(StateOf("eva"), "accepted");
  EXPECT_OK(Step(Somebody("ana"), "ana", InvitationStep::kDecline, "abroad"));
  EXPECT_EQ(StateOf("ana"), "declined");
  EXPECT_THAT(PeopleOn("t1"), Contains("people/ana")) << "an answer changes no jury";
  // Inviting again reaches only those who are not expected.
  ASSERT_OK_AND_ASSIGN(const InvitedJurors again, invitations_.Invite(Staff(), ToJury(), kKeep));
  ASSERT_THAT(again.invitations, SizeIs(1));
  EXPECT_EQ(again.invitations[0].person, "people/ana");
  EXPECT_EQ(again.unchanged, 1);
  ASSERT_OK_AND_ASSIGN(const auto events, invitations_.ListEvents(Staff(), {"t1", "people/ana"}));
  ASSERT_THAT(events, SizeIs(3));
  EXPECT_EQ(events[1].event, "decline");
  EXPECT_EQ(events[1].reason, "abroad");
  EXPECT_EQ(events[1].account, "accounts/ana");
}

// Every step from every state, and who may take it: the table that a reader would draw.
TEST_F(InvitationsTest, TakesOnlyTheStepsOfItsTable) {
  using State = InvitationState;
  using Way = InvitationStep;
  const std::map<Way, std::set<State>> possible = {
      {Way::kInvite,
       {State::kDeclined, State::kExpired, State::kWithdrawn, State::kReplaced, State::kUnseated}},
      {Way::kAccept, {State::kInvited}},
      {Way::kDecline, {State::kInvited, State::kAccepted}},
      {Way::kWithdraw, {State::kInvited, State::kExpired, State::kAccepted}},
      {Way::kReplace,
       {State::kInvited, State::kAccepted, State::kDeclined, State::kExpired, State::kWithdrawn}}};
  for (const auto& [step, from] : possible) {
    const bool is_persons = step == Way::kAccept || step == Way::kDecline;
    for (const State state : kInvitationStates) {
      const Invitation invitation{.thesis = "t1", .person = "people/eva", .programme = kMsi, .state = state};
      const std::string at = absl::StrCat(InvitationStepName(step), " from ", InvitationStateName(state));
      const absl::Status status =
          CheckInvitationStep(is_persons ? Somebody("eva") : Staff(), invitation, step, "why");
      if (from.count(state) > 0) {
        EXPECT_OK(status) << at;
      } else {
        EXPECT_THAT(status,
                    StatusIs(absl::StatusCode::kFailedPrecondition, Reason("INVITATION_STEP_REFUSED")))
            << at;
        EXPECT_THAT(status.message(), HasSubstr("Possible: ")) << at;
      }
      EXPECT_THAT(CheckInvitationStep(is_persons ? Staff() : Somebody("eva"), invitation, step, "why"),
                  StatusIs(absl::StatusCode::kPermissionDenied))
          << at;
    }
  }
}

TEST_F(InvitationsTest, AsksForAReasonWhereOneIsOwed) {
  SetUsualJury();
  ASSERT_OK(invitations_.Invite(Staff(), ToJury(), kKeep));
  EXPECT_THAT(Step(Somebody("eva"), "eva", InvitationStep::kDecline, " "),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Step(Staff(), "eva", InvitationStep::kWithdraw), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_OK(Step(Staff(), "eva", InvitationStep::kWithdraw, "double booked"));
  EXPECT_EQ(StateOf("eva"), "withdrawn");
}

TEST_F(InvitationsTest, ExpiresAfterItsInstantAndNotAtIt) {
  SetUsualJury();
  ASSERT_OK(invitations_.Invite(Staff(), ToJury(), kKeep));
  clock_.Advance(absl::Hours(24 * 7));
  EXPECT_EQ(StateOf("eva"), "invited");
  clock_.Advance(absl::Microseconds(1));
  EXPECT_EQ(StateOf("eva"), "expired");
  EXPECT_THAT(Step(Somebody("eva"), "eva", InvitationStep::kAccept),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("INVITATION_STEP_REFUSED")));
  EXPECT_OK(invitations_.Invite(Staff(), ToJury(), kKeep));
  EXPECT_OK(Step(Somebody("eva"), "eva", InvitationStep::kAccept));
}

TEST_F(InvitationsTest, EndsWhenTheJuryGivesTheSeatToAnother) {
  SetUsualJury();
  ASSERT_OK(invitations_.Invite(Staff(), ToJury(), kKeep));
  ASSERT_OK(Set("t1", {{"people/ana", Seat::Role::kPresident}, {"people/fred", Seat::Role::kReviewer}}));
  EXPECT_EQ(StateOf("eva"), "unseated");
  EXPECT_EQ(StateOf("ana"), "invited");
  EXPECT_THAT(Step(Somebody("eva"), "eva", InvitationStep::kAccept),
              StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(InvitationsTest, IsKnownToItsPersonAndToStaffAlone) {
  SetUsualJury();
  ASSERT_OK(invitations_.Invite(Staff(), ToJury(), kKeep));
  EXPECT_OK(invitations_.Get(Somebody("eva"), {"t1", "people/eva"}));
  EXPECT_THAT(invitations_.Get(Somebody("ana"), {"t1", "people/eva"}),
              StatusIs(absl::StatusCode::kNotFound, Reason("INVITATION_NOT_FOUND")));
  EXPECT_THAT(Step(Somebody("ana"), "eva", InvitationStep::kAccept), StatusIs(absl::StatusCode::kNotFound));
  ASSERT_OK_AND_ASSIGN(const auto own, invitations_.List(Somebody("eva"), "", {.size = 10}));
  EXPECT_THAT(own.items, SizeIs(1));
  ASSERT_OK_AND_ASSIGN(const auto of_jury, invitations_.ListOfThesis(Somebody("ana"), "t1"));
  EXPECT_THAT(of_jury, SizeIs(1));
  EXPECT_THAT(invitations_.List(Somebody("eva"), kMsi, {.size = 10}),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(invitations_.Invite(Somebody("eva"), ToJury(), kKeep),
              StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST_F(InvitationsTest, RemindsOnlyTheMissingAndEachThresholdOnce) {
  SetUsualJury();
  ASSERT_OK(invitations_.Invite(Staff(), ToJury(), kKeep));
  ASSERT_OK(Step(Somebody("ana"), "ana", InvitationStep::kAccept));
  const auto told = [&](const Mutation& mutation) {
    const auto reminders = invitations_.Remind(Staff(), kMsi, {}, mutation);
    EXPECT_OK(reminders);
    std::vector<std::string> who;
    for (const InvitationReminder& each : reminders->items) {
      who.push_back(absl::StrCat(each.invitation.person, " ", each.days_before));
    }
    return who;
  };
  EXPECT_THAT(told(kKeep), IsEmpty());
  clock_.Advance(absl::Hours(24 * 4));
  EXPECT_THAT(told(kTry), ElementsAre("people/eva 3"));
  EXPECT_THAT(told(kKeep), ElementsAre("people/eva 3"));
  EXPECT_THAT(told(kKeep), IsEmpty());
  clock_.Advance(absl::Hours(24 * 4));
  EXPECT_THAT(told(kKeep), ElementsAre("people/eva 0"));
}

// ---- What an invitation is refused for ----

TEST_F(InvitationsTest, InvitesNobodyToAJuryThatBreaksARule) {
  SetUsualJury();
  SetRules({ARule("externals", rules::Kind::kExternals, 2, std::nullopt)});
  EXPECT_THAT(invitations_.Invite(Staff(), ToJury(), kKeep),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("JURY_RULE_BROKEN")));
  EXPECT_EQ(StateOf("eva"), "none");
  InvitationBatch more = ToJury();
  more.seats = {{"people/fred", Seat::Role::kExaminer}};
  EXPECT_OK(invitations_.Invite(Staff(), more, kTry));
  EXPECT_THAT(PeopleOn("t1"), Not(Contains("people/fred"))) << "a dry run writes nothing";
  ASSERT_OK_AND_ASSIGN(const InvitedJurors invited, invitations_.Invite(Staff(), more, kKeep));
  EXPECT_THAT(invited.invitations, SizeIs(1));
  EXPECT_THAT(PeopleOn("t1"), Contains("people/fred"));
}

TEST_F(InvitationsTest, SaysWhichThesisHasNoJuryAndWhoSitsNowhere) {
  SetUsualJury();
  AddThesis("t2");
  InvitationBatch batch = ToJury();
  batch.theses = {"t1", "t2"};
  batch.people = {"people/carl"};
  const absl::Status status = invitations_.Invite(Staff(), batch, kKeep).status();
  const ErrorFacts facts = FactsOf(status);
  ASSERT_THAT(facts.fields, SizeIs(2)) << status;
  EXPECT_THAT(facts.fields[0].description, HasSubstr("theses/t2 has no jury"));
  EXPECT_THAT(facts.fields[1].description, HasSubstr("people/carl sits on none"));
  batch = ToJury();
  batch.respond_by = clock_.Now();
  EXPECT_THAT(invitations_.Invite(Staff(), batch, kKeep), StatusIs(absl::StatusCode::kInvalidArgument));
}

// ---- Replacements ----

TEST_F(InvitationsTest, ReplacesOneByOneWithTheReasonKept) {
  SetUsualJury();
  ASSERT_OK(invitations_.Invite(Staff(), ToJury(), kKeep));
  ASSERT_OK(Step(Somebody("eva"), "eva", InvitationStep::kDecline, "abroad"));
  ASSERT_OK(Replace("eva", "fred", kTry));
  EXPECT_THAT(PeopleOn("t1"), ElementsAre("people/ana", "people/eva")) << "a dry run writes nothing";
  EXPECT_EQ(StateOf("eva"), "declined");
  ASSERT_OK_AND_ASSIGN(const ReplacedJuror replaced, Replace("eva", "fred"));
  EXPECT_THAT(PeopleOn("t1"), ElementsAre("people/ana", "people/fred"));
  EXPECT_EQ(replaced.jury.seats[1].role, Seat::Role::kReviewer);
  EXPECT_EQ(StateOf("eva"), "replaced");
  EXPECT_EQ(replaced.closed.replaced_by, "people/fred");
  EXPECT_EQ(StateOf("fred"), "invited");
  ASSERT_OK_AND_ASSIGN(const auto events, invitations_.ListEvents(Staff(), {"t1", "people/eva"}));
  ASSERT_THAT(events, SizeIs(3));
  EXPECT_EQ(events[1].reason, "abroad");
  EXPECT_EQ(events[2].event, "replace");
  EXPECT_EQ(events[2].reason, "cannot come");
  ASSERT_OK(Replace("ana", "bob"));
  EXPECT_EQ(StateOf("ana"), "replaced") << "an open invitation is closed as well";
}

TEST_F(InvitationsTest, KeepsTheReasonAlsoForWhoWasNeverInvited) {
  SetUsualJury();
  ASSERT_OK_AND_ASSIGN(const ReplacedJuror replaced, Replace("eva", "fred"));
  EXPECT_FALSE(replaced.closed.invited.has_value());
  EXPECT_EQ(StateOf("eva"), "replaced");
  ASSERT_OK_AND_ASSIGN(const auto events, invitations_.ListEvents(Staff(), {"t1", "people/eva"}));
  ASSERT_THAT(events, SizeIs(1));
  EXPECT_EQ(events[0].reason, "cannot come");
}

TEST_F(InvitationsTest, ReplacesNobodyByWhomTheRulesForbid) {
  SetUsualJury();
  EXPECT_THAT(Replace("eva", "bob"),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("JURY_RULE_BROKEN")));
  EXPECT_THAT(Replace("eva", "ana"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Replace("carl", "fred"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Replace("eva", "ghost"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(PeopleOn("t1"), ElementsAre("people/ana", "people/eva"));
  EXPECT_EQ(StateOf("eva"), "none");
}

TEST_F(InvitationsTest, RanksWhoCouldAndSaysWhatAloneForbidsTheOthers) {
  SetUsualJury();
  AddThesis("t2");
  ASSERT_OK(Set("t2", {{"people/fred", Seat::Role::kPresident}}));
  Profile gina = APerson("gina", "Elsewhere");
  gina.version = 1;
  gina.load.per_campaign_max = 1;
  AddPerson(gina);
  AddThesis("t3");
  ASSERT_OK(Set("t3", {{"people/gina", Seat::Role::kPresident}}));
  AddPerson(APerson("hugo", "Elsewhere"));
  facts_.theses["old"] = {
      .id = "old", .programme = kMsi, .authors = {"people/author-t1"}, .supervisor = "people/ida"};
  AddPerson(APerson("ida", "Elsewhere"));
  ASSERT_OK_AND_ASSIGN(const Replacements found,
                       proposals_.FindReplacements(Staff(), {.thesis = "t1", .person = "people/eva"}));
  EXPECT_EQ(found.role, Seat::Role::kReviewer);
  EXPECT_THAT(Best(found), ElementsAre("people/hugo", "people/fred")) << "fred has a jury already";
  EXPECT_THAT(found.best[0].tight_rules, ElementsAre(HasSubstr("externals")));
  EXPECT_THAT(found.best[0].reasons, Contains(HasSubstr("rules")));
  EXPECT_EQ(found.best[1].load_after, 2);
  std::map<std::string, AlmostReplacement> almost;
  for (const AlmostReplacement& each : found.almost) almost[each.person] = each;
  EXPECT_EQ(almost["people/bob"].rule, "externals");
  EXPECT_EQ(almost["people/gina"].obstacle, AlmostReplacement::Obstacle::kLoad);
  EXPECT_EQ(almost["people/ida"].obstacle, AlmostReplacement::Obstacle::kConflict);
  EXPECT_THAT(proposals_.FindReplacements(Somebody("eva"), {.thesis = "t1", .person = "people/eva"}),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(proposals_.FindReplacements(Somebody("zoe"), {.thesis = "t1", .person = "people/eva"}),
              StatusIs(absl::StatusCode::kNotFound, Reason("JURY_NOT_FOUND")));
}

TEST_F(InvitationsTest, FindsExactlyThoseWhomReplacingAccepts) {
  SetRules({ARule("externals", rules::Kind::kExternals, 1, std::nullopt),
            ARule("load", rules::Kind::kLoad, std::nullopt, 2)});
  SetUsualJury();
  for (const char* id : {"t2", "t3"}) {
    AddThesis(id);
    ASSERT_OK(Set(id, {{"people/fred", Seat::Role::kPresident}}));
  }
  facts_.theses["old"] = {
      .id = "old", .programme = kMsi, .authors = {"people/author-t1"}, .supervisor = "people/carl"};
  for (const std::string seated : {"ana", "eva"}) {
    ASSERT_OK_AND_ASSIGN(
        const Replacements found,
        proposals_.FindReplacements(
            Staff(), {.thesis = "t1", .person = absl::StrCat("people/", seated), .count = 100}));
    const std::vector<std::string> best = Best(found);
    for (const std::string other : {"bob", "carl", "dan", "fred", "gina"}) {
      const bool is_found = std::count(best.begin(), best.end(), absl::StrCat("people/", other)) > 0;
      EXPECT_EQ(Replace(seated, other, kTry).ok(), is_found) << seated << " by " << other;
    }
  }
}

TEST_F(InvitationsTest, OffersNobodyWhoDeclinedThisJuryBefore) {
  SetUsualJury();
  ASSERT_OK(invitations_.Invite(Staff(), ToJury(), kKeep));
  ASSERT_OK(Step(Somebody("eva"), "eva", InvitationStep::kDecline, "abroad"));
  ASSERT_OK(Replace("eva", "fred"));
  ASSERT_OK_AND_ASSIGN(const Replacements found,
                       proposals_.FindReplacements(Staff(), {.thesis = "t1", .person = "people/fred"}));
  EXPECT_THAT(Best(found), ElementsAre("people/gina"));
  std::map<std::string, AlmostReplacement> almost;
  for (const AlmostReplacement& each : found.almost) almost[each.person] = each;
  EXPECT_EQ(almost["people/eva"].obstacle, AlmostReplacement::Obstacle::kDeclined);
}

TEST_F(InvitationsTest, ComposesAgainTheSeatsOfThoseWhoRefused) {
  SetUsualJury();
  ASSERT_OK(invitations_.Invite(Staff(), ToJury(), kKeep));
  ASSERT_OK(Step(Somebody("eva"), "eva", InvitationStep::kDecline, "abroad"));
  ASSERT_OK_AND_ASSIGN(JuryOverview overview, proposals_.GetOverview(Staff(), kMsi, ""));
  EXPECT_THAT(overview.theses[0].refusals, ElementsAre("people/eva"));
  EXPECT_THAT(overview.theses[0].unanswered, ElementsAre("people/ana"));
  EXPECT_FALSE(overview.theses[0].is_complete);
  JuriesWanted wanted;
  wanted.scope.programme = kMsi;
  wanted.roles = {{Seat::Role::kPresident, 1, 1}, {Seat::Role::kReviewer, 1, 1}};
  wanted.replace_refused = true;
  ASSERT_OK_AND_ASSIGN(const Proposal proposal,
                       proposals_.ProposeJuries(Staff(), wanted, Never, Never, kKeep));
  ASSERT_OK(proposals_.AcceptProposal(Staff(), {.id = proposal.id}, kKeep));
  EXPECT_THAT(PeopleOn("t1"), Contains("people/ana"));
  EXPECT_THAT(PeopleOn("t1"), Not(Contains("people/eva")));
}

TEST_F(InvitationsTest, TellsHowFarACompositionIsAndStopsWhenItIsCancelled) {
  JuriesWanted wanted;
  wanted.scope.programme = kMsi;
  std::set<ProposalProgress::Phase> phases;
  ASSERT_OK(
      proposals_.ProposeJuries(Staff(), wanted, Never, Never, kKeep, [&](const ProposalProgress& progress) {
        phases.insert(progress.phase);
        EXPECT_LE(progress.done, progress.theses);
      }));
  EXPECT_THAT(phases, SizeIs(3));
  // Whoever goes away while it is being explained leaves nothing behind.
  bool is_gone = false;
  EXPECT_THAT(proposals_.ProposeJuries(
                  Staff(), wanted, Never, [&] { return is_gone; }, kKeep,
                  [&](const ProposalProgress& progress) {
                    is_gone = progress.phase == ProposalProgress::Phase::kExplaining;
                  }),
              StatusIs(absl::StatusCode::kCancelled));
  ASSERT_OK_AND_ASSIGN(const auto kept, proposals_.ListProposals(Staff(), kMsi, {.size = 10}));
  EXPECT_THAT(kept.items, SizeIs(1));
}

// ---- Loads ----

TEST_F(InvitationsTest, RemembersWhatWasHeldAndNotWhatWasDeclined) {
  SetUsualJury();
  AddThesis("t2");
  SetUsualJury("t2");
  ASSERT_OK(invitations_.Invite(Staff(), ToJury(), kKeep));
  ASSERT_OK(Step(Somebody("eva"), "eva", InvitationStep::kDecline, "abroad"));
  ASSERT_OK_AND_ASSIGN(Load eva, loads_.GetLoad(Somebody("eva"), "people/eva"));
  EXPECT_EQ(eva.current, 1);
  const HeldJuries held{.programme = kMsi, .year = 2026};
  ASSERT_OK_AND_ASSIGN(const RecordedJuries dry, loads_.RecordHeld(Staff(), held, kTry));
  ASSERT_OK_AND_ASSIGN(const RecordedJuries done, loads_.RecordHeld(Staff(), held, kKeep));
  EXPECT_EQ(dry.juries, done.juries);
  EXPECT_EQ(done.juries.created_count(), 2);
  EXPECT_EQ(done.seats, 3);
  EXPECT_EQ(done.left_out, 1);
  ASSERT_OK_AND_ASSIGN(eva, loads_.GetLoad(Somebody("eva"), "people/eva"));
  EXPECT_EQ(eva.current, 0);
  EXPECT_EQ(eva.past, 1);
  ASSERT_OK_AND_ASSIGN(const RecordedJuries again, loads_.RecordHeld(Staff(), held, kKeep));
  EXPECT_TRUE(again.juries.IsEmpty());
  // The ledger does not need the jury any more.
  ASSERT_OK(assignment_.DeleteJury(Staff(), {.thesis = "t2"}, kKeep));
  ASSERT_OK_AND_ASSIGN(eva, loads_.GetLoad(Somebody("eva"), "people/eva"));
  EXPECT_EQ(eva.past, 1);
  EXPECT_THAT(loads_.RecordHeld(Staff(), {.programme = kMsi, .year = 2031}, kKeep),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(loads_.RecordHeld(Somebody("eva"), held, kKeep), StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST_F(InvitationsTest, ShowsEverybodyTheirOwnLoadAndStaffAll) {
  EXPECT_OK(loads_.GetLoad(Somebody("eva"), "people/eva"));
  EXPECT_THAT(loads_.GetLoad(Somebody("eva"), "people/ana"), StatusIs(absl::StatusCode::kNotFound));
  ASSERT_OK_AND_ASSIGN(const auto none, loads_.ListLoads(Somebody("eva"), {.size = 10}));
  EXPECT_THAT(none.items, IsEmpty());
  ASSERT_OK_AND_ASSIGN(const auto first, loads_.ListLoads(Staff(), {.size = 4}));
  ASSERT_THAT(first.items, SizeIs(4));
  ASSERT_OK_AND_ASSIGN(const auto rest, loads_.ListLoads(Staff(), {.size = 4, .after = first.next}));
  EXPECT_THAT(rest.items, SizeIs(3));
}

TEST_F(InvitationsTest, TakesCorrectionsAllTogetherOrNone) {
  const LoadCorrection more{.person = "people/ana",
                            .programme = kMsi,
                            .year = 2026,
                            .role = Seat::Role::kPresident,
                            .count = 4,
                            .reason = "the old tool"};
  LoadCorrection bad = more;
  bad.reason.clear();
  bad.count = 0;
  bad.year = 2032;
  EXPECT_THAT(FactsOf(loads_.Correct(Staff(), {more, bad}, kKeep).status()).fields, SizeIs(3));
  bad = more;
  bad.person = "people/ghost";
  EXPECT_THAT(loads_.Correct(Staff(), {more, bad}, kKeep), StatusIs(absl::StatusCode::kInvalidArgument));
  ASSERT_OK(loads_.Correct(Staff(), {more}, kTry));
  ASSERT_OK_AND_ASSIGN(Load ana, loads_.GetLoad(Staff(), "people/ana"));
  EXPECT_EQ(ana.past, 0);
  ASSERT_OK(loads_.Correct(Staff(), {more}, kKeep));
  ASSERT_OK_AND_ASSIGN(ana, loads_.GetLoad(Staff(), "people/ana"));
  EXPECT_EQ(ana.past, 4);
  EXPECT_DOUBLE_EQ(ana.weight, 4 * 1.5 / 2) << "four times president, last year";
  EXPECT_EQ(ana.standing, LoadStanding::kOver);
  LoadCorrection back = more;
  back.count = -4;
  ASSERT_OK(loads_.Correct(Staff(), {back}, kKeep));
  ASSERT_OK_AND_ASSIGN(ana, loads_.GetLoad(Staff(), "people/ana"));
  EXPECT_EQ(ana.past, 0);
}

TEST_F(InvitationsTest, SparesWhoeverHadMuchInPastYears) {
  const auto president = [&] {
    JuriesWanted wanted;
    wanted.scope.programme = kMsi;
    wanted.roles = {{Seat::Role::kPresident, 1, 1}};
    wanted.excluded = {{"", "people/fred"}, {"", "people/gina"}};
    const auto proposal = proposals_.ProposeJuries(Staff(), wanted, Never, Never, kTry);
    EXPECT_OK(proposal);
    for (const ProposedSeat& seat : proposal->juries[0].seats) {
      if (seat.seat.role == Seat::Role::kPresident) return seat.seat.person;
    }
    return std::string();
  };
  SetRules({});
  const std::string first = president();
  ASSERT_FALSE(first.empty());
  const LoadCorrection past{.person = first,
                            .programme = kMsi,
                            .year = 2025,
                            .role = Seat::Role::kExaminer,
                            .count = 6,
                            .reason = "last years"};
  ASSERT_OK(loads_.Correct(Staff(), {past}, kKeep));
  EXPECT_NE(president(), first);
}

// ---- Every path, every conflict ----

// Makes eva and the author of t1 have a conflict of one kind.
struct ConflictCase {
  conflicts::Kind kind;
  std::function<void(testing::FakeConflictFacts&, World&)> make;  // null: eva declares it
};

class EveryPath : public InvitationsTest {
 protected:
  static std::vector<ConflictCase> Cases() {
    using conflicts::Kind;
    std::vector<ConflictCase> cases;
    cases.push_back(
        {Kind::kSupervision, [](auto& facts, auto&) {
           facts.theses["old"] = {
               .id = "old", .programme = kMsi, .authors = {"people/author-t1"}, .supervisor = "people/eva"};
         }});
    cases.push_back({Kind::kCompany, [](auto& facts, auto& world) {
                       world.theses["t1"].company_tutor = "people/tom";
                       facts.theses["t1"] = ForConflicts(world.theses["t1"]);
                       facts.people["people/tom"].companies = {"Acme"};
                       facts.people["people/eva"].companies = {"ACME"};
                     }});
    cases.push_back({Kind::kPastWork, [](auto& facts, auto&) {
                       facts.theses["old"] = {.id = "old",
                                              .programme = kMsi,
                                              .authors = {"people/author-t1", "people/eva"},
                                              .supervisor = "people/sam"};
                     }});
    for (const Kind kind : conflicts::kKinds) {
      if (conflicts::IsDeclarable(kind)) cases.push_back({kind, nullptr});
    }
    return cases;
  }

  void Make(const ConflictCase& which) {
    if (which.make) {
      which.make(facts_, world_);
      return;
    }
    ASSERT_OK(conflict_store_.Write([&](ConflictStore::Writer& writer) {
      return writer.PutDeclaration({.programme = kMsi,
                                    .declarer = "people/eva",
                                    .other = "people/author-t1",
                                    .kind = which.kind,
                                    .reason = "so",
                                    .time = clock_.Now()});
    }));
  }
  void Unmake() {
    facts_.theses.erase("old");
    facts_.people.clear();
    world_.theses["t1"].company_tutor.clear();
    facts_.theses["t1"] = ForConflicts(world_.theses["t1"]);
    ASSERT_OK(conflict_store_.Write([&](ConflictStore::Writer& writer) {
      return writer.RemoveDeclaration(kMsi, "people/eva", "people/author-t1");
    }));
  }

  // One way onto a jury: how the jury of t1 is before, and what seats eva there as more than a guest.
  struct Path {
    std::string name;
    std::vector<Seat> before;
    std::function<absl::Status()> take;
  };

  std::vector<Path> Paths() {
    const Seat ana{"people/ana", Seat::Role::kPresident};
    const Seat fred{"people/fred", Seat::Role::kReviewer};
    const Seat eva{"people/eva", Seat::Role::kReviewer};
    const Jury with_eva{.thesis = "t1", .programme = kMsi, .seats = {ana, eva}};
    const auto import = [this, with_eva](const Caller& caller) {
      return assignment_.BatchUpsertJuries(caller, {with_eva}, kKeep).status();
    };
    return {
        {"proposal",
         {},
         [this] { return proposals_.AcceptProposal(Staff(), {.id = Proposed()}, kKeep).status(); }},
        {"manual assignment",
         {ana, fred},
         [=, this] {
           return Set("t1", {ana, eva});
         }},
        {"invitation",
         {ana, fred},
         [this] {
           InvitationBatch batch = ToJury();
           batch.seats = {{"people/eva", Seat::Role::kExaminer}};
           return invitations_.Invite(Staff(), batch, kKeep).status();
         }},
        {"replacement", {ana, fred}, [this] { return Replace("fred", "eva").status(); }},
        {"import by a person", {ana, fred}, [import] { return import(Staff()); }},
        {"import by the directory", {ana, fred}, [import] { return import({.service = "directory"}); }},
        {"file", {ana, fred}, [this] { return ImportFile("t1,ana,president\nt1,eva,reviewer\n"); }},
        {"role change",
         {ana, fred, {"people/eva", Seat::Role::kGuest}},
         [=, this] {
           return Set("t1", {ana, fred, {"people/eva", Seat::Role::kExaminer}});
         }},
    };
  }

  // A refusal of a file is an answer; here it is told as the refusals of the other paths.
  absl::Status ImportFile(const std::string& lines) {
    JuryBulk bulk(
        {.store = juries_, .theses = world_, .people = world_, .conflicts = gate_, .clock = clock_});
    const absl::StatusOr<BulkResult> result =
        bulk.Import(Staff(), {.file = "f.csv", .bytes = "thesis,person,role\n" + lines, .reason = ""}, kKeep);
    if (!result.ok()) return result.status();
    for (const BulkProblem& bulk_problem : result->problems) {
      if (bulk_problem.problem.kind != "conflict_of_interest") continue;
      return Error(absl::StatusCode::kFailedPrecondition, bulk_problem.problem.sentence.en,
                   {.reason = "CONFLICT_OF_INTEREST"});
    }
    return result->state == BulkResult::State::kDone ? absl::OkStatus() : absl::InternalError("refused");
  }

  // A proposal that was made before anything was known about eva.
  std::string Proposed() {
    if (!proposal_.empty()) return proposal_;
    JuriesWanted wanted;
    wanted.scope.programme = kMsi;
    wanted.scope.theses = {"t1"};
    wanted.roles = {{Seat::Role::kPresident, 1, 1}, {Seat::Role::kReviewer, 1, 1}};
    for (const char* id : {"people/fred", "people/gina", "people/bob", "people/carl"}) {
      wanted.excluded.insert({"", id});
    }
    const auto proposal = proposals_.ProposeJuries(Staff(), wanted, Never, Never, kKeep);
    EXPECT_OK(proposal);
    bool has_eva = false;
    for (const ProposedSeat& seat : proposal->juries[0].seats) has_eva |= seat.seat.person == "people/eva";
    EXPECT_TRUE(has_eva) << "nobody else is external";
    proposal_ = proposal->id;
    return proposal_;
  }

  void BeginWith(const std::vector<Seat>& seats) {
    assignment_.DeleteJury(Staff(), {.thesis = "t1"}, kKeep).status().IgnoreError();
    if (!seats.empty()) {
      ASSERT_OK(Set("t1", seats));
    }
    proposal_.clear();
  }

  std::string proposal_;
};

TEST_F(EveryPath, CatchesEveryKindOfConflict) {
  for (const ConflictCase& which : Cases()) {
    SCOPED_TRACE(absl::StrCat(conflicts::KindName(which.kind), which.make ? ", found" : ", declared"));
    for (const Path& path : Paths()) {
      SCOPED_TRACE(path.name);
      BeginWith(path.before);
      if (path.before.empty()) Proposed();
      const std::vector<std::string> before = PeopleOn("t1");
      Make(which);
      EXPECT_THAT(path.take(),
                  StatusIs(absl::StatusCode::kFailedPrecondition, Reason("CONFLICT_OF_INTEREST")));
      EXPECT_EQ(PeopleOn("t1"), before);
      Unmake();
      EXPECT_OK(path.take()) << "nothing else was in the way";
    }
  }
}

TEST_F(EveryPath, SeatsNoAuthorOnTheirOwnJury) {
  for (const char* role : {"member", "guest"}) {
    const Seat::Role as = std::string(role) == "guest" ? Seat::Role::kGuest : Seat::Role::kExaminer;
    SetUsualJury();
    EXPECT_FALSE(Set("t1", {{"people/eva", Seat::Role::kReviewer}, {"people/author-t1", as}}).ok());
    InvitationBatch batch = ToJury();
    batch.seats = {{"people/author-t1", as}};
    EXPECT_FALSE(invitations_.Invite(Staff(), batch, kKeep).ok());
    EXPECT_FALSE(Replace("ana", "author-t1").ok());
    EXPECT_FALSE(
        assignment_
            .BatchUpsertJuries(Staff(),
                               {{.thesis = "t1",
                                 .programme = kMsi,
                                 .seats = {{"people/eva", Seat::Role::kReviewer}, {"people/author-t1", as}}}},
                               kKeep)
            .ok());
  }
}

TEST_F(EveryPath, ShowsAQuestionAndLetsStaffDecide) {
  for (const bool is_name : {true, false}) {
    if (is_name) {
      facts_.people["people/author-t1"].family_name = "Petit";
      facts_.people["people/eva"].family_name = "PETIT";
    } else {
      facts_.people["people/author-t1"].addresses = {"1 rue de Paris"};
      facts_.people["people/eva"].addresses = {"1, rue de Paris"};
    }
    ASSERT_OK(Set("t1", {{"people/ana", Seat::Role::kPresident}, {"people/fred", Seat::Role::kReviewer}}));
    ASSERT_OK_AND_ASSIGN(const Replacements found,
                         proposals_.FindReplacements(Staff(), {.thesis = "t1", .person = "people/fred"}));
    ASSERT_EQ(found.best.back().person, "people/eva") << "whoever is in question comes last";
    EXPECT_THAT(found.best.back().warnings, SizeIs(1));
    ASSERT_OK(Replace("fred", "eva"));
    ASSERT_OK_AND_ASSIGN(const JuryOverview overview, proposals_.GetOverview(Staff(), kMsi, ""));
    EXPECT_THAT(overview.theses[0].questions, ElementsAre("people/eva"));
    Unmake();
    ASSERT_OK(assignment_.DeleteJury(Staff(), {.thesis = "t1"}, kKeep));
  }
}

TEST_F(EveryPath, IsAskedAgainWhenTheInvitationIsAccepted) {
  SetUsualJury();
  ASSERT_OK(invitations_.Invite(Staff(), ToJury(), kKeep));
  for (const ConflictCase& which : Cases()) {
    Make(which);
    EXPECT_THAT(Step(Somebody("eva"), "eva", InvitationStep::kAccept),
                StatusIs(absl::StatusCode::kFailedPrecondition, Reason("CONFLICT_OF_INTEREST")))
        << conflicts::KindName(which.kind);
    // Who has one can still say that they do not come.
    EXPECT_OK(invitations_.Change(
        Somebody("eva"), {.key = {"t1", "people/eva"}, .step = InvitationStep::kDecline, .reason = "c"},
        kTry));
    // Nobody is invited to it either.
    EXPECT_EQ(StateOf("eva"), "invited");
    Unmake();
  }
  EXPECT_OK(Step(Somebody("eva"), "eva", InvitationStep::kAccept));
}

}  // namespace
}  // namespace soutenance::assignment
