#include "services/scheduling/solver/search/parts.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"

namespace soutenance::scheduling::solver {
namespace {

// Smaller parts gain nothing from being looked at by themselves.
constexpr std::size_t kPartMin = 100;

// Whether the penalty is a sum over defences, or over people or rooms and what they have. A new rule is none
// until somebody has thought about it.
bool IsSum(RuleId rule) {
  switch (rule) {
    case RuleId::kRoomClash:
    case RuleId::kPersonClash:
    case RuleId::kPinned:
    case RuleId::kOpeningHours:
    case RuleId::kAvailability:
    case RuleId::kSchoolWeeks:
    case RuleId::kRoomOpening:
    case RuleId::kRoomCapacity:
    case RuleId::kRoomEquipment:
    case RuleId::kPersonDayLoad:
    case RuleId::kPersonCampaignLoad:
    case RuleId::kUnplaced:
    case RuleId::kStability:
    case RuleId::kIfNeeded:
    case RuleId::kPersonDays:
    case RuleId::kGaps:
    case RuleId::kConsecutiveRoom:
    case RuleId::kBackToBack:
    case RuleId::kOneSeat:
    case RuleId::kSeatCost:
    case RuleId::kRoomGaps:
    case RuleId::kTopicChanges:
    case RuleId::kTopicBlocks:
    case RuleId::kRoomDays:
    case RuleId::kRoomBreak:
    case RuleId::kRoomBlockLoad:
    case RuleId::kNotice:
    case RuleId::kDisturbance:
    case RuleId::kSquaredLoad:
    case RuleId::kSquaredDays:
    case RuleId::kSubjectCoverage:
    case RuleId::kNearness:
    case RuleId::kQuickRoomChange:
    case RuleId::kRoleLimit:
    case RuleId::kHours:
    case RuleId::kRoomPause:
    case RuleId::kShortPause:
    case RuleId::kRoomTopics:
    case RuleId::kMixedCohorts:
    case RuleId::kMixedHolders:
    case RuleId::kRoomsUsed:
    case RuleId::kWaits:
    case RuleId::kPersonPause:
    case RuleId::kDayContinuity:
      return true;
    default:
      return false;
  }
}

// Things that belong together, by number.
class Groups {
 public:
  explicit Groups(std::size_t count) : above_(count) {
    for (std::size_t i = 0; i < count; ++i) above_[i] = i;
  }
  std::size_t Of(std::size_t i) {
    while (above_[i] != i) i = above_[i] = above_[above_[i]];
    return i;
  }
  void Join(std::size_t a, std::size_t b) { above_[Of(a)] = Of(b); }

 private:
  std::vector<std::size_t> above_;
};

// Numbers of things: first the defences, then the persons, then the rooms.
class Links {
 public:
  explicit Links(const Problem& problem)
      : problem_(problem),
        first_person_(problem.defences().size()),
        first_room_(first_person_ + problem.persons().size()),
        groups_(first_room_ + problem.rooms().size()) {}

  // Returns false if it was stopped.
  bool Join(const Candidates& candidates, absl::FunctionRef<bool()> should_stop) {
    for (std::size_t i = 0; i < problem_.defences().size(); ++i) {
      if (should_stop()) return false;
      const Defence& defence = problem_.defences()[i];
      for (const Attendee& attendee : defence.attendees) groups_.Join(i, OfPerson(attendee.person));
      for (const Seat& guest : defence.guests) groups_.Join(i, OfPerson(guest.person));
      for (const OpenSeat& seat : defence.open_seats) {
        for (const Candidate& candidate : seat.candidates) groups_.Join(i, OfPerson(candidate.person));
      }
      if (defence.pin.room) groups_.Join(i, OfRoom(*defence.pin.room));
      for (const PersonId juror : defence.pin.jurors) groups_.Join(i, OfPerson(juror));
      JoinRooms(candidates, static_cast<DefenceId>(i));
    }
    return true;
  }

  std::size_t GroupOf(DefenceId id) { return groups_.Of(Index(id)); }
  std::size_t GroupOf(PersonId id) { return groups_.Of(OfPerson(id)); }
  std::size_t GroupOf(RoomId id) { return groups_.Of(OfRoom(id)); }

 private:
  std::size_t OfPerson(PersonId id) const { return first_person_ + Index(id); }
  std::size_t OfRoom(RoomId id) const { return first_room_ + Index(id); }

  void JoinRooms(const Candidates& candidates, DefenceId id) {
    for (int i = 0; i < candidates.StartCount(id); ++i) {
      const absl::Span<const RoomId> rooms = candidates.StartAt(id, i).rooms;
      groups_.Join(Index(id), OfRoom(rooms.front()));
      // Defences of one kind share their lists.
      if (!seen_.insert(rooms.data()).second) continue;
      for (const RoomId room : rooms) groups_.Join(OfRoom(rooms.front()), OfRoom(room));
    }
  }

