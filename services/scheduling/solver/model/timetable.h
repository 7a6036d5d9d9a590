#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_TIMETABLE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_TIMETABLE_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/status/status.h"
#include "absl/types/span.h"
#include "services/scheduling/solver/model/ids.h"
#include "services/scheduling/solver/model/limits.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/time.h"

namespace soutenance::scheduling::solver {

// Who holds the open seats of a defence: for each, the position among its candidates; 0 beyond its open
// seats. A few bytes, and nothing to look at where juries are given: only those of large juries lie
// elsewhere.
class Holders {
 public:
  Holders() = default;
  Holders(const Holders& other)
      : few_(other.few_), more_(other.more_ ? std::make_unique<More>(*other.more_) : nullptr) {}
  Holders(Holders&& other) noexcept = default;
  Holders& operator=(const Holders& other) {
    few_ = other.few_;
    if (!other.more_) {
      more_.reset();
    } else if (more_) {
      *more_ = *other.more_;
    } else {
      more_ = std::make_unique<More>(*other.more_);
    }
    return *this;
  }
  Holders& operator=(Holders&& other) noexcept = default;

  // REQUIRES: seat < kOpenSeatsMax.
  uint8_t operator[](std::size_t seat) const {
    if (seat < kFew) return few_[seat];
    return more_ ? (*more_)[seat - kFew] : uint8_t{0};
  }
  uint8_t& operator[](std::size_t seat) {
    if (seat < kFew) return few_[seat];
    if (!more_) more_ = std::make_unique<More>();
    return (*more_)[seat - kFew];
  }
  static constexpr std::size_t size() { return kOpenSeatsMax; }

  friend bool operator==(const Holders& a, const Holders& b) {
    if (a.few_ != b.few_) return false;
    if (!a.more_ && !b.more_) return true;
    return (a.more_ ? *a.more_ : More{}) == (b.more_ ? *b.more_ : More{});
  }

 private:
  static constexpr std::size_t kFew = 8;
  using More = std::array<uint8_t, kOpenSeatsMax - kFew>;

  std::array<uint8_t, kFew> few_{};
  std::unique_ptr<More> more_;  // null: all 0
};

// Where, when and with whom one defence takes place.
struct Placement {
  Minute start = 0;
  RoomId room{};
  Holders holders{};

  friend bool operator==(const Placement&, const Placement&) = default;
};

// The person who holds open seat number `seat` of `defence`.
inline PersonId HolderOf(const Defence& defence, const Holders& holders, std::size_t seat) {
  return defence.open_seats[seat].candidates[holders[seat]].person;
}

// Whether `person` holds an open seat of `defence`.
inline bool Holds(const Defence& defence, const Holders& holders, PersonId person) {
  for (std::size_t i = 0; i < defence.open_seats.size(); ++i) {
    if (HolderOf(defence, holders, i) == person) return true;
  }
  return false;
}

// Everybody who attends `defence`, holders of open seats included, once, by person. Refers to `defence`.
class Attendees {
 public:
  Attendees(const Defence& defence, const Holders& holders) {
    if (defence.open_seats.empty()) {
      all_ = defence.attendees;
    } else {
      Merge(defence, holders);
    }
  }
  Attendees(const Attendees&) = delete;
  Attendees& operator=(const Attendees&) = delete;

  const Attendee* begin() const { return all_.data(); }
  const Attendee* end() const { return all_.data() + all_.size(); }
  std::size_t size() const { return all_.size(); }
  const Attendee& operator[](std::size_t i) const { return all_[i]; }

 private:
  void Merge(const Defence& defence, const Holders& holders);

  absl::Span<const Attendee> all_;
  absl::InlinedVector<Attendee, 16> merged_;
};

// How many people beyond those expected have a seat of `defence`, guests included; negative if fewer.
// `attendees` are those of the defence.
int ExtraPeopleOf(const Defence& defence, const Attendees& attendees);

// Calls visit(attendee) for each holder of an open seat who has no given one, once.
template <typename Visit>
void ForEachNewcomer(const Defence& defence, const Holders& holders, Visit visit) {
  if (defence.open_seats.empty()) return;
  for (const Attendee& attendee : Attendees(defence, holders)) {
    bool given = false;
    for (const Attendee& other : defence.attendees) given = given || other.person == attendee.person;
    if (!given) visit(attendee);
  }
}

// Placement by DefenceId; nothing for an unplaced defence.
using Placements = std::vector<std::optional<Placement>>;

// One defence gets another placement, or none.
struct Step {
  DefenceId defence{};
  std::optional<Placement> to;

  friend bool operator==(const Step&, const Step&) = default;
};

// Steps that are taken together. Every defence at most once.
using Move = absl::InlinedVector<Step, 4>;

// A placed defence as a room or a person sees it in the course of a day.
struct Placed {
  DefenceId defence;
  Minute start;
  Minute end;
  RoomId room;
  bool remote;        // in a person's day: attends on video. In a room's day: false.
  Holders holders{};  // in a room's day: of the open seats. In a person's day: nobody.

