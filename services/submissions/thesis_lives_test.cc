#include "services/submissions/thesis_lives.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/submissions/draft.h"
#include "services/submissions/problem_bank.h"
#include "services/submissions/submissions.h"
#include "storage/open.h"
#include "storage/sql/draft_store.h"
#include "storage/sql/submission_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::submissions {
namespace {

using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using E = ThesisEvent;
using S = ThesisState;

constexpr char kMsi[] = "programmes/msi";

// A directory that knows everybody but ghosts.
class Everybody : public PeopleLookup {
 public:
  absl::StatusOr<std::set<std::string>> KnownPeople(const std::set<std::string>& people) const override {
    std::set<std::string> known = people;
    known.erase("people/ghost");
    return known;
  }
  absl::StatusOr<bool> HasProgramme(const std::string&) const override { return true; }
  absl::StatusOr<bool> HasCohort(const std::string&) const override { return true; }
};

// People who sit on juries, and how often that was asked.
class FakeJuries : public JuryLookup {
 public:
  absl::StatusOr<Seats> SeatsOf(const std::string& person, const std::vector<std::string>&) const override {
    ++asked;
    const auto found = seats.find(person);
    return found == seats.end() ? Seats{} : found->second;
  }
  std::map<std::string, Seats> seats;
  mutable int asked = 0;
};

// What reviews would require.
class ReviewsMissing : public LifeCondition {
 public:
  absl::StatusOr<std::vector<Unmet>> UnmetFor(ThesisEvent event, const Thesis&) const override {
    if (event != E::kAuthorise || is_met) return std::vector<Unmet>{};
    return std::vector<Unmet>{{"reviews_rendered", "one review is missing", true}};
  }
  bool is_met = false;
};

Caller Person(const std::string& id, Role role) {
  return {.account = absl::StrCat("accounts/", id),
          .person = absl::StrCat("people/", id),
          .grants = {{role, kMsi}}};
}
Caller Ana() { return Person("ana", Role::kStudent); }
Caller Sam() { return Person("sam", Role::kSupervisor); }
Caller Tom() { return Person("tom", Role::kCompanyTutor); }
Caller Pia() { return Person("pia", Role::kJuror); }
Caller Zoe() { return Person("zoe", Role::kStudent); }
Caller Staff() { return {.account = "accounts/staff", .grants = {{Role::kStaff, kMsi}}}; }
Caller Head() { return {.account = "accounts/head", .grants = {{Role::kProgrammeHead, kMsi}}}; }

class LivesTest : public ::testing::Test {
 protected:
  Thesis AThesis(const std::string& id = "42") {
    return {.id = id,
            .title = "Federated learning",
            .authors = {"people/ana"},
            .supervisor = "people/sam",
            .company_tutor = "people/tom",
            .programme = kMsi};
  }
  absl::StatusOr<Thesis> Cause(const Caller& caller, E event, const std::string& reason = "",
                               std::optional<absl::Time> until = std::nullopt,
                               std::vector<std::string> waive = {}) {
    clock_.Advance(absl::Seconds(1));
    return lives_.Transition(
        caller, {.id = "42", .event = event, .reason = reason, .until = until, .waive = std::move(waive)},
        {});
  }
  void Opine(const Caller& caller, Opinion::Side side) {
    ASSERT_OK(lives_.GiveOpinion(caller, {.thesis = "42", .side = side}, {}));
  }
  // A version of the thesis that arrives now.
  void Receive(DraftKind kind) {
    clock_.Advance(absl::Seconds(1));
    const std::string upload = absl::StrCat("u", ++uploads_);
    ASSERT_OK(draft_store_.Write([&](DraftStore::Writer& writer) -> absl::Status {
      RETURN_IF_ERROR(writer.InsertUpload({.thesis = "42", .id = upload, .kind = kind}));
      return writer.InsertDraft(
          {.thesis = "42", .number = uploads_, .kind = kind, .received = clock_.Now(), .upload = upload});
    }));
  }
  void CreateInState(S state) {
    Thesis thesis = AThesis();
    thesis.state = state;
    ASSERT_OK(store_.Write([&](SubmissionStore::Writer& writer) { return writer.Insert(thesis); }));
  }
  std::vector<std::string> HistoryOf(const Caller& caller) {
    std::vector<std::string> lines;
    const auto page = lives_.ListHistory(caller, "42", {});
    EXPECT_OK(page);
    if (!page.ok()) return lines;
    for (const ThesisChange& change : page->items) {
      lines.push_back(absl::StrCat(EventName(change.event), ">", StateName(change.to)));
    }
    return lines;
  }

