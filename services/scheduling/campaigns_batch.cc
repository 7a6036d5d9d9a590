// BatchUpsertCampaign; see campaigns.h.
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/programme_roles.h"
#include "services/base/status.h"
#include "services/scheduling/campaign_access.h"
#include "services/scheduling/campaign_changes.h"
#include "services/scheduling/campaign_references.h"
#include "services/scheduling/campaigns.h"

namespace soutenance::scheduling {
namespace {

std::string FieldOf(absl::string_view list, std::size_t i, absl::string_view field) {
  return absl::StrCat(list, "[", i, "].", field);
}

absl::Status CheckReferences(const CampaignBatch& batch, References& references) {
  std::vector<FieldViolation> problems;
  RETURN_IF_ERROR(references.CheckCampaign(batch.campaign, {}, "campaign.", problems));
  RETURN_IF_ERROR(references.CheckTheses(
      batch.defences, [](std::size_t i) { return FieldOf("defences", i, "thesis"); }, problems));
  for (std::size_t i = 0; i < batch.defences.size(); ++i) {
    RETURN_IF_ERROR(
        references.CheckCandidates(batch.defences[i].seats, {}, FieldOf("defences", i, "seats"), problems));
  }
  RETURN_IF_ERROR(references.CheckPeople(
      batch.availabilities, [](std::size_t i) { return FieldOf("availabilities", i, "person"); }, problems));
  return problems.empty() ? absl::OkStatus() : InvalidFields(std::move(problems));
}

// A folder that is imported does not say what juries must have, what roles cost, what is said of people, and
// topics: these stay.
bool SaysSeats(const Caller& caller) { return caller.service != "directory"; }

// Writes one batch and tells what changed. For one transaction.
class Upsert {
 public:
  // `writer` is null if nothing may be written.
  Upsert(const CampaignReader& reader, CampaignWriter* writer, const Caller& caller,
         const References& references)
      : reader_(reader), writer_(writer), caller_(caller), references_(references) {}

  absl::StatusOr<CampaignChanges> Run(const CampaignBatch& batch) {
    RETURN_IF_ERROR(PutCampaign(batch.campaign));
    RETURN_IF_ERROR(PutDefences(batch));
    RETURN_IF_ERROR(PutAvailabilities(batch));
    return std::move(changes_);
  }

 private:
  absl::Status PutCampaign(const Campaign& campaign);
  absl::Status CheckStored(const Campaign& stored, const Campaign& asked) const;
  absl::Status PutDefences(const CampaignBatch& batch);
  absl::Status PutAvailabilities(const CampaignBatch& batch);

  Change MakeChange(Change::Kind kind, std::string resource, absl::string_view labelled) const {
    return {.kind = kind, .resource = std::move(resource), .label = references_.LabelOf(labelled)};
  }

