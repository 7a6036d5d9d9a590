#include "services/submissions/reviews/reviews.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/error.h"
#include "services/base/id.h"
#include "services/base/programme_roles.h"
#include "services/base/status.h"
#include "services/submissions/deadline.h"
#include "services/submissions/jury_check.h"
#include "services/submissions/reviews/find.h"
#include "services/submissions/thesis_access.h"

namespace soutenance::submissions {
namespace {

using Reader = ReviewStore::Reader;
using Writer = ReviewStore::Writer;

bool BelongsTo(const Caller& caller, absl::string_view programme) {
  return RunsProgramme(caller, programme) ||
         std::any_of(caller.grants.begin(), caller.grants.end(), [&](const Grant& grant) {
           return grant.programme.empty() || absl::string_view(grant.programme) == programme;
         });
}

// The thesis, if `caller` runs its programme.
absl::StatusOr<Thesis> FindThesisToRun(const Reader& reader, const Caller& caller, const std::string& id) {
  ASSIGN_OR_RETURN(std::optional<Thesis> thesis, reader.FindThesis(id));
  if (!thesis || !AsSeenBy(caller, *thesis)) return NotFound("thesis", absl::StrCat("theses/", id));
  RETURN_IF_ERROR(CheckRunsProgramme(caller, thesis->programme));
  return *std::move(thesis);
}

// What may not be so in an invitation, as far as the thesis tells.
absl::Status CheckInvitation(const Reader& reader, const Thesis& thesis, const Review& given, absl::Time now,
                             std::vector<FieldViolation>& problems) {
  if (thesis.HasPart(given.reviewer)) {
    problems.push_back({.field = "review.reviewer",
                        .description = absl::StrCat(given.reviewer,
                                                    " wrote, supervises or tutors the thesis; who reviews it "
                                                    "has no other part in it")});
  }
  if (given.due <= now)
    problems.push_back({.field = "review.due_time", .description = "is not in the future"});
  if (given.respond_by && (*given.respond_by <= now || *given.respond_by > given.due)) {
    problems.push_back(
        {.field = "review.respond_by_time", .description = "is not between now and the due time"});
  }
  if (!given.grid.empty()) {
    const auto key = ParseGridName(given.grid);
    std::optional<Grid> grid;
    if (key.ok() && key->programme == thesis.programme) {
      ASSIGN_OR_RETURN(grid, reader.FindGrid(key->programme, key->id));
    }
    if (!grid) {
      problems.push_back(
          {.field = "review.grid",
           .description = absl::StrCat("is no grid of ", thesis.programme, "; see the list of its grids")});
    }
  }
  if (!given.draft.empty()) {
    const std::string prefix = absl::StrCat(thesis.Name(), "/drafts/");
    int64_t number = 0;
    std::optional<Draft> draft;
    if (absl::StartsWith(given.draft, prefix) &&
        absl::SimpleAtoi(given.draft.substr(prefix.size()), &number)) {
      ASSIGN_OR_RETURN(draft, reader.FindDraft(thesis.id, number));
    }
    if (!draft) problems.push_back({.field = "review.draft", .description = "is no version of this thesis"});
  }
  return absl::OkStatus();
}

absl::Status Record(Writer& writer, const Caller& caller, const Review& review, ReviewStep step,
                    absl::Time now) {
  RETURN_IF_ERROR(writer.PutReview(review));
  return writer.AddEvent({.thesis = review.thesis, .reviewer = review.reviewer},
                         {.event = std::string(StepName(step)),
                          .time = now,
                          .account = caller.account,
                          .reason = review.reason});
}

// Marks that a changed grid would leave without a criterion, or above its best mark.
absl::Status CheckStillFits(const Reader& reader, const Grid& after) {
  ASSIGN_OR_RETURN(const std::vector<Review> reviews, reader.ListHandedInBy(after.Name()));
  std::vector<PreconditionViolation> broken;
  for (const Review& review : reviews) {
    for (const Mark& mark : review.marks) {
      const Criterion* criterion = after.Find(mark.criterion);
      if (criterion != nullptr && mark.points <= criterion->points_max) continue;
      broken.push_back(
          {.type = "GRID_IN_USE",
           .subject = review.Name(),
           .description = absl::StrCat("has ", mark.points, " points for \"", mark.criterion, "\"")});
    }
  }
  if (broken.empty()) return absl::OkStatus();
  const std::string sentence =
      absl::StrCat("reviews that were handed in have marks for which this grid has no place, the first is ",
                   broken.front().subject, "; create another grid instead");
  return Error(
      absl::StatusCode::kFailedPrecondition, sentence,
      {.reason = "GRID_IN_USE", .metadata = {{"grid", after.Name()}}, .preconditions = std::move(broken)});
}

}  // namespace

absl::StatusOr<Grid> Reviews::GetGrid(const Caller& caller, const GridKey& key) const {
  std::optional<Grid> grid;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(grid, reader.FindGrid(key.programme, key.id));
    return absl::OkStatus();
  }));
  if (grid && BelongsTo(caller, key.programme)) return *std::move(grid);
  return NotFound("grid", Grid{.programme = key.programme, .id = key.id}.Name());
}

