#include "services/assignment/rpc/slot_lookup_grpc.h"

#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "services/base/page.h"
#include "services/base/status.h"

namespace soutenance::assignment {
namespace {

namespace pb = ::soutenance::scheduling::v1;

constexpr int kGridDefault = 15;
constexpr int kDurationDefault = 60;

// "09:30" in minutes; `otherwise` if it is empty or no time.
int MinutesOf(const std::string& text, int otherwise) {
  const std::vector<std::string> parts = absl::StrSplit(text, ':');
  int hours = 0;
  int minutes = 0;
  if (parts.size() != 2 || !absl::SimpleAtoi(parts[0], &hours) || !absl::SimpleAtoi(parts[1], &minutes)) {
    return otherwise;
  }
  return hours * 60 + minutes;
}

CampaignTimes::Period PeriodOf(const pb::AvailabilityPeriod& message) {
  using Answer = CampaignTimes::Period::Answer;
  CampaignTimes::Period period{.date = message.date()};
  period.from = MinutesOf(message.from(), 0);
  period.to = MinutesOf(message.to(), 24 * 60);
  period.answer = message.answer() == pb::AvailabilityPeriod::ANSWER_NO          ? Answer::kNo
                  : message.answer() == pb::AvailabilityPeriod::ANSWER_IF_NEEDED ? Answer::kIfNeeded
                                                                                 : Answer::kYes;
  return period;
}

CampaignTimes TimesOf(const pb::Campaign& campaign) {
  CampaignTimes times{.programme = campaign.programme(),
                      .days = {campaign.days().begin(), campaign.days().end()}};
  for (const pb::Hours& hours : campaign.hours()) {
    times.hours.push_back({MinutesOf(hours.from(), 0), MinutesOf(hours.to(), 0)});
  }
  times.grid = campaign.grid_minutes() > 0 ? campaign.grid_minutes() : kGridDefault;
  times.duration = campaign.duration_minutes() > 0 ? campaign.duration_minutes() : kDurationDefault;
  times.rooms = campaign.rooms_size();
  times.silent_are_free = campaign.silent_policy() != pb::Campaign::SILENT_POLICY_UNAVAILABLE;
  return times;
}

}  // namespace

absl::StatusOr<CampaignSlots> SlotLookupGrpc::Find(const std::string& campaign) const {
  pb::GetCampaignRequest get;
  get.set_name(campaign);
  ASSIGN_OR_RETURN(const pb::Campaign found, scheduling_.Call(&pb::CampaignService::Stub::GetCampaign, get));
  CampaignTimes times = TimesOf(found);
  pb::ListAvailabilitiesRequest list;
  list.set_parent(campaign);
  list.set_page_size(kPageSizeMax);
  do {
    ASSIGN_OR_RETURN(const pb::ListAvailabilitiesResponse page,
                     scheduling_.Call(&pb::CampaignService::Stub::ListAvailabilities, list));
    for (const pb::Availability& availability : page.availabilities()) {
      if (availability.state() != pb::Availability::STATE_ANSWERED) continue;
      std::vector<CampaignTimes::Period>& periods = times.answers[availability.person()];
      for (const pb::AvailabilityPeriod& period : availability.periods()) periods.push_back(PeriodOf(period));
    }
    list.set_page_token(page.next_page_token());
  } while (!list.page_token().empty());
  return SlotsOf(times);
}

}  // namespace soutenance::assignment