  std::unique_ptr<storage::sql::Database> database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "submissions");
  storage::sql::SubmissionStore store_{*database_};
  storage::sql::DraftStore draft_store_{*database_};
  Everybody people_;
  FakeJuries juries_;
  ReviewsMissing reviews_;
  soutenance::testing::FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  Lives lives_{
      {.store = store_, .people = people_, .juries = juries_, .clock = clock_, .conditions = {&reviews_}}};
  Submissions submissions_{store_, people_, clock_, juries_};
  ProblemBank bank_{store_, people_, clock_};
  int uploads_ = 0;
};

TEST_F(LivesTest, GoFromASubjectToADisseminatedThesis) {
  juries_.seats["people/pia"] = {{"42", Seat::kPresident}};
  ASSERT_OK(lives_.Propose(Ana(), AThesis(), /*is_draft=*/true, {}));
  ASSERT_OK(Cause(Ana(), E::kSubmitSubject));
  Opine(Staff(), Opinion::Side::kProgramme);
  Opine(Sam(), Opinion::Side::kSupervisor);
  Opine(Tom(), Opinion::Side::kCompany);
  ASSERT_OK(Cause(Head(), E::kValidateSubject));
  ASSERT_OK(Cause(Ana(), E::kStartWork));
  Receive(DraftKind::kDeposit);
  ASSERT_OK(Cause(Ana(), E::kDeposit));
  ASSERT_OK(Cause(Staff(), E::kReceive));
  reviews_.is_met = true;
  ASSERT_OK(Cause(Sam(), E::kAuthorise));
  ASSERT_OK(Cause(Pia(), E::kRecordDefence));
  ASSERT_OK(Cause(Pia(), E::kAskCorrections, "typos", clock_.Now() + absl::Hours(100)));
  Receive(DraftKind::kCorrected);
  ASSERT_OK(Cause(Ana(), E::kDepositCorrections));
  ASSERT_OK(Cause(Sam(), E::kAccept));
  ASSERT_OK(Cause(Staff(), E::kArchive));
  EXPECT_THAT(Cause(Staff(), E::kDisseminate),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("CONDITION_UNMET")));
  ASSERT_OK(lives_.SetConsent(Ana(), {.id = "42", .is_given = true}, {}));
  ASSERT_OK_AND_ASSIGN(const Thesis thesis, Cause(Staff(), E::kDisseminate));
  EXPECT_EQ(thesis.state, S::kDisseminated);
  EXPECT_THAT(
      HistoryOf(Ana()),
      ElementsAre("submit_subject>subject_proposed", "validate_subject>subject_validated",
                  "start_work>active", "deposit>deposited", "receive>in_review", "authorise>authorised",
                  "record_defence>defended", "ask_corrections>to_correct", "deposit_corrections>corrected",
                  "accept>accepted", "archive>archived", "disseminate>disseminated"));
}

