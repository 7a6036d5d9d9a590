// The use cases of defences and availabilities; see campaigns.h.
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/scheduling/campaign_access.h"
#include "services/scheduling/campaign_references.h"
#include "services/scheduling/campaign_writes.h"
#include "services/scheduling/campaigns.h"

namespace soutenance::scheduling {
namespace {

// Whether a change that expects `expected` may be made to a resource that has `stored`, 0 being no resource.
absl::Status CheckVersion(absl::string_view name, int64_t expected, int64_t stored) {
  return expected == 0 || expected == stored ? absl::OkStatus() : StaleEtag(name);
}

absl::Status NotTheirs(const Availability& availability) {
  return Error(absl::StatusCode::kPermissionDenied,
               absl::StrCat("only ", availability.person, " and the staff of the programme may answer for ",
                            availability.person),
               {.reason = "ROLE_NOT_ALLOWED", .metadata = {{"person", availability.person}}});
}

bool IsOwn(const Caller& caller, absl::string_view person) {
  return !caller.person.empty() && caller.person == person;
}

}  // namespace

absl::StatusOr<Page<Defence>> Campaigns::ListDefences(const Caller& caller, absl::string_view campaign,
                                                      const PageRequest& page) const {
  Page<Defence> found;
  RETURN_IF_ERROR(
      ReadForStaff(caller, campaign, [&](CampaignReader& reader, const Campaign&) -> absl::Status {
        ASSIGN_OR_RETURN(found, reader.ListDefences(campaign, page));
        return absl::OkStatus();
      }));
  return found;
}

absl::StatusOr<Defence> Campaigns::SetDefence(const Caller& caller, Defence defence,
                                              const WriteOptions& options) {
  std::vector<FieldViolation> problems;
  CheckDefence(defence, "defence.", problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  Normalise(defence);
  std::optional<Defence> earlier;
  RETURN_IF_ERROR(
      ReadForStaff(caller, defence.campaign, [&](CampaignReader& reader, const Campaign&) -> absl::Status {
        ASSIGN_OR_RETURN(earlier, EarlierResult<Defence>(reader, options));
        return absl::OkStatus();
      }));
  if (earlier) return *std::move(earlier);
  References references(parts_, caller);
  RETURN_IF_ERROR(references.CheckTheses(
      {defence}, [](std::size_t) { return "defence.thesis"; }, problems));
  if (!problems.empty()) return InvalidFields(std::move(problems));
  if (references.IsWithdrawn(defence.thesis)) {
    return Error(absl::StatusCode::kFailedPrecondition,
                 absl::StrCat(defence.thesis, " is withdrawn and is no longer defended"),
                 {.reason = "THESIS_WITHDRAWN", .metadata = {{"thesis", defence.thesis}}});
  }

  return WriteOnce<Defence>(parts_, options, [&](CampaignWriter& writer) -> absl::StatusOr<Defence> {
    RETURN_IF_ERROR(CampaignForStaff(writer, caller, defence.campaign).status());
    ASSIGN_OR_RETURN(const std::optional<Defence> stored,
                     writer.FindDefence({.campaign = defence.campaign, .thesis = defence.thesis}));
    Defence set = defence;
    set.version = stored ? stored->version : 0;
    RETURN_IF_ERROR(
        CheckVersion(DefenceName(defence.campaign, defence.thesis), defence.version, set.version));
    if (stored == set) return set;
    ASSIGN_OR_RETURN(const int64_t version, writer.PutDefence(set));
    if (!options.validate_only) set.version = version;
    return set;
  });
}

absl::Status Campaigns::RemoveDefence(const Caller& caller, const DefenceKey& key, int64_t version,
                                      const WriteOptions& options) {
  return WriteOnce<Defence>(parts_, options,
                            [&](CampaignWriter& writer) -> absl::StatusOr<Defence> {
                              RETURN_IF_ERROR(CampaignForStaff(writer, caller, key.campaign).status());
                              const std::string name = DefenceName(key.campaign, key.thesis);
                              ASSIGN_OR_RETURN(std::optional<Defence> stored, writer.FindDefence(key));
                              if (!stored) return NotFound("defence", name);
                              RETURN_IF_ERROR(CheckVersion(name, version, stored->version));
                              RETURN_IF_ERROR(writer.RemoveDefence(key));
                              return *std::move(stored);
                            })
      .status();
}

absl::StatusOr<Availability> Campaigns::GetAvailability(const Caller& caller,
                                                        const AvailabilityKey& key) const {
  Availability found{.campaign = key.campaign, .person = key.person};
  RETURN_IF_ERROR(parts_.store.Read([&](CampaignReader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const Campaign campaign, KnownCampaign(reader, caller, key.campaign));
    if (!IsStaffOf(caller, campaign.programme) && !IsOwn(caller, key.person)) {
      return NotFound("availability", AvailabilityName(key.campaign, key.person));
    }
    ASSIGN_OR_RETURN(std::optional<Availability> stored, reader.FindAvailability(key));
    if (stored) found = *std::move(stored);
    return absl::OkStatus();
  }));
  return found;
}

absl::StatusOr<Page<Availability>> Campaigns::ListAvailabilities(const Caller& caller,
                                                                 absl::string_view campaign,
                                                                 const PageRequest& page) const {
  Page<Availability> found;
  RETURN_IF_ERROR(
      ReadForStaff(caller, campaign, [&](CampaignReader& reader, const Campaign&) -> absl::Status {
        ASSIGN_OR_RETURN(found, reader.ListAvailabilities(campaign, page));
        return absl::OkStatus();
      }));
  return found;
}

absl::StatusOr<Availability> Campaigns::SetAvailability(const Caller& caller, Availability availability,
                                                        const WriteOptions& options) {
  std::vector<FieldViolation> problems;
  CheckAvailability(availability, "availability.", problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  Normalise(availability);
  availability.entered_by = caller.account;
  const auto check_caller = [&](CampaignReader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const Campaign campaign, KnownCampaign(reader, caller, availability.campaign));
    const bool may_answer = IsStaffOf(caller, campaign.programme) || IsOwn(caller, availability.person);
    return may_answer ? absl::OkStatus() : NotTheirs(availability);
  };
  std::optional<Availability> earlier;
  const absl::Status found = parts_.store.Read([&](CampaignReader& reader) -> absl::Status {
    RETURN_IF_ERROR(check_caller(reader));
    ASSIGN_OR_RETURN(earlier, EarlierResult<Availability>(reader, options));
    return absl::OkStatus();
  });
  if (!found.ok()) return found;
  if (earlier) return *std::move(earlier);
  if (!IsOwn(caller, availability.person)) {
    RETURN_IF_ERROR(References(parts_, caller)
                        .CheckPeople(
                            {availability}, [](std::size_t) { return "availability.person"; }, problems));
    if (!problems.empty()) return InvalidFields(std::move(problems));
  }

  return WriteOnce<Availability>(
      parts_, options, [&](CampaignWriter& writer) -> absl::StatusOr<Availability> {
        RETURN_IF_ERROR(check_caller(writer));
        ASSIGN_OR_RETURN(
            const std::optional<Availability> stored,
            writer.FindAvailability({.campaign = availability.campaign, .person = availability.person}));
        Availability set = availability;
        set.version = stored ? stored->version : 0;
        RETURN_IF_ERROR(CheckVersion(AvailabilityName(availability.campaign, availability.person),
                                     availability.version, set.version));
        if (stored == set) return set;
        ASSIGN_OR_RETURN(const int64_t version, writer.PutAvailability(set));
        if (!options.validate_only) set.version = version;
        return set;
      });
}

}  // namespace soutenance::scheduling
