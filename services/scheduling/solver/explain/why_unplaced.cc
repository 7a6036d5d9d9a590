#include "services/scheduling/solver/explain/why_unplaced.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/scheduling/solver/explain/obstacles.h"
#include "services/scheduling/solver/explain/phrases.h"
#include "services/scheduling/solver/search/candidates.h"

namespace soutenance::scheduling::solver {
namespace {

using Kind = UnplacedReason::Kind;

// `head` and the sentences of the first facts.
Text Told(const Text& head, const std::vector<BlockingFact>& facts, std::size_t max) {
  Text text = Capitalised(head);
  for (std::size_t i = 0; i < std::min(max, facts.size()); ++i) {
    absl::StrAppend(&text.fr, " ", facts[i].sentence.fr);
    absl::StrAppend(&text.en, " ", facts[i].sentence.en);
  }
  return text;
}

UnplacedReason NoCommonSlot(const Problem& problem, const RuleSet& rules, DefenceId id) {
  UnplacedReason reason{.defence = id,
                        .kind = Kind::kNoCommonSlot,
                        .sentence = {},
                        .facts = FactsWithoutPlace(problem, rules, id)};
  const Text defence = DefencePhrase(problem, id);
  reason.sentence = Told({absl::StrCat(defence.fr, " n’a aucune place possible, même dans un planning vide."),
                          absl::StrCat(defence.en, " has no possible place, even in an empty timetable.")},
                         reason.facts, reason.facts.size());
  return reason;
}

UnplacedReason AllTaken(const Problem& problem, DefenceId id, Crowding crowding) {
  constexpr std::size_t kFactsTold = 3;
  const Text defence = DefencePhrase(problem, id);
  UnplacedReason reason{.defence = id,
                        .kind = Kind::kAllTaken,
                        .candidate_count = crowding.candidate_count,
                        .sentence = {},
                        .facts = std::move(crowding.facts)};
  const Text head = reason.candidate_count == 1
                        ? Text{absl::StrCat("la seule place qui conviendrait à ", defence.fr, " est prise."),
                               absl::StrCat("the only place that would suit ", defence.en, " is taken.")}
                        : Text{absl::StrCat("les ", CountFr(reason.candidate_count, "place", "places"),
                                            " qui conviendraient à ", defence.fr, " sont toutes prises."),
                               absl::StrCat("all ", CountEn(reason.candidate_count, "place", "places"),
                                            " that would suit ", defence.en, " are taken.")};
  reason.sentence = Told(head, reason.facts, kFactsTold);
  return reason;
}

UnplacedReason Free(const Problem& problem, DefenceId id, const Crowding& crowding) {
  const Text defence = DefencePhrase(problem, id);
  const Text when = OnMoment(problem, crowding.free->start);
  const Text room = RoomPhrase(problem, crowding.free->room);
  return {.defence = id,
          .kind = Kind::kFree,
          .candidate_count = crowding.candidate_count,
          .sentence = Capitalised(Text{
              absl::StrCat(defence.fr, " peut être placée, par exemple ", when.fr, " dans ", room.fr, "."),
              absl::StrCat(defence.en, " can be placed, for example ", when.en, " in ", room.en, ".")}),
          .facts = {}};
}

}  // namespace

absl::string_view UnplacedKindName(UnplacedReason::Kind kind) {
  switch (kind) {
    case Kind::kNoCommonSlot:
      return "no_common_slot";
    case Kind::kAllTaken:
      return "all_taken";
    case Kind::kFree:
      return "free";
    case Kind::kUnknown:
      return "unknown";
  }
  return "";
}

UnplacedReason WhyUnplaced(const Timetable& timetable, DefenceId defence,
                           const std::function<bool()>& should_stop) {
  const Problem& problem = timetable.problem();
  const RuleSet rules(problem);
  const auto crowding_without = [&] {
    Timetable without = timetable;
    without.Apply({{defence, std::nullopt}});
    return CrowdingOf(without, rules, defence, should_stop);
  };
  Crowding crowding = timetable.PlacementOf(defence) ? crowding_without()
                                                     : CrowdingOf(timetable, rules, defence, should_stop);
  if (crowding.candidate_count == 0) return NoCommonSlot(problem, rules, defence);
  if (crowding.free) return Free(problem, defence, crowding);
  if (!crowding.is_whole) {
    return {.defence = defence,
            .kind = Kind::kUnknown,
            .candidate_count = crowding.candidate_count,
            .sentence = NotEstablished(problem, defence),
            .facts = {}};
  }
  return AllTaken(problem, defence, std::move(crowding));
}

std::vector<UnplacedReason> Unplaceable(const Problem& problem) {
  const RuleSet rules(problem);
  const Candidates candidates(problem, rules);
  std::vector<UnplacedReason> reasons;
  ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
    if (candidates.Count(id) == 0) reasons.push_back(NoCommonSlot(problem, rules, id));
  });
  return reasons;
}

}  // namespace soutenance::scheduling::solver
