#include "services/assignment/proposals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/assignment/proposal_gate_facts.h"
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
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

constexpr char kMsi[] = "programmes/msi";
const Mutation kKeep{};

class FakeTheses : public ThesisLookup {
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
  std::map<std::string, ThesisFacts> theses;
};

class EverybodyExists : public PeopleLookup {
 public:
  absl::StatusOr<std::set<std::string>> KnownPeople(const std::set<std::string>& people) const override {
    return people;
  }
};

class FakeSlots : public SlotLookup {
 public:
  absl::StatusOr<CampaignSlots> Find(const std::string&) const override { return SlotsOf(times); }
  CampaignTimes times{.programme = kMsi};
};

class NoTexts : public ExpertiseFacts {
 public:
  absl::StatusOr<std::string> ProgrammeOf(const std::string&) const override { return std::string(kMsi); }
  absl::StatusOr<std::vector<ThesisText>> ThesesIn(const std::string&) const override {
    return std::vector<ThesisText>();
  }
  absl::StatusOr<std::map<std::string, expertise::PersonTexts>> People(
      const std::set<std::string>&) const override {
    return std::map<std::string, expertise::PersonTexts>();
  }
};

Caller Staff() { return {.account = "accounts/staff", .grants = {{Role::kStaff, kMsi}}}; }
bool Never() { return false; }

rules::Rule ARule(const std::string& id, rules::Kind kind) {
  rules::Rule rule{.id = id, .kind = kind};
  rule.source.text = "Règlement";
  return rule;
}

class ProposalsTest : public ::testing::Test {
 protected:
  void AddThesis(const std::string& id, const std::vector<std::string>& keywords = {}) {
    theses_.theses[id] = {.id = id,
                          .programme = kMsi,
                          .authors = {absl::StrCat("people/author-", id)},
                          .supervisor = "people/sam",
                          .keywords = keywords};
  }

  // Somebody of rank A who may preside, at this institution or another.
  Profile APerson(const std::string& id, const std::string& institution = "Here") {
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

  // At least one external member, besides a president and a reviewer.
  static std::vector<rules::Rule> ExternalsWanted() {
    rules::Rule externals = ARule("externals", rules::Kind::kExternals);
    externals.min = 1;
    rules::Rule president = ARule("president", rules::Kind::kSeats);
    president.roles = {Seat::Role::kPresident};
    president.min = president.max = 1;
    rules::Rule reviewer = ARule("reviewer", rules::Kind::kSeats);
    reviewer.roles = {Seat::Role::kReviewer};
    reviewer.min = reviewer.max = 1;
    return {externals, president, reviewer};
  }

  JuriesWanted OfMsi() {
    JuriesWanted wanted;
    wanted.scope.programme = kMsi;
    return wanted;
  }

  std::vector<Jury> Juries() {
    std::vector<Jury> juries;
    EXPECT_OK(juries_.Read([&](const AssignmentStore::Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(Page<Jury> page, reader.List({.all = true}, {.size = 1000, .after = ""}));
      juries = std::move(page.items);
      return absl::OkStatus();
    }));
    return juries;
  }

  static std::set<std::string> PeopleOn(const Proposal& proposal, const std::string& thesis) {
    std::set<std::string> people;
    for (const ProposedSeat& seat : proposal.Find(thesis)->seats) people.insert(seat.seat.person);
    return people;
  }

  soutenance::testing::FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  FakeTheses theses_;
  EverybodyExists people_;
  FactsFromProfiles facts_;
  FakeSlots slots_;
  std::unique_ptr<storage::sql::Database> database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "assignment");
  storage::sql::AssignmentStore juries_{*database_};
  storage::sql::ProfileStore profiles_{*database_};
  storage::sql::RuleStore rules_{*database_};
  storage::sql::InvitationStore invitation_store_{*database_};
  storage::sql::LoadStore load_store_{*database_};
  storage::sql::ProposalStore store_{*database_};
  storage::sql::ConflictStore conflict_store_{*database_};
  testing::FakeConflictFacts conflict_facts_;
  ConflictGate gate_{conflict_store_, conflict_facts_, clock_};
  Assignment assignment_{juries_, theses_, people_, gate_, clock_};
  Proposals proposals_{{.store = store_,
                        .juries = juries_,
                        .profiles = profiles_,
                        .invitations = invitation_store_,
                        .loads = load_store_,
                        .assignment = assignment_,
                        .theses = theses_,
                        .facts = facts_,
                        .slots = slots_,
                        .clock = clock_}};
  int64_t rules_version_ = 0;
};