// Every event, from every state, by everybody: exactly what the table says goes through.
TEST_F(LivesTest, LetHappenExactlyWhatTheTableSays) {
  juries_.seats["people/pia"] = {{"42", Seat::kPresident}};
  const std::vector<std::pair<Caller, Actors>> callers = {
      {Ana(), {Actor::kAuthor}},    {Sam(), {Actor::kSupervisor}}, {Tom(), {Actor::kCompanyTutor}},
      {Pia(), {Actor::kPresident}}, {Staff(), {Actor::kStaff}},    {Head(), {Actor::kProgrammeHead}}};
  CreateInState(S::kActive);
  int happened = 0;
  for (int s = static_cast<int>(kFirstThesisState); s <= static_cast<int>(kLastThesisState); ++s) {
    ASSERT_OK(store_.Write([&](SubmissionStore::Writer& writer) -> absl::Status {
      ASSIGN_OR_RETURN(std::optional<Thesis> thesis, writer.Find("42"));
      thesis->state = static_cast<S>(s);
      return writer.Update(*thesis);
    }));
    for (int e = static_cast<int>(kFirstThesisEvent); e <= static_cast<int>(kLastThesisEvent); ++e) {
      const LifeRule* const rule = FindRule(static_cast<E>(e), static_cast<S>(s));
      for (const auto& [caller, actors] : callers) {
        ThesisTransition transition{.id = "42", .event = static_cast<E>(e), .reason = "because"};
        if (rule != nullptr && rule->needs_until) transition.until = clock_.Now() + absl::Hours(1);
        const auto result = lives_.Transition(caller, transition, {.validate_only = true});
        const std::string cell = absl::StrCat(EventName(transition.event), " from ",
                                              StateName(static_cast<S>(s)), " by ", caller.account);
        if (rule == nullptr) {
          EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("THESIS_STATE")))
              << cell;
        } else if (!rule->who.Meets(actors)) {
          EXPECT_THAT(result, StatusIs(absl::StatusCode::kPermissionDenied, Reason("NOT_YOUR_EVENT")))
              << cell;
        } else if (result.ok()) {
          ++happened;
        } else {
          EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("CONDITION_UNMET")))
              << cell;
        }
      }
    }
  }
  EXPECT_GT(happened, 100);
}

TEST_F(LivesTest, RefuseWithStateAllowedEventsAndWhoCausesThem) {
  CreateInState(S::kInReview);
  const absl::Status status = Cause(Ana(), E::kArchive).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("THESIS_STATE")));
  const auto facts = FactsOf(status).metadata;
  EXPECT_EQ(facts.at("state"), "in_review");
  EXPECT_THAT(facts.at("allowed"), HasSubstr("authorise (supervisor, programme_head)"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("refuse_defence (supervisor, programme_head)"));
}

