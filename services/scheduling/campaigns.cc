#include "services/scheduling/campaigns.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/programme_roles.h"
#include "services/base/status.h"
#include "services/scheduling/campaign_access.h"
#include "services/scheduling/campaign_changes.h"
#include "services/scheduling/campaign_references.h"
#include "services/scheduling/fresh_facts.h"
#include "services/scheduling/light_pages.h"

namespace soutenance::scheduling {
namespace {

constexpr absl::string_view kPath = "campaign.";

absl::Status CampaignExists(const std::string& name) {
  return Error(absl::StatusCode::kAlreadyExists,
               absl::StrCat("there is a campaign ", name, " already; choose another id"),
               {.reason = "CAMPAIGN_EXISTS", .metadata = {{"name", name}}});
}

// The stored campaign with the fields of `update`, the version being the stored one.
absl::StatusOr<Campaign> Updated(const Campaign& stored, const CampaignUpdate& update) {
  std::vector<FieldViolation> problems;
  const Campaign& asked = update.campaign;
  const auto is_named = [&](absl::string_view field) {
    return update.fields.empty() ||
           std::find(update.fields.begin(), update.fields.end(), field) != update.fields.end();
  };
  if (is_named("programme") && !asked.programme.empty() && asked.programme != stored.programme) {
    problems.push_back({.field = "campaign.programme",
                        .description = absl::StrCat("is ", stored.programme, " and cannot change to ",
                                                    asked.programme, "; create another campaign")});
  }
  Campaign updated = stored;
  for (const Setting& setting : Settings()) {
    if (is_named(setting.name)) setting.copy(asked, updated);
  }
  CheckSettings(updated, kPath, problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  Normalise(updated);
  return updated;
}

// Who may be chosen for a jury, who rather not, and what they know is said about people: for staff and
// services.
void HideSeats(const Caller& caller, Campaign& campaign) {
  if (caller.IsService() || RunsProgramme(caller, campaign.programme)) return;
  campaign.seats.clear();
  campaign.roles.clear();
  campaign.people.clear();
}

}  // namespace

absl::StatusOr<Campaign> Campaigns::KnownCampaign(const CampaignReader& reader, const Caller& caller,
                                                  absl::string_view name) {
  ASSIGN_OR_RETURN(std::optional<Campaign> campaign, reader.FindCampaign(name));
  if (!campaign) return NotFound("campaign", name);
  RETURN_IF_ERROR(CheckMayKnow(caller, *campaign));
  return *std::move(campaign);
}

absl::StatusOr<Campaign> Campaigns::CampaignForStaff(const CampaignReader& reader, const Caller& caller,
                                                     absl::string_view name) {
  ASSIGN_OR_RETURN(Campaign campaign, KnownCampaign(reader, caller, name));
  RETURN_IF_ERROR(CheckStaff(caller, campaign));
  return campaign;
}

absl::Status Campaigns::ReadForStaff(
    const Caller& caller, absl::string_view campaign,
    absl::FunctionRef<absl::Status(const CampaignReader&, const Campaign&)> look) const {
  return parts_.store.Read([&](const CampaignReader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const Campaign found, CampaignForStaff(reader, caller, campaign));
    return look(reader, found);
  });
}

absl::StatusOr<Campaign> Campaigns::GetCampaign(const Caller& caller, absl::string_view name) const {
  Campaign campaign;
  RETURN_IF_ERROR(parts_.store.Read([&](const CampaignReader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(campaign, KnownCampaign(reader, caller, name));
    return absl::OkStatus();
  }));
  HideSeats(caller, campaign);
  return campaign;
}

absl::StatusOr<Page<Campaign>> Campaigns::ListCampaigns(const Caller& caller, const PageRequest& page) const {
  std::optional<std::vector<std::string>> programmes;
  if (!MayKnowProgramme(caller, "")) {
    std::set<std::string> names;
    for (const Grant& grant : caller.grants) names.insert(grant.programme);
    programmes.emplace(names.begin(), names.end());
  }
  Page<Campaign> found;
  RETURN_IF_ERROR(parts_.store.Read([&](const CampaignReader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(found, reader.ListCampaigns(programmes, page));
    return absl::OkStatus();
  }));
  Lighten(
      found,
      [](const Campaign& campaign) {
        return campaign.days.size() + campaign.rooms.size() + WeightOf(campaign.seats) +
               WeightOf(campaign.people);
      },
      [](const Campaign& campaign) { return campaign.name; });
  for (Campaign& campaign : found.items) HideSeats(caller, campaign);
  return found;
}

absl::StatusOr<Campaign> Campaigns::CreateCampaign(const Caller& caller, Campaign campaign,
                                                   const Mutation& mutation) {
  std::vector<FieldViolation> problems;
  CheckSettings(campaign, kPath, problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  RETURN_IF_ERROR(CheckRunsProgramme(caller, campaign.programme));
  Normalise(campaign);
  campaign.published_timetable.clear();
  ASSIGN_OR_RETURN(std::optional<Campaign> first, FindFirstResult<Campaign>(parts_.store, mutation));
  if (first) return *std::move(first);
  RETURN_IF_ERROR(References(parts_, caller).CheckCampaign(campaign, {}, kPath, problems));
  if (!problems.empty()) return InvalidFields(std::move(problems));

  const auto create = [&](const CampaignReader& reader, CampaignWriter* writer) -> absl::StatusOr<Campaign> {
    ASSIGN_OR_RETURN(const std::optional<Campaign> stored, reader.FindCampaign(campaign.name));
    if (stored) return CampaignExists(campaign.name);
    Campaign created = campaign;
    created.version = 0;
    if (writer == nullptr) return created;
    RETURN_IF_ERROR(writer->InsertCampaign(created));
    created.version = 1;
    return created;
  };
  return Once<Campaign>(parts_.store, mutation, parts_.clock.Now(), create);
}

absl::StatusOr<Campaign> Campaigns::UpdateCampaign(const Caller& caller, const CampaignUpdate& update,
                                                   const Mutation& mutation) {
  const std::string& name = update.campaign.name;
  ASSIGN_OR_RETURN(std::optional<Campaign> first, FindFirstResult<Campaign>(parts_.store, mutation));
  if (first) return *std::move(first);
  Campaign stored;
  RETURN_IF_ERROR(ReadForStaff(caller, name, [&](const CampaignReader&, const Campaign& found) {
    stored = found;
    return absl::OkStatus();
  }));
  ASSIGN_OR_RETURN(const Campaign expected, Updated(stored, update));
  std::vector<FieldViolation> problems;
  RETURN_IF_ERROR(References(parts_, caller).CheckCampaign(expected, stored, kPath, problems));
  if (!problems.empty()) return InvalidFields(std::move(problems));

  const auto change = [&](const CampaignReader& reader, CampaignWriter* writer) -> absl::StatusOr<Campaign> {
    ASSIGN_OR_RETURN(const Campaign current, CampaignForStaff(reader, caller, name));
    if (update.campaign.version != 0 && update.campaign.version != current.version) return StaleEtag(name);
    ASSIGN_OR_RETURN(Campaign updated, Updated(current, update));
    if (writer == nullptr || updated == current) return updated;
    RETURN_IF_ERROR(writer->UpdateCampaign(updated));
    ++updated.version;
    return updated;
  };
  return Once<Campaign>(parts_.store, mutation, parts_.clock.Now(), change);
}

absl::StatusOr<std::vector<RuleInCampaign>> Campaigns::ListRules(const Caller& caller,
                                                                 absl::string_view campaign) const {
  std::optional<Campaign> named;
  if (!campaign.empty()) {
    ASSIGN_OR_RETURN(named, GetCampaign(caller, campaign));
  }
  std::vector<RuleInCampaign> rules;
  for (const solver::RuleLine& line : solver::Rulebook()) {
    RuleInCampaign rule{.line = &line};
    if (named) {
      RuleSetting setting{.rule = std::string(line.name), .level = line.level};
      for (const RuleSetting& own : named->rules) {
        if (own.rule == line.name) setting = own;
      }
      if (setting.weight == 0) setting.weight = line.weight;
      if (!setting.parameter) setting.parameter = line.parameter;
      rule.setting = std::move(setting);
    }
    rules.push_back(std::move(rule));
  }
  return rules;
}

absl::StatusOr<CampaignCheck> Campaigns::CheckCampaign(const Caller& caller, absl::string_view name,
                                                       absl::string_view language) const {
  RETURN_IF_ERROR(
      ReadForStaff(caller, name, [](const CampaignReader&, const Campaign&) { return absl::OkStatus(); }));
  ASSIGN_OR_RETURN(CampaignFacts facts, GatherFacts({.store = parts_.store,
                                                     .theses = parts_.theses,
                                                     .juries = parts_.juries,
                                                     .directory = parts_.directory},
                                                    name));
  if (!language.empty()) facts.campaign.language = std::string(language);
  return CheckFacts(facts, absl::CivilDay(WallTime(facts.campaign, parts_.clock.Now())));
}

}  // namespace soutenance::scheduling
