#include "services/scheduling/solver/constraints/catalogue.h"

#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {

std::unique_ptr<Constraint> MakeConstraint(const RuleInForce& rule) {
  switch (rule.id) {
    case RuleId::kRoomClash:
      return MakeRoomClash();
    case RuleId::kPersonClash:
      return MakePersonClash();
    case RuleId::kPinned:
      return MakePinned();
    case RuleId::kOpeningHours:
      return MakeOpeningHours();
    case RuleId::kAvailability:
      return MakeAvailability();
    case RuleId::kSchoolWeeks:
      return MakeSchoolWeeks();
    case RuleId::kRoomOpening:
      return MakeRoomOpening();
    case RuleId::kRoomCapacity:
      return MakeRoomCapacity();
    case RuleId::kRoomEquipment:
      return MakeRoomEquipment();
    case RuleId::kPersonDayLoad:
      return MakePersonDayLoad();
    case RuleId::kPersonCampaignLoad:
      return MakePersonCampaignLoad();
    case RuleId::kUnplaced:
      return MakeUnplaced();
    case RuleId::kStability:
      return MakeStability();
    case RuleId::kIfNeeded:
      return MakeIfNeeded();
    case RuleId::kPersonDays:
      return MakePersonDays(rule.parameter);
    case RuleId::kGaps:
      return MakeGaps(rule.parameter);
    case RuleId::kConsecutiveRoom:
      return MakeConsecutiveRoom();
    case RuleId::kBackToBack:
      return MakeBackToBack();
    case RuleId::kOneSeat:
      return MakeOneSeat();
    case RuleId::kSeatCost:
      return MakeSeatCost();
    case RuleId::kRoomGaps:
      return MakeRoomGaps();
    case RuleId::kTopicChanges:
      return MakeTopicChanges();
    case RuleId::kTopicBlocks:
      return MakeTopicBlocks(rule.parameter);
    case RuleId::kRoomDays:
      return MakeRoomDays();
    case RuleId::kRoomDayLimit:
      return MakeRoomDayLimit(rule.parameter);
    case RuleId::kRoomBreak:
      return MakeRoomBreak(rule.parameter);
    case RuleId::kRoomBlockLoad:
      return MakeRoomBlockLoad(rule.parameter);
    case RuleId::kNotice:
      return MakeNotice(rule.parameter);
    case RuleId::kDisturbance:
      return MakeDisturbance(rule.parameter);
    case RuleId::kRoleAbsence:
      return MakeRoleAbsence(rule.parameter);
    case RuleId::kBlockContinuity:
      return MakeBlockContinuity(rule.parameter);
    case RuleId::kRoleLoad:
      return MakeRoleLoad();
    case RuleId::kCombinedRoles:
      return MakeCombinedRoles();
    case RuleId::kSquaredLoad:
      return MakeSquaredLoad();
    case RuleId::kSquaredDays:
      return MakeSquaredDays();
    case RuleId::kSubjectCoverage:
      return MakeSubjectCoverage();
    case RuleId::kNearness:
      return MakeNearness();
    case RuleId::kQuickRoomChange:
      return MakeQuickRoomChange();
    case RuleId::kRoleLimit:
      return MakeRoleLimit();
    case RuleId::kHours:
      return MakeHours(rule.parameter);
    case RuleId::kRoomPause:
      return MakeRoomPause();
    case RuleId::kShortPause:
      return MakeShortPause();
    case RuleId::kRoomTopics:
      return MakeRoomTopics(rule.parameter);
    case RuleId::kMixedCohorts:
      return MakeMixedCohorts();
    case RuleId::kMixedHolders:
      return MakeMixedHolders();
    case RuleId::kRoomsUsed:
      return MakeRoomsUsed();
    case RuleId::kJurySize:
      return MakeJurySize();
    case RuleId::kWaits:
      return MakeWaits(rule.parameter);
    case RuleId::kPersonPause:
      return MakePersonPause();
    case RuleId::kDayContinuity:
      return MakeDayContinuity();
    case RuleId::kTopicRooms:
      return MakeTopicRooms(rule.parameter);
  }
  return nullptr;
}

RuleSet::RuleSet(const Problem& problem) {
  for (const RuleInForce& rule : problem.rules()) {
    // These two say nothing of a problem without a now.
    const bool asks_now = rule.id == RuleId::kNotice || rule.id == RuleId::kDisturbance;
    if (rule.IsOn() && (problem.now() || !asks_now))
      entries_.push_back({.rule = rule, .constraint = MakeConstraint(rule)});
  }
  // Only now: entries_ moves no more.
  for (const Entry& entry : entries_) {
    if (entry.rule.IsHard() && entry.constraint->LooksAtOne()) hard_alone_.push_back(&entry);
  }
}

Score RuleSet::Evaluate(const Timetable& timetable) const {
  Score score;
  for (const Entry& entry : entries_) {
    score.Add(entry.rule.level, entry.rule.weight * entry.constraint->Penalty(timetable));
  }
  return score;
}

Score RuleSet::Delta(const Change& change) const {
  Score score;
  for (const Entry& entry : entries_) {
    score.Add(entry.rule.level, entry.rule.weight * entry.constraint->Delta(change));
  }
  return score;
}

bool RuleSet::ForbidsStart(const Problem& problem, DefenceId defence, Minute start) const {
  for (const Entry* entry : hard_alone_) {
    if (entry->constraint->PenaltyOfStart(problem, defence, start) > 0) return true;
  }
  return false;
}

bool RuleSet::ForbidsRoom(const Problem& problem, DefenceId defence, RoomId room) const {
  for (const Entry* entry : hard_alone_) {
    if (entry->constraint->PenaltyOfRoom(problem, defence, room) > 0) return true;
  }
  return false;
}

bool RuleSet::ForbidsBoth(const Problem& problem, DefenceId defence, const Placement& to) const {
  for (const Entry* entry : hard_alone_) {
    if (entry->constraint->PenaltyOfBoth(problem, defence, to) > 0) return true;
  }
  return false;
}

bool RuleSet::ForbidsHolders(const Problem& problem, DefenceId defence, const Placement& to) const {
  if (problem.defence(defence).open_seats.empty()) return false;
  for (const Entry* entry : hard_alone_) {
    if (entry->constraint->PenaltyOfHolders(problem, defence, to) > 0) return true;
  }
  return false;
}

}  // namespace soutenance::scheduling::solver