TEST_F(ProposalsTest, WritesNoJuryUntilItIsAcceptedAndThenOnlyWhatWas) {
  AddThesis("t1");
  AddThesis("t2");
  SetRules(ExternalsWanted());
  for (const std::string id : {"ana", "bob", "carl"}) AddPerson(APerson(id));
  for (const std::string id : {"eva", "fred"}) AddPerson(APerson(id, "Elsewhere"));
  ASSERT_OK_AND_ASSIGN(const Proposal proposal,
                       proposals_.ProposeJuries(Staff(), OfMsi(), Never, Never, kKeep));
  EXPECT_THAT(Juries(), IsEmpty());
  EXPECT_EQ(proposal.CountComplete(), 2);
  EXPECT_TRUE(proposal.is_best);
  ASSERT_OK_AND_ASSIGN(
      const ChangeList changes,
      proposals_.AcceptProposal(Staff(), {.id = proposal.id, .version = proposal.version, .theses = {"t2"}},
                                kKeep));
  EXPECT_EQ(changes.created_count(), 1);
  ASSERT_THAT(Juries(), SizeIs(1));
  EXPECT_EQ(Juries()[0].thesis, "t2");
  EXPECT_EQ(Juries()[0].seats.size(), 3u);  // with sam, who supervises it
  ASSERT_OK_AND_ASSIGN(const Proposal after, proposals_.GetProposal(Staff(), proposal.id));
  EXPECT_EQ(after.CountAccepted(), 1);
  ASSERT_OK(proposals_.AcceptProposal(Staff(), {.id = proposal.id}, kKeep));
  EXPECT_THAT(Juries(), SizeIs(2));
}

TEST_F(ProposalsTest, SaysWhyEachPersonIsProposedAndWhoIsNext) {
  AddThesis("t1", {"networks", "routing"});
  SetRules(ExternalsWanted());
  Profile eva = APerson("eva", "Elsewhere");
  eva.keywords = {"networks"};
  AddPerson(eva);
  AddPerson(APerson("fred", "Elsewhere"));
  AddPerson(APerson("ana"));
  ASSERT_OK_AND_ASSIGN(const Proposal proposal,
                       proposals_.ProposeJuries(Staff(), OfMsi(), Never, Never, kKeep));
  const ProposedJury& jury = proposal.juries[0];
  ASSERT_THAT(jury.seats, SizeIs(3));
  EXPECT_TRUE(jury.seats[0].is_held);
  bool has_eva = false;
  for (const ProposedSeat& seat : jury.seats) {
    if (seat.seat.person != "people/eva") continue;
    has_eva = true;
    EXPECT_GT(seat.expertise, 0);
    EXPECT_THAT(seat.words, ElementsAre("networks"));
    EXPECT_EQ(seat.load_after, 1);
    EXPECT_EQ(seat.load_max, 12);
    EXPECT_THAT(seat.alternatives, Not(IsEmpty()));
    EXPECT_GT(seat.alternatives[0].loss, 0);
  }
  EXPECT_TRUE(has_eva);
}

