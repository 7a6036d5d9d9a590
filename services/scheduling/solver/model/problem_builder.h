#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_PROBLEM_BUILDER_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_PROBLEM_BUILDER_H_

#include <optional>
#include <string>
#include <utility>

#include "services/scheduling/solver/model/problem.h"

namespace soutenance::scheduling::solver {

// The canonical form of a spec that was checked: lists sorted by key, intervals merged, names filled in, only
// rules that differ from the rulebook. Idempotent.
ProblemSpec Canonical(ProblemSpec spec);

// Turns a checked spec into a problem. Internal to Problem::Create.
class ProblemBuilder {
 public:
  static Problem Build(ProblemSpec canonical);

 private:
  explicit ProblemBuilder(ProblemSpec canonical) { problem_.spec_ = std::move(canonical); }

  void NumberKeys();
  void AddDays();
  void AddSubjects();
  void AddPersons();
  void AddRooms();
  void AddTopics();
  void AddDefences();
  void AddRules();
  void AddRoles();
  void AddRolePeople();
  std::vector<SubjectId> SubjectsOf(const std::vector<std::string>& names) const;
  std::vector<RoleLimit> RoleLimitsOf(const PersonSpec& spec) const;
  std::optional<RoleId> FindRole(const std::string& name) const;
  OpenSeat MakeOpenSeat(const SeatSpec& spec) const;
  Defence MakeDefence(const DefenceSpec& spec) const;
  // Gives the first open seat that `juror` may hold, and no other pinned one holds, to `juror`, unless he or
  // she attends anyhow.
  static void ReserveSeat(PersonId juror, Defence* defence);

  Problem problem_;
  std::vector<std::string> cohorts_;  // ascending
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_PROBLEM_BUILDER_H_
