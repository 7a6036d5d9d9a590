#include "services/submissions/reviews/reviews.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/submissions/drafts.h"
#include "services/submissions/reviews/reader_seats.h"
#include "storage/files/content_store.h"
#include "storage/files/file_system.h"
#include "storage/files/sha256.h"
#include "storage/open.h"
#include "storage/sql/draft_store.h"
#include "storage/sql/review_store.h"
#include "storage/sql/submission_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/process.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::submissions {
namespace {

using ::soutenance::testing::IsOk;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kMsi[] = "programmes/msi";
constexpr char kGrid[] = "programmes/msi/grids/thesis";

Caller Person(const std::string& id, Role role) {
  return {.account = absl::StrCat("accounts/", id),
          .person = absl::StrCat("people/", id),
          .grants = {{role, kMsi}}};
}
Caller Ana() { return Person("ana", Role::kStudent); }
Caller Sam() { return Person("sam", Role::kSupervisor); }
Caller Tom() { return Person("tom", Role::kCompanyTutor); }
Caller Rita() { return Person("rita", Role::kReviewer); }
Caller Remi() { return Person("remi", Role::kReviewer); }
Caller Zoe() { return Person("zoe", Role::kStudent); }
Caller Staff() { return {.account = "accounts/staff", .grants = {{Role::kStaff, kMsi}}}; }
Caller Head() { return {.account = "accounts/head", .grants = {{Role::kProgrammeHead, kMsi}}}; }

ReviewKey Of(const std::string& id) { return {.thesis = "42", .reviewer = absl::StrCat("people/", id)}; }

class Everybody final : public PeopleLookup {
 public:
  absl::StatusOr<std::set<std::string>> KnownPeople(const std::set<std::string>& people) const override {
    std::set<std::string> known = people;
    known.erase("people/nobody");
    return known;
  }
  absl::StatusOr<bool> HasProgramme(const std::string& programme) const override {
    return programme != "programmes/none";
  }
  absl::StatusOr<bool> HasCohort(const std::string&) const override { return true; }
};

// Remi has a conflict with every thesis.
class RemiHasAConflict final : public ReviewerCheck {
 public:
  absl::Status Check(const Thesis& thesis, const std::string& person) const override {
    asked.push_back(absl::StrCat(thesis.Name(), " ", person));
    if (!reachable) return Error(absl::StatusCode::kUnavailable, "away", {.reason = "PEER_DOWN"});
    if (while_asked) while_asked();
    if (!is_asked_in_earnest || person != "people/remi") return absl::OkStatus();
    return Error(absl::StatusCode::kFailedPrecondition, "remi has a conflict",
                 {.reason = "CONFLICT_OF_INTEREST"});
  }
  mutable std::vector<std::string> asked;
  bool reachable = true;
  bool is_asked_in_earnest = false;
  std::function<void()> while_asked;
};

class ReviewsTest : public ::testing::Test {
 protected:
  ReviewsTest() {
    storage::sql::SubmissionStore theses(*database_);
    EXPECT_OK(theses.Write([](SubmissionStore::Writer& writer) {
      return writer.Insert({.id = "42",
                            .title = "T",
                            .authors = {"people/ana"},
                            .supervisor = "people/sam",
                            .company_tutor = "people/tom",
                            .programme = kMsi});
    }));
    EXPECT_OK(reviews_.SetGrid(
        Staff(),
        {.programme = kMsi,
         .id = "thesis",
         .title = "Thesis",
         .criteria = {{.id = "method", .title = "Method", .points_max = 20},
                      {.id = "text", .title = "Text", .points_max = 5, .comment_required = true}}},
        std::nullopt, {}));
  }

  absl::Time Now() const { return clock_.Now(); }

