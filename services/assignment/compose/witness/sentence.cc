#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/assignment/compose/witness/shortage.h"

namespace soutenance::assignment::compose {
namespace {

constexpr size_t kNamedMax = 8;

std::string List(const std::vector<std::string>& names) {
  if (names.size() <= kNamedMax) return absl::StrJoin(names, ", ");
  const std::vector<std::string> first(names.begin(), names.begin() + kNamedMax);
  return absl::StrCat(absl::StrJoin(first, ", "), " and ", names.size() - kNamedMax, " more");
}

std::string Keys(const Problem& problem, const std::vector<int>& theses) {
  std::vector<std::string> keys;
  for (const int t : theses) keys.push_back(problem.thesis(t).key);
  return List(keys);
}

std::string Rules(const Problem& problem, const std::vector<int>& rules) {
  std::vector<std::string> texts;
  for (const int r : rules)
    texts.push_back(problem.rule(r).text.empty() ? problem.rule(r).key : problem.rule(r).text);
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  return List(texts);
}

std::string RoleName(const Problem& problem, int role) {
  return problem.spec().roles[static_cast<size_t>(role)];
}

std::string Plural(int64_t count, absl::string_view one, absl::string_view many) {
  return absl::StrCat(count, " ", count == 1 ? one : many);
}

std::string NoJury(const Problem& problem, const Shortage& shortage) {
  const int t = shortage.theses.front();
  const std::string key = problem.thesis(t).key;
  if (shortage.has_no_slot)
    return absl::StrCat(key, " has no legal jury: those who sit already have no slot in common");
  if (!shortage.seats.empty()) {
    std::vector<std::string> seats;
    for (const int s : shortage.seats) {
      seats.push_back(RoleName(problem, problem.thesis(t).open[static_cast<size_t>(s)].role));
    }
    return absl::StrCat(key, " has no legal jury: nobody may sit as ", List(seats));
  }
  if (shortage.is_only_for_slots) {
    return absl::StrCat(key,
                        " has no legal jury: whoever may sit together has no slot in common, or is too few");
  }
  return absl::StrCat(
      key, " has no legal jury: nobody to choose from can meet at once: ", Rules(problem, shortage.rules));
}

std::string TooFewPlaces(const Problem& problem, const Shortage& shortage) {
  std::vector<std::string> people;
  bool is_weighted = false;
  std::vector<Shortage::Place> places = shortage.places;
  std::stable_sort(places.begin(), places.end(),
                   [](const auto& a, const auto& b) { return a.places > b.places; });
  for (const Shortage::Place& place : places) {
    people.push_back(
        absl::StrCat(problem.person(place.person).key, " (", place.places,
                     place.role < 0 ? "" : absl::StrCat(" as ", RoleName(problem, place.role)),
                     place.weight == 1 ? ")" : absl::StrCat(", counted ", place.weight, " times)")));
    is_weighted = is_weighted || place.weight != 1;
  }
  const bool is_alike = std::all_of(shortage.least.begin(), shortage.least.end(),
                                    [&](Value n) { return n == shortage.least.front(); });
  return absl::StrCat(
      Plural(static_cast<int64_t>(shortage.theses.size()), "thesis needs ", "theses need "),
      is_weighted ? "more than there is" : Plural(shortage.needed, "seat", "seats"), " held by ",
      Plural(static_cast<int64_t>(people.size()), "person", "people"), " who ",
      people.size() == 1 ? "has " : "have ", is_weighted ? "together " : "",
      Plural(shortage.offered, "place", "places"), is_weighted ? absl::StrCat(" of ", shortage.needed) : "",
      ": ", List(people),
      is_alike && !is_weighted && shortage.theses.size() > 1
          ? absl::StrCat("; ", shortage.least.front(), " for each of ")
          : "; for ",
      Keys(problem, shortage.theses),
      shortage.rules.empty() ? "" : absl::StrCat("; because of: ", Rules(problem, shortage.rules)));
}

}  // namespace

std::string Sentence(const Problem& problem, const Shortage& shortage) {
  switch (shortage.kind) {
    case Shortage::Kind::kNoJury:
      return NoJury(problem, shortage);
    case Shortage::Kind::kTooFewPlaces:
      return TooFewPlaces(problem, shortage);
    case Shortage::Kind::kTogether:
      return absl::StrCat("each of ", Keys(problem, shortage.theses),
                          " can have a jury, but not all of them at once; everything was tried");
  }
  return "";
}

std::string StepSentence(const Problem& problem, const Shortage::Step& step) {
  switch (step.kind) {
    case Shortage::Step::Kind::kMorePlaces:
      return absl::StrCat(Plural(step.by, "more place", "more places"), " with ",
                          problem.person(step.person).key,
                          step.role < 0 ? "" : absl::StrCat(" as ", RoleName(problem, step.role)));
    case Shortage::Step::Kind::kLiftRule:
      return absl::StrCat("for ", problem.thesis(step.thesis).key,
                          " a derogation from: ", Rules(problem, {step.rule}));
    case Shortage::Step::Kind::kOtherPeople: {
      const ThesisSpec& thesis = problem.thesis(step.thesis);
      if (step.seat < 0) return absl::StrCat("other people for ", thesis.key, ", or more free time");
      return absl::StrCat("somebody who may sit as ",
                          RoleName(problem, thesis.open[static_cast<size_t>(step.seat)].role), " for ",
                          thesis.key);
    }
  }
  return "";
}

}  // namespace soutenance::assignment::compose
