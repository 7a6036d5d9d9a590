#include "services/scheduling/day_shape.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace soutenance::scheduling {
namespace {

using Problems = std::vector<FieldViolation>;
using Words = std::vector<std::string>;

void Refuse(Problems& problems, absl::string_view path, absl::string_view field, std::string why) {
  problems.push_back({.field = absl::StrCat(path, field), .description = std::move(why)});
}

void CheckPause(const DayPause& pause, absl::string_view path, Problems& problems) {
  const auto text = [](MinuteOfDay time) { return TimeOfDayText(time); };
  if (pause.from < 0 || pause.to > kEndOfDay || pause.from >= pause.to) {
    Refuse(problems, path, ".pause",
           absl::StrCat(text(pause.from), " to ", text(pause.to),
                        " is no time in which it may begin: the end comes after the beginning"));
  }
  if (pause.least_minutes < 0 || pause.least_minutes > kEndOfDay) {
    Refuse(problems, path, ".pause.least_minutes",
           absl::StrCat(pause.least_minutes, " is not between 0 and ", kEndOfDay));
  }
  if (pause.wanted_minutes < pause.least_minutes || pause.wanted_minutes > kEndOfDay) {
    Refuse(problems, path, ".pause.wanted_minutes",
           absl::StrCat(pause.wanted_minutes, " is not between ", pause.least_minutes,
                        ", which is the least, and ", kEndOfDay));
  }
  if (pause.until && (*pause.until < pause.from + pause.least_minutes || *pause.until > kEndOfDay)) {
    Refuse(problems, path, ".pause.until",
           absl::StrCat(text(*pause.until), " is too early: a pause that begins at ", text(pause.from),
                        " and lasts ", pause.least_minutes, " min is not over by then"));
  }
}

void CheckCosts(const std::vector<HourCost>& costs, const std::string& path, Problems& problems) {
  if (costs.size() > kHourCostsMax) {
    Refuse(problems, path, "",
           absl::StrCat("has ", costs.size(), " entries; at most ", kHourCostsMax, " are possible"));
  }
  for (std::size_t i = 0; i < costs.size(); ++i) {
    const HourCost& entry = costs[i];
    if (entry.cost < 0 || entry.cost > kHourCostMax) {
      Refuse(problems, path, absl::StrCat("[", i, "].cost"),
             absl::StrCat(entry.cost, " is not between 0 and ", kHourCostMax));
    }
    const auto same = [&](const HourCost& other) { return other.time == entry.time; };
    if (std::any_of(costs.begin(), costs.begin() + static_cast<std::ptrdiff_t>(i), same)) {
      Refuse(problems, path, absl::StrCat("[", i, "].time"),
             absl::StrCat(TimeOfDayText(entry.time), " is named twice; add its costs up"));
    }
  }
}

bool ReadPause(const Words& words, DayShape& day) {
  if (words.size() != 5 && words.size() != 6) return false;
  const auto from = ParseTimeOfDay(words[1]);
  const auto to = ParseTimeOfDay(words[2]);
  DayPause pause;
  if (!from || !to || !absl::SimpleAtoi(words[3], &pause.least_minutes) ||
      !absl::SimpleAtoi(words[4], &pause.wanted_minutes)) {
    return false;
  }
  pause.from = *from;
  pause.to = *to;
  if (words.size() == 6) {
    pause.until = ParseTimeOfDay(words[5]);
    if (!pause.until) return false;
  }
  day.pause = pause;
  return true;
}

bool ReadCost(const Words& words, std::vector<HourCost>& costs) {
  const auto time = words.size() == 3 ? ParseTimeOfDay(words[1]) : std::nullopt;
  HourCost entry;
  if (!time || !absl::SimpleAtoi(words[2], &entry.cost)) return false;
  entry.time = *time;
  costs.push_back(entry);
  return true;
}

}  // namespace

void Normalise(DayShape& day) {
  const auto by_time = [](const HourCost& a, const HourCost& b) { return a.time < b.time; };
  std::stable_sort(day.early.begin(), day.early.end(), by_time);
  std::stable_sort(day.late.begin(), day.late.end(), by_time);
}

void CheckDay(const DayShape& day, absl::string_view path, Problems& problems) {
  if (day.pause) CheckPause(*day.pause, path, problems);
  CheckCosts(day.early, absl::StrCat(path, ".early"), problems);
  CheckCosts(day.late, absl::StrCat(path, ".late"), problems);
}

std::vector<std::string> DayLines(const DayShape& day) {
  std::vector<std::string> lines;
  if (day.pause) {
    const DayPause& pause = *day.pause;
    lines.push_back(absl::StrCat("pause ", TimeOfDayText(pause.from), " ", TimeOfDayText(pause.to), " ",
                                 pause.least_minutes, " ", pause.wanted_minutes));
    if (pause.until) absl::StrAppend(&lines.back(), " ", TimeOfDayText(*pause.until));
  }
  const auto add = [&](absl::string_view kind, const std::vector<HourCost>& costs) {
    for (const HourCost& entry : costs) {
      lines.push_back(absl::StrCat(kind, " ", TimeOfDayText(entry.time), " ", entry.cost));
    }
  };
  add("early", day.early);
  add("late", day.late);
  return lines;
}

absl::StatusOr<DayShape> ParseDayLines(const std::vector<std::string>& lines) {
  DayShape day;
  for (const std::string& line : lines) {
    const Words words = absl::StrSplit(line, ' ');
    const bool is_sound = words[0] == "pause"   ? ReadPause(words, day)
                          : words[0] == "early" ? ReadCost(words, day.early)
                          : words[0] == "late"  ? ReadCost(words, day.late)
                                                : false;
    if (!is_sound) {
      return absl::DataLossError(
          absl::StrCat("what a campaign says of its days cannot be read: \"", line, "\""));
    }
  }
  return day;
}

}  // namespace soutenance::scheduling
