#include "services/scheduling/solver/solve_reasons.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/scheduling/solver/explain/conflict_set.h"
#include "services/scheduling/solver/explain/why_unplaced.h"
#include "services/scheduling/solver/solve_json.h"

namespace soutenance::scheduling::solver {
namespace {

// What one defence may take; by far most take a fraction.
constexpr absl::Duration kPatience = absl::Seconds(8);

struct Fact {
  RuleId rule;
  std::vector<PersonId> persons;
  std::vector<RoomId> rooms;
  std::vector<DefenceId> defences;
  std::optional<DayId> day;
  PinAspect aspect = PinAspect::kNone;
  Text sentence;
};

struct Reason {
  DefenceId defence;
  std::string kind;
  bool is_minimal = false;
  Text sentence;
  std::vector<Fact> facts;
  std::vector<Repair> repairs;
  absl::Duration took;
};

// A reason from the places of the defence alone is minimal already.
Reason FromPlaces(const UnplacedReason& why) {
  Reason reason{.defence = why.defence,
                .kind = std::string(UnplacedKindName(why.kind)),
                .is_minimal = why.kind == UnplacedReason::Kind::kNoCommonSlot,
                .sentence = why.sentence,
                .facts = {},
                .repairs = {},
                .took = {}};
  for (const BlockingFact& fact : why.facts) {
    reason.facts.push_back({fact.rule, fact.persons, fact.rooms, fact.defences, {}, {}, fact.sentence});
  }
  return reason;
}

Reason FromConflict(const ConflictSet& conflict) {
  Reason reason{.defence = conflict.defence,
                .kind = std::string(ConflictKindName(conflict.kind)),
                .is_minimal = conflict.is_minimal,
                .sentence = conflict.sentence,
                .facts = {},
                .repairs = {},
                .took = {}};
  for (const ConflictSet::Told& told : conflict.facts) {
    Fact fact{told.fact.rule, {}, {}, told.defences, told.fact.day, told.fact.aspect, told.sentence};
    if (told.fact.person) fact.persons.push_back(*told.fact.person);
    if (told.fact.room) fact.rooms.push_back(*told.fact.room);
    reason.facts.push_back(std::move(fact));
  }
  return reason;
}

std::vector<Reason> ReasonsOf(const Timetable& timetable) {
  absl::Time until;
  std::unique_ptr<Explainer> explainer;
  std::vector<Reason> reasons;
  ForEachId<DefenceId>(timetable.problem().DefenceCount(), [&](DefenceId id) {
    if (timetable.PlacementOf(id)) return;
    const absl::Time begin = absl::Now();
    until = begin + kPatience;
    if (explainer == nullptr) {
      ExplainBudget budget;
      budget.should_stop = [&until] { return absl::Now() > until; };
      explainer = std::make_unique<Explainer>(timetable, std::move(budget));
    }
    Reason reason = FromPlaces(WhyUnplaced(timetable, id));
    if (reason.kind == UnplacedKindName(UnplacedReason::Kind::kAllTaken)) {
      const ConflictSet conflict = explainer->Conflict(id);
      if (conflict.kind != ConflictSet::Kind::kUnknown) reason = FromConflict(conflict);
    }
    const bool has_place = reason.kind == UnplacedKindName(UnplacedReason::Kind::kFree) ||
                           reason.kind == ConflictKindName(ConflictSet::Kind::kPlaceable);
    if (!has_place) reason.repairs = explainer->Repairs(id);
    reason.took = absl::Now() - begin;
    reasons.push_back(std::move(reason));
  });
  return reasons;
}

template <typename Id, typename KeyOf>
std::string JsonOfKeys(const std::vector<Id>& ids, KeyOf key_of) {
  std::vector<std::string> keys;
  for (const Id id : ids) keys.push_back(JsonQuoted(key_of(id)));
  return absl::StrCat("[", absl::StrJoin(keys, ","), "]");
}

// Prints reasons of one problem.
class Printer {
 public:
  Printer(const Problem& problem, const std::string& language) : problem_(problem), language_(language) {}

