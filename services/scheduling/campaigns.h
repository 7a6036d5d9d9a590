#ifndef SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGNS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGNS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/caller.h"
#include "services/base/change.h"
#include "services/base/clock.h"
#include "services/base/error.h"
#include "services/base/mutation.h"
#include "services/base/page.h"
#include "services/scheduling/availability.h"
#include "services/scheduling/campaign.h"
#include "services/scheduling/campaign_check.h"
#include "services/scheduling/campaign_store.h"
#include "services/scheduling/defence.h"
#include "services/scheduling/facts.h"

namespace soutenance::scheduling {

// Which settings of a campaign change, and to what.
struct CampaignUpdate {
  Campaign campaign;                // `version` is the one expected, 0: any
  std::vector<std::string> fields;  // those of campaign_changes.h and "programme"; empty: all
};

// A rule, and how a campaign sets it if one was named.
struct RuleInCampaign {
  const solver::RuleLine* line;
  std::optional<RuleSetting> setting;  // with the defaults filled in
};

// A campaign with all its defences and answers.
struct CampaignBatch {
  Campaign campaign;
  std::vector<Defence> defences;
  std::vector<Availability> availabilities;
};

// Everything that is wrong with `batch` in itself, named as fields of BatchUpsertCampaignRequest; whether
// what it refers to exists is another question.
std::vector<FieldViolation> ProblemsOf(const CampaignBatch& batch);

struct CampaignChanges {
  ChangeList campaigns;
  ChangeList defences;
  ChangeList availabilities;

  // As those of Campaign.
  std::string Serialize() const;
  static absl::StatusOr<CampaignChanges> Parse(absl::string_view bytes);

  friend bool operator==(const CampaignChanges&, const CampaignChanges&) = default;
};

// The use cases of campaigns, their defences and who is available when. Roles count within the campaign's
// programme; a campaign that the caller may not know of is NOT_FOUND, reason CAMPAIGN_NOT_FOUND, like one
// that is not there. Staff methods: PERMISSION_DENIED, reason ROLE_NOT_ALLOWED, for those who may know of it.
//
// In resources that are written, `version` is the version the caller has read; 0: any. If it is not the
// stored one: ABORTED, reason STALE_ETAG. INVALID_ARGUMENT, reason FIELD_INVALID, names every field that
// cannot be accepted. Names of people, rooms, theses and programmes must be known to their services, unless
// the service "directory" calls: while it imports, they may not be there yet.
//
// Safe for concurrent use.
class Campaigns {
 public:
  // What the use cases work with. All must outlive them.
  struct Parts {
    CampaignStore& store;
    const ThesisLookup& theses;
    const JuryLookup& juries;
    const DirectoryLookup& directory;
    const Clock& clock;
  };
  explicit Campaigns(const Parts& parts) : parts_(parts) {}

  // Seats, roles and what is said of people are for staff and services; others get a campaign without them,
  // here and in lists.
  absl::StatusOr<Campaign> GetCampaign(const Caller& caller, absl::string_view name) const;
  // The campaigns of the programmes in which the caller has a role. Of long lists, a page may hold fewer than
  // asked for and have a next one: what one message cannot carry.
  absl::StatusOr<Page<Campaign>> ListCampaigns(const Caller& caller, const PageRequest& page) const;
  // Staff. ALREADY_EXISTS, reason CAMPAIGN_EXISTS.
  absl::StatusOr<Campaign> CreateCampaign(const Caller& caller, Campaign campaign, const Mutation& mutation);
  // Staff. The programme cannot change: INVALID_ARGUMENT.
  absl::StatusOr<Campaign> UpdateCampaign(const Caller& caller, const CampaignUpdate& update,
                                          const Mutation& mutation);

  // Staff. Pages as in ListCampaigns.
  absl::StatusOr<Page<Defence>> ListDefences(const Caller& caller, absl::string_view campaign,
                                             const PageRequest& page) const;
  // Staff. FAILED_PRECONDITION, reason THESIS_WITHDRAWN.
  absl::StatusOr<Defence> SetDefence(const Caller& caller, Defence defence, const Mutation& mutation);
  // Staff. NOT_FOUND, reason DEFENCE_NOT_FOUND. `version` as in a resource that is written.
  absl::Status RemoveDefence(const Caller& caller, const DefenceKey& key, int64_t version,
                             const Mutation& mutation);

  // Staff, and everybody for themselves: NOT_FOUND, reason AVAILABILITY_NOT_FOUND, for the answers of others.
  // A person who did not answer has version 0.
  absl::StatusOr<Availability> GetAvailability(const Caller& caller, const AvailabilityKey& key) const;
  // Staff. Pages as in ListCampaigns.
  absl::StatusOr<Page<Availability>> ListAvailabilities(const Caller& caller, absl::string_view campaign,
                                                        const PageRequest& page) const;
  // Staff for anybody, everybody for themselves: PERMISSION_DENIED, reason ROLE_NOT_ALLOWED, for others.
  absl::StatusOr<Availability> SetAvailability(const Caller& caller, Availability availability,
                                               const Mutation& mutation);

  // The rulebook; with the settings of `campaign` unless it is empty.
  absl::StatusOr<std::vector<RuleInCampaign>> ListRules(const Caller& caller,
                                                        absl::string_view campaign) const;

  // Staff. What can be seen before computing, in `language`; empty: the campaign's.
  absl::StatusOr<CampaignCheck> CheckCampaign(const Caller& caller, absl::string_view name,
                                              absl::string_view language = "") const;

  // Staff. Creates or replaces the campaign with all its defences and answers in one transaction. Defences
  // and answers that are not named leave it. Versions are not looked at. ALREADY_EXISTS, reason
  // CAMPAIGN_EXISTS, if the id is taken by a campaign that the caller may not know of.
  absl::StatusOr<CampaignChanges> BatchUpsertCampaign(const Caller& caller, CampaignBatch batch,
                                                      const Mutation& mutation);

 private:
  // The stored campaign if the caller may know of it, or is its staff.
  static absl::StatusOr<Campaign> KnownCampaign(const CampaignReader& reader, const Caller& caller,
                                                absl::string_view name);
  static absl::StatusOr<Campaign> CampaignForStaff(const CampaignReader& reader, const Caller& caller,
                                                   absl::string_view name);
  absl::Status ReadForStaff(
      const Caller& caller, absl::string_view campaign,
      absl::FunctionRef<absl::Status(const CampaignReader&, const Campaign&)> look) const;

  const Parts parts_;
};

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGNS_H_
