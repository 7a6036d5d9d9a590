#include "services/scheduling/solver/exact/seating.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "services/scheduling/solver/exact/models.h"
#include "services/scheduling/solver/search/random.h"

namespace soutenance::scheduling::solver {
namespace {

constexpr int kDeals = 40;
// Pairs of a jury and a defence that are looked at.
constexpr std::size_t kPairsMax = 200'000;

using ByRole = std::map<SeatedModel::RoleName, std::vector<PersonId>>;

// People who come at one time and are to be in one defence.
struct Jury {
  const SeatedModel::Session* session;
  ByRole people;
};

// Gives the seats of `defence` to the people of a jury, each role by augmenting paths; absent if they cannot
// hold all of them.
class Seats {
 public:
  Seats(const Defence& defence, const ByRole& people)
      : defence_(defence), people_(people), held_(defence.open_seats.size(), -1) {}

  std::optional<Holders> Give() {
    for (std::size_t i = 0; i < held_.size(); ++i) {
      if (defence_.open_seats[i].shared) continue;
      tried_.clear();
      if (!Hold(i)) return std::nullopt;
    }
    Holders holders{};
    for (std::size_t i = 0; i < held_.size(); ++i) {
      const OpenSeat& seat = defence_.open_seats[i];
      if (!seat.shared) holders[i] = *FindCandidate(seat, PersonOf(i, held_[i]));
    }
    return holders;
  }

 private:
  PersonId PersonOf(std::size_t i, int k) const {
    const OpenSeat& seat = defence_.open_seats[i];
    return people_.at({seat.role, seat.remote})[static_cast<std::size_t>(k)];
  }

  bool Hold(std::size_t i) {
    const OpenSeat& seat = defence_.open_seats[i];
    const auto own = people_.find({seat.role, seat.remote});
    if (own == people_.end()) return false;
    for (std::size_t k = 0; k < own->second.size(); ++k) {
      const std::optional<uint8_t> found = FindCandidate(seat, own->second[k]);
      if (!found || seat.pinned.value_or(*found) != *found) continue;
      if (std::find(tried_.begin(), tried_.end(), own->second[k]) != tried_.end()) continue;
      tried_.push_back(own->second[k]);
      const auto holder = HolderOf(own->second[k]);
      if (holder && !Hold(*holder)) continue;
      held_[i] = static_cast<int>(k);
      return true;
    }
    return false;
  }

  std::optional<std::size_t> HolderOf(PersonId person) const {
    for (std::size_t i = 0; i < held_.size(); ++i) {
      if (held_[i] >= 0 && PersonOf(i, held_[i]) == person) return i;
    }
    return std::nullopt;
  }

  const Defence& defence_;
  const ByRole& people_;
  std::vector<int> held_;  // by seat: which of the people of its role; -1: nobody yet
  std::vector<PersonId> tried_;
};

// Juries and the defences that they could have.
class Pairing {
 public:
  Pairing(const Graph& graph, const std::vector<Jury>& juries)
      : could_(juries.size()),
        jury_of_(graph.problem().defences().size(), -1),
        position_of_(juries.size(), -1) {
    for (std::size_t j = 0; j < juries.size(); ++j) {
      for (const int i : juries[j].session->positions) {
        const Defence& defence = graph.problem().defence(graph.position(i).defence);
        if (Seats(defence, juries[j].people).Give()) could_[j].push_back({i, graph.position(i).defence});
      }
    }
    for (std::size_t j = 0; j < juries.size(); ++j) {
      seen_.assign(jury_of_.size(), false);
      matched_ += static_cast<std::size_t>(Find(j));
    }
  }

  std::size_t matched() const { return matched_; }
  int PositionOf(std::size_t jury) const { return position_of_[jury]; }  // -1: none

 private:
  bool Find(std::size_t jury) {
    for (const auto& [position, defence] : could_[jury]) {
      if (seen_[Index(defence)]) continue;
      seen_[Index(defence)] = true;
      int& other = jury_of_[Index(defence)];
      if (other >= 0 && !Find(static_cast<std::size_t>(other))) continue;
      other = static_cast<int>(jury);
      position_of_[jury] = position;
      return true;
    }
    return false;
  }

  std::vector<std::vector<std::pair<int, DefenceId>>> could_;
  std::vector<int> jury_of_;      // by defence; -1: none
  std::vector<int> position_of_;  // by jury
  std::vector<bool> seen_;
  std::size_t matched_ = 0;
};

// Each jury of a session gets as many people of each role as the others.
std::vector<Jury> Deal(const std::vector<SeatedModel::Session>& sessions, Random& random) {
  std::vector<Jury> juries;
  for (const SeatedModel::Session& session : sessions) {
    const std::size_t first = juries.size();
    juries.resize(first + static_cast<std::size_t>(session.defences), {&session, {}});
    const std::size_t count = juries.size() - first;
    for (const auto& [role, people] : session.people) {
      std::vector<PersonId> dealt = people;
      for (std::size_t i = dealt.size(); count > 1 && i > 1; --i) {
        std::swap(dealt[i - 1], dealt[random.Below(i)]);
      }
      for (std::size_t i = 0; i < dealt.size(); ++i)
        juries[first + i % count].people[role].push_back(dealt[i]);
    }
  }
  return juries;
}

}  // namespace

Placements FindDefences(const Graph& graph, const std::vector<SeatedModel::Session>& sessions) {
  std::size_t pairs = 0;
  bool is_only = true;
  for (const SeatedModel::Session& session : sessions) {
    pairs += session.positions.size() * static_cast<std::size_t>(session.defences);
    is_only = is_only && session.defences == 1;
  }
  const std::size_t count = graph.problem().defences().size();
  if (pairs > kPairsMax) return Placements(count);
  Random random(1);
  std::vector<Jury> juries = Deal(sessions, random);
  Pairing best(graph, juries);
  for (int i = 1; i < kDeals && !is_only && best.matched() < juries.size(); ++i) {
    std::vector<Jury> others = Deal(sessions, random);
    Pairing pairing(graph, others);
    if (pairing.matched() <= best.matched()) continue;
    best = std::move(pairing);
    juries = std::move(others);
  }
  std::vector<Run> runs;
  for (std::size_t j = 0; j < juries.size(); ++j) {
    if (best.PositionOf(j) >= 0) runs.push_back({best.PositionOf(j)});
  }
  Placements placements = WithRooms(graph, runs);
  for (std::size_t j = 0; j < juries.size(); ++j) {
    if (best.PositionOf(j) < 0) continue;
    const DefenceId id = graph.position(best.PositionOf(j)).defence;
    std::optional<Placement>& at = placements[Index(id)];
    if (at) at->holders = *Seats(graph.problem().defence(id), juries[j].people).Give();
  }
  return placements;
}

}  // namespace soutenance::scheduling::solver