absl::StatusOr<Page<Grid>> Reviews::ListGrids(const Caller& caller, absl::string_view programme,
                                              const PageRequest& page) const {
  Page<Grid> grids;
  if (!BelongsTo(caller, programme)) return grids;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(grids, reader.ListGrids(programme, page));
    return absl::OkStatus();
  }));
  return grids;
}

absl::StatusOr<Grid> Reviews::SetGrid(const Caller& caller, const Grid& given, std::optional<int64_t> version,
                                      const Mutation& mutation) {
  std::vector<FieldViolation> problems;
  CheckGrid(given, problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  RETURN_IF_ERROR(CheckRunsProgramme(caller, given.programme));
  ASSIGN_OR_RETURN(std::optional<Grid> first, FindFirstResult<Grid>(store_, mutation));
  if (first) return *std::move(first);
  ASSIGN_OR_RETURN(const bool known, people_.HasProgramme(given.programme));
  if (!known)
    return InvalidFields({{.field = "grid.name", .description = "names a programme that is not there"}});
  return Once<Grid>(
      store_, mutation, clock_.Now(), [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Grid> {
        ASSIGN_OR_RETURN(const std::optional<Grid> before, reader.FindGrid(given.programme, given.id));
        Grid grid = given;
        grid.version = before ? before->version : 0;
        if (version && *version != grid.version) return StaleEtag(grid.Name());
        if (before && *before == grid) return grid;
        if (before) RETURN_IF_ERROR(CheckStillFits(reader, grid));
        if (writer == nullptr) return grid;
        RETURN_IF_ERROR(writer->PutGrid(grid));
        ++grid.version;
        return grid;
      });
}

absl::StatusOr<Review> Reviews::Invite(const Caller& caller, const Review& given, const Mutation& mutation) {
  ASSIGN_OR_RETURN(std::optional<Review> first, FindFirstResult<Review>(store_, mutation));
  if (first) return *std::move(first);
  ASSIGN_OR_RETURN(const std::set<std::string> known, people_.KnownPeople({given.reviewer}));
  // Another service is asked before the transaction, and only for those who may know its answer.
  Thesis asked;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(asked, FindThesisToRun(reader, caller, given.thesis));
    return absl::OkStatus();
  }));
  const bool may_be_asked = known.contains(given.reviewer) && !asked.HasPart(given.reviewer);
  if (may_be_asked) RETURN_IF_ERROR(conflicts_.Check(asked, given.reviewer));
  const absl::Time now = ToMicroseconds(clock_.Now());
  return Once<Review>(
      store_, mutation, now, [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Review> {
        ASSIGN_OR_RETURN(const Thesis thesis, FindThesisToRun(reader, caller, given.thesis));
        if (MattersToJury(asked, thesis)) return StaleEtag(thesis.Name());
        std::vector<FieldViolation> problems;
        if (!known.contains(given.reviewer)) {
          problems.push_back({.field = "review.reviewer", .description = "is nobody the directory knows"});
        }
        RETURN_IF_ERROR(CheckInvitation(reader, thesis, given, now, problems));
        if (!problems.empty()) return InvalidFields(std::move(problems));
        ASSIGN_OR_RETURN(const std::optional<Review> before,
                         reader.FindReview({.thesis = given.thesis, .reviewer = given.reviewer}));
        if (before) RETURN_IF_ERROR(CheckStep(caller, thesis, *before, ReviewStep::kInvite, "", now));
        Review review{.thesis = given.thesis,
                      .reviewer = given.reviewer,
                      .version = before ? before->version : 0,
                      .respond_by = given.respond_by,
                      .due = given.due,
                      .grid = given.grid,
                      .draft = given.draft};
        if (writer == nullptr) return review;
        RETURN_IF_ERROR(Record(*writer, caller, review, ReviewStep::kInvite, now));
        ++review.version;
        return review;
      });
}

absl::StatusOr<Review> Reviews::Get(const Caller& caller, const ReviewKey& key) const {
  std::optional<Review> shown;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const FoundReview found, FindReviewFor(reader, caller, key, clock_.Now()));
    ASSIGN_OR_RETURN(const std::optional<bool> own, HasHandedInOwn(reader, caller, key.thesis, clock_.Now()));
    shown = AsSeenBy(caller, found.thesis, found.review, own);
    return absl::OkStatus();
  }));
  return *std::move(shown);
}

absl::StatusOr<std::vector<Review>> Reviews::ListOfThesis(const Caller& caller, absl::string_view id) const {
  std::vector<Review> shown;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    shown.clear();
    ASSIGN_OR_RETURN(const std::optional<Thesis> thesis, reader.FindThesis(id));
    ASSIGN_OR_RETURN(const std::optional<bool> own, HasHandedInOwn(reader, caller, id, clock_.Now()));
    if (!thesis || (!AsSeenBy(caller, *thesis) && !own))
      return NotFound("thesis", absl::StrCat("theses/", id));
    ASSIGN_OR_RETURN(const std::vector<Review> all, reader.ListOfThesis(id));
    for (const Review& review : all) {
      if (auto seen = AsSeenBy(caller, *thesis, review, own)) shown.push_back(*std::move(seen));
    }
    return absl::OkStatus();
  }));
  return shown;
}