TEST_F(LivesTest, LetTheHeadSetAConditionAsideWithAReasonAndNobodyElse) {
  CreateInState(S::kInReview);
  EXPECT_THAT(Cause(Sam(), E::kAuthorise, "hurry", std::nullopt, {"reviews_rendered"}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("CONDITION_UNMET")));
  EXPECT_THAT(Cause(Head(), E::kAuthorise, "", std::nullopt, {"reviews_rendered"}),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  ASSERT_OK(Cause(Head(), E::kAuthorise, "the reviewer is ill", std::nullopt, {"reviews_rendered"}));
  ASSERT_OK_AND_ASSIGN(const auto page, lives_.ListHistory(Staff(), "42", {}));
  EXPECT_THAT(page.items, ElementsAre(Field(&ThesisChange::waived, ElementsAre("reviews_rendered"))));
}

TEST_F(LivesTest, AskForReasonsAndDates) {
  CreateInState(S::kDeposited);
  const auto fields = [&](const std::string& reason, std::optional<absl::Time> until) {
    std::vector<std::string> names;
    const absl::Status status = Cause(Staff(), E::kAskCompletion, reason, until).status();
    for (const FieldViolation& each : FactsOf(status).fields) names.push_back(each.field);
    return names;
  };
  EXPECT_THAT(fields("", std::nullopt), ElementsAre("reason", "until_time"));
  EXPECT_THAT(fields("pages are missing", clock_.Now() - absl::Hours(1)), ElementsAre("until_time"));
  EXPECT_THAT(fields("pages are missing", clock_.Now() + absl::Hours(1)), IsEmpty());
}

TEST_F(LivesTest, GoOnAfterAnInterruptionWhereTheyWere) {
  CreateInState(S::kInReview);
  ASSERT_OK(Cause(Head(), E::kSuspend, "illness"));
  ASSERT_OK(Cause(Ana(), E::kAbandon, "a job"));
  ASSERT_OK_AND_ASSIGN(const Thesis back, Cause(Head(), E::kReinstate, "changed her mind"));
  EXPECT_EQ(back.state, S::kInReview);
  EXPECT_EQ(back.state_before, std::nullopt);
}

TEST_F(LivesTest, KeepWithdrawThesisAsTheSameEvent) {
  CreateInState(S::kActive);
  ASSERT_OK(submissions_.WithdrawThesis(Staff(), {.id = "42", .reason = "left"}, {}));
  EXPECT_THAT(HistoryOf(Staff()), ElementsAre("withdraw>withdrawn"));
  ASSERT_OK_AND_ASSIGN(const Thesis back, Cause(Head(), E::kReinstate, "came back"));
  EXPECT_FALSE(back.IsWithdrawn());
  EXPECT_EQ(back.state, S::kActive);
}

TEST_F(LivesTest, TellEachRecipientOnceAndNotTheOneWhoCausedIt) {
  CreateInState(S::kActive);
  Receive(DraftKind::kDeposit);
  ASSERT_OK(Cause(Ana(), E::kDeposit));
  ASSERT_OK_AND_ASSIGN(const auto all, lives_.ListNotices(Staff(), kMsi, {}));
  std::vector<std::string> names;
  for (const Notice& notice : all.items) names.push_back(notice.Name());
  EXPECT_THAT(names, ElementsAre("theses/42/notices/000001-sam", "theses/42/notices/000001-staff",
                                 "theses/42/notices/000001-tom"));
  ASSERT_OK_AND_ASSIGN(const auto own, lives_.ListNotices(Sam(), "", {}));
  EXPECT_THAT(own.items, ElementsAre(Field(&Notice::person, "people/sam")));
  ASSERT_OK_AND_ASSIGN(const auto hidden, lives_.ListNotices(Sam(), kMsi, {}));
  EXPECT_THAT(hidden.items, IsEmpty());
}

TEST_F(LivesTest, SayForEveryEventWhetherTheCallerCanCauseItAndWhoElse) {
  CreateInState(S::kInReview);
  ASSERT_OK_AND_ASSIGN(const Possibilities of_sam, lives_.ListTransitions(Sam(), "42"));
  EXPECT_EQ(of_sam.events.size(), static_cast<std::size_t>(kLastThesisEvent));
  const auto of = [](const Possibilities& all, E event) {
    return all.events[static_cast<std::size_t>(event) - 1];
  };
  const Possibility authorise = of(of_sam, E::kAuthorise);
  EXPECT_TRUE(authorise.is_from_here && authorise.is_yours);
  EXPECT_FALSE(authorise.IsPossible());
  EXPECT_THAT(authorise.unmet, ElementsAre(Field(&Unmet::word, "reviews_rendered")));
  EXPECT_TRUE(of(of_sam, E::kRefuseDefence).IsPossible());
  EXPECT_FALSE(of(of_sam, E::kArchive).is_from_here);
  ASSERT_OK_AND_ASSIGN(const Possibilities of_ana, lives_.ListTransitions(Ana(), "42"));
  EXPECT_FALSE(of(of_ana, E::kRefuseDefence).IsPossible());
  EXPECT_EQ(NamesOf(of(of_ana, E::kRefuseDefence).who), "supervisor, programme_head");
}

TEST_F(LivesTest, HideTheirDealingsFromThoseWithoutAPart) {
  CreateInState(S::kActive);
  ASSERT_OK(Cause(Head(), E::kExtend, "illness of the author", clock_.Now() + absl::Hours(9)));
  const Caller liaison = {.account = "accounts/l", .grants = {{Role::kCompanyLiaison, kMsi}}};
  EXPECT_THAT(HistoryOf(liaison), IsEmpty());
  ASSERT_OK_AND_ASSIGN(const Thesis seen, submissions_.GetThesis(liaison, "42"));
  EXPECT_EQ(seen.state_until, std::nullopt);
  EXPECT_THAT(lives_.ListHistory(Zoe(), "42", {}),
              StatusIs(absl::StatusCode::kNotFound, Reason("THESIS_NOT_FOUND")));
  EXPECT_THAT(lives_.ListHistory(Zoe(), "43", {}),
              StatusIs(absl::StatusCode::kNotFound, Reason("THESIS_NOT_FOUND")));
}

TEST_F(LivesTest, KeepTheOpinionsOfEachRoundApart) {
  ASSERT_OK(lives_.Propose(Ana(), AThesis(), /*is_draft=*/false, {}));
  EXPECT_THAT(lives_.GiveOpinion(Sam(), {.thesis = "42", .side = Opinion::Side::kCompany}, {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("NOT_YOUR_OPINION")));
  EXPECT_THAT(
      lives_.GiveOpinion(
          Sam(), {.thesis = "42", .side = Opinion::Side::kSupervisor, .verdict = Opinion::Verdict::kReserved},
          {}),
      StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  Opine(Sam(), Opinion::Side::kSupervisor);
  EXPECT_THAT(lives_.ListOpinions(Ana(), "42"), IsOkAndHolds(::testing::SizeIs(1)));
  ASSERT_OK(Cause(Head(), E::kAskRevision, "too wide"));
  ASSERT_OK(Cause(Ana(), E::kSubmitSubject));
  EXPECT_THAT(lives_.ListOpinions(Ana(), "42"), IsOkAndHolds(IsEmpty()));
}

TEST_F(LivesTest, BeginWithThoseWhoHaveAPart) {
  EXPECT_THAT(lives_.Propose(Zoe(), AThesis(), false, {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("NOT_A_PARTY")));
  Thesis elsewhere = AThesis();
  elsewhere.programme = "programmes/law";
  EXPECT_THAT(lives_.Propose(Ana(), elsewhere, false, {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("NOT_A_PARTY")));
  EXPECT_OK(lives_.Propose(Sam(), AThesis(), false, {}));
}

TEST_F(LivesTest, AreWrittenByAuthorsOnlyAsFarAsTheyMay) {
  CreateInState(S::kActive);
  Thesis values = AThesis();
  values.title = "Another title";
  values.abstract = "About";
  EXPECT_THAT(submissions_.UpdateThesis(Ana(), {.values = values, .fields = {ThesisField::kTitle}}, {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("FIELD_NOT_YOURS")));
  EXPECT_THAT(submissions_.UpdateThesis(Ana(), {.values = values, .fields = {ThesisField::kAbstract}}, {}),
              IsOkAndHolds(Field(&Thesis::abstract, "About")));
}

TEST_F(LivesTest, OpenDepositsToTheJuryAndAskNobodyAboutStudents) {
  CreateInState(S::kInReview);
  juries_.seats["people/pia"] = {{"42", Seat::kGuest}};
  EXPECT_OK(submissions_.GetThesis(Pia(), "42"));
  EXPECT_THAT(submissions_.ListTheses(Pia(), {}),
              IsOkAndHolds(Field(&Page<Thesis>::items, ::testing::SizeIs(1))));
  const int asked = juries_.asked;
  EXPECT_OK(submissions_.GetThesis(Ana(), "42"));
  EXPECT_THAT(submissions_.GetThesis(Zoe(), "42"),
              StatusIs(absl::StatusCode::kNotFound, Reason("THESIS_NOT_FOUND")));
  EXPECT_OK(submissions_.GetThesis(Sam(), "42"));
  EXPECT_EQ(juries_.asked, asked);
}

class ProblemBankTest : public LivesTest {
 protected:
  Problem AProblem(const std::string& id = "p1") {
    return {.id = id,
            .title = "Forecasts of loads",
            .statement = "Data of ten years",
            .teaser = "Energy",
            .programme = kMsi,
            .company = "Voltis",
            .supervisor = "people/sam"};
  }
};

TEST_F(ProblemBankTest, TurnsAWishIntoTheProposedSubjectOfAThesis) {
  ASSERT_OK_AND_ASSIGN(const Problem offered, bank_.Offer(Tom(), AProblem(), {}));
  EXPECT_EQ(offered.owner, "people/tom");
  EXPECT_EQ(offered.company_tutor, "people/tom");
  ASSERT_OK(bank_.MakeWish(Ana(), {.problem = "p1", .partner = "people/zoe"}, {}));
  EXPECT_THAT(bank_.Accept(Zoe(), {.wish = {"p1", "people/ana"}, .thesis_id = "42"}, {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("NOT_THE_OWNER")));
  ASSERT_OK(bank_.Accept(Tom(), {.wish = {"p1", "people/ana"}, .thesis_id = "42"}, {}));
  ASSERT_OK_AND_ASSIGN(const Thesis thesis, submissions_.GetThesis(Ana(), "42"));
  EXPECT_EQ(thesis.state, S::kSubjectProposed);
  EXPECT_EQ(thesis.title, "Forecasts of loads");
  EXPECT_THAT(thesis.authors, ElementsAre("people/ana", "people/zoe"));
  EXPECT_EQ(thesis.problem, "problems/p1");
  EXPECT_THAT(bank_.Get(Ana(), "p1"), IsOkAndHolds(Field(&Problem::taken, 1)));
  EXPECT_THAT(bank_.MakeWish(Person("leo", Role::kStudent), {.problem = "p1"}, {}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("PROBLEM_NOT_OFFERED")));
}

TEST_F(ProblemBankTest, ShowsOnlyTheTeaserOfAConfidentialProblem) {
  Problem secret = AProblem();
  secret.level = Confidentiality::kJury;
  ASSERT_OK(bank_.Offer(Tom(), secret, {}));
  ASSERT_OK_AND_ASSIGN(const Problem seen, bank_.Get(Ana(), "p1"));
  EXPECT_EQ(seen.title, "");
  EXPECT_EQ(seen.company, "");
  EXPECT_EQ(seen.teaser, "Energy");
  EXPECT_THAT(bank_.List(Ana(), {.text = "forecasts"}),
              IsOkAndHolds(Field(&Page<Problem>::items, IsEmpty())));
  EXPECT_THAT(bank_.List(Tom(), {.text = "forecasts"}),
              IsOkAndHolds(Field(&Page<Problem>::items, ::testing::SizeIs(1))));
  const Caller elsewhere = {.account = "accounts/e", .grants = {{Role::kStudent, "programmes/law"}}};
  EXPECT_THAT(bank_.Get(elsewhere, "p1"), StatusIs(absl::StatusCode::kNotFound, Reason("PROBLEM_NOT_FOUND")));
}

TEST_F(ProblemBankTest, ClosesWithTheWishesThatWait) {
  ASSERT_OK(bank_.Offer(Sam(), AProblem(), {}));
  ASSERT_OK(bank_.MakeWish(Ana(), {.problem = "p1"}, {}));
  ASSERT_OK(bank_.Close(Sam(), "p1", std::nullopt, {}));
  EXPECT_THAT(bank_.ListWishes(Ana(), "p1"),
              IsOkAndHolds(ElementsAre(Field(&Wish::state, Wish::State::kDeclined))));
  EXPECT_THAT(bank_.CancelWish(Ana(), {"p1", "people/ana"}, {}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("WISH_DECIDED")));
}

TEST_F(ProblemBankTest, LetsNobodySeeTheWishesOfOthers) {
  ASSERT_OK(bank_.Offer(Sam(), AProblem(), {}));
  ASSERT_OK(bank_.MakeWish(Ana(), {.problem = "p1"}, {}));
  EXPECT_THAT(bank_.ListWishes(Zoe(), "p1"), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(bank_.Get(Zoe(), "p1"), IsOkAndHolds(Field(&Problem::wishes, 0)));
  EXPECT_THAT(bank_.Get(Sam(), "p1"), IsOkAndHolds(Field(&Problem::wishes, 1)));
  EXPECT_THAT(bank_.CancelWish(Zoe(), {"p1", "people/ana"}, {}),
              StatusIs(absl::StatusCode::kNotFound, Reason("WISH_NOT_FOUND")));
}

}  // namespace
}  // namespace soutenance::submissions
