#include "services/assignment/slot_lookup.h"

#include <algorithm>

namespace soutenance::assignment {
namespace {

constexpr int kMinutesOfDay = 24 * 60;
using Minutes = std::vector<bool>;
using Period = CampaignTimes::Period;

void Set(const Period& period, bool to, Minutes& minutes) {
  for (int m = std::max(0, period.from); m < std::min(period.to, kMinutesOfDay); ++m) {
    minutes[static_cast<size_t>(m)] = to;
  }
}

// The minutes of `date` at which somebody can be there. Who said yes to some times said no to all others.
Minutes FreeOn(const std::string& date, const std::vector<Period>& periods) {
  const bool says_yes = std::any_of(periods.begin(), periods.end(), [](const Period& period) {
    return period.answer != Period::Answer::kNo;
  });
  Minutes minutes(kMinutesOfDay, !says_yes);
  for (const bool is_no : {false, true}) {
    for (const Period& period : periods) {
      const bool says_no = period.answer == Period::Answer::kNo;
      if (period.date == date && says_no == is_no) Set(period, !is_no, minutes);
    }
  }
  return minutes;
}

bool IsFree(const Minutes& minutes, int from, int to) {
  return std::find(minutes.begin() + from, minutes.begin() + to, false) == minutes.begin() + to;
}

}  // namespace

CampaignSlots SlotsOf(const CampaignTimes& times) {
  struct Start {
    std::size_t day;
    int minute;
  };
  std::vector<Start> starts;
  CampaignSlots slots{.programme = times.programme, .days = {}, .rooms = times.rooms};
  for (std::size_t day = 0; day < times.days.size(); ++day) {
    for (const CampaignTimes::Hours& hours : times.hours) {
      for (int start = hours.from; start + times.duration <= hours.to; start += std::max(1, times.grid)) {
        starts.push_back({day, start});
        slots.days.push_back(static_cast<int>(day));
      }
    }
  }
  for (const auto& [person, periods] : times.answers) {
    std::vector<Minutes> free;
    for (const std::string& date : times.days) free.push_back(FreeOn(date, periods));
    compose::Slots& of_person = slots.free[person];
    for (std::size_t s = 0; s < starts.size(); ++s) {
      if (IsFree(free[starts[s].day], starts[s].minute, starts[s].minute + times.duration)) {
        of_person.Add(static_cast<int>(s));
      }
    }
  }
  if (times.silent_are_free) slots.of_silent = compose::Slots::First(static_cast<int>(starts.size()));
  return slots;
}

}  // namespace soutenance::assignment
