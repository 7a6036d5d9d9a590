// The answers of TimetableService: the ToProto half of timetable_proto.h.
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/runtime/wire/changes.h"
#include "services/runtime/wire/etags.h"
#include "services/runtime/wire/pages.h"
#include "services/scheduling/campaign_time.h"
#include "services/scheduling/rpc/timetable_proto.h"
#include "services/scheduling/solver/model/rules.h"

namespace soutenance::scheduling {
namespace {

google::protobuf::Timestamp TimeToProto(absl::Time time) {
  google::protobuf::Timestamp stamp;
  const int64_t seconds = absl::ToUnixSeconds(time);
  stamp.set_seconds(seconds);
  stamp.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
  return stamp;
}

bool HasCome(absl::Time time) { return time != absl::InfinitePast(); }

std::string Text(absl::string_view text) { return std::string(text); }

template <typename Scores>
void WriteScore(const solver::Score& score, Scores& scores) {
  for (std::size_t i = 0; i < score.points.size(); ++i) {
    const auto level = static_cast<solver::RuleLevel>(i + 1);  // kOff is none of them
    pb::LevelScore& line = *scores.Add();
    line.set_level(Text(solver::RuleLevelName(level)));
    line.set_points(score.points[i]);
  }
}

// With what is proven: each level only if those above it are.
template <typename Scores>
void WriteScore(const solver::Score& score, const solver::Score& bound, Scores& scores) {
  WriteScore(score, scores);
  bool proven = true;
  for (int i = 0; i < scores.size(); ++i) {
    const int64_t least = bound.points[static_cast<std::size_t>(i)];
    proven = proven && scores[i].points() == least;
    scores[i].set_bound(least);
    scores[i].set_proven(proven);
  }
}

pb::TimetableRun::State StateToProto(RunState state) {
  switch (state) {
    case RunState::kQueued:
      return pb::TimetableRun::STATE_QUEUED;
    case RunState::kRunning:
      return pb::TimetableRun::STATE_RUNNING;
    case RunState::kSucceeded:
      return pb::TimetableRun::STATE_SUCCEEDED;
    case RunState::kCancelled:
      return pb::TimetableRun::STATE_CANCELLED;
    case RunState::kFailed:
      return pb::TimetableRun::STATE_FAILED;
  }
  return pb::TimetableRun::STATE_UNSPECIFIED;
}

pb::Timetable::State StateToProto(TimetableState state) {
  switch (state) {
    case TimetableState::kDraft:
      return pb::Timetable::STATE_DRAFT;
    case TimetableState::kPublished:
      return pb::Timetable::STATE_PUBLISHED;
    case TimetableState::kSuperseded:
      return pb::Timetable::STATE_SUPERSEDED;
  }
  return pb::Timetable::STATE_UNSPECIFIED;
}

pb::Comparison::Kind KindToProto(Comparison::Kind kind) {
  switch (kind) {
    case Comparison::Kind::kNew:
      return pb::Comparison::KIND_NEW;
    case Comparison::Kind::kMoved:
      return pb::Comparison::KIND_MOVED;
    case Comparison::Kind::kCancelled:
      return pb::Comparison::KIND_CANCELLED;
    case Comparison::Kind::kRecomposed:
      return pb::Comparison::KIND_RECOMPOSED;
  }
  return pb::Comparison::KIND_UNSPECIFIED;
}

void Write(const RunProgress& progress, pb::RunProgress& message) {
  WriteScore(progress.score, progress.bound, *message.mutable_score());
  message.set_placed_count(progress.placed_count);
  message.set_defence_count(progress.defence_count);
  message.set_placed_count_bound(progress.placed_count_bound);
  message.set_moves(progress.moves);
  message.set_elapsed_ms(progress.elapsed_ms);
}

void Write(const AttendeeView& attendee, pb::Attendee& message) {
  message.set_person(attendee.person);
  message.set_display_name(attendee.display_name);
  message.set_role(Text(SeatRoleName(attendee.role)));
  message.set_remote(attendee.is_remote);
  message.set_composed(attendee.is_composed);
}

void Write(const PlacementView& placement, pb::Placement& message) {
  message.set_defence(placement.defence);
  message.set_thesis(placement.thesis);
  message.set_title(placement.title);
  for (const std::string& student : placement.students) message.add_students(student);
  if (placement.place) {
    message.set_start(MomentText(placement.place->start));
    message.set_room(placement.place->room);
    message.set_room_title(placement.room_title);
  }
  message.set_duration_minutes(placement.duration_minutes);
  for (const AttendeeView& attendee : placement.jury) Write(attendee, *message.add_jury());
  if (placement.pin.IsAny()) {
    message.mutable_pin()->set_day(placement.pin.day);
    message.mutable_pin()->set_time(placement.pin.time);
    message.mutable_pin()->set_room(placement.pin.room);
    for (const std::string& juror : placement.pin.jurors) message.mutable_pin()->add_jurors(juror);
    message.mutable_pin()->set_mode(placement.pin.mode.has_value());
    if (placement.pin.to) {
      message.mutable_pin()->set_kept_start(MomentText(placement.pin.to->start));
      message.mutable_pin()->set_kept_room(placement.pin.to->room);
    }
  }
  message.set_override_reason(placement.override_reason);
  message.set_closed(placement.is_closed);
  message.set_unplaced_reason(placement.unplaced_reason);
}

void Write(const RuleMatch& match, pb::RuleMatch& message) {
  message.set_points(match.points);
  message.set_sentence(match.sentence);
  for (const std::string& subject : match.subjects) message.add_subjects(subject);
}

void Write(const RuleCost& cost, pb::RuleCost& message) {
  message.set_rule(Text(solver::LineOf(cost.rule).name));
  message.set_sentence(cost.sentence);
  message.set_level(Text(solver::RuleLevelName(cost.level)));
  message.set_points(cost.points);
  for (const RuleMatch& match : cost.matches) Write(match, *message.add_matches());
  message.set_match_count(cost.match_count);
}

void Write(const RuleEffect& effect, pb::RuleEffect& message) {
  message.set_rule(Text(solver::LineOf(effect.rule).name));
  message.set_sentence(effect.sentence);
  message.set_level(Text(solver::RuleLevelName(effect.level)));
  message.set_points_before(effect.points_before);
  message.set_points_after(effect.points_after);
  for (const RuleMatch& match : effect.matches) Write(match, *message.add_matches());
}

void Write(const UnplacedReason& reason, pb::UnplacedReason& message) {
  message.set_defence(reason.defence);
  message.set_label(reason.label);
  message.set_sentence(reason.sentence);
  for (const std::string& fact : reason.facts) message.add_facts(fact);
  message.set_kind(reason.kind);
  message.set_minimal(reason.is_minimal);
}

void Write(const Repair& repair, pb::Repair& message) {
  for (const RepairStep& from : repair.steps) {
    pb::RepairStep& step = *message.add_steps();
    step.set_kind(Text(solver::RepairKindName(from.kind)));
    step.set_person(from.person);
    step.set_start(MomentText(from.start));
    step.set_end(MomentText(from.end));
    step.set_sentence(from.sentence);
  }
  message.set_people_count(repair.people);
  message.set_minutes(repair.minutes);
  for (const std::string& defence : repair.defences) message.add_defences(defence);
  message.set_sentence(repair.sentence);
}

}  // namespace

pb::TimetableRun ToProto(const TimetableRun& run) {
  pb::TimetableRun message;
  // A run that was only validated has no name.
  if (run.key.number > 0) message.set_name(RunName(run.key));
  message.set_state(StateToProto(run.state));
  pb::RunParameters& parameters = *message.mutable_parameters();
  parameters.set_time_seconds_max(run.parameters.seconds_max);
  parameters.set_moves_max(run.parameters.moves_max);
  parameters.set_seed(run.parameters.seed);
  parameters.set_threads(run.parameters.threads);
  parameters.set_base_timetable(run.parameters.base_timetable);
  if (run.progress) Write(*run.progress, *message.mutable_progress());
  if (run.timetable > 0) message.set_timetable(TimetableName({run.key.campaign, run.timetable}));
  message.set_error(run.error);
  message.set_error_reason(run.error_reason);
  if (HasCome(run.created)) *message.mutable_create_time() = TimeToProto(run.created);
  if (HasCome(run.started)) *message.mutable_start_time() = TimeToProto(run.started);
  if (HasCome(run.ended)) *message.mutable_end_time() = TimeToProto(run.ended);
  message.set_account(run.account);
  return message;
}

pb::ListTimetableRunsResponse ToProto(const Page<TimetableRun>& page) {
  pb::ListTimetableRunsResponse message;
  for (const TimetableRun& run : page.items) *message.add_runs() = ToProto(run);
  message.set_next_page_token(runtime::PageToken(page.next));
  return message;
}

pb::Timetable ToProto(const TimetableView& view) {
  const TimetableRecord& timetable = view.timetable;
  pb::Timetable message;
  // A repair that was only validated has no name.
  if (timetable.key.number > 0) message.set_name(TimetableName(timetable.key));
  message.set_etag(runtime::EtagFromVersion(timetable.version));
  message.set_state(StateToProto(timetable.state));
  for (const PlacementView& placement : view.placements) Write(placement, *message.add_placements());
  WriteScore(timetable.score, timetable.bound, *message.mutable_score());
  message.set_placed_count(timetable.placed_count);
  message.set_defence_count(timetable.defence_count);
  message.set_placed_count_bound(timetable.placed_count_bound);
  message.set_optimal(timetable.is_optimal);
  if (timetable.run > 0) message.set_run(RunName({timetable.key.campaign, timetable.run}));
  if (timetable.base > 0) message.set_base_timetable(TimetableName({timetable.key.campaign, timetable.base}));
  message.set_seed(timetable.seed);
  message.set_work_max(timetable.work_max);
  message.set_solver_version(timetable.solver_version);
  message.set_problem_digest(timetable.problem_digest);
  if (HasCome(timetable.created)) *message.mutable_create_time() = TimeToProto(timetable.created);
  if (HasCome(timetable.published)) *message.mutable_publish_time() = TimeToProto(timetable.published);
  for (const std::string& change : timetable.facts_changed) message.add_facts_changed(change);
  for (const std::string& assumption : timetable.assumptions) message.add_assumptions(assumption);
  return message;
}

pb::ListTimetablesResponse ToProto(const Page<TimetableView>& page) {
  pb::ListTimetablesResponse message;
  for (const TimetableView& timetable : page.items) *message.add_timetables() = ToProto(timetable);
  message.set_next_page_token(runtime::PageToken(page.next));
  return message;
}

pb::Explanation ToProto(const Explanation& explanation) {
  pb::Explanation message;
  WriteScore(explanation.score, *message.mutable_score());
  for (const RuleCost& rule : explanation.rules) Write(rule, *message.add_rules());
  for (const UnplacedReason& reason : explanation.unplaced) Write(reason, *message.add_unplaced());
  return message;
}

pb::DefenceExplanation ToProto(const DefenceExplanation& explanation) {
  pb::DefenceExplanation message;
  Write(explanation.placement, *message.mutable_placement());
  for (const RuleCost& rule : explanation.rules) Write(rule, *message.add_rules());
  if (explanation.unplaced) Write(*explanation.unplaced, *message.mutable_unplaced());
  for (const Alternative& other : explanation.alternatives) {
    pb::Alternative& alternative = *message.add_alternatives();
    alternative.set_start(MomentText(other.place.start));
    alternative.set_room(other.place.room);
    alternative.set_room_title(other.room_title);
    for (const AttendeeView& holder : other.holders) Write(holder, *alternative.add_holders());
    for (const RuleEffect& effect : other.effects) Write(effect, *alternative.add_effects());
  }
  return message;
}

pb::Comparison ToProto(const Comparison& comparison) {
  pb::Comparison message;
  for (const Comparison::Difference& differs : comparison.differences) {
    pb::Comparison::Difference& difference = *message.add_differences();
    difference.set_kind(KindToProto(differs.kind));
    if (differs.before) Write(*differs.before, *difference.mutable_before());
    if (differs.after) Write(*differs.after, *difference.mutable_after());
  }
  for (const Comparison::Person& concerned : comparison.people) {
    pb::PersonDifference& person = *message.add_people();
    person.set_person(concerned.person);
    person.set_display_name(concerned.display_name);
    for (const std::string& defence : concerned.defences) person.add_defences(defence);
  }
  for (const RuleEffect& effect : comparison.effects) Write(effect, *message.add_effects());
  message.set_unchanged_count(comparison.unchanged_count);
  return message;
}

pb::FindRepairsResponse ToProto(const Repairs& repairs) {
  pb::FindRepairsResponse message;
  for (const Repair& repair : repairs.repairs) Write(repair, *message.add_repairs());
  for (const std::string& defence : repairs.without) message.add_without_repair(defence);
  return message;
}

pb::ApplyRepairResponse ToProto(const RepairOutcome& outcome) {
  pb::ApplyRepairResponse message;
  *message.mutable_timetable() = ToProto(outcome.timetable);
  *message.mutable_comparison() = ToProto(outcome.comparison);
  return message;
}

pb::MoveDefenceResponse ToProto(const MoveOutcome& outcome) {
  pb::MoveDefenceResponse message;
  *message.mutable_timetable() = ToProto(outcome.timetable);
  for (const RuleEffect& effect : outcome.effects) Write(effect, *message.add_effects());
  WriteScore(outcome.score_before, *message.mutable_score_before());
  WriteScore(outcome.score_after, *message.mutable_score_after());
  for (const RuleMatch& match : outcome.needs_reason) Write(match, *message.add_needs_reason());
  return message;
}

pb::ReplanTimetableResponse ToProto(const ReplanOutcome& outcome) {
  pb::ReplanTimetableResponse message;
  *message.mutable_timetable() = ToProto(outcome.timetable);
  message.set_created(outcome.created);
  for (const ToldPerson& told : outcome.people) {
    pb::ToldPerson& person = *message.add_people();
    person.set_person(told.person);
    person.set_display_name(told.display_name);
    for (const ToldChange& change : told.changes) {
      pb::ToldChange& written = *person.add_changes();
      written.set_defence(change.defence);
      written.set_kind(static_cast<pb::ToldChange::Kind>(change.kind));
      if (change.before) Write(*change.before, *written.mutable_before());
      if (change.after) Write(*change.after, *written.mutable_after());
      written.set_notice_days(change.notice_days);
      written.set_sentence(change.sentence);
    }
  }
  for (const std::string& defence : outcome.hit) message.add_hit(defence);
  for (const std::string& defence : outcome.others_moved) message.add_others_moved(defence);
  message.set_others_moved_bound(outcome.others_moved_bound);
  message.set_disturbance(outcome.disturbance);
  message.set_minimal(outcome.is_minimal);
  for (const std::string& change : outcome.facts_changed) message.add_facts_changed(change);
  message.set_elapsed_ms(outcome.elapsed_ms);
  return message;
}

pb::ApplyJuriesResponse ToProto(const JuriesOutcome& outcome) {
  pb::ApplyJuriesResponse message;
  *message.mutable_juries() = runtime::ToProto(outcome.juries);
  message.set_seat_count(outcome.seat_count);
  return message;
}

pb::ExportTimetableResponse ToProto(Timetables::Document document) {
  pb::ExportTimetableResponse message;
  message.set_content(std::move(document.content));
  message.set_media_type(std::move(document.media_type));
  message.set_file_name(std::move(document.file_name));
  return message;
}

}  // namespace soutenance::scheduling
