#ifndef SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGN_STORE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGN_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/page.h"
#include "services/base/request_key.h"
#include "services/scheduling/availability.h"
#include "services/scheduling/campaign.h"
#include "services/scheduling/defence.h"

namespace soutenance::scheduling {

// PORT: remembers campaigns, their defences and who is available when. All names are resource names.
//
// What is read: methods that return an optional return nothing if there is no such thing.
class CampaignReader {
 public:
  virtual ~CampaignReader() = default;

  virtual absl::StatusOr<std::optional<Campaign>> FindCampaign(absl::string_view name) const = 0;
  // The campaigns of these programmes, or all if `programmes` is absent, ordered by name. Page::next and
  // PageRequest::after are ids of campaigns.
  virtual absl::StatusOr<Page<Campaign>> ListCampaigns(
      const std::optional<std::vector<std::string>>& programmes, const PageRequest& page) const = 0;

  virtual absl::StatusOr<std::optional<Defence>> FindDefence(const DefenceKey& key) const = 0;
  // Ordered by thesis. Page::next is the id of a thesis.
  virtual absl::StatusOr<Page<Defence>> ListDefences(absl::string_view campaign,
                                                     const PageRequest& page) const = 0;
  virtual absl::StatusOr<std::vector<Defence>> AllDefences(absl::string_view campaign) const = 0;

  virtual absl::StatusOr<std::optional<Availability>> FindAvailability(const AvailabilityKey& key) const = 0;
  // Ordered by person. Page::next is the id of a person.
  virtual absl::StatusOr<Page<Availability>> ListAvailabilities(absl::string_view campaign,
                                                                const PageRequest& page) const = 0;
  virtual absl::StatusOr<std::vector<Availability>> AllAvailabilities(absl::string_view campaign) const = 0;

  // The result of an earlier call with this key; nothing if there was none or the key is not protected.
  // INVALID_ARGUMENT, reason REQUEST_ID_REUSED.
  virtual absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const = 0;
};

// What is written.
class CampaignWriter : public CampaignReader {
 public:
  // With version 1 and no published timetable. ALREADY_EXISTS, reason CAMPAIGN_EXISTS, if the id is taken.
  virtual absl::Status InsertCampaign(const Campaign& campaign) = 0;
  // Replaces all settings and adds one to the version; `published_timetable` stays. ABORTED, reason
  // STALE_ETAG, unless `campaign.version` is the stored version.
  virtual absl::Status UpdateCampaign(const Campaign& campaign) = 0;

  // Inserts or replaces, and returns the new version: 1, or one more than the stored one, whatever the
  // argument's.
  virtual absl::StatusOr<int64_t> PutDefence(const Defence& defence) = 0;
  virtual absl::StatusOr<int64_t> PutAvailability(const Availability& availability) = 0;
  // Remove what is there, or nothing.
  virtual absl::Status RemoveDefence(const DefenceKey& key) = 0;
  virtual absl::Status RemoveAvailability(const AvailabilityKey& key) = 0;

  // Does nothing if the key is not protected.
  virtual absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) = 0;
};

// Safe for concurrent use. Do not start a Write or Read inside another one.
class CampaignStore {
 public:
  virtual ~CampaignStore() = default;

  // Runs `work` in one transaction that excludes other writers: commits if it returns OK, otherwise rolls
  // back and returns its error. May run `work` twice, so it must build its results from nothing and have no
  // other effect. UNAVAILABLE, reason STORE_BUSY, if the database stays busy.
  virtual absl::Status Write(absl::FunctionRef<absl::Status(CampaignWriter&)> work) = 0;

  // Runs `look` on one consistent snapshot.
  virtual absl::Status Read(absl::FunctionRef<absl::Status(const CampaignReader&)> look) const = 0;
};

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGN_STORE_H_
