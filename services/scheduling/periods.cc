#include "services/scheduling/periods.h"

#include <algorithm>

namespace soutenance::scheduling {
namespace {

using solver::Interval;
using solver::Minute;

// Gathers parts of days, whichever they are, and cuts off what the campaign does not span.
class Collected {
 public:
  explicit Collected(const Campaign& campaign) : first_(campaign.first_date()), last_(campaign.days.back()) {}

  void Add(absl::CivilDay date, MinuteOfDay from, MinuteOfDay to) {
    is_empty_ = false;
    if (date >= first_ && date <= last_) intervals_.push_back(IntervalOf(first_, date, from, to));
  }

  void AddDays(absl::CivilDay first, absl::CivilDay last) {
    is_empty_ = false;
    const absl::CivilDay from = std::max(first, first_);
    const absl::CivilDay to = std::min(last, last_);
    if (from > to) return;
    intervals_.push_back({IntervalOf(first_, from, 0, 0).from, IntervalOf(first_, to, 0, kEndOfDay).to});
  }

  // Whether nothing was added, be it within the campaign or not.
  bool IsEmpty() const { return is_empty_; }

  std::vector<Interval> Normalised() const { return solver::Normalised(intervals_); }

 private:
  const absl::CivilDay first_;
  const absl::CivilDay last_;
  std::vector<Interval> intervals_;
  bool is_empty_ = true;
};

// The open parts, or everything if none is named, without the closed parts.
std::vector<Interval> OpenTime(const Collected& open, const Collected& closed, Interval span) {
  const std::vector<Interval> all = open.IsEmpty() ? std::vector<Interval>{span} : open.Normalised();
  return Without(all, closed.Normalised());
}

}  // namespace

Interval SpanOf(const Campaign& campaign) {
  return {0, IntervalOf(campaign.first_date(), campaign.days.back(), 0, kEndOfDay).to};
}

std::vector<Interval> OpeningOf(const Campaign& campaign) {
  std::vector<Interval> opening;
  opening.reserve(campaign.days.size() * campaign.hours.size());
  for (const absl::CivilDay day : campaign.days) {
    for (const Hours& hours : campaign.hours) {
      opening.push_back(IntervalOf(campaign.first_date(), day, hours.from, hours.to));
    }
  }
  return opening;
}

PersonTime TimeOfAnswer(const Campaign& campaign, const std::vector<AvailabilityPeriod>& periods) {
  Collected offered(campaign);
  Collected if_needed(campaign);
  Collected refused(campaign);
  for (const AvailabilityPeriod& period : periods) {
    const auto add = [&](Collected& to) { to.Add(period.date, period.from, period.to); };
    switch (period.answer) {
      case Answer::kYes:
        add(offered);
        break;
      case Answer::kIfNeeded:
        add(offered);
        add(if_needed);
        break;
      case Answer::kNo:
        add(refused);
        break;
    }
  }
  const std::vector<Interval> free = OpenTime(offered, refused, SpanOf(campaign));
  const std::vector<Interval> all = {SpanOf(campaign)};
  return {.blocked = Without(all, free), .if_needed = solver::Intersection(if_needed.Normalised(), free)};
}

PersonTime TimeOfSilence(const Campaign& campaign) {
  switch (campaign.silent_policy) {
    case SilentPolicy::kAvailable:
      return {};
    case SilentPolicy::kIfNeeded:
      return {.if_needed = {SpanOf(campaign)}};
    case SilentPolicy::kUnavailable:
      return {.blocked = {SpanOf(campaign)}};
  }
  return {};
}

std::vector<Interval> TimeOfRoom(const Campaign& campaign, const std::vector<RoomOpening>& openings) {
  Collected open(campaign);
  Collected closed(campaign);
  for (const RoomOpening& opening : openings) {
    (opening.is_open ? open : closed).Add(opening.date, opening.from, opening.to);
  }
  return OpenTime(open, closed, SpanOf(campaign));
}

std::vector<Interval> TimeOfSchool(const Campaign& campaign, const std::vector<CalendarPeriod>& calendar) {
  Collected school(campaign);
  Collected company(campaign);
  for (const CalendarPeriod& period : calendar) {
    (period.is_school ? school : company).AddDays(period.first, period.last);
  }
  return OpenTime(school, company, SpanOf(campaign));
}

std::vector<Interval> Without(absl::Span<const Interval> all, absl::Span<const Interval> without) {
  std::vector<Interval> rest;
  auto hole = without.begin();
  for (const Interval& whole : all) {
    Minute from = whole.from;
    while (hole != without.end() && hole->to <= from) ++hole;
    // The last hole may reach into the next interval, so it is looked at again there.
    for (auto next = hole; next != without.end() && next->from < whole.to; ++next) {
      if (next->from > from) rest.push_back({from, next->from});
      from = std::max(from, next->to);
    }
    if (from < whole.to) rest.push_back({from, whole.to});
  }
  return rest;
}

}  // namespace soutenance::scheduling