TEST_F(ProposalsTest, RefusesWhatHasMovedAndAcceptsTheRest) {
  AddThesis("t1");
  AddThesis("t2");
  SetRules(ExternalsWanted());
  for (const std::string id : {"ana", "bob"}) AddPerson(APerson(id));
  for (const std::string id : {"eva", "fred"}) AddPerson(APerson(id, "Elsewhere"));
  ASSERT_OK_AND_ASSIGN(const Proposal proposal,
                       proposals_.ProposeJuries(Staff(), OfMsi(), Never, Never, kKeep));
  ASSERT_OK(assignment_.SetJury(
      Staff(),
      {.jury = {.thesis = "t1",
                .programme = kMsi,
                .seats = {{"people/ana", Seat::Role::kPresident}, {"people/fred", Seat::Role::kReviewer}}}},
      kKeep));
  const absl::Status stale = proposals_.AcceptProposal(Staff(), {.id = proposal.id}, kKeep).status();
  EXPECT_EQ(stale.code(), absl::StatusCode::kAborted);
  EXPECT_THAT(stale, StatusIs(absl::StatusCode::kAborted, Reason("PROPOSAL_STALE")));
  EXPECT_EQ(FactsOf(stale).metadata.at("theses"), "t1");
  EXPECT_THAT(Juries(), SizeIs(1));
  ASSERT_OK(proposals_.AcceptProposal(Staff(), {.id = proposal.id, .theses = {"t2"}}, kKeep));
  EXPECT_THAT(Juries(), SizeIs(2));
}

TEST_F(ProposalsTest, ChecksTheRulesOfTheDayOfTheDecision) {
  AddThesis("t1");
  SetRules(ExternalsWanted());
  AddPerson(APerson("ana"));
  AddPerson(APerson("eva", "Elsewhere"));
  ASSERT_OK_AND_ASSIGN(const Proposal proposal,
                       proposals_.ProposeJuries(Staff(), OfMsi(), Never, Never, kKeep));
  std::vector<rules::Rule> stricter = ExternalsWanted();
  stricter[0].min = 2;
  SetRules(stricter);
  EXPECT_THAT(proposals_.AcceptProposal(Staff(), {.id = proposal.id}, kKeep),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("JURY_RULE_BROKEN")));
  EXPECT_THAT(Juries(), IsEmpty());
}

TEST_F(ProposalsTest, SaysInWordsWhoIsMissingAndWhatWouldHelp) {
  SetRules(ExternalsWanted());
  for (const std::string id : {"t1", "t2", "t3"}) AddThesis(id);
  for (const std::string id : {"ana", "bob", "carl"}) AddPerson(APerson(id));
  Profile eva = APerson("eva", "Elsewhere");
  eva.load.per_campaign_max = 2;
  AddPerson(eva);
  ASSERT_OK_AND_ASSIGN(const Proposal proposal,
                       proposals_.ProposeJuries(Staff(), OfMsi(), Never, Never, kKeep));
  EXPECT_EQ(proposal.CountComplete(), 2);
  ASSERT_THAT(proposal.shortages, SizeIs(1));
  EXPECT_THAT(proposal.shortages[0].sentence,
              HasSubstr("3 theses need 3 seats held by 1 person who has 2 places: eva (2)"));
  EXPECT_THAT(proposal.shortages[0].sentence, HasSubstr("externals"));
  EXPECT_THAT(proposal.shortages[0].people, ElementsAre("people/eva"));
  EXPECT_THAT(proposal.shortages[0].way_out, ElementsAre("1 more place with eva"));
}

TEST_F(ProposalsTest, KeepsWhatIsFrozenAndProposesTheRestWithoutWhoIsExcluded) {
  AddThesis("t1");
  AddThesis("t2");
  SetRules(ExternalsWanted());
  for (const std::string id : {"ana", "bob", "carl"}) AddPerson(APerson(id));
  for (const std::string id : {"eva", "fred"}) AddPerson(APerson(id, "Elsewhere"));
  ASSERT_OK_AND_ASSIGN(const Proposal first, proposals_.ProposeJuries(Staff(), OfMsi(), Never, Never, kKeep));
  JuriesWanted wanted = OfMsi();
  wanted.from = first.id;
  wanted.frozen = {"t1"};
  std::string excluded;
  for (const ProposedSeat& seat : first.Find("t2")->seats) {
    if (!seat.is_held) excluded = seat.seat.person;
  }
  wanted.excluded = {{"t2", excluded}};
  ASSERT_OK_AND_ASSIGN(const Proposal second, proposals_.ProposeJuries(Staff(), wanted, Never, Never, kKeep));
  EXPECT_EQ(PeopleOn(second, "t1"), PeopleOn(first, "t1"));
  EXPECT_EQ(PeopleOn(second, "t2").count(excluded), 0u);
  EXPECT_EQ(second.CountComplete(), 2);
  EXPECT_OK(proposals_.AcceptProposal(Staff(), {.id = second.id}, kKeep));
}