  std::string Json(const Reason& reason) const {
    std::vector<std::string> facts;
    for (const Fact& fact : reason.facts) facts.push_back(Json(fact));
    std::vector<std::string> repairs;
    for (const Repair& repair : reason.repairs) repairs.push_back(Json(repair));
    return absl::StrFormat(
        "{\"defence\":%s,\"kind\":\"%s\",\"sentence\":%s,\"is_minimal\":%s,\"seconds\":%.3f,\"facts\":[%s],"
        "\"repairs\":[%s]}",
        JsonQuoted(problem_.defence(reason.defence).key), reason.kind, JsonQuoted(In(language_, reason.sentence)),
        reason.is_minimal ? "true" : "false", absl::ToDoubleSeconds(reason.took), absl::StrJoin(facts, ","),
        absl::StrJoin(repairs, ","));
  }

 private:
  std::string Date(Minute minute) const { return absl::FormatCivilTime(problem_.DateOf(minute)); }
  static std::string Clock(Minute minute) { return absl::StrFormat("%02d:%02d", minute / 60, minute % 60); }

  std::string Defences(const std::vector<DefenceId>& ids) const {
    return JsonOfKeys(ids, [this](DefenceId id) { return problem_.defence(id).key; });
  }

  std::string Json(const Fact& fact) const {
    constexpr const char* kAspects[] = {"", "day", "time", "room"};
    std::string json = absl::StrCat(
        "{\"rule\":", JsonQuoted(LineOf(fact.rule).name),
        ",\"persons\":", JsonOfKeys(fact.persons, [this](PersonId id) { return problem_.person(id).key; }),
        ",\"rooms\":", JsonOfKeys(fact.rooms, [this](RoomId id) { return problem_.room(id).key; }),
        ",\"defences\":", Defences(fact.defences));
    if (fact.day) {
      absl::StrAppend(&json, ",\"day\":", JsonQuoted(Date(problem_.day(*fact.day).offset * kMinutesPerDay)));
    }
    if (fact.aspect != PinAspect::kNone) {
      absl::StrAppend(&json, ",\"aspect\":", JsonQuoted(kAspects[static_cast<int>(fact.aspect)]));
    }
    return absl::StrCat(json, ",\"sentence\":", JsonQuoted(In(language_, fact.sentence)), "}");
  }

  std::string Json(const RepairStep& step) const {
    std::string json = absl::StrCat("{\"kind\":", JsonQuoted(RepairKindName(step.kind)));
    if (step.person) absl::StrAppend(&json, ",\"person\":", JsonQuoted(problem_.person(*step.person).key));
    const Minute midnight = step.time.from - step.time.from % kMinutesPerDay;
    return absl::StrCat(json, ",\"day\":", JsonQuoted(Date(step.time.from)),
                        ",\"from\":", JsonQuoted(Clock(step.time.from - midnight)),
                        ",\"to\":", JsonQuoted(Clock(step.time.to - midnight)), "}");
  }

  std::string Json(const Repair& repair) const {
    std::vector<std::string> steps;
    for (const RepairStep& step : repair.steps) steps.push_back(Json(step));
    return absl::StrCat("{\"people\":", repair.people, ",\"minutes\":", repair.minutes,
                        ",\"more\":", repair.more.size(), ",\"defences\":", Defences(repair.more),
                        ",\"steps\":[", absl::StrJoin(steps, ","),
                        "],\"sentence\":", JsonQuoted(In(language_, repair.sentence)), "}");
  }

  const Problem& problem_;
  const std::string& language_;
};

}  // namespace

std::string JsonQuoted(absl::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      absl::StrAppend(&quoted, absl::StrFormat("\\u%04x", static_cast<unsigned>(c)));
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

std::string ReasonLines(const Timetable& timetable, const std::string& language) {
  std::string text;
  for (const Reason& reason : ReasonsOf(timetable)) {
    absl::StrAppend(&text, "  ", In(language, reason.sentence), "\n");
    for (std::size_t i = 0; i < reason.repairs.size(); ++i) {
      absl::StrAppend(&text, "    ", i + 1, ". ", In(language, reason.repairs[i].sentence), "\n");
    }
  }
  return text;
}

std::string JsonOfReasons(const Timetable& timetable, const std::string& language) {
  const Printer printer(timetable.problem(), language);
  std::vector<std::string> reasons;
  for (const Reason& reason : ReasonsOf(timetable)) reasons.push_back(printer.Json(reason));
  return absl::StrCat("[", absl::StrJoin(reasons, ","), "]");
}

}  // namespace soutenance::scheduling::solver