  Interval time() const { return {start, end}; }
  friend bool operator==(const Placed&, const Placed&) = default;
};

// Puts `placed` where it belongs in a day ordered by start, then by defence; takes `defence` out of one.
void InsertInOrder(std::vector<Placed>& day, const Placed& placed);
void Remove(std::vector<Placed>& day, DefenceId defence);

// Returns INVALID_ARGUMENT with a sentence for people if `to` cannot even be written into a timetable: it is
// on a date that is none of the campaign's days, or lasts past midnight, or gives an open seat to nobody.
// Whether it keeps the rules is another question.
absl::Status CheckPlacement(const Problem& problem, DefenceId defence, const Placement& to);

// Who defends when and where: the state of the search, and what is stored. Keeps by day what each room and
// each person has, in order of time. May break any rule. Refers to its problem, which must outlive it. Not
// safe for concurrent changes.
class Timetable {
 public:
  // With every defence unplaced.
  explicit Timetable(const Problem& problem);
  // REQUIRES: one entry for each defence, each passing CheckPlacement.
  Timetable(const Problem& problem, const Placements& placements);

  const Problem& problem() const { return *problem_; }
  const Placements& placements() const { return placements_; }
  const std::optional<Placement>& PlacementOf(DefenceId defence) const { return placements_[Index(defence)]; }
  int PlacedCount() const { return placed_count_; }
  // Number of (room, day) with at least one placed defence.
  int RoomDayCount() const { return room_day_count_; }
  // Sum of ExtraPeopleOf over the placed defences.
  int64_t ExtraPeople() const { return extra_people_; }
  int UnplacedCount() const { return problem_->DefenceCount() - placed_count_; }

  // By start, then by defence. Valid until the next Apply.
  absl::Span<const Placed> PersonDay(PersonId person, DayId day) const {
    return person_days_[Slot(person, day)];
  }
  absl::Span<const Placed> RoomDay(RoomId room, DayId day) const { return room_days_[Slot(room, day)]; }

  // Number of placed defences that `person` attends, and of days with at least one.
  int PersonTotal(PersonId person) const { return person_totals_[Index(person)].defences; }
  int PersonDayCount(PersonId person) const { return person_totals_[Index(person)].days; }

  // Number of seats of `role` that `person` holds in placed defences, given and open ones. Counted only for
  // roles with load bands.
  int RoleTotal(RoleId role, PersonId person) const { return role_totals_[RoleSlot(role, person)]; }

  // Takes the steps and returns the move that undoes them. REQUIRES: each `to` passes CheckPlacement.
  Move Apply(const Move& move);

  friend bool operator==(const Timetable& a, const Timetable& b) { return a.placements_ == b.placements_; }

 private:
  struct Totals {
    int defences = 0;
    int days = 0;
  };

  template <typename Id>
  std::size_t Slot(Id id, DayId day) const {
    return Index(id) * static_cast<std::size_t>(problem_->DayCount()) + Index(day);
  }
  std::size_t RoleSlot(RoleId role, PersonId person) const {
    return Index(role) * problem_->persons().size() + Index(person);
  }
  void Place(DefenceId defence, const Placement& to);
  void Unplace(DefenceId defence);
  void CountRoles(DefenceId defence, const Placement& at, int by);

  const Problem* problem_;
  Placements placements_;
  std::vector<std::vector<Placed>> person_days_;
  std::vector<std::vector<Placed>> room_days_;
  std::vector<Totals> person_totals_;
  std::vector<int> role_totals_;
  int placed_count_ = 0;
  int room_day_count_ = 0;
  int64_t extra_people_ = 0;
};

// The person in the first seat of `defence` that has this role, given seats before open ones.
inline std::optional<PersonId> FirstHolderOf(const Defence& defence, const Holders& holders, RoleId role) {
  for (const Seat& seat : defence.seats) {
    if (seat.role_id == role) return seat.person;
  }
  for (std::size_t i = 0; i < defence.open_seats.size(); ++i) {
    if (defence.open_seats[i].role_id == role) return HolderOf(defence, holders, i);
  }
  return std::nullopt;
}

// Whether `person` holds a seat of `role` in `defence`, given or open.
inline bool HoldsRole(const Defence& defence, const Holders& holders, RoleId role, PersonId person) {
  for (const Seat& seat : defence.seats) {
    if (seat.role_id == role && seat.person == person) return true;
  }
  for (std::size_t i = 0; i < defence.open_seats.size(); ++i) {
    if (defence.open_seats[i].role_id == role && HolderOf(defence, holders, i) == person) return true;
  }
  return false;
}

// Calls visit(role, person) for each seat of `defence` whose role has something said about it, given seats
// first, then open ones.
template <typename Visit>
void ForEachRoleHeld(const Defence& defence, const Holders& holders, Visit visit) {
  for (const Seat& seat : defence.seats) {
    if (seat.role_id) visit(*seat.role_id, seat.person);
  }
  for (std::size_t i = 0; i < defence.open_seats.size(); ++i) {
    if (defence.open_seats[i].role_id) visit(*defence.open_seats[i].role_id, HolderOf(defence, holders, i));
  }
}

// Calls visit(defence) for each placed defence that `person` attends, in ascending order.
template <typename Visit>
void ForEachAttended(const Timetable& timetable, PersonId id, Visit visit) {
  const Person& person = timetable.problem().person(id);
  auto given = person.defences.begin();
  auto open = person.candidacies.begin();
  while (given != person.defences.end() || open != person.candidacies.end()) {
    const bool is_given =
        given != person.defences.end() && (open == person.candidacies.end() || *given <= *open);
    const DefenceId defence = is_given ? *given : *open;
    if (open != person.candidacies.end() && *open == defence) ++open;
    if (is_given) ++given;
    const std::optional<Placement>& at = timetable.PlacementOf(defence);
    if (at && (is_given || Holds(timetable.problem().defence(defence), at->holders, id))) visit(defence);
  }
}

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_TIMETABLE_H_