TEST_F(ProposalsTest, ChangesAsFewAsPossibleAfterAWithdrawal) {
  SetRules(ExternalsWanted());
  for (const std::string id : {"t1", "t2", "t3", "t4"}) AddThesis(id);
  for (const std::string id : {"ana", "bob", "carl"}) AddPerson(APerson(id));
  for (const std::string id : {"eva", "fred"}) AddPerson(APerson(id, "Elsewhere"));
  ASSERT_OK_AND_ASSIGN(const Proposal first, proposals_.ProposeJuries(Staff(), OfMsi(), Never, Never, kKeep));
  ASSERT_OK(proposals_.AcceptProposal(Staff(), {.id = first.id}, kKeep));
  JuriesWanted wanted = OfMsi();
  wanted.withdrawn = {"people/eva"};
  ASSERT_OK_AND_ASSIGN(const Proposal repaired,
                       proposals_.ProposeJuries(Staff(), wanted, Never, Never, kKeep));
  for (const std::string id : {"t1", "t2", "t3", "t4"}) {
    std::set<std::string> before = PeopleOn(first, id);
    std::set<std::string> after = PeopleOn(repaired, id);
    const bool had_eva = before.erase("people/eva") > 0;
    for (const std::string& person : before) EXPECT_EQ(after.erase(person), 1u) << id << " " << person;
    EXPECT_THAT(after, SizeIs(had_eva ? 1 : 0)) << id;
  }
  EXPECT_OK(proposals_.AcceptProposal(Staff(), {.id = repaired.id}, kKeep));
}

TEST_F(ProposalsTest, ComposesJuriesThatCanMeetInTheCampaign) {
  using Period = CampaignTimes::Period;
  SetRules(ExternalsWanted());
  for (const std::string id : {"t1", "t2", "t3"}) AddThesis(id);
  for (const std::string id : {"ana", "bob"}) AddPerson(APerson(id));
  for (const std::string id : {"eva", "fred"}) AddPerson(APerson(id, "Elsewhere"));
  slots_.times.days = {"2027-06-14", "2027-06-15"};
  slots_.times.hours = {{9 * 60, 11 * 60}};
  slots_.times.grid = 60;
  slots_.times.rooms = 1;
  // Ana and fred never meet, and eva can only come at nine on the second day.
  slots_.times.answers["people/ana"] = {{"2027-06-14", 0, 1440, Period::Answer::kNo}};
  slots_.times.answers["people/fred"] = {{"2027-06-14", 0, 1440, Period::Answer::kYes}};
  slots_.times.answers["people/eva"] = {{"2027-06-15", 9 * 60, 10 * 60, Period::Answer::kIfNeeded}};
  JuriesWanted wanted = OfMsi();
  wanted.campaign = "campaigns/c";
  ASSERT_OK_AND_ASSIGN(const Proposal proposal,
                       proposals_.ProposeJuries(Staff(), wanted, Never, Never, kKeep));
  EXPECT_EQ(proposal.CountComplete(), 3);
  EXPECT_EQ(proposal.without_start, 0);
  for (const ProposedJury& jury : proposal.juries) {
    const std::set<std::string> people = PeopleOn(proposal, jury.thesis);
    EXPECT_FALSE(people.count("people/ana") > 0 && people.count("people/fred") > 0);
    EXPECT_EQ(jury.common_starts, people.count("people/eva") > 0 ? 1 : 2);
  }
  // Everybody can come, but there is one start a day and one room.
  slots_.times.answers.clear();
  slots_.times.hours = {{9 * 60, 10 * 60}};
  ASSERT_OK_AND_ASSIGN(const Proposal crowded,
                       proposals_.ProposeJuries(Staff(), wanted, Never, Never, kKeep));
  EXPECT_EQ(crowded.without_start, 1);
  ASSERT_THAT(crowded.shortages, SizeIs(1));
  EXPECT_THAT(crowded.shortages[0].sentence,
              HasSubstr("3 juries can only meet at 2 starts, which have rooms for 2 of them"));
}