absl::StatusOr<Page<Review>> Reviews::List(const Caller& caller, absl::string_view programme,
                                           const PageRequest& page) const {
  Page<Review> reviews;
  if (!programme.empty()) RETURN_IF_ERROR(CheckRunsProgramme(caller, programme));
  if (programme.empty() && caller.person.empty()) return reviews;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    if (programme.empty()) {
      ASSIGN_OR_RETURN(reviews, reader.ListOfReviewer(caller.person, page));
      return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(Page<Review> all, reader.ListOfProgramme(programme, page));
    reviews = {.next = std::move(all.next)};
    for (const Review& review : all.items) {
      ASSIGN_OR_RETURN(const std::optional<Thesis> thesis, reader.FindThesis(review.thesis));
      ASSIGN_OR_RETURN(const std::optional<bool> own,
                       HasHandedInOwn(reader, caller, review.thesis, clock_.Now()));
      if (!thesis) continue;
      if (auto seen = AsSeenBy(caller, *thesis, review, own)) reviews.items.push_back(*std::move(seen));
    }
    return absl::OkStatus();
  }));
  return reviews;
}

absl::StatusOr<Review> Reviews::Save(const Caller& caller, const Review& given,
                                     std::optional<int64_t> version, const Mutation& mutation) {
  const absl::Time now = ToMicroseconds(clock_.Now());
  return Once<Review>(
      store_, mutation, now, [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Review> {
        ASSIGN_OR_RETURN(
            const FoundReview found,
            FindReviewFor(reader, caller, {.thesis = given.thesis, .reviewer = given.reviewer}, now));
        RETURN_IF_ERROR(CheckStep(caller, found.thesis, found.review, ReviewStep::kSave, "", now));
        if (version && *version != found.review.version) return StaleEtag(found.review.Name());
        Review review = found.review;
        review.opinion = given.opinion;
        review.student_comment = given.student_comment;
        review.staff_comment = given.staff_comment;
        review.marks = given.marks;
        ASSIGN_OR_RETURN(const std::optional<Grid> grid, FindGridOf(reader, review));
        std::vector<FieldViolation> problems;
        CheckContent(review, grid ? &*grid : nullptr, problems);
        if (!problems.empty()) return InvalidFields(std::move(problems));
        if (writer == nullptr || review == found.review) return review;
        RETURN_IF_ERROR(writer->PutReview(review));
        ++review.version;
        return review;
      });
}

absl::StatusOr<Review> Reviews::Change(const Caller& caller, const ReviewChange& change,
                                       const Mutation& mutation) {
  const absl::Time now = ToMicroseconds(clock_.Now());
  return Once<Review>(
      store_, mutation, now, [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Review> {
        ASSIGN_OR_RETURN(const FoundReview found, FindReviewFor(reader, caller, change.key, now));
        RETURN_IF_ERROR(CheckStep(caller, found.thesis, found.review, change.step, change.reason, now));
        if (change.version && *change.version != found.review.version) return StaleEtag(found.review.Name());
        Review review = found.review;
        if (change.step == ReviewStep::kSubmit) {
          ASSIGN_OR_RETURN(const std::optional<Grid> grid, FindGridOf(reader, review));
          const std::vector<std::string> missing = MissingIn(review, grid ? &*grid : nullptr);
          if (!missing.empty()) {
            std::vector<PreconditionViolation> violations;
            for (const std::string& each : missing) {
              violations.push_back({.type = "MISSING", .subject = review.Name(), .description = each});
            }
            return Error(absl::StatusCode::kFailedPrecondition,
                         absl::StrCat("the review is not complete: ", absl::StrJoin(missing, "; ")),
                         {.reason = "REVIEW_INCOMPLETE",
                          .metadata = {{"review", review.Name()}},
                          .preconditions = std::move(violations)});
          }
          review.submitted = now;
        }
        review.state = StateAfter(change.step, review.state);
        review.reason = change.reason;
        if (writer != nullptr) {
          RETURN_IF_ERROR(Record(*writer, caller, review, change.step, now));
          ++review.version;
        }
        return review;
      });
}

absl::StatusOr<std::vector<ReviewEvent>> Reviews::ListEvents(const Caller& caller,
                                                             const ReviewKey& key) const {
  std::vector<ReviewEvent> events;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const FoundReview found, FindReviewFor(reader, caller, key, clock_.Now()));
    RETURN_IF_ERROR(CheckRunsProgramme(caller, found.thesis.programme));
    ASSIGN_OR_RETURN(events, reader.ListEvents(key));
    return absl::OkStatus();
  }));
  return events;
}

}  // namespace soutenance::submissions
