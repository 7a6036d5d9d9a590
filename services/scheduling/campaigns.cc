#include "services/scheduling/campaigns.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/scheduling/campaign_access.h"
#include "services/scheduling/campaign_changes.h"
#include "services/scheduling/campaign_references.h"
#include "services/scheduling/campaign_writes.h"

namespace soutenance::scheduling {
namespace {

constexpr absl::string_view kPath = "campaign.";

// The stored campaign with the fields of `update`, the version being the stored one.
absl::StatusOr<Campaign> Updated(const Campaign& stored, const CampaignUpdate& update) {
  std::vector<FieldViolation> problems;
  const Campaign& asked = update.campaign;
  if (!asked.programme.empty() && asked.programme != stored.programme) {
    problems.push_back({.field = "campaign.programme",
                        .description = absl::StrCat("is ", stored.programme, " and cannot change to ",
                                                    asked.programme, "; create another campaign")});
  }
  Campaign updated = stored;
  for (const std::string& field : update.fields) {
    const auto& fields = CampaignFields();
    if (std::find(fields.begin(), fields.end(), field) != fields.end() || field == "programme") continue;
    problems.push_back(
        {.field = "update_mask",
         .description = absl::StrCat("a campaign has no field \"", field, "\" that can change, only ",
                                     absl::StrJoin(fields, ", "))});
  }
  for (const Setting& setting : Settings()) {
    const bool is_named =
        std::find(update.fields.begin(), update.fields.end(), setting.name) != update.fields.end();
    if (is_named || update.fields.empty()) setting.copy(asked, updated);
  }
  CheckSettings(updated, kPath, problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  Normalise(updated);
  return updated;
}

}  // namespace

const std::vector<std::string>& CampaignFields() {
  static const auto* const fields = [] {
    auto* names = new std::vector<std::string>;
    for (const Setting& setting : Settings()) names->emplace_back(setting.name);
    return names;
  }();
  return *fields;
}

absl::StatusOr<Campaign> Campaigns::KnownCampaign(CampaignReader& reader, const Caller& caller,
                                                  absl::string_view name) {
  ASSIGN_OR_RETURN(std::optional<Campaign> campaign, reader.FindCampaign(name));
  if (!campaign) return NotFound("campaign", name);
  RETURN_IF_ERROR(CheckMayKnow(caller, *campaign));
  return *std::move(campaign);
}

absl::StatusOr<Campaign> Campaigns::CampaignForStaff(CampaignReader& reader, const Caller& caller,
                                                     absl::string_view name) {
  ASSIGN_OR_RETURN(Campaign campaign, KnownCampaign(reader, caller, name));
  RETURN_IF_ERROR(CheckStaff(caller, campaign));
  return campaign;
}

absl::Status Campaigns::ReadForStaff(
    const Caller& caller, absl::string_view campaign,
    absl::FunctionRef<absl::Status(CampaignReader&, const Campaign&)> look) const {
  return parts_.store.Read([&](CampaignReader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const Campaign found, CampaignForStaff(reader, caller, campaign));
    return look(reader, found);
  });
}

absl::StatusOr<Campaign> Campaigns::GetCampaign(const Caller& caller, absl::string_view name) const {
  Campaign campaign;
  RETURN_IF_ERROR(parts_.store.Read([&](CampaignReader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(campaign, KnownCampaign(reader, caller, name));
    return absl::OkStatus();
  }));
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
  RETURN_IF_ERROR(parts_.store.Read([&](CampaignReader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(found, reader.ListCampaigns(programmes, page));
    return absl::OkStatus();
  }));
  return found;
}

absl::StatusOr<Campaign> Campaigns::CreateCampaign(const Caller& caller, Campaign campaign,
                                                   const WriteOptions& options) {
  std::vector<FieldViolation> problems;
  CheckSettings(campaign, kPath, problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  RETURN_IF_ERROR(CheckStaffOf(caller, campaign.programme));
  Normalise(campaign);
  std::optional<Campaign> earlier;
  RETURN_IF_ERROR(parts_.store.Read([&](CampaignReader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(earlier, EarlierResult<Campaign>(reader, options));
    return absl::OkStatus();
  }));
  if (earlier) return *std::move(earlier);
  RETURN_IF_ERROR(References(parts_, caller).CheckCampaign(campaign, {}, kPath, problems));
  if (!problems.empty()) return InvalidFields(std::move(problems));

  campaign.published_timetable.clear();
  return WriteOnce<Campaign>(parts_, options, [&](CampaignWriter& writer) -> absl::StatusOr<Campaign> {
    RETURN_IF_ERROR(writer.InsertCampaign(campaign));
    Campaign created = campaign;
    created.version = options.validate_only ? 0 : 1;
    return created;
  });
}

absl::StatusOr<Campaign> Campaigns::UpdateCampaign(const Caller& caller, const CampaignUpdate& update,
                                                   const WriteOptions& options) {
  std::optional<Campaign> earlier;
  Campaign stored;
  RETURN_IF_ERROR(ReadForStaff(caller, update.campaign.name,
                               [&](CampaignReader& reader, const Campaign& found) -> absl::Status {
                                 stored = found;
                                 ASSIGN_OR_RETURN(earlier, EarlierResult<Campaign>(reader, options));
                                 return absl::OkStatus();
                               }));
  if (earlier) return *std::move(earlier);
  ASSIGN_OR_RETURN(const Campaign expected, Updated(stored, update));
  std::vector<FieldViolation> problems;
  RETURN_IF_ERROR(References(parts_, caller).CheckCampaign(expected, stored, kPath, problems));
  if (!problems.empty()) return InvalidFields(std::move(problems));

  return WriteOnce<Campaign>(parts_, options, [&](CampaignWriter& writer) -> absl::StatusOr<Campaign> {
    ASSIGN_OR_RETURN(const Campaign current, CampaignForStaff(writer, caller, update.campaign.name));
    if (update.campaign.version != 0 && update.campaign.version != current.version) {
      return StaleEtag(current.name);
    }
    ASSIGN_OR_RETURN(Campaign updated, Updated(current, update));
    if (updated == current) return updated;
    RETURN_IF_ERROR(writer.UpdateCampaign(updated));
    if (!options.validate_only) ++updated.version;
    return updated;
  });
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

absl::StatusOr<CampaignCheck> Campaigns::CheckCampaign(const Caller& caller, absl::string_view name) const {
  RETURN_IF_ERROR(
      ReadForStaff(caller, name, [](CampaignReader&, const Campaign&) { return absl::OkStatus(); }));
  ASSIGN_OR_RETURN(const CampaignFacts facts, GatherFacts({.store = parts_.store,
                                                           .theses = parts_.theses,
                                                           .juries = parts_.juries,
                                                           .directory = parts_.directory},
                                                          name));
  return CheckFacts(facts);
}

}  // namespace soutenance::scheduling