TEST_F(ProposalsTest, FindsReviewersForTheTotalOrForTheWorstOff) {
  AddThesis("t1", {"networks"});
  AddThesis("t2", {"graphs"});
  Profile ana = APerson("ana");
  ana.keywords = {"networks", "graphs"};
  ana.load.per_campaign_max = 1;
  AddPerson(ana);
  Profile bob = APerson("bob");
  bob.keywords = {"graphs"};
  AddPerson(bob);
  ReviewersWanted wanted;
  wanted.scope.programme = kMsi;
  for (const bool is_fair : {false, true}) {
    wanted.is_fair = is_fair;
    ASSERT_OK_AND_ASSIGN(const Proposal proposal, proposals_.ProposeReviewers(Staff(), wanted, kKeep));
    EXPECT_EQ(PeopleOn(proposal, "t1"), std::set<std::string>{"people/ana"});
    EXPECT_EQ(PeopleOn(proposal, "t2"), std::set<std::string>{"people/bob"});
    EXPECT_TRUE(proposal.is_best);
    EXPECT_GT(proposal.worst_off, 0);
  }
  wanted.reviewers = 3;
  EXPECT_THAT(proposals_.ProposeReviewers(Staff(), wanted, kKeep),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("NO_ASSIGNMENT")));
}

TEST_F(ProposalsTest, ShowsAProgrammeAtAGlance) {
  AddThesis("t1");
  AddThesis("t2");
  Profile ana = APerson("ana");
  ana.load.per_campaign_max = 5;
  AddPerson(ana);
  AddPerson(APerson("bob"));
  ASSERT_OK(assignment_.SetJury(
      Staff(),
      {.jury = {.thesis = "t1", .programme = kMsi, .seats = {{"people/ana", Seat::Role::kPresident}}}},
      kKeep));
  SetRules(ExternalsWanted());
  ASSERT_OK_AND_ASSIGN(const JuryOverview overview, proposals_.GetOverview(Staff(), kMsi, ""));
  ASSERT_THAT(overview.theses, SizeIs(2));
  EXPECT_EQ(overview.theses[0].seats, 1);
  EXPECT_FALSE(overview.theses[0].is_complete);
  EXPECT_THAT(overview.theses[0].broken_rules,
              ElementsAre(HasSubstr("externals: "), HasSubstr("reviewer: ")));
  EXPECT_EQ(overview.theses[1].seats, 0);
  ASSERT_THAT(overview.people, SizeIs(2));
  EXPECT_EQ(overview.people[0].load, 1);
  EXPECT_EQ(overview.people[0].load_max, 5);
  EXPECT_EQ(overview.people[0].presidencies, 1);
  EXPECT_EQ(overview.people[1].load, 0);
}

