#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_RULE_SENTENCES_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_RULE_SENTENCES_H_

#include <string>

#include "services/scheduling/solver/constraints/constraint.h"
#include "services/scheduling/solver/explain/text.h"
#include "services/scheduling/solver/model/problem.h"

// How each rule tells one breach. What the fields of a match mean stands above the rule in constraints/.
// Internal to explain/: MatchSentence (analysis.h) chooses among them.
namespace soutenance::scheduling::solver {

// The name of a person, or the key if there is none.
inline const std::string& NameOf(const Problem& problem, PersonId id) {
  const Person& person = problem.person(id);
  return person.name.empty() ? person.key : person.name;
}

// Whom a match is about first.
inline const std::string& WhoOf(const Problem& problem, const Match& match) {
  return NameOf(problem, match.persons.at(0));
}

// Breaches about where and when one defence is, or two that meet. (place_sentences.cc)
Text RoomClashSentence(const Problem& problem, const Match& match);
Text PersonClashSentence(const Problem& problem, const Match& match);
Text PinnedSentence(const Problem& problem, const Match& match);
Text OpeningHoursSentence(const Problem& problem, const Match& match);
Text AvailabilitySentence(const Problem& problem, const Match& match);
Text SchoolWeeksSentence(const Problem& problem, const Match& match);
Text RoomOpeningSentence(const Problem& problem, const Match& match);
Text RoomCapacitySentence(const Problem& problem, const Match& match);
Text RoomEquipmentSentence(const Problem& problem, const Match& match);
Text UnplacedSentence(const Problem& problem, const Match& match);
Text StabilitySentence(const Problem& problem, const Match& match);
Text IfNeededSentence(const Problem& problem, const Match& match);
Text NoticeSentence(const Problem& problem, const Match& match);
Text DisturbanceSentence(const Problem& problem, const Match& match);
Text HoursSentence(const Problem& problem, const Match& match);

// Breaches about the days, loads and ways of people. (people_sentences.cc)
Text DayLoadSentence(const Problem& problem, const Match& match);
Text CampaignLoadSentence(const Problem& problem, const Match& match);
Text PersonDaysSentence(const Problem& problem, const Match& match);
Text GapsSentence(const Problem& problem, const Match& match);
Text ConsecutiveRoomSentence(const Problem& problem, const Match& match);
Text BackToBackSentence(const Problem& problem, const Match& match);
Text SquaredLoadSentence(const Problem& problem, const Match& match);
Text SquaredDaysSentence(const Problem& problem, const Match& match);
Text NearnessSentence(const Problem& problem, const Match& match);
Text QuickRoomChangeSentence(const Problem& problem, const Match& match);
Text JurySizeSentence(const Problem&, const Match& match);
Text WaitsSentence(const Problem& problem, const Match& match);
Text PersonPauseSentence(const Problem& problem, const Match& match);

// Breaches about what a room has on a day. (room_sentences.cc)
Text RoomGapsSentence(const Problem& problem, const Match& match);
Text TopicChangesSentence(const Problem& problem, const Match& match);
Text TopicBlocksSentence(const Problem& problem, const Match& match);
Text RoomDaysSentence(const Problem& problem, const Match& match);
Text RoomDayLimitSentence(const Match& match);
Text RoomBreakSentence(const Problem& problem, const Match& match);
Text RoomBlockLoadSentence(const Problem& problem, const Match& match);
Text RoomPauseSentence(const Problem& problem, const Match& match);
Text ShortPauseSentence(const Problem& problem, const Match& match);
Text RoomTopicsSentence(const Problem& problem, const Match& match);
Text MixedCohortsSentence(const Problem& problem, const Match& match);
Text RoomsUsedSentence(const Problem& problem, const Match& match);
Text TopicRoomsSentence(const Problem& problem, const Match& match);

// Breaches about who holds which seat. (role_sentences.cc)
Text OneSeatSentence(const Problem& problem, const Match& match);
Text SeatCostSentence(const Problem& problem, const Match& match);
Text RoleAbsenceSentence(const Problem& problem, const Match& match);
Text BlockContinuitySentence(const Problem& problem, const Match& match);
Text RoleLoadSentence(const Problem& problem, const Match& match);
Text RoleLimitSentence(const Problem& problem, const Match& match);
Text CombinedRolesSentence(const Problem& problem, const Match& match);
Text SubjectCoverageSentence(const Problem& problem, const Match& match);
Text MixedHoldersSentence(const Problem& problem, const Match& match);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_RULE_SENTENCES_H_
