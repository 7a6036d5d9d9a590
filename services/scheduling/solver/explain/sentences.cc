#include "services/scheduling/solver/explain/analysis.h"
#include "services/scheduling/solver/explain/rule_sentences.h"

namespace soutenance::scheduling::solver {

Text MatchSentence(const Problem& problem, RuleId rule, const Match& match) {
  switch (rule) {
    case RuleId::kRoomClash:
      return RoomClashSentence(problem, match);
    case RuleId::kPersonClash:
      return PersonClashSentence(problem, match);
    case RuleId::kPinned:
      return PinnedSentence(problem, match);
    case RuleId::kOpeningHours:
      return OpeningHoursSentence(problem, match);
    case RuleId::kAvailability:
      return AvailabilitySentence(problem, match);
    case RuleId::kSchoolWeeks:
      return SchoolWeeksSentence(problem, match);
    case RuleId::kRoomOpening:
      return RoomOpeningSentence(problem, match);
    case RuleId::kRoomCapacity:
      return RoomCapacitySentence(problem, match);
    case RuleId::kRoomEquipment:
      return RoomEquipmentSentence(problem, match);
    case RuleId::kPersonDayLoad:
      return DayLoadSentence(problem, match);
    case RuleId::kPersonCampaignLoad:
      return CampaignLoadSentence(problem, match);
    case RuleId::kUnplaced:
      return UnplacedSentence(problem, match);
    case RuleId::kStability:
      return StabilitySentence(problem, match);
    case RuleId::kIfNeeded:
      return IfNeededSentence(problem, match);
    case RuleId::kPersonDays:
      return PersonDaysSentence(problem, match);
    case RuleId::kGaps:
      return GapsSentence(problem, match);
    case RuleId::kConsecutiveRoom:
      return ConsecutiveRoomSentence(problem, match);
    case RuleId::kBackToBack:
      return BackToBackSentence(problem, match);
    case RuleId::kOneSeat:
      return OneSeatSentence(problem, match);
    case RuleId::kSeatCost:
      return SeatCostSentence(problem, match);
    case RuleId::kRoomGaps:
      return RoomGapsSentence(problem, match);
    case RuleId::kTopicChanges:
      return TopicChangesSentence(problem, match);
    case RuleId::kTopicBlocks:
      return TopicBlocksSentence(problem, match);
    case RuleId::kRoomDays:
      return RoomDaysSentence(problem, match);
    case RuleId::kRoomDayLimit:
      return RoomDayLimitSentence(match);
    case RuleId::kRoomBreak:
      return RoomBreakSentence(problem, match);
    case RuleId::kRoomBlockLoad:
      return RoomBlockLoadSentence(problem, match);
    case RuleId::kNotice:
      return NoticeSentence(problem, match);
    case RuleId::kDisturbance:
      return DisturbanceSentence(problem, match);
    case RuleId::kRoleAbsence:
      return RoleAbsenceSentence(problem, match);
    case RuleId::kBlockContinuity:
      return BlockContinuitySentence(problem, match);
    case RuleId::kRoleLoad:
      return RoleLoadSentence(problem, match);
    case RuleId::kCombinedRoles:
      return CombinedRolesSentence(problem, match);
    case RuleId::kSquaredLoad:
      return SquaredLoadSentence(problem, match);
    case RuleId::kSquaredDays:
      return SquaredDaysSentence(problem, match);
    case RuleId::kSubjectCoverage:
      return SubjectCoverageSentence(problem, match);
    case RuleId::kNearness:
      return NearnessSentence(problem, match);
    case RuleId::kQuickRoomChange:
      return QuickRoomChangeSentence(problem, match);
    case RuleId::kRoleLimit:
      return RoleLimitSentence(problem, match);
    case RuleId::kHours:
      return HoursSentence(problem, match);
    case RuleId::kRoomPause:
      return RoomPauseSentence(problem, match);
    case RuleId::kShortPause:
      return ShortPauseSentence(problem, match);
    case RuleId::kRoomTopics:
      return RoomTopicsSentence(problem, match);
    case RuleId::kMixedCohorts:
      return MixedCohortsSentence(problem, match);
    case RuleId::kMixedHolders:
      return MixedHoldersSentence(problem, match);
    case RuleId::kRoomsUsed:
      return RoomsUsedSentence(problem, match);
    case RuleId::kJurySize:
      return JurySizeSentence(problem, match);
    case RuleId::kWaits:
      return WaitsSentence(problem, match);
    case RuleId::kPersonPause:
      return PersonPauseSentence(problem, match);
    case RuleId::kDayContinuity:
      return BlockContinuitySentence(problem, match);
    case RuleId::kTopicRooms:
      return TopicRoomsSentence(problem, match);
  }
  return {};
}

}  // namespace soutenance::scheduling::solver
