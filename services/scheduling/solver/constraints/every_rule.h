#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_EVERY_RULE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_EVERY_RULE_H_

#include <cstdint>
#include <memory>

#include "services/scheduling/solver/constraints/constraint.h"

namespace soutenance::scheduling::solver {

// One function a rule, each in the file of its name. Internal to the catalogue: others ask MakeConstraint.
std::unique_ptr<Constraint> MakeRoomClash();
std::unique_ptr<Constraint> MakePersonClash();
std::unique_ptr<Constraint> MakePinned();
std::unique_ptr<Constraint> MakeOpeningHours();
std::unique_ptr<Constraint> MakeAvailability();
std::unique_ptr<Constraint> MakeSchoolWeeks();
std::unique_ptr<Constraint> MakeRoomOpening();
std::unique_ptr<Constraint> MakeRoomCapacity();
std::unique_ptr<Constraint> MakeRoomEquipment();
std::unique_ptr<Constraint> MakePersonDayLoad();
std::unique_ptr<Constraint> MakePersonCampaignLoad();
std::unique_ptr<Constraint> MakeUnplaced();
std::unique_ptr<Constraint> MakeStability();
std::unique_ptr<Constraint> MakeIfNeeded();
std::unique_ptr<Constraint> MakePersonDays(int64_t free_days);
std::unique_ptr<Constraint> MakeGaps(int64_t free_minutes);
std::unique_ptr<Constraint> MakeConsecutiveRoom();
std::unique_ptr<Constraint> MakeBackToBack();
std::unique_ptr<Constraint> MakeOneSeat();
std::unique_ptr<Constraint> MakeSeatCost();
std::unique_ptr<Constraint> MakeRoomGaps();
std::unique_ptr<Constraint> MakeTopicChanges();
std::unique_ptr<Constraint> MakeTopicBlocks(int64_t free_topics);
std::unique_ptr<Constraint> MakeRoomDays();
std::unique_ptr<Constraint> MakeRoomDayLimit(int64_t most);
std::unique_ptr<Constraint> MakeRoomBreak(int64_t minutes);
std::unique_ptr<Constraint> MakeRoomBlockLoad(int64_t most);
std::unique_ptr<Constraint> MakeNotice(int64_t minutes);
std::unique_ptr<Constraint> MakeDisturbance(int64_t days);
std::unique_ptr<Constraint> MakeRoleAbsence(int64_t piece_minutes);
std::unique_ptr<Constraint> MakeBlockContinuity(int64_t changes_at_pauses);
std::unique_ptr<Constraint> MakeRoleLoad();
std::unique_ptr<Constraint> MakeCombinedRoles();
std::unique_ptr<Constraint> MakeSquaredLoad();
std::unique_ptr<Constraint> MakeSquaredDays();
std::unique_ptr<Constraint> MakeSubjectCoverage();
std::unique_ptr<Constraint> MakeNearness();
std::unique_ptr<Constraint> MakeQuickRoomChange();
std::unique_ptr<Constraint> MakeRoleLimit();
std::unique_ptr<Constraint> MakeHours(int64_t only_edges);
std::unique_ptr<Constraint> MakeRoomPause();
std::unique_ptr<Constraint> MakeShortPause();
std::unique_ptr<Constraint> MakeRoomTopics(int64_t free_topics);
std::unique_ptr<Constraint> MakeMixedCohorts();
std::unique_ptr<Constraint> MakeMixedHolders();
std::unique_ptr<Constraint> MakeRoomsUsed();
std::unique_ptr<Constraint> MakeJurySize();
std::unique_ptr<Constraint> MakeWaits(int64_t free_minutes);
std::unique_ptr<Constraint> MakePersonPause();
std::unique_ptr<Constraint> MakeDayContinuity();
std::unique_ptr<Constraint> MakeTopicRooms(int64_t free_rooms);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_EVERY_RULE_H_