  const CampaignReader& reader_;
  CampaignWriter* const writer_;
  const Caller& caller_;
  const References& references_;
  CampaignChanges changes_;
};

absl::Status Upsert::CheckStored(const Campaign& stored, const Campaign& asked) const {
  if (!MayKnowProgramme(caller_, stored.programme)) {
    return Error(absl::StatusCode::kAlreadyExists,
                 absl::StrCat("the id of ", asked.name, " is taken; choose another one"),
                 {.reason = "CAMPAIGN_EXISTS", .metadata = {{"name", asked.name}}});
  }
  RETURN_IF_ERROR(CheckStaff(caller_, stored));
  if (stored.programme == asked.programme) return absl::OkStatus();
  return InvalidFields({{.field = "campaign.programme",
                         .description = absl::StrCat("is ", stored.programme, " and cannot change to ",
                                                     asked.programme, "; give the campaign another id")}});
}

absl::Status Upsert::PutCampaign(const Campaign& campaign) {
  ASSIGN_OR_RETURN(const std::optional<Campaign> stored, reader_.FindCampaign(campaign.name));
  Change change{.kind = Change::Kind::kCreated, .resource = campaign.name, .label = campaign.title};
  if (!stored) {
    changes_.campaigns.Add(std::move(change));
    return writer_ == nullptr ? absl::OkStatus() : writer_->InsertCampaign(campaign);
  }
  RETURN_IF_ERROR(CheckStored(*stored, campaign));
  Campaign updated = campaign;
  updated.version = stored->version;
  updated.published_timetable = stored->published_timetable;
  if (!SaysSeats(caller_)) {
    updated.seats = stored->seats;
    updated.roles = stored->roles;
    updated.people = stored->people;
    updated.day = stored->day;
  }
  if (updated == *stored) {
    changes_.campaigns.AddUnchanged();
    return absl::OkStatus();
  }
  change.kind = Change::Kind::kUpdated;
  change.fields = DifferencesOf(*stored, updated);
  changes_.campaigns.Add(std::move(change));
  return writer_ == nullptr ? absl::OkStatus() : writer_->UpdateCampaign(updated);
}

absl::Status Upsert::PutDefences(const CampaignBatch& batch) {
  ASSIGN_OR_RETURN(const std::vector<Defence> all, reader_.AllDefences(batch.campaign.name));
  std::map<std::string, const Defence*> leaving;
  for (const Defence& defence : all) leaving.emplace(defence.thesis, &defence);
  for (Defence defence : batch.defences) {
    const std::string name = DefenceName(batch.campaign.name, defence.thesis);
    const auto stored = leaving.find(defence.thesis);
    if (stored == leaving.end()) {
      changes_.defences.Add(MakeChange(Change::Kind::kCreated, name, defence.thesis));
      if (writer_ != nullptr) RETURN_IF_ERROR(writer_->PutDefence(defence).status());
      continue;
    }
    if (!SaysSeats(caller_)) {
      defence.seats = stored->second->seats;
      defence.topic = stored->second->topic;
    }
    Change change = MakeChange(Change::Kind::kUpdated, name, defence.thesis);
    change.fields = DifferencesOf(*stored->second, defence);
    leaving.erase(stored);
    if (change.fields.empty()) {
      changes_.defences.AddUnchanged();
      continue;
    }
    changes_.defences.Add(std::move(change));
    if (writer_ != nullptr) RETURN_IF_ERROR(writer_->PutDefence(defence).status());
  }
  for (const auto& [thesis, defence] : leaving) {
    changes_.defences.Add(
        MakeChange(Change::Kind::kRemoved, DefenceName(batch.campaign.name, thesis), thesis));
    if (writer_ != nullptr)
      RETURN_IF_ERROR(writer_->RemoveDefence({.campaign = batch.campaign.name, .thesis = thesis}));
  }
  return absl::OkStatus();
}

absl::Status Upsert::PutAvailabilities(const CampaignBatch& batch) {
  ASSIGN_OR_RETURN(const std::vector<Availability> all, reader_.AllAvailabilities(batch.campaign.name));
  std::map<std::string, const Availability*> leaving;
  for (const Availability& answer : all) leaving.emplace(answer.person, &answer);
  for (const Availability& answer : batch.availabilities) {
    const std::string name = AvailabilityName(batch.campaign.name, answer.person);
    const auto stored = leaving.find(answer.person);
    if (stored == leaving.end()) {
      changes_.availabilities.Add(MakeChange(Change::Kind::kCreated, name, answer.person));
      if (writer_ != nullptr) RETURN_IF_ERROR(writer_->PutAvailability(answer).status());
      continue;
    }
    Change change = MakeChange(Change::Kind::kUpdated, name, answer.person);
    change.fields = DifferencesOf(*stored->second, answer);
    leaving.erase(stored);
    // Who entered an answer that stays as it is, stays too.
    if (change.fields.empty()) {
      changes_.availabilities.AddUnchanged();
      continue;
    }
    changes_.availabilities.Add(std::move(change));
    if (writer_ != nullptr) RETURN_IF_ERROR(writer_->PutAvailability(answer).status());
  }
  for (const auto& [person, answer] : leaving) {
    changes_.availabilities.Add(
        MakeChange(Change::Kind::kRemoved, AvailabilityName(batch.campaign.name, person), person));
    if (writer_ != nullptr)
      RETURN_IF_ERROR(writer_->RemoveAvailability({.campaign = batch.campaign.name, .person = person}));
  }
  return absl::OkStatus();
}

}  // namespace

std::vector<FieldViolation> ProblemsOf(const CampaignBatch& batch) {
  std::vector<FieldViolation> problems;
  CheckSettings(batch.campaign, "campaign.", problems);
  std::map<absl::string_view, std::size_t> seen;
  const auto check_once = [&](absl::string_view name, std::string field, std::size_t i) {
    const auto [first, added] = seen.try_emplace(name, i);
    if (!added) {
      problems.push_back(
          {.field = std::move(field),
           .description = absl::StrCat("\"", name, "\" is in entry ", first->second, " already")});
    }
  };
  for (std::size_t i = 0; i < batch.defences.size(); ++i) {
    CheckDefence(batch.defences[i], FieldOf("defences", i, ""), problems);
    check_once(batch.defences[i].thesis, FieldOf("defences", i, "thesis"), i);
  }
  for (std::size_t i = 0; i < batch.availabilities.size(); ++i) {
    CheckAvailability(batch.availabilities[i], FieldOf("availabilities", i, ""), problems);
    check_once(batch.availabilities[i].person, FieldOf("availabilities", i, "person"), i);
  }
  return problems;
}

absl::StatusOr<CampaignChanges> Campaigns::BatchUpsertCampaign(const Caller& caller, CampaignBatch batch,
                                                               const Mutation& mutation) {
  if (std::vector<FieldViolation> problems = ProblemsOf(batch); !problems.empty()) {
    return InvalidFields(std::move(problems));
  }
  RETURN_IF_ERROR(CheckRunsProgramme(caller, batch.campaign.programme));
  Normalise(batch.campaign);
  for (Defence& defence : batch.defences) {
    defence.campaign = batch.campaign.name;
    Normalise(defence);
  }
  for (Availability& answer : batch.availabilities) {
    answer.campaign = batch.campaign.name;
    answer.entered_by = caller.account;
    Normalise(answer);
  }
  ASSIGN_OR_RETURN(std::optional<CampaignChanges> first,
                   FindFirstResult<CampaignChanges>(parts_.store, mutation));
  if (first) return *std::move(first);
  References references(parts_, caller);
  RETURN_IF_ERROR(CheckReferences(batch, references));
  const auto upsert = [&](const CampaignReader& reader,
                          CampaignWriter* writer) -> absl::StatusOr<CampaignChanges> {
    return Upsert(reader, writer, caller, references).Run(batch);
  };
  return Once<CampaignChanges>(parts_.store, mutation, parts_.clock.Now(), upsert);
}

}  // namespace soutenance::scheduling
