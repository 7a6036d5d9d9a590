#include "clients/cli/day_flags.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/cli/dates.h"
#include "clients/cli/fields.h"
#include "clients/lib/failure.h"
#include "services/base/status.h"

namespace soutenance::cli {
namespace {

namespace pb = scheduling::v1;
using clients::Language;
using clients::Text;
using HourCosts = google::protobuf::RepeatedPtrField<pb::HourCost>;

constexpr char kNone[] = "none";

absl::Status Unread(const char* flag, const std::string& text, Text expected, Language language) {
  return clients::UsageError(
      absl::StrCat(flag, " ", text, Text{": ", " : "}.In(language), expected.In(language)));
}

// "11:30-13:00=45/60/14:30".
bool ReadPause(const std::string& text, pb::DayPause& pause) {
  const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits('=', 1));
  const auto begins = ParseTimeSpan(parts.first);
  const std::vector<std::string> lengths = absl::StrSplit(parts.second, '/');
  int least = 0;
  int wanted = 0;
  if (!begins || lengths.size() > 3 || !absl::SimpleAtoi(lengths[0], &least)) return false;
  if (lengths.size() > 1 && !absl::SimpleAtoi(lengths[1], &wanted)) return false;
  pause.set_from(begins->from);
  pause.set_to(begins->to);
  pause.set_least_minutes(least);
  pause.set_wanted_minutes(wanted);
  if (lengths.size() > 2) pause.set_until(lengths[2]);
  return true;
}

absl::Status ReadCosts(const Input& input, const char* flag, Language language, HourCosts& costs) {
  if (!input.Has(flag)) return absl::OkStatus();
  costs.Clear();
  for (const std::string& text : input.GetAll(flag)) {
    if (text == kNone) continue;
    const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits('=', 1));
    int points = 0;
    if (parts.first.empty() || !absl::SimpleAtoi(parts.second, &points)) {
      return Unread(
          flag, text,
          {"expected TIME=POINTS such as 09:00=5, or none", "attendu HEURE=POINTS comme 09:00=5, ou none"},
          language);
    }
    pb::HourCost& cost = *costs.Add();
    cost.set_time(parts.first);
    cost.set_cost(points);
  }
  return absl::OkStatus();
}

}  // namespace

std::vector<Flag> DayFlags() {
  return {
      TextFlag("--pause", "FROM-TO=MINUTES",
               {"when the pause of a day begins and how long it is at least, such as 11:30-13:00=45; "
                "45/60: 60 wanted; 45/60/14:30: over by then; none; see the rules room_pause, "
                "person_pause, short_pause",
                "quand commence la pause du jour et sa durée au moins, par exemple 11:30-13:00=45 ; "
                "45/60 : 60 souhaitées ; 45/60/14:30 : finie à cette heure ; none ; voir les règles "
                "room_pause, person_pause, short_pause"}),
      Repeated(TextFlag("--early", "TIME=POINTS",
                        {"what beginning before that time costs, such as 09:00=5, or none; see the rule "
                         "hours",
                         "ce que coûte un début avant cette heure, par exemple 09:00=5, ou none ; voir la "
                         "règle hours"})),
      Repeated(TextFlag("--late", "TIME=POINTS",
                        {"what ending after that time costs, such as 17:00=3, or none",
                         "ce que coûte une fin après cette heure, par exemple 17:00=3, ou none"}))};
}

bool HasDayFlags(const Input& input) {
  return input.Has("--pause") || input.Has("--early") || input.Has("--late");
}

absl::Status ApplyDayFlags(const Input& input, Language language, pb::DayShape& day) {
  if (input.Has("--pause")) {
    const std::string text = input.Get("--pause");
    day.clear_pause();
    if (text != kNone && !ReadPause(text, *day.mutable_pause())) {
      return Unread("--pause", text,
                    {"expected FROM-TO=LEAST[/WANTED[/UNTIL]] such as 11:30-13:00=45/60/14:30, or none",
                     "attendu DE-À=MINIMUM[/SOUHAIT[/FIN]] comme 11:30-13:00=45/60/14:30, ou none"},
                    language);
    }
  }
  RETURN_IF_ERROR(ReadCosts(input, "--early", language, *day.mutable_early()));
  return ReadCosts(input, "--late", language, *day.mutable_late());
}

std::string DayShapeText(const pb::DayShape& day, Language language) {
  std::vector<std::string> parts;
  if (day.has_pause()) {
    const pb::DayPause& pause = day.pause();
    std::string text = absl::StrCat(Text{"pause from ", "pause dès "}.In(language), pause.from(), "-",
                                    pause.to(), ", ", pause.least_minutes(), " min");
    if (pause.wanted_minutes() > pause.least_minutes()) {
      absl::StrAppend(&text, ", ", pause.wanted_minutes(), Text{" wanted", " souhaitées"}.In(language));
    }
    if (!pause.until().empty()) {
      absl::StrAppend(&text, Text{", over by ", ", finie à "}.In(language), pause.until());
    }
    parts.push_back(std::move(text));
  }
  const auto add = [&](const HourCosts& costs, Text word) {
    for (const pb::HourCost& cost : costs) {
      parts.push_back(absl::StrCat(word.In(language), cost.time(), " ", cost.cost()));
    }
  };
  add(day.early(), {"before ", "avant "});
  add(day.late(), {"after ", "après "});
  return absl::StrJoin(parts, "; ");
}

}  // namespace soutenance::cli
