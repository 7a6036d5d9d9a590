#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_DEFAULT_MILESTONES_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_DEFAULT_MILESTONES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/submissions/milestone.h"

namespace soutenance::submissions {

// For whom and when the default milestones are wanted.
struct DefaultMilestonesOrder {
  std::string programme;  // "programmes/msi"
  std::string cohort;     // empty: all of the programme
  absl::CivilDay first;   // when the work begins
  absl::CivilDay last;    // when the final thesis is due
  std::string time_zone = "Europe/Paris";
  std::string language = "fr";  // "fr" or "en": of the titles
};

// The milestones of a scientific approach: state of the art across disciplines, definitions and questions,
// variables and evaluation criteria, protocol, intermediate draft, final thesis. Each is due at 23:59 of its
// day with a quarter of an hour of grace; the days are spread over the time there is, the last is `last`.
// INVALID_ARGUMENT for less than 60 or more than 1,000 days, an unknown zone or language.
absl::StatusOr<std::vector<Milestone>> DefaultMilestones(const DefaultMilestonesOrder& order);

// The milestones as the result of one call.
struct MilestoneList {
  std::vector<Milestone> items;

  std::string Serialize() const;
  static absl::StatusOr<MilestoneList> Parse(absl::string_view bytes);
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_DEFAULT_MILESTONES_H_