TEST_F(ProposalsTest, ProposesNobodyWithAConflictAndShowsThoseWhoSit) {
  AddThesis("t1");
  theses_.theses["t1"].company_tutor = "people/tom";
  SetRules(ExternalsWanted());
  AddPerson(APerson("ana"));
  for (const std::string id : {"eva", "fred"}) AddPerson(APerson(id, "Elsewhere"));
  conflict_facts_.theses["t1"] = ForConflicts(theses_.theses["t1"]);
  conflict_facts_.people["people/tom"].companies = {"Acme"};
  conflict_facts_.people["people/eva"].companies = {"Acme"};
  storage::sql::ExpertiseStore expertise_store(*database_);
  const NoTexts no_texts;
  const ExpertiseDesk desk(expertise_store, juries_, no_texts, clock_);
  const FactsFromGate facts(gate_, desk);
  Proposals proposals({.store = store_,
                       .juries = juries_,
                       .profiles = profiles_,
                       .invitations = invitation_store_,
                       .loads = load_store_,
                       .assignment = assignment_,
                       .theses = theses_,
                       .facts = facts,
                       .slots = slots_,
                       .clock = clock_});
  ASSERT_OK_AND_ASSIGN(const Proposal proposal,
                       proposals.ProposeJuries(Staff(), OfMsi(), Never, Never, kKeep));
  EXPECT_EQ(PeopleOn(proposal, "t1"),
            (std::set<std::string>{"people/ana", "people/fred", "people/sam", "people/tom"}));
  EXPECT_OK(proposals.AcceptProposal(Staff(), {.id = proposal.id}, kKeep));
  // What comes to light later is shown.
  conflict_facts_.people["people/fred"].companies = {"Acme"};
  ASSERT_OK_AND_ASSIGN(const JuryOverview overview, proposals.GetOverview(Staff(), kMsi, ""));
  EXPECT_THAT(overview.theses[0].conflicts, ElementsAre("people/fred"));
  EXPECT_FALSE(overview.theses[0].is_complete);
}

TEST_F(ProposalsTest, KeepsNothingForWhoHasGone) {
  AddThesis("t1");
  AddPerson(APerson("ana"));
  AddPerson(APerson("eva", "Elsewhere"));
  const auto always = [] { return true; };
  EXPECT_THAT(proposals_.ProposeJuries(Staff(), OfMsi(), always, always, kKeep),
              StatusIs(absl::StatusCode::kCancelled));
  ASSERT_OK_AND_ASSIGN(const Page<Proposal> page, proposals_.ListProposals(Staff(), kMsi, {}));
  EXPECT_THAT(page.items, IsEmpty());
}

TEST_F(ProposalsTest, AreHiddenFromWhoDoesNotRunTheProgramme) {
  AddThesis("t1");
  SetRules(ExternalsWanted());
  AddPerson(APerson("ana"));
  AddPerson(APerson("eva", "Elsewhere"));
  ASSERT_OK_AND_ASSIGN(const Proposal proposal,
                       proposals_.ProposeJuries(Staff(), OfMsi(), Never, Never, kKeep));
  const Caller other{.account = "accounts/o", .grants = {{Role::kStaff, "programmes/law"}}};
  EXPECT_THAT(proposals_.GetProposal(other, proposal.id),
              StatusIs(absl::StatusCode::kNotFound, Reason("PROPOSAL_NOT_FOUND")));
  EXPECT_THAT(proposals_.AcceptProposal(other, {.id = proposal.id}, kKeep),
              StatusIs(absl::StatusCode::kNotFound, Reason("PROPOSAL_NOT_FOUND")));
  EXPECT_THAT(proposals_.GetProposal(Staff(), "none"),
              StatusIs(absl::StatusCode::kNotFound, Reason("PROPOSAL_NOT_FOUND")));
  ASSERT_OK_AND_ASSIGN(const Page<Proposal> page, proposals_.ListProposals(other, kMsi, {}));
  EXPECT_THAT(page.items, IsEmpty());
}

