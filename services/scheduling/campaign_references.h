#ifndef SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGN_REFERENCES_H_
#define SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGN_REFERENCES_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/base/caller.h"
#include "services/base/error.h"
#include "services/scheduling/campaigns.h"

namespace soutenance::scheduling {

// Asks the other services whether what a request refers to exists, in bulk, and remembers what it is called.
// For one call. Names that are not legal are left to the other checks.
class References {
 public:
  // While the service "directory" imports, people, rooms and theses may not be there yet: nothing is asked.
  References(const Campaigns::Parts& parts, const Caller& caller)
      : parts_(parts), is_asked_(caller.service != "directory") {}

  // Each appends to `problems` one violation for each name that is not known. UNAVAILABLE, reason PEER_DOWN.
  // What `before` refers to already is not asked for: it may have gone since, and that is no fault of this
  // change.
  absl::Status CheckCampaign(const Campaign& campaign, const Campaign& before, absl::string_view path,
                             std::vector<FieldViolation>& problems);
  // `field_of(i)` names the field of defence i.
  absl::Status CheckTheses(const std::vector<Defence>& defences,
                           absl::FunctionRef<std::string(std::size_t)> field_of,
                           std::vector<FieldViolation>& problems);
  absl::Status CheckPeople(const std::vector<Availability>& availabilities,
                           absl::FunctionRef<std::string(std::size_t)> field_of,
                           std::vector<FieldViolation>& problems);

  // The candidates of `seats`, which are at `path` ("campaign.seats"); not those of `before`.
  absl::Status CheckCandidates(const std::vector<SeatNeed>& seats, const std::vector<SeatNeed>& before,
                               absl::string_view path, std::vector<FieldViolation>& problems);

  // What a person calls a thesis or a person that was asked for: title or name, otherwise the id.
  std::string LabelOf(absl::string_view name) const;

  // Whether the thesis `name` was asked for and is withdrawn.
  bool IsWithdrawn(const std::string& name) const;

 private:
  absl::Status CheckPersonSettings(const std::vector<PersonSetting>& people,
                                   const std::vector<PersonSetting>& before, absl::string_view path,
                                   std::vector<FieldViolation>& problems) const;
  absl::Status CheckRooms(const std::vector<std::string>& rooms, const std::vector<std::string>& before,
                          absl::string_view path, std::vector<FieldViolation>& problems) const;

  const Campaigns::Parts& parts_;
  const bool is_asked_;
  std::map<std::string, ThesisFacts> theses_;
  std::map<std::string, PersonFacts> people_;
};

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGN_REFERENCES_H_