  absl::StatusOr<Review> Invite(const std::string& id, const std::string& grid = kGrid) {
    return reviews_.Invite(Staff(),
                           {.thesis = "42",
                            .reviewer = absl::StrCat("people/", id),
                            .respond_by = Now() + absl::Hours(24 * 5),
                            .due = Now() + absl::Hours(24 * 20),
                            .grid = grid},
                           {});
  }
  absl::StatusOr<Review> Do(const Caller& caller, const std::string& id, ReviewStep step,
                            const std::string& reason = "") {
    return reviews_.Change(caller, {.key = Of(id), .step = step, .reason = reason}, {});
  }
  absl::StatusOr<Review> SaveAll(const Caller& caller, const std::string& id) {
    return reviews_.Save(caller,
                         {.thesis = "42",
                          .reviewer = absl::StrCat("people/", id),
                          .opinion = ReviewOpinion::kFavourable,
                          .student_comment = "Well done",
                          .staff_comment = "Too kind?",
                          .marks = {{"method", 15, ""}, {"text", 4, "clear"}}},
                         std::nullopt, {});
  }
  // Everything up to a review that was handed in.
  void HandIn(const Caller& caller, const std::string& id) {
    EXPECT_OK(Invite(id));
    EXPECT_OK(Do(caller, id, ReviewStep::kAccept));
    EXPECT_OK(SaveAll(caller, id));
    EXPECT_OK(Do(caller, id, ReviewStep::kSubmit));
  }
  std::vector<std::string> Events(const std::string& id) {
    std::vector<std::string> names;
    const auto events = reviews_.ListEvents(Staff(), Of(id));
    EXPECT_OK(events);
    for (const ReviewEvent& each : *events) names.push_back(each.event);
    return names;
  }
  std::vector<std::string> SeenBy(const Caller& caller) {
    std::vector<std::string> names;
    const auto reviews = reviews_.ListOfThesis(caller, "42");
    if (!reviews.ok()) return {FactsOf(reviews.status()).reason};
    for (const Review& each : *reviews) names.push_back(each.reviewer);
    return names;
  }

  soutenance::testing::TemporaryFolder folder_;
  std::unique_ptr<storage::sql::Database> database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "submissions");
  storage::sql::ReviewStore store_{*database_};
  std::unique_ptr<storage::files::ContentStore> contents_ =
      *storage::files::ContentStore::Open(storage::files::PosixFileSystem(), folder_.path());
  Everybody people_;
  soutenance::testing::FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  RemiHasAConflict conflicts_;
  Reviews reviews_{store_, *contents_, people_, conflicts_, clock_};
};

TEST_F(ReviewsTest, GoFromTheInvitationToTheAuthors) {
  HandIn(Rita(), "rita");
  ASSERT_OK_AND_ASSIGN(const Review review, Do(Staff(), "rita", ReviewStep::kValidate));
  EXPECT_EQ(review.state, ReviewState::kValidated);
  EXPECT_EQ(review.submitted, Now());
  EXPECT_THAT(Events("rita"), ElementsAre("invite", "accept", "submit", "validate"));
}

TEST_F(ReviewsTest, AreSeenByEachAsTheStateAllows) {
  HandIn(Rita(), "rita");
  // Submitted: the supervisor, not yet the others.
  ASSERT_OK_AND_ASSIGN(Review seen, reviews_.Get(Sam(), Of("rita")));
  EXPECT_EQ(seen.student_comment, "Well done");
  EXPECT_EQ(seen.staff_comment, "");
  for (const Caller& caller : {Ana(), Tom(), Zoe(), Remi()}) {
    EXPECT_THAT(reviews_.Get(caller, Of("rita")),
                StatusIs(absl::StatusCode::kNotFound, Reason("REVIEW_NOT_FOUND")))
        << caller.person;
  }
  EXPECT_OK(Do(Staff(), "rita", ReviewStep::kValidate));
  for (const Caller& caller : {Ana(), Tom(), Sam()}) {
    ASSERT_OK_AND_ASSIGN(seen, reviews_.Get(caller, Of("rita")));
    EXPECT_EQ(seen.staff_comment, "") << caller.person;
  }
  ASSERT_OK_AND_ASSIGN(seen, reviews_.Get(Staff(), Of("rita")));
  EXPECT_EQ(seen.staff_comment, "Too kind?");
  EXPECT_THAT(SeenBy(Zoe()), ElementsAre("THESIS_NOT_FOUND"));
}

TEST_F(ReviewsTest, OfOthersAreHiddenUntilTheOwnIsHandedIn) {
  HandIn(Rita(), "rita");
  EXPECT_OK(Invite("remi"));
  EXPECT_OK(Do(Remi(), "remi", ReviewStep::kAccept));
  EXPECT_THAT(SeenBy(Remi()), ElementsAre("people/remi"));
  EXPECT_OK(SaveAll(Remi(), "remi"));
  EXPECT_OK(Do(Remi(), "remi", ReviewStep::kSubmit));
  EXPECT_THAT(SeenBy(Remi()), ElementsAre("people/remi", "people/rita"));
  // Also for staff who review: nobody judges freely who has read the others first.
  Caller head = Head();
  head.person = "people/hugo";
  EXPECT_OK(Invite("hugo"));
  EXPECT_THAT(SeenBy(head), ElementsAre("people/hugo"));
}