// Rules of every kind that juries are composed under, with random people: whatever is proposed is accepted by
// the checks that every jury passes.
TEST_F(ProposalsTest, ProposesOnlyWhatTheChecksAccept) {
  std::mt19937 random(7);
  const auto below = [&](int count) { return static_cast<int>(random() % static_cast<uint32_t>(count)); };
  for (int t = 0; t < 12; ++t) {
    AddThesis(absl::StrCat("t", t), {below(2) == 0 ? "networks" : "graphs"});
    theses_.theses[absl::StrCat("t", t)].language = below(2) == 0 ? "en" : "fr";
  }
  for (int p = 0; p < 24; ++p) {
    Profile person = APerson(absl::StrCat("p", p), below(3) == 0 ? "Elsewhere" : "Here");
    person.rank = below(2) == 0 ? Rank::kA : Rank::kB;
    person.sector = below(4) == 0 ? Sector::kProfessional : Sector::kAcademic;
    person.may_preside = below(2) == 0;
    person.emeritus = below(5) == 0;
    person.habilitated = below(2) == 0;
    person.languages = below(3) == 0 ? std::vector<std::string>{"fr"} : std::vector<std::string>{"en", "fr"};
    person.attendance = below(4) == 0 ? Attendance::kRemoteOnly : Attendance::kAny;
    person.keywords = {below(2) == 0 ? "networks" : "graphs"};
    person.gender = below(2) == 0 ? Gender::kWoman : Gender::kMan;
    AddPerson(person);
  }
  Profile sam = APerson("sam");
  sam.languages = {"en", "fr"};
  sam.load.per_campaign_max = 100;
  sam.gender = Gender::kMan;
  AddPerson(sam);
  std::vector<rules::Rule> all = ExternalsWanted();
  const auto add = [&](const std::string& id, rules::Kind kind, std::optional<int> min,
                       std::optional<int> max) {
    rules::Rule rule = ARule(id, kind);
    rule.min = min;
    rule.max = max;
    all.push_back(rule);
    return all.size() - 1;
  };
  add("members", rules::Kind::kMembers, 4, 5);
  all[add("ranks", rules::Kind::kRanks, 1, std::nullopt)].ranks = {Rank::kA};
  all[add("academics", rules::Kind::kSector, std::nullopt, std::nullopt)].sector = Sector::kAcademic;
  all.back().share = rules::Share{1, 2};
  const std::size_t chair = add("chair", rules::Kind::kQualification, std::nullopt, std::nullopt);
  all[chair].roles = {Seat::Role::kPresident};
  all[chair].may_preside = true;
  const std::size_t reader = add("reader", rules::Kind::kQualification, std::nullopt, std::nullopt);
  all[reader].roles = {Seat::Role::kReviewer};
  all[reader].ranks = {Rank::kA};
  all[reader].or_habilitated = true;
  add("balance", rules::Kind::kBalance, 1, std::nullopt);
  add("specialist", rules::Kind::kSpecialist, 1, std::nullopt);
  all[add("language", rules::Kind::kLanguage, std::nullopt, std::nullopt)].share = rules::Share{1, 2};
  add("remote", rules::Kind::kRemote, std::nullopt, 1);
  all[add("on_site", rules::Kind::kOnSite, std::nullopt, std::nullopt)].roles = {Seat::Role::kPresident};
  add("emeriti", rules::Kind::kEmeriti, std::nullopt, 1);
  add("load", rules::Kind::kLoad, std::nullopt, 4);
  add("known", rules::Kind::kKnown, std::nullopt, std::nullopt);
  all[add("together", rules::Kind::kNotTogether, std::nullopt, std::nullopt)].roles = {
      Seat::Role::kSupervisor, Seat::Role::kPresident, Seat::Role::kReviewer};
  SetRules(all);
  ASSERT_OK_AND_ASSIGN(const Proposal proposal,
                       proposals_.ProposeJuries(Staff(), OfMsi(), Never, Never, kKeep));
  EXPECT_EQ(proposal.CountComplete(), 12);
  ASSERT_OK_AND_ASSIGN(const ChangeList changes,
                       proposals_.AcceptProposal(Staff(), {.id = proposal.id}, kKeep));
  EXPECT_EQ(changes.created_count(), 12);
  ASSERT_OK_AND_ASSIGN(const JuryOverview overview, proposals_.GetOverview(Staff(), kMsi, ""));
  for (const JuryOverview::OfThesis& thesis : overview.theses) {
    EXPECT_THAT(thesis.broken_rules, IsEmpty()) << thesis.thesis;
    EXPECT_TRUE(thesis.is_complete) << thesis.thesis;
  }
}

}  // namespace
}  // namespace soutenance::assignment
