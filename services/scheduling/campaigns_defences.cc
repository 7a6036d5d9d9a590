// The use cases of defences and availabilities; see campaigns.h.
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/programme_roles.h"
#include "services/base/status.h"
#include "services/scheduling/campaign_access.h"
#include "services/scheduling/campaign_references.h"
#include "services/scheduling/campaigns.h"
#include "services/scheduling/light_pages.h"

namespace soutenance::scheduling {
namespace {

// Whether a change that expects `expected` may be made to a resource that has `stored`, 0 being no resource.
absl::Status CheckVersion(absl::string_view name, int64_t expected, int64_t stored) {
  return expected == 0 || expected == stored ? absl::OkStatus() : StaleEtag(name);
}

absl::Status NotTheirs(const std::string& person) {
  return Error(absl::StatusCode::kPermissionDenied,
               absl::StrCat("only ", person, " and those who run the programme may answer for ", person),
               {.reason = "ROLE_NOT_ALLOWED", .metadata = {{"person", person}}});
}

bool IsOwn(const Caller& caller, absl::string_view person) {
  return !caller.person.empty() && caller.person == person;
}

}  // namespace

absl::StatusOr<Page<Defence>> Campaigns::ListDefences(const Caller& caller, absl::string_view campaign,
                                                      const PageRequest& page) const {
  Page<Defence> found;
  RETURN_IF_ERROR(
      ReadForStaff(caller, campaign, [&](const CampaignReader& reader, const Campaign&) -> absl::Status {
        ASSIGN_OR_RETURN(found, reader.ListDefences(campaign, page));
        return absl::OkStatus();
      }));
  Lighten(
      found, [](const Defence& defence) { return WeightOf(defence.seats); },
      [](const Defence& defence) { return defence.thesis; });
  return found;
}

absl::StatusOr<Defence> Campaigns::SetDefence(const Caller& caller, Defence defence,
                                              const Mutation& mutation) {
  std::vector<FieldViolation> problems;
  CheckDefence(defence, "defence.", problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  Normalise(defence);
  ASSIGN_OR_RETURN(std::optional<Defence> first, FindFirstResult<Defence>(parts_.store, mutation));
  if (first) return *std::move(first);
  RETURN_IF_ERROR(ReadForStaff(caller, defence.campaign,
                               [](const CampaignReader&, const Campaign&) { return absl::OkStatus(); }));
  References references(parts_, caller);
  RETURN_IF_ERROR(references.CheckTheses(
      {defence}, [](std::size_t) { return "defence.thesis"; }, problems));
  RETURN_IF_ERROR(references.CheckCandidates(defence.seats, {}, "defence.seats", problems));
  if (!problems.empty()) return InvalidFields(std::move(problems));
  if (references.IsWithdrawn(defence.thesis)) {
    return Error(absl::StatusCode::kFailedPrecondition,
                 absl::StrCat(defence.thesis, " is withdrawn and is no longer defended"),
                 {.reason = "THESIS_WITHDRAWN", .metadata = {{"thesis", defence.thesis}}});
  }

  const auto set = [&](const CampaignReader& reader, CampaignWriter* writer) -> absl::StatusOr<Defence> {
    RETURN_IF_ERROR(CampaignForStaff(reader, caller, defence.campaign).status());
    ASSIGN_OR_RETURN(const std::optional<Defence> stored,
                     reader.FindDefence({.campaign = defence.campaign, .thesis = defence.thesis}));
    Defence result = defence;
    result.version = stored ? stored->version : 0;
    RETURN_IF_ERROR(
        CheckVersion(DefenceName(defence.campaign, defence.thesis), defence.version, result.version));
    if (writer == nullptr || stored == result) return result;
    ASSIGN_OR_RETURN(result.version, writer->PutDefence(result));
    return result;
  };
  return Once<Defence>(parts_.store, mutation, parts_.clock.Now(), set);
}

absl::Status Campaigns::RemoveDefence(const Caller& caller, const DefenceKey& key, int64_t version,
                                      const Mutation& mutation) {
  const auto remove = [&](const CampaignReader& reader, CampaignWriter* writer) -> absl::StatusOr<Defence> {
    RETURN_IF_ERROR(CampaignForStaff(reader, caller, key.campaign).status());
    const std::string name = DefenceName(key.campaign, key.thesis);
    ASSIGN_OR_RETURN(std::optional<Defence> stored, reader.FindDefence(key));
    if (!stored) return NotFound("defence", name);
    RETURN_IF_ERROR(CheckVersion(name, version, stored->version));
    if (writer != nullptr) RETURN_IF_ERROR(writer->RemoveDefence(key));
    return *std::move(stored);
  };
  return Once<Defence>(parts_.store, mutation, parts_.clock.Now(), remove).status();
}

absl::StatusOr<Availability> Campaigns::GetAvailability(const Caller& caller,
                                                        const AvailabilityKey& key) const {
  Availability found{.campaign = key.campaign, .person = key.person};
  RETURN_IF_ERROR(parts_.store.Read([&](const CampaignReader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const Campaign campaign, KnownCampaign(reader, caller, key.campaign));
    if (!RunsProgramme(caller, campaign.programme) && !IsOwn(caller, key.person)) {
      return NotFound("availability", AvailabilityName(key.campaign, key.person));
    }
    ASSIGN_OR_RETURN(std::optional<Availability> stored, reader.FindAvailability(key));
    if (stored) found = *std::move(stored);
    return absl::OkStatus();
  }));
  // Who never answered may not exist; what somebody answered who is gone since is still there to be read.
  if (found.IsAnswered() || IsOwn(caller, key.person)) return found;
  ASSIGN_OR_RETURN(const std::vector<PersonFacts> people, parts_.directory.People({key.person}));
  if (people.empty()) return NotFound("person", key.person);
  return found;
}

absl::StatusOr<Page<Availability>> Campaigns::ListAvailabilities(const Caller& caller,
                                                                 absl::string_view campaign,
                                                                 const PageRequest& page) const {
  Page<Availability> found;
  RETURN_IF_ERROR(
      ReadForStaff(caller, campaign, [&](const CampaignReader& reader, const Campaign&) -> absl::Status {
        ASSIGN_OR_RETURN(found, reader.ListAvailabilities(campaign, page));
        return absl::OkStatus();
      }));
  Lighten(
      found, [](const Availability& answer) { return answer.periods.size(); },
      [](const Availability& answer) { return answer.person; });
  return found;
}

absl::StatusOr<Availability> Campaigns::SetAvailability(const Caller& caller, Availability availability,
                                                        const Mutation& mutation) {
  std::vector<FieldViolation> problems;
  CheckAvailability(availability, "availability.", problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  Normalise(availability);
  availability.entered_by = caller.account;
  const AvailabilityKey key = {.campaign = availability.campaign, .person = availability.person};
  const auto check_caller = [&](const CampaignReader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const Campaign campaign, KnownCampaign(reader, caller, key.campaign));
    const bool may_answer = RunsProgramme(caller, campaign.programme) || IsOwn(caller, key.person);
    return may_answer ? absl::OkStatus() : NotTheirs(key.person);
  };
  ASSIGN_OR_RETURN(std::optional<Availability> first, FindFirstResult<Availability>(parts_.store, mutation));
  if (first) return *std::move(first);
  RETURN_IF_ERROR(parts_.store.Read(check_caller));
  if (!IsOwn(caller, key.person)) {
    const auto field_of = [](std::size_t) { return "availability.person"; };
    RETURN_IF_ERROR(References(parts_, caller).CheckPeople({availability}, field_of, problems));
    if (!problems.empty()) return InvalidFields(std::move(problems));
  }

  const auto set = [&](const CampaignReader& reader, CampaignWriter* writer) -> absl::StatusOr<Availability> {
    RETURN_IF_ERROR(check_caller(reader));
    ASSIGN_OR_RETURN(const std::optional<Availability> stored, reader.FindAvailability(key));
    Availability result = availability;
    result.version = stored ? stored->version : 0;
    RETURN_IF_ERROR(
        CheckVersion(AvailabilityName(key.campaign, key.person), availability.version, result.version));
    if (writer == nullptr || stored == result) return result;
    ASSIGN_OR_RETURN(result.version, writer->PutAvailability(result));
    return result;
  };
  return Once<Availability>(parts_.store, mutation, parts_.clock.Now(), set);
}

}  // namespace soutenance::scheduling