TEST_F(ReviewsTest, AreNotHiddenByAnInvitationThatWasNeverAnswered) {
  HandIn(Rita(), "rita");
  Caller head = Head();
  head.person = "people/hugo";
  ASSERT_OK_AND_ASSIGN(const Review invited, Invite("hugo"));
  clock_.Set(*invited.respond_by);
  EXPECT_THAT(SeenBy(head), ElementsAre("people/hugo"));
  clock_.Set(*invited.respond_by + absl::Microseconds(1));
  EXPECT_THAT(SeenBy(head), ElementsAre("people/hugo", "people/rita"));
  EXPECT_OK(Do(head, "rita", ReviewStep::kValidate));
}

TEST_F(ReviewsTest, RefuseEveryStepThatTheTableDoesNotHave) {
  using Step = ReviewStep;
  using State = ReviewState;
  const std::map<State, std::set<Step>> possible = {
      {State::kInvited, {Step::kAccept, Step::kDecline, Step::kCancel}},
      {State::kDeclined, {Step::kInvite}},
      {State::kAccepted, {Step::kSave, Step::kAttach, Step::kSubmit, Step::kCancel}},
      {State::kSubmitted, {Step::kValidate, Step::kReopen}},
      {State::kValidated, {Step::kReopen}},
      {State::kReopened, {Step::kSave, Step::kAttach, Step::kSubmit, Step::kCancel}},
      {State::kCancelled, {Step::kInvite}}};
  const std::vector<Step> all = {Step::kInvite, Step::kAccept,   Step::kDecline, Step::kSave,  Step::kAttach,
                                 Step::kSubmit, Step::kValidate, Step::kReopen,  Step::kCancel};
  const Thesis thesis{.id = "42", .authors = {"people/ana"}, .supervisor = "people/sam", .programme = kMsi};
  for (const State state : kReviewStates) {
    for (const Step step : all) {
      const Review review{
          .thesis = "42", .reviewer = "people/rita", .state = state, .due = Now() + absl::Hours(1)};
      // Everybody a step may need, in one.
      Caller caller = Rita();
      caller.grants = {{Role::kProgrammeHead, kMsi}};
      const absl::Status status = CheckStep(caller, thesis, review, step, "why", Now());
      if (possible.at(state).contains(step)) {
        EXPECT_OK(status) << StateName(state) << " " << StepName(step);
        EXPECT_THAT(CheckStep(Zoe(), thesis, review, step, "why", Now()),
                    StatusIs(absl::StatusCode::kPermissionDenied));
      } else {
        EXPECT_THAT(status,
                    StatusIs(absl::StatusCode::kFailedPrecondition, Reason("REVIEW_TRANSITION_REFUSED")))
            << StateName(state) << " " << StepName(step);
        EXPECT_THAT(std::string(status.message()), HasSubstr("Possible: "));
      }
    }
  }
}

TEST_F(ReviewsTest, CanBeAcceptedUntilTheVeryInstant) {
  ASSERT_OK_AND_ASSIGN(const Review invited, Invite("rita"));
  clock_.Set(*invited.respond_by + absl::Microseconds(1));
  EXPECT_THAT(Do(Rita(), "rita", ReviewStep::kAccept),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("REVIEW_TRANSITION_REFUSED")));
  clock_.Set(*invited.respond_by);
  EXPECT_OK(Do(Rita(), "rita", ReviewStep::kAccept));
}

TEST_F(ReviewsTest, CanBeAskedForAgainAfterSilenceOrRefusal) {
  ASSERT_OK_AND_ASSIGN(const Review invited, Invite("rita"));
  EXPECT_THAT(Invite("rita"), StatusIs(absl::StatusCode::kFailedPrecondition));
  clock_.Set(*invited.respond_by + absl::Hours(1));
  EXPECT_OK(Invite("rita"));
  EXPECT_OK(Do(Rita(), "rita", ReviewStep::kDecline, "no time"));
  EXPECT_OK(Invite("rita"));
  EXPECT_THAT(Events("rita"), ElementsAre("invite", "invite", "decline", "invite"));
}

