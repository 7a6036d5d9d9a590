#ifndef SOUTENANCE_SERVICES_SCHEDULING_LOADED_TIMETABLE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_LOADED_TIMETABLE_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"
#include "services/scheduling/stored_facts.h"
#include "services/scheduling/timetable_record.h"

namespace soutenance::scheduling {

// Between stored places and those of a problem. Nothing if the room is none of the problem's.
std::optional<solver::Placement> PlacementOf(const solver::Problem& problem, const Place& place);
Place PlaceOf(const solver::Problem& problem, const solver::Placement& placement);

// Whom `to` gives the open seats of `defence`, in their order.
std::vector<JurySeat> HoldersOf(const solver::Problem& problem, solver::DefenceId defence,
                                const solver::Placement& to);

// Gives the open seats of `defence` in `to` to those of `holders` who had a seat of the same role and may
// hold it. Returns a sentence in English if nobody of them is left for some seat; it then has its first
// candidate.
std::optional<std::string> GiveSeats(const solver::Problem& problem, solver::DefenceId defence,
                                     const std::vector<JurySeat>& holders, solver::Placement& to);

// What `timetable` makes of `problem`, and what of it does not fit.
struct Fit {
  struct Misfit {
    std::string thesis;
    std::string sentence;  // in English: what is wrong and what would make it right
  };
  solver::Placements placements;  // by DefenceId of the problem
  std::vector<Misfit> misfits;    // placed defences that cannot be written into the problem; left unplaced
};
Fit FitTo(const solver::Problem& problem, const TimetableRecord& timetable);

// A stored timetable as the solver sees it: on a problem in which exactly that is pinned which is pinned in
// the timetable now.
class LoadedTimetable {
 public:
  // On the problem it is shown with. DATA_LOSS if they do not belong together or cannot be read.
  static absl::StatusOr<LoadedTimetable> Load(const TimetableRecord& timetable, const StoredFacts& facts);

  // On another problem; appends to `misfits` what does not fit, and leaves it unplaced.
  static absl::StatusOr<LoadedTimetable> LoadOnto(const solver::Problem& problem,
                                                  const TimetableRecord& timetable,
                                                  std::vector<Fit::Misfit>& misfits);

  const solver::Problem& problem() const { return *problem_; }
  const solver::Timetable& timetable() const { return *timetable_; }
  solver::Timetable& timetable() { return *timetable_; }

 private:
  std::unique_ptr<const solver::Problem> problem_;  // the timetable points to it
  std::unique_ptr<solver::Timetable> timetable_;
};

// Gives the placements of `timetable` the pins of the timetable that it was made from, where they hold.
void KeepPins(const std::vector<BasePlacement>& base, TimetableRecord& timetable);

// Writes the places, the score, the counts and the reasons of `solved` into `timetable`. Pins and reasons of
// overriding stay with placements that stay. Reasons of unplaced defences are told anew, except those that
// depend on facts alone.
void TakeFrom(const solver::Timetable& solved, TimetableRecord& timetable);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_LOADED_TIMETABLE_H_
