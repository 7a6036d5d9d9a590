// Replanning: the facts have changed, and as few people as possible shall notice.
#include <algorithm>
#include <set>
#include <stop_token>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/record.h"
#include "services/base/status.h"
#include "services/scheduling/campaign_time.h"
#include "services/scheduling/defence.h"
#include "services/scheduling/facts_difference.h"
#include "services/scheduling/fresh_facts.h"
#include "services/scheduling/insist.h"
#include "services/scheduling/language.h"
#include "services/scheduling/loaded_timetable.h"
#include "services/scheduling/replay.h"
#include "services/scheduling/solver/check/check.h"
#include "services/scheduling/solver/io/problem_text.h"
#include "services/scheduling/solver/search/replan.h"
#include "services/scheduling/timetables.h"
#include "services/scheduling/told_people.h"
#include "services/scheduling/transactions.h"

namespace soutenance::scheduling {
namespace {

// What is remembered of a replan under its request: the rest is told from the two timetables.
struct Remembered {
  std::string timetable;
  std::string base;
  bool created = false;
  std::vector<std::string> hit;
  std::vector<std::string> others_moved;
  int others_moved_bound = 0;
  int64_t disturbance = 0;
  bool is_minimal = false;
  std::vector<std::string> facts_changed;
  int64_t elapsed_ms = 0;
  std::string now;
};

void WriteList(const std::vector<std::string>& list, RecordWriter& record) {
  record.Integer(static_cast<int64_t>(list.size()));
  for (const std::string& text : list) record.Text(text);
}

std::vector<std::string> ReadList(RecordReader& record) {
  std::vector<std::string> list;
  for (int64_t left = record.Integer(); left > 0 && !record.IsAtEnd(); --left) list.push_back(record.Text());
  return list;
}

std::string Write(const Remembered& first) {
  RecordWriter record;
  record.Text(first.timetable).Text(first.base).Integer(first.created ? 1 : 0);
  WriteList(first.hit, record);
  WriteList(first.others_moved, record);
  record.Integer(first.others_moved_bound).Integer(first.disturbance).Integer(first.is_minimal ? 1 : 0);
  WriteList(first.facts_changed, record);
  record.Integer(first.elapsed_ms).Text(first.now);
  return record.bytes();
}

absl::StatusOr<Remembered> Read(absl::string_view bytes) {
  RecordReader record(bytes);
  Remembered first{.timetable = record.Text(), .base = record.Text()};
  first.created = record.Integer() != 0;
  first.hit = ReadList(record);
  first.others_moved = ReadList(record);
  first.others_moved_bound = static_cast<int>(record.Integer());
  first.disturbance = record.Integer();
  first.is_minimal = record.Integer() != 0;
  first.facts_changed = ReadList(record);
  first.elapsed_ms = record.Integer();
  first.now = record.Text();
  if (!record.IsComplete()) return absl::DataLossError("a remembered replan cannot be read");
  return first;
}

ReplanOutcome OutcomeOf(const Remembered& first, TimetableView timetable, std::vector<ToldPerson> people) {
  return {.timetable = std::move(timetable),
          .created = first.created,
          .people = std::move(people),
          .hit = first.hit,
          .others_moved = first.others_moved,
          .others_moved_bound = first.others_moved_bound,
          .disturbance = first.disturbance,
          .is_minimal = first.is_minimal,
          .facts_changed = first.facts_changed,
          .elapsed_ms = first.elapsed_ms};
}

std::vector<std::string> NamesOf(const solver::Problem& problem,
                                 const std::vector<solver::DefenceId>& defences, absl::string_view campaign) {
  std::vector<std::string> names;
  for (const solver::DefenceId id : defences) names.push_back(DefenceName(campaign, problem.defence(id).key));
  return names;
}

// Whether both have the same defences in the same places with the same people.
bool SamePlaces(const TimetableRecord& a, const TimetableRecord& b) {
  return std::equal(a.placements.begin(), a.placements.end(), b.placements.begin(), b.placements.end(),
                    [](const StoredPlacement& x, const StoredPlacement& y) {
                      return x.thesis == y.thesis && x.place == y.place && x.holders == y.holders;
                    });
}

// What is proven of the score. Replanning looks for the fewest people disturbed, whatever the levels are: it
// proves points of disturbance, and only if as many as possible are placed.
solver::Score BoundOf(const solver::Problem& problem, const solver::ReplanResult& result) {
  solver::Score bound = result.solved.bound;
  const solver::RuleInForce& disturbance = problem.rule(solver::RuleId::kDisturbance);
  if (disturbance.IsOn() && result.solved.best.PlacedCount() == result.solved.placed_bound) {
    bound.Add(disturbance.level, disturbance.weight * result.disturbance_bound);
  }
  return bound;
}

// The draft that `replanned` makes of `base`.
absl::StatusOr<TimetableRecord> DraftOf(const Replanned& replanned, const TimetableRecord& base,
                                        const FreshFacts& fresh, int64_t seed, absl::Time now) {
  const solver::ReplanResult& result = replanned.result;
  const std::vector<solver::Violation> broken =
      solver::Check(*fresh.problem, result.solved.best.placements());
  if (!broken.empty()) {
    return absl::InternalError(absl::StrCat(
        "the timetable that was replanned breaks ", broken.front().rule, " (", broken.front().text,
        "); nothing was stored. This is an error of the program: report it"));
  }
  TimetableRecord draft{.key = {.campaign = base.key.campaign},
                        .bound = BoundOf(*fresh.problem, result),
                        .placed_count_bound = result.solved.placed_bound,
                        .base = base.key.number,
                        .seed = seed,
                        .work_max = replanned.work_max,
                        .solver_version = std::string(solver::SolverVersion()),
                        .problem_digest = fresh.stored.problem_digest,
                        .computed_from = fresh.stored.id,
                        .shown_with = fresh.stored.id,
                        .created = now};
  TakeFrom(result.solved.best, draft);
  KeepPins(BaseOf(base), draft);
  return draft;
}

}  // namespace

absl::StatusOr<ReplanOutcome> Timetables::Replan(const Caller& caller, const ReplanRequest& request) {
  ASSIGN_OR_RETURN(const std::optional<std::string> first, FirstResult(request.request));
  if (first) return RepeatReplan(caller, request, *first);
  return Insist(request.version, [&] { return ReplanOnce(caller, request); });
}

absl::StatusOr<ReplanOutcome> Timetables::RepeatReplan(const Caller& caller, const ReplanRequest& request,
                                                       absl::string_view first) const {
  ASSIGN_OR_RETURN(const Remembered remembered, Read(first));
  ASSIGN_OR_RETURN(const TimetableReference after_name, ParseTimetableName(remembered.timetable));
  ASSIGN_OR_RETURN(const TimetableReference before_name, ParseTimetableName(remembered.base));
  ASSIGN_OR_RETURN(const Seen after, SeeAsStaff(caller, after_name));
  ASSIGN_OR_RETURN(const Seen before, SeeAsStaff(caller, before_name));
  const absl::CivilMinute now = ParseMoment(remembered.now).value_or(WallTime(after.campaign, clock_.Now()));
  std::vector<ToldPerson> people = WhoIsTold({before.timetable, before.cast}, {after.timetable, after.cast},
                                             after.viewer, now, LanguageOr(request.language, after.campaign));
  return OutcomeOf(remembered, ViewOf(after.timetable, after.cast, after.viewer), std::move(people));
}

absl::StatusOr<ReplanOutcome> Timetables::ReplanOnce(const Caller& caller, const ReplanRequest& request) {
  ASSIGN_OR_RETURN(const Seen seen, SeeAsStaff(caller, request.timetable));
  RETURN_IF_ERROR(CheckMayChange(seen.timetable));
  RETURN_IF_ERROR(CheckVersion(seen.timetable, request.version));
  const absl::CivilMinute now = request.now.value_or(WallTime(seen.campaign, clock_.Now()));
  ASSIGN_OR_RETURN(const FreshFacts fresh,
                   GatherFreshFacts(facts_, seen.campaign.name, BaseOf(seen.timetable),
                                    {.now = now, .counts_notice = true}));
  RETURN_IF_ERROR(CheckReady(*fresh.problem, seen.campaign.name));
  const Replanned replanned =
      ReplanFrom(*fresh.problem, BaseOf(seen.timetable), request.seed, request.time_max);
  const solver::ReplanResult& result = replanned.result;
  ASSIGN_OR_RETURN(TimetableRecord draft,
                   DraftOf(replanned, seen.timetable, fresh, request.seed, clock_.Now()));

  const Language language = LanguageOr(request.language, seen.campaign);
  ASSIGN_OR_RETURN(const LoadedTimetable was, LoadedTimetable::Load(seen.timetable, seen.facts));
  ASSIGN_OR_RETURN(const solver::Problem known, Comparable(was.problem(), fresh));
  std::vector<ToldPerson> people =
      WhoIsTold({seen.timetable, seen.cast}, {draft, fresh.cast}, seen.viewer, now, language);
  Remembered first{.timetable = TimetableName(seen.timetable.key),
                   .base = TimetableName(seen.timetable.key),
                   .created = !people.empty() || !SamePlaces(seen.timetable, draft),
                   .hit = NamesOf(*fresh.problem, result.hit, seen.campaign.name),
                   .others_moved = NamesOf(*fresh.problem, result.others_moved, seen.campaign.name),
                   .others_moved_bound = result.others_bound,
                   .disturbance = result.disturbance,
                   .is_minimal = result.is_minimal,
                   .facts_changed = FactsDifference(known, *fresh.problem, language),
                   .elapsed_ms = absl::ToInt64Milliseconds(result.solved.stats.elapsed),
                   .now = MomentText(now)};
  if (request.validate_only) {
    // As it would be, under the name of what it is made from.
    draft.key = seen.timetable.key;
    const bool changes = std::exchange(first.created, false);
    return OutcomeOf(
        first,
        changes ? ViewOf(draft, fresh.cast, seen.viewer) : ViewOf(seen.timetable, seen.cast, seen.viewer),
        std::move(people));
  }
  const auto write = [&](TimetableWriter& writer) -> absl::StatusOr<std::string> {
    ASSIGN_OR_RETURN(const std::optional<std::string> meanwhile, writer.FindRequest(request.request));
    if (meanwhile) return *meanwhile;
    if (first.created) {
      ASSIGN_OR_RETURN(draft.key.number, writer.NextTimetableNumber(draft.key.campaign));
      first.timetable = TimetableName(draft.key);
      RETURN_IF_ERROR(writer.PutFacts(fresh.stored));
      RETURN_IF_ERROR(writer.InsertTimetable(draft));
    }
    std::string bytes = Write(first);
    RETURN_IF_ERROR(writer.RememberRequest(request.request, bytes, clock_.Now()));
    return bytes;
  };
  ASSIGN_OR_RETURN(const std::string written, WriteTo(store_, write));
  return RepeatReplan(caller, request, written);
}

}  // namespace soutenance::scheduling