TEST_F(ReviewsTest, AreNotSubmittedIncomplete) {
  EXPECT_OK(Invite("rita"));
  EXPECT_OK(Do(Rita(), "rita", ReviewStep::kAccept));
  EXPECT_OK(reviews_.Save(Rita(),
                          {.thesis = "42",
                           .reviewer = "people/rita",
                           .opinion = ReviewOpinion::kReserved,
                           .marks = {{"text", 4, ""}}},
                          std::nullopt, {}));
  const auto refused = Do(Rita(), "rita", ReviewStep::kSubmit);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("REVIEW_INCOMPLETE")));
  // A comment for a reserved opinion, a mark for the method, a comment on the text.
  EXPECT_EQ(FactsOf(refused.status()).preconditions.size(), 3u);
}

TEST_F(ReviewsTest, TakeOnlyMarksOfTheirGrid) {
  EXPECT_OK(Invite("rita"));
  EXPECT_OK(Do(Rita(), "rita", ReviewStep::kAccept));
  const auto save = [&](std::vector<Mark> marks) {
    return reviews_
        .Save(Rita(), {.thesis = "42", .reviewer = "people/rita", .marks = std::move(marks)}, std::nullopt,
              {})
        .status();
  };
  EXPECT_THAT(save({{"method", 21, ""}}), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(save({{"method", -1, ""}}), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(save({{"style", 1, ""}}), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(save({{"method", 1, ""}, {"method", 2, ""}}), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_OK(save({{"method", 0, ""}, {"text", 5, ""}}));
}

TEST_F(ReviewsTest, KeepAGridFromLosingMarksThatWereGiven) {
  HandIn(Rita(), "rita");
  Grid grid{.programme = kMsi, .id = "thesis", .title = "T", .criteria = {{.id = "method", .title = "M"}}};
  EXPECT_THAT(reviews_.SetGrid(Staff(), grid, std::nullopt, {}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("GRID_IN_USE")));
  grid.criteria.push_back({.id = "text", .title = "Text", .points_max = 3});
  EXPECT_THAT(reviews_.SetGrid(Staff(), grid, std::nullopt, {}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("GRID_IN_USE")));
  grid.criteria[1].points_max = 4;
  EXPECT_OK(reviews_.SetGrid(Staff(), grid, std::nullopt, {}));
}

TEST_F(ReviewsTest, AreNotSubmittedWithMarksThatTheirGridLostMeanwhile) {
  EXPECT_OK(Invite("rita"));
  EXPECT_OK(Do(Rita(), "rita", ReviewStep::kAccept));
  EXPECT_OK(SaveAll(Rita(), "rita"));
  EXPECT_OK(reviews_.SetGrid(Staff(),
                             {.programme = kMsi,
                              .id = "thesis",
                              .title = "T",
                              .criteria = {{.id = "method", .title = "Method", .points_max = 10}}},
                             std::nullopt, {}));
  const auto refused = Do(Rita(), "rita", ReviewStep::kSubmit);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("REVIEW_INCOMPLETE")));
  // Too many points for the method, and no criterion for the text.
  EXPECT_EQ(FactsOf(refused.status()).preconditions.size(), 2u);
}

TEST_F(ReviewsTest, AreJudgedByGridsOfProgrammesThatAreThere) {
  Caller administrator{.account = "accounts/admin", .grants = {{Role::kAdministrator, ""}}};
  EXPECT_THAT(
      reviews_.SetGrid(
          administrator,
          {.programme = "programmes/none", .id = "g", .title = "T", .criteria = {{.id = "a", .title = "A"}}},
          std::nullopt, {}),
      StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(ReviewsTest, AreNotWrittenByWhoHasAnotherPartInTheThesis) {
  for (const char* person : {"ana", "sam", "tom", "nobody"}) {
    EXPECT_THAT(Invite(person), StatusIs(absl::StatusCode::kInvalidArgument)) << person;
  }
  EXPECT_THAT(Invite("rita", "programmes/msi/grids/none"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Invite("rita", "programmes/law/grids/thesis"), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(ReviewsTest, OfAThesisAreDoneOnceForEachRequest) {
  const Mutation protect{
      .request = {.request_id = "r", .account = "accounts/rita", .method = "m", .fingerprint = "f"}};
  EXPECT_OK(Invite("rita"));
  EXPECT_OK(reviews_.Change(Rita(), {.key = Of("rita"), .step = ReviewStep::kAccept}, protect));
  EXPECT_OK(reviews_.Change(Rita(), {.key = Of("rita"), .step = ReviewStep::kAccept}, protect));
  EXPECT_THAT(Events("rita"), ElementsAre("invite", "accept"));
}

TEST_F(ReviewsTest, RemindOnlyTheMissingAndOnceForEachThreshold) {
  EXPECT_OK(Invite("rita"));  // an answer within 5 days, a review within 20
  EXPECT_OK(Invite("remi"));
  EXPECT_OK(Do(Remi(), "remi", ReviewStep::kAccept));
  const absl::Time begin = Now();
  const auto remind = [&](int days) {
    clock_.Set(begin + absl::Hours(24 * days));
    std::vector<std::string> told;
    const auto reminders = reviews_.Remind(Staff(), kMsi, {}, {});
    EXPECT_OK(reminders);
    for (const ReviewReminder& each : reminders->items) {
      told.push_back(absl::StrCat(each.review.reviewer, " ", each.answer_missing ? "answer" : "review", " ",
                                  each.days_before));
    }
    return told;
  };
  EXPECT_THAT(remind(1), IsEmpty());
  EXPECT_THAT(remind(2), ElementsAre("people/rita answer 3"));
  EXPECT_THAT(remind(2), IsEmpty());
  EXPECT_THAT(remind(4), ElementsAre("people/rita answer 1"));
  EXPECT_THAT(remind(6), ElementsAre("people/rita answer 0"));
  EXPECT_THAT(remind(7), IsEmpty());
  EXPECT_THAT(remind(17), ElementsAre("people/remi review 3"));
  EXPECT_OK(SaveAll(Remi(), "remi"));
  EXPECT_OK(Do(Remi(), "remi", ReviewStep::kSubmit));
  EXPECT_THAT(remind(30), IsEmpty());
}

TEST_F(ReviewsTest, KeepTheirFileFromBeingCollected) {
  const std::string bytes = "annotated";
  storage::files::Sha256 sha256;
  sha256.Add(bytes);
  const ReviewFile file{.file_name = "notes.pdf",
                        .content = {.sha256 = sha256.Finish(), .size = static_cast<int64_t>(bytes.size())}};
  EXPECT_OK(Invite("rita"));
  EXPECT_THAT(reviews_.AttachFile(Rita(), Of("rita"), file), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_OK(Do(Rita(), "rita", ReviewStep::kAccept));
  EXPECT_THAT(reviews_.AttachFile(Remi(), Of("rita"), file), StatusIs(absl::StatusCode::kNotFound));

  storage::sql::DraftStore draft_store(*database_);
  ASSERT_OK_AND_ASSIGN(const receipts::SigningKey key,
                       receipts::SigningKey::Create(receipts::SigningKey::NewSeed()));
  const std::string institution = "I";
  Drafts drafts(
      {.store = draft_store, .contents = *contents_, .key = key, .institution = institution, .clock = clock_},
      {});
  {
    ASSERT_OK_AND_ASSIGN(const auto writer, reviews_.AttachFile(Rita(), Of("rita"), file));
    EXPECT_OK(writer->Write(bytes.substr(0, 4)));
    // A worker that cleans up meanwhile takes nothing away.
    EXPECT_OK(drafts.CollectGarbage());
    EXPECT_OK(writer->Write(bytes.substr(4)));
    EXPECT_OK(writer->Finish());
  }
  EXPECT_OK(drafts.CollectGarbage());
  ASSERT_OK_AND_ASSIGN(const auto reader, reviews_.OpenFile(Staff(), Of("rita")));
  EXPECT_THAT(reader->Read(0, 100), soutenance::testing::IsOkAndHolds(bytes));
}

TEST_F(ReviewsTest, TakeNoFileThatIsNotTheOneAnnounced) {
  EXPECT_OK(Invite("rita"));
  EXPECT_OK(Do(Rita(), "rita", ReviewStep::kAccept));
  const ReviewFile file{.file_name = "notes.pdf", .content = {.sha256 = std::string(64, 'a'), .size = 3}};
  {
    ASSERT_OK_AND_ASSIGN(const auto writer, reviews_.AttachFile(Rita(), Of("rita"), file));
    EXPECT_OK(writer->Write("ab"));
    EXPECT_THAT(writer->Finish(),
                StatusIs(absl::StatusCode::kFailedPrecondition, Reason("UPLOAD_INCOMPLETE")));
    EXPECT_OK(writer->Write("c"));
    EXPECT_THAT(writer->Finish(), StatusIs(absl::StatusCode::kFailedPrecondition, Reason("DIGEST_MISMATCH")));
  }
  ASSERT_OK_AND_ASSIGN(const Review review, reviews_.Get(Rita(), Of("rita")));
  EXPECT_EQ(review.file, std::nullopt);
}

TEST_F(ReviewsTest, AreTheSameAfterTheirRecordIsReadBack) {
  HandIn(Rita(), "rita");
  ASSERT_OK_AND_ASSIGN(Review review, reviews_.Get(Rita(), Of("rita")));
  review.file = ReviewFile{.file_name = "é.pdf", .content = {.sha256 = std::string(64, 'b'), .size = 9}};
  review.reason = "why: \"; --'";
  ASSERT_OK_AND_ASSIGN(const Review read, Review::Parse(review.Serialize()));
  EXPECT_EQ(read, review);
}

TEST_F(ReviewsTest, InviteNobodyWhoHasAConflict) {
  conflicts_.is_asked_in_earnest = true;
  EXPECT_THAT(Invite("remi"),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("CONFLICT_OF_INTEREST")));
  EXPECT_THAT(SeenBy(Staff()), IsEmpty());
  EXPECT_OK(Invite("rita"));
  EXPECT_THAT(conflicts_.asked, ElementsAre("theses/42 people/remi", "theses/42 people/rita"));
  // Who is invited again is asked about again.
  ASSERT_OK(Do(Rita(), "rita", ReviewStep::kDecline, "no time"));
  ASSERT_OK(Invite("rita"));
  EXPECT_EQ(conflicts_.asked.size(), 3u);
}

TEST_F(ReviewsTest, InviteNobodyWhileItIsNotKnownWhetherTheyHaveAConflict) {
  conflicts_.reachable = false;
  EXPECT_THAT(Invite("rita"), StatusIs(absl::StatusCode::kUnavailable, Reason("PEER_DOWN")));
  EXPECT_THAT(SeenBy(Staff()), IsEmpty());
  conflicts_.reachable = true;
  EXPECT_OK(Invite("rita")) << "the way out is to ask again";
}

TEST_F(ReviewsTest, AskAboutConflictsOnlyForThoseWhoMayInviteAndForThoseWhoCouldReview) {
  const Review rita{.thesis = "42", .reviewer = "people/rita", .due = Now() + absl::Hours(1)};
  EXPECT_THAT(reviews_.Invite(Sam(), rita, {}), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(reviews_.Invite(Zoe(), rita, {}), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Invite("nobody"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Invite("sam"), StatusIs(absl::StatusCode::kInvalidArgument)) << "supervises it";
  EXPECT_THAT(conflicts_.asked, IsEmpty());
}

TEST_F(ReviewsTest, InviteNobodyOnAnAnswerAboutOtherAuthors) {
  storage::sql::SubmissionStore theses(*database_);
  bool has_changed = false;
  conflicts_.while_asked = [&] {
    if (std::exchange(has_changed, true)) return;
    EXPECT_OK(theses.Write([](SubmissionStore::Writer& writer) -> absl::Status {
      ASSIGN_OR_RETURN(std::optional<Thesis> thesis, writer.Find("42"));
      thesis->authors = {"people/ana", "people/bob"};
      return writer.Update(*thesis);
    }));
  };
  EXPECT_THAT(Invite("rita"), StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  EXPECT_OK(Invite("rita"));
}

// A jury on which remi presides.
class RemiPresides final : public JuryLookup {
 public:
  absl::StatusOr<Seats> SeatsOf(const std::string& person, const std::vector<std::string>&) const override {
    Seats seats;
    if (person == "people/remi") seats["42"] = Seat::kPresident;
    return seats;
  }
};

TEST_F(ReviewsTest, LetWhoeverReviewsAThesisReadIt) {
  const RemiPresides juries;
  const ReaderSeats readers(juries, store_, clock_);
  const auto seat_of = [&](const std::string& id) {
    std::vector<std::string> names;
    for (const std::vector<std::string>& theses :
         {std::vector<std::string>{"42"}, std::vector<std::string>{}}) {
      const auto seats = readers.SeatsOf(absl::StrCat("people/", id), theses);
      EXPECT_OK(seats);
      const auto found = seats->find("42");
      names.push_back(found == seats->end() ? "none" : absl::StrCat(static_cast<int>(found->second)));
    }
    EXPECT_EQ(names[0], names[1]) << "asked about one thesis, or about all";
    return names[0];
  };
  const std::string invited = absl::StrCat(static_cast<int>(Seat::kInvited));
  const std::string member = absl::StrCat(static_cast<int>(Seat::kMember));
  EXPECT_EQ(seat_of("rita"), "none");
  ASSERT_OK(Invite("rita"));
  EXPECT_EQ(seat_of("rita"), invited);
  clock_.Advance(absl::Hours(24 * 6));
  EXPECT_EQ(seat_of("rita"), "none") << "the invitation lapsed";
  ASSERT_OK(Invite("rita"));
  ASSERT_OK(Do(Rita(), "rita", ReviewStep::kAccept));
  EXPECT_EQ(seat_of("rita"), member);
  ASSERT_OK(SaveAll(Rita(), "rita"));
  ASSERT_OK(Do(Rita(), "rita", ReviewStep::kSubmit));
  EXPECT_EQ(seat_of("rita"), member);
  ASSERT_OK(Invite("remi"));
  EXPECT_EQ(seat_of("remi"), absl::StrCat(static_cast<int>(Seat::kPresident)))
      << "who sits higher stays there";
  ASSERT_OK(Invite("zoe"));
  ASSERT_OK(Do(Zoe(), "zoe", ReviewStep::kDecline, "no time"));
  EXPECT_EQ(seat_of("zoe"), "none");
}

TEST_F(ReviewsTest, ShowTheVersionThatIsReviewedToItsReviewerOnly) {
  storage::sql::DraftStore drafts_store(*database_);
  const ReaderSeats readers(NoJuries(), store_, clock_);
  const receipts::SigningKey key = *receipts::SigningKey::Create(std::string(64, '7'));
  const std::string institution = "U";
  Drafts drafts({.store = drafts_store,
                 .contents = *contents_,
                 .key = key,
                 .institution = institution,
                 .clock = clock_,
                 .juries = readers},
                {});
  for (const int number : {1, 2}) {
    const Upload upload{.thesis = "42",
                        .id = absl::StrCat("u", number),
                        .content = {.sha256 = std::string(64, static_cast<char>('a' + number)), .size = 1},
                        .file_name = "f",
                        .begun = Now(),
                        .expires = Now() + absl::Hours(24),
                        .account = "accounts/ana",
                        .receipt = "r"};
    ASSERT_OK(drafts_store.Write([&](DraftStore::Writer& writer) -> absl::Status {
      RETURN_IF_ERROR(writer.InsertUpload(upload));
      return writer.InsertDraft({.thesis = "42",
                                 .number = number,
                                 .kind = DraftKind::kDraft,
                                 .content = upload.content,
                                 .file_name = "f",
                                 .begun = Now(),
                                 .received = Now(),
                                 .account = "accounts/ana",
                                 .upload = upload.id,
                                 .receipt = "r"});
    }));
  }
  ASSERT_OK(reviews_.Invite(Staff(),
                            {.thesis = "42",
                             .reviewer = "people/rita",
                             .due = Now() + absl::Hours(24),
                             .draft = "theses/42/drafts/2"},
                            {}));
  EXPECT_THAT(drafts.GetDraft(Rita(), "42", 2),
              StatusIs(absl::StatusCode::kNotFound, Reason("DRAFT_NOT_FOUND")))
      << "who has not accepted knows of the thesis only";
  ASSERT_OK(Do(Rita(), "rita", ReviewStep::kAccept));
  EXPECT_OK(drafts.GetDraft(Rita(), "42", 2));
  EXPECT_THAT(drafts.GetDraft(Rita(), "42", 1),
              StatusIs(absl::StatusCode::kNotFound, Reason("DRAFT_NOT_FOUND")))
      << "another draft is not hers to read";
  EXPECT_EQ(drafts.ListDrafts(Rita(), "42", {.size = 10})->items.size(), 1u);
  EXPECT_THAT(drafts.GetDraft(Remi(), "42", 2),
              StatusIs(absl::StatusCode::kNotFound, Reason("THESIS_NOT_FOUND")));
}

}  // namespace
}  // namespace soutenance::submissions
