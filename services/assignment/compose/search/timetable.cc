#include "services/assignment/compose/search/timetable.h"

namespace soutenance::assignment::compose {
namespace {

class Matching {
 public:
  Matching(const Problem& problem, const Composition& composition) : problem_(problem) {
    slots_ = static_cast<int>(problem.spec().slot_days.size());
    held_.resize(static_cast<size_t>(slots_));
    result_.slot_of.assign(static_cast<size_t>(problem.theses()), -1);
    for (int t = 0; t < problem.theses(); ++t) {
      common_.push_back(CommonSlots(problem, t, composition.seating[static_cast<size_t>(t)]));
    }
    for (int t = 0; t < problem.theses(); ++t) {
      if (!composition.is_seated[static_cast<size_t>(t)]) continue;
      seen_.assign(static_cast<size_t>(slots_), false);
      if (Find(t)) continue;
      ++result_.without;
      if (result_.crowd.theses.empty()) DescribeCrowd(t);
    }
  }

  SlotMatching result_;

 private:
  bool Find(int thesis) {
    for (int s = 0; s < slots_; ++s) {
      const size_t at = static_cast<size_t>(s);
      if (seen_[at] || !common_[static_cast<size_t>(thesis)].Has(s)) continue;
      seen_[at] = true;
      if (static_cast<int>(held_[at].size()) < problem_.spec().slot_places[at]) {
        held_[at].push_back(thesis);
        result_.slot_of[static_cast<size_t>(thesis)] = s;
        return true;
      }
      for (int& other : held_[at]) {
        if (!Find(other)) continue;
        other = thesis;
        result_.slot_of[static_cast<size_t>(thesis)] = s;
        return true;
      }
    }
    return false;
  }

  // The slots that were tried in vain are full of theses that have no others.
  void DescribeCrowd(int thesis) {
    std::vector<bool> in(common_.size(), false);
    in[static_cast<size_t>(thesis)] = true;
    for (int s = 0; s < slots_; ++s) {
      if (!seen_[static_cast<size_t>(s)]) continue;
      result_.crowd.slots.push_back(s);
      result_.crowd.places += problem_.spec().slot_places[static_cast<size_t>(s)];
      for (const int other : held_[static_cast<size_t>(s)]) in[static_cast<size_t>(other)] = true;
    }
    for (size_t t = 0; t < in.size(); ++t) {
      if (in[t]) result_.crowd.theses.push_back(static_cast<int>(t));
    }
  }

  const Problem& problem_;
  int slots_ = 0;
  std::vector<Slots> common_;           // by thesis
  std::vector<std::vector<int>> held_;  // by slot
  std::vector<bool> seen_;
};

}  // namespace

SlotMatching MatchSlots(const Problem& problem, const Composition& composition) {
  if (!problem.HasSlots()) {
    return {
        .slot_of = std::vector<int>(static_cast<size_t>(problem.theses()), -1), .without = 0, .crowd = {}};
  }
  return Matching(problem, composition).result_;
}

}  // namespace soutenance::assignment::compose