  const Problem& problem_;
  std::size_t first_person_;
  std::size_t first_room_;
  Groups groups_;
  absl::flat_hash_set<const RoomId*> seen_;
};

// Which part each group is put into: groups in order of their first defence; small ones together.
std::vector<std::vector<DefenceId>> Gather(const Problem& problem, Links& links) {
  absl::flat_hash_map<std::size_t, std::size_t> position;
  std::vector<std::vector<DefenceId>> groups;
  ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
    const auto [found, is_new] = position.try_emplace(links.GroupOf(id), groups.size());
    if (is_new) groups.emplace_back();
    groups[found->second].push_back(id);
  });
  std::vector<std::vector<DefenceId>> gathered;
  std::vector<DefenceId> small;
  for (std::vector<DefenceId>& group : groups) {
    if (group.size() >= kPartMin) {
      gathered.push_back(std::move(group));
      continue;
    }
    small.insert(small.end(), group.begin(), group.end());
    if (small.size() >= kPartMin) gathered.push_back(std::exchange(small, {}));
  }
  if (!small.empty() && !gathered.empty()) {
    gathered.back().insert(gathered.back().end(), small.begin(), small.end());
  }
  for (std::vector<DefenceId>& part : gathered) std::sort(part.begin(), part.end());
  std::stable_sort(gathered.begin(), gathered.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  return gathered;
}

// The campaign without its people, rooms and defences.
ProblemSpec FrameOf(const Problem& problem) {
  ProblemSpec frame = problem.spec();
  frame.persons.clear();
  frame.rooms.clear();
  frame.defences.clear();
  return frame;
}

// Returns null if the part is no problem by itself.
std::unique_ptr<Part> MakePart(const Problem& problem, Links& links, ProblemSpec spec,
                               std::vector<DefenceId> defences) {
  const ProblemSpec& whole = problem.spec();
  absl::flat_hash_set<std::size_t> groups;
  for (const DefenceId id : defences) groups.insert(links.GroupOf(id));
  ForEachId<PersonId>(problem.PersonCount(), [&](PersonId id) {
    if (groups.contains(links.GroupOf(id))) spec.persons.push_back(whole.persons[Index(id)]);
  });
  std::vector<RoomId> rooms;
  ForEachId<RoomId>(problem.RoomCount(), [&](RoomId id) {
    if (!groups.contains(links.GroupOf(id))) return;
    rooms.push_back(id);
    spec.rooms.push_back(whole.rooms[Index(id)]);
  });
  for (const DefenceId id : defences) {
    spec.defences.push_back(whole.defences[Index(id)]);
    const std::optional<Reference>& reference = problem.defence(id).reference;
    // A room that none of them could be in: nothing else is to be known of it.
    if (reference && reference->room && !groups.contains(links.GroupOf(*reference->room))) {
      spec.defences.back().reference->room.clear();
    }
  }
  absl::StatusOr<Problem> part = Problem::Create(std::move(spec));
  if (!part.ok()) return nullptr;
  return std::make_unique<Part>(Part{*std::move(part), std::move(defences), std::move(rooms)});
}

}  // namespace

Placements Part::From(const Placements& whole) const {
  Placements own(defences.size());
  for (std::size_t i = 0; i < own.size(); ++i) {
    own[i] = whole[Index(defences[i])];
    if (!own[i]) continue;
    const auto room = std::lower_bound(rooms.begin(), rooms.end(), own[i]->room);
    own[i]->room = static_cast<RoomId>(room - rooms.begin());
  }
  return own;
}

void Part::Into(const Placements& own, Placements* whole) const {
  for (std::size_t i = 0; i < own.size(); ++i) {
    std::optional<Placement> placement = own[i];
    if (placement) placement->room = rooms[Index(placement->room)];
    (*whole)[Index(defences[i])] = placement;
  }
}

std::vector<std::unique_ptr<Part>> SplitIntoParts(const Problem& problem, const Candidates& candidates,
                                                  absl::FunctionRef<bool()> should_stop) {
  if (problem.defences().size() < 2 * kPartMin) return {};
  for (const RuleInForce& rule : problem.rules()) {
    if (rule.IsOn() && !IsSum(rule.id)) return {};
  }
  Links links(problem);
  if (!links.Join(candidates, should_stop)) return {};
  std::vector<std::vector<DefenceId>> gathered = Gather(problem, links);
  if (gathered.size() < 2) return {};
  const ProblemSpec frame = FrameOf(problem);
  std::vector<std::unique_ptr<Part>> parts;
  for (std::vector<DefenceId>& defences : gathered) {
    parts.push_back(MakePart(problem, links, frame, std::move(defences)));
    if (parts.back() == nullptr || should_stop()) return {};
  }
  return parts;
}

}  // namespace soutenance::scheduling::solver
