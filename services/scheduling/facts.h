#ifndef SOUTENANCE_SERVICES_SCHEDULING_FACTS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_FACTS_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/scheduling/availability.h"
#include "services/scheduling/campaign.h"
#include "services/scheduling/campaign_store.h"
#include "services/scheduling/defence.h"
#include "services/scheduling/directory_lookup.h"
#include "services/scheduling/jury_lookup.h"
#include "services/scheduling/thesis_lookup.h"

namespace soutenance::scheduling {

// Everything that was known about a campaign at one moment. Maps are keyed by resource name; what other
// services do not know (or hide from the caller) is missing in them.
struct CampaignFacts {
  Campaign campaign;
  std::vector<Defence> defences;              // by thesis, ascending; those of withdrawn theses included
  std::map<std::string, ThesisFacts> theses;  // of the defences
  std::map<std::string, JuryFacts> juries;    // by thesis
  std::map<std::string, PersonFacts> people;  // authors, supervisors, tutors, jurors, and candidates
  std::map<std::string, RoomFacts> rooms;     // of the campaign
  std::optional<ProgrammeFacts> programme;
  std::optional<CohortFacts> cohort;  // absent if the campaign names none, or it is not known
  std::map<std::string, Availability> availabilities;  // by person; those who answered

  // The theses that are to be defended: known, not withdrawn, with at least one author. Ascending.
  std::vector<std::string> DefendedTheses() const;

  // The seats of the jury of `defence` that somebody is chosen for together with the timetable; at most
  // kOpenSeatsMax. `left_out`, if given, receives how many more would be needed.
  std::vector<OpenSeat> OpenSeatsOf(const Defence& defence, int* left_out = nullptr) const;

  // Everybody whom the campaign or one of its defences names as a candidate. Ascending.
  std::vector<std::string> Candidates() const;

  // What a person is called: the display name, or the id of somebody the directory does not know.
  std::string NameOf(absl::string_view person) const;
};

// Where facts come from. All must outlive whoever holds this.
struct FactSources {
  const CampaignStore& store;
  const ThesisLookup& theses;
  const JuryLookup& juries;
  const DirectoryLookup& directory;
};

// Gathers the facts of `campaign`. NOT_FOUND, reason CAMPAIGN_NOT_FOUND. UNAVAILABLE, reason PEER_DOWN. Asks
// in the name of the caller of the current call, or as this service outside of one; so what is stored or
// computed from facts is right only if gathered for staff or outside a call.
absl::StatusOr<CampaignFacts> GatherFacts(const FactSources& sources, absl::string_view campaign);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_FACTS_H_
