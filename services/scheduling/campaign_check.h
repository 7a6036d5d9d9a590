#ifndef SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGN_CHECK_H_
#define SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGN_CHECK_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/scheduling/facts.h"

namespace soutenance::scheduling {

// One thing that was seen before computing. The values of the severities are those of
// CheckCampaignResponse.Finding.Severity.
struct Finding {
  enum class Severity {
    kError = 1,     // no timetable can be computed
    kConflict = 2,  // some defence cannot be placed
    kWarning = 3,   // deserves a look
  };
  Severity severity = Severity::kWarning;
  std::string kind;                   // stable machine name: "no_common_slot"
  std::vector<std::string> subjects;  // resources concerned: "theses/42", "people/ana"
  std::string message;                // in the language of the campaign

  friend bool operator==(const Finding&, const Finding&) = default;
};

struct CampaignCheck {
  std::vector<Finding> findings;  // the gravest first
  int defence_count = 0;          // those to be defended: of withdrawn theses there is none
  int person_count = 0;           // who must attend
  int room_count = 0;
  int silent_count = 0;  // who must attend and gave no answer
  // At most this many of the defences can be placed, as settings and answers stand; proven.
  int placeable_count_bound = 0;
};

// Says what can be seen in `facts`. Kinds of findings:
//   error     no_defence, no_room, too_large
//   conflict  no_common_slot, too_few_hours (in all, or on the only day of some), too_many_defences,
//             person_overloaded (likewise), unknown_thesis, no_candidate, too_few_candidates,
//             too_many_open_seats, role_overloaded
//   warning   no_jury, no_answer, no_time_given, outside_school_weeks, closed_session, withdrawn,
//             unknown_person, unknown_room, other_programme, open_seats, cost_without_rule,
//             topic_without_rule, past_days
// `today`, in the zone of the campaign, is for past_days; absent: they are not looked for.
CampaignCheck CheckFacts(const CampaignFacts& facts, std::optional<absl::CivilDay> today = std::nullopt);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGN_CHECK_H_
