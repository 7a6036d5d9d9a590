#include "services/scheduling/solver/solve_reasons.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/scheduling/solver/explain/reason.h"
#include "services/scheduling/solver/solve_json.h"

namespace soutenance::scheduling::solver {
namespace {

// What one defence may take, and all of them; by far most take a fraction.
constexpr absl::Duration kPatience = absl::Seconds(8);
constexpr absl::Duration kPatienceOfAll = absl::Seconds(60);

struct Told {
  Reason reason;
  std::vector<Repair> repairs;
  absl::Duration took;
};

std::vector<Told> ReasonsOf(const Timetable& timetable) {
  absl::Time until;
  const absl::Time until_all = absl::Now() + kPatienceOfAll;
  Reasons reasons(timetable, [&until] { return absl::Now() > until; });
  std::vector<Told> told;
  // Reasons of all before repairs of any: if time is short, whoever asks wants to know why first.
  ForEachId<DefenceId>(timetable.problem().DefenceCount(), [&](DefenceId id) {
    if (timetable.PlacementOf(id)) return;
    const absl::Time begin = absl::Now();
    until = std::min(begin + kPatience, until_all);
    told.push_back({.reason = reasons.Of(id), .repairs = {}, .took = {}});
    told.back().took = absl::Now() - begin;
  });
  for (Told& one : told) {
    if (one.reason.HasPlace()) continue;
    const absl::Time begin = absl::Now();
    until = std::min(begin + kPatience - one.took, until_all);
    one.repairs = reasons.RepairsOf(one.reason.defence);
    one.took += absl::Now() - begin;
  }
  return told;
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

  std::string Json(const Told& told) const {
    const Reason& reason = told.reason;
    std::vector<std::string> facts;
    for (const Reason::Fact& fact : reason.facts) facts.push_back(Json(fact));
    std::vector<std::string> repairs;
    for (const Repair& repair : told.repairs) repairs.push_back(Json(repair));
    return absl::StrFormat(
        "{\"defence\":%s,\"kind\":\"%s\",\"sentence\":%s,\"is_minimal\":%s,\"seconds\":%.3f,\"facts\":[%s],"
        "\"repairs\":[%s]}",
        JsonQuoted(problem_.defence(reason.defence).key), reason.kind,
        JsonQuoted(In(language_, reason.sentence)), reason.is_minimal ? "true" : "false",
        absl::ToDoubleSeconds(told.took), absl::StrJoin(facts, ","), absl::StrJoin(repairs, ","));
  }

 private:
  std::string Date(Minute minute) const { return absl::FormatCivilTime(problem_.DateOf(minute)); }
  static std::string Clock(Minute minute) { return absl::StrFormat("%02d:%02d", minute / 60, minute % 60); }

  std::string Defences(const std::vector<DefenceId>& ids) const {
    return JsonOfKeys(ids, [this](DefenceId id) { return problem_.defence(id).key; });
  }

  std::string Json(const Reason::Fact& fact) const {
    constexpr const char* kAspects[] = {"", "day", "time", "room", "jurors", "mode"};
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
  for (const Told& told : ReasonsOf(timetable)) {
    absl::StrAppend(&text, "  ", In(language, told.reason.sentence), "\n");
    for (std::size_t i = 0; i < told.repairs.size(); ++i) {
      absl::StrAppend(&text, "    ", i + 1, ". ", In(language, told.repairs[i].sentence), "\n");
    }
  }
  return text;
}

std::string JsonOfReasons(const Timetable& timetable, const std::string& language) {
  const Printer printer(timetable.problem(), language);
  std::vector<std::string> reasons;
  for (const Told& told : ReasonsOf(timetable)) reasons.push_back(printer.Json(told));
  return absl::StrCat("[", absl::StrJoin(reasons, ","), "]");
}

}  // namespace soutenance::scheduling::solver
