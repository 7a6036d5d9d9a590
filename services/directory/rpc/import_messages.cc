#include "services/directory/rpc/import_messages.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/directory/cohort.h"
#include "services/directory/import_groups.h"
#include "services/directory/person.h"
#include "services/directory/programme.h"
#include "services/directory/room.h"
#include "services/directory/rpc/civil_proto.h"

namespace soutenance::directory {
namespace {

using import_folder::CampaignSettings;
using import_folder::ImportBatch;
using AvailabilityPeriod = scheduling::v1::AvailabilityPeriod;
using Campaign = scheduling::v1::Campaign;
using RuleSetting = scheduling::v1::RuleSetting;
using Seat = assignment::v1::Seat;

std::string ThesisName(absl::string_view id) { return absl::StrCat("theses/", id); }

std::string CohortNameOf(const CampaignSettings& campaign) {
  return campaign.cohort.empty() ? "" : CohortName(campaign.programme, campaign.cohort);
}

Seat::Role ToProto(import_folder::JuryRole role) {
  switch (role) {
    case import_folder::JuryRole::kPresident:
      return Seat::ROLE_PRESIDENT;
    case import_folder::JuryRole::kSupervisor:
      return Seat::ROLE_SUPERVISOR;
    case import_folder::JuryRole::kReviewer:
      return Seat::ROLE_REVIEWER;
    case import_folder::JuryRole::kExaminer:
      return Seat::ROLE_EXAMINER;
    case import_folder::JuryRole::kCompanyTutor:
      return Seat::ROLE_COMPANY_TUTOR;
    case import_folder::JuryRole::kGuest:
      return Seat::ROLE_GUEST;
  }
  return Seat::ROLE_UNSPECIFIED;
}

AvailabilityPeriod::Answer ToProto(import_folder::Answer answer) {
  switch (answer) {
    case import_folder::Answer::kYes:
      return AvailabilityPeriod::ANSWER_YES;
    case import_folder::Answer::kIfNeeded:
      return AvailabilityPeriod::ANSWER_IF_NEEDED;
    case import_folder::Answer::kNo:
      return AvailabilityPeriod::ANSWER_NO;
  }
  return AvailabilityPeriod::ANSWER_UNSPECIFIED;
}

Campaign::SilentPolicy ToProto(import_folder::Silence silence) {
  switch (silence) {
    case import_folder::Silence::kAvailable:
      return Campaign::SILENT_POLICY_AVAILABLE;
    case import_folder::Silence::kIfNeeded:
      return Campaign::SILENT_POLICY_IF_NEEDED;
    case import_folder::Silence::kUnavailable:
      return Campaign::SILENT_POLICY_UNAVAILABLE;
  }
  return Campaign::SILENT_POLICY_UNSPECIFIED;
}

RuleSetting::Level ToProto(import_folder::RuleStrength strength) {
  switch (strength) {
    case import_folder::RuleStrength::kOff:
      return RuleSetting::LEVEL_OFF;
    case import_folder::RuleStrength::kHard:
      return RuleSetting::LEVEL_HARD;
    case import_folder::RuleStrength::kStrong:
      return RuleSetting::LEVEL_STRONG;
    case import_folder::RuleStrength::kSoft:
      return RuleSetting::LEVEL_SOFT;
    case import_folder::RuleStrength::kSoft2:
      return RuleSetting::LEVEL_SOFT_2;
    case import_folder::RuleStrength::kSoft3:
      return RuleSetting::LEVEL_SOFT_3;
    case import_folder::RuleStrength::kSoft4:
      return RuleSetting::LEVEL_SOFT_4;
    case import_folder::RuleStrength::kSoft5:
      return RuleSetting::LEVEL_SOFT_5;
    case import_folder::RuleStrength::kSoft6:
      return RuleSetting::LEVEL_SOFT_6;
  }
  return RuleSetting::LEVEL_UNSPECIFIED;
}

Campaign ToProto(const CampaignSettings& settings) {
  Campaign campaign;
  campaign.set_name(absl::StrCat("campaigns/", settings.id));
  campaign.set_title(settings.title);
  campaign.set_programme(ProgrammeName(settings.programme));
  campaign.set_cohort(CohortNameOf(settings));
  campaign.set_year(settings.year);
  campaign.set_session(settings.session);
  campaign.set_time_zone(settings.zone);
  campaign.set_language(settings.language);
  for (const absl::CivilDay day : settings.days) campaign.add_days(DateToProto(day));
  for (const import_folder::MinuteSpan& span : settings.hours) {
    scheduling::v1::Hours& hours = *campaign.add_hours();
    hours.set_from(TimeToProto(span.from));
    hours.set_to(TimeToProto(span.to));
  }
  campaign.set_grid_minutes(settings.grid_minutes);
  campaign.set_duration_minutes(settings.duration_minutes);
  campaign.set_buffer_minutes(settings.buffer_minutes);
  campaign.set_travel_minutes(settings.travel_minutes);
  campaign.set_silent_policy(ToProto(settings.silence));
  for (const std::string& room : settings.rooms) campaign.add_rooms(RoomName(room));
  for (const import_folder::RuleSetting& setting : settings.rules) {
    RuleSetting& rule = *campaign.add_rules();
    rule.set_rule(setting.rule);
    rule.set_level(ToProto(setting.strength));
    rule.set_weight(setting.weight);
    if (setting.parameter) rule.set_parameter(*setting.parameter);
  }
  return campaign;
}

Change::Kind KindFromProto(changes::v1::Change::Kind kind) {
  switch (kind) {
    case changes::v1::Change::KIND_UPDATED:
      return Change::Kind::kUpdated;
    case changes::v1::Change::KIND_REMOVED:
      return Change::Kind::kRemoved;
    default:
      return Change::Kind::kCreated;
  }
}

}  // namespace

submissions::v1::BatchUpsertThesesRequest ThesesToProto(const ImportBatch& batch) {
  submissions::v1::BatchUpsertThesesRequest request;
  const std::string programme = ProgrammeName(batch.campaign.programme);
  const std::string cohort = CohortNameOf(batch.campaign);
  for (const import_folder::ThesisRow& row : batch.theses) {
    submissions::v1::Thesis& thesis = *request.add_theses();
    thesis.set_name(ThesisName(row.id));
    thesis.set_title(row.title);
    for (const std::string& author : row.authors) thesis.add_authors(PersonName(author));
    thesis.set_supervisor(PersonName(row.supervisor));
    if (!row.company_tutor.empty()) thesis.set_company_tutor(PersonName(row.company_tutor));
    thesis.set_programme(programme);
    thesis.set_cohort(cohort);
    thesis.set_confidential(row.confidential);
    thesis.set_language(row.language);
  }
  for (const RowGroup<import_folder::JuryRow>& group : JuriesOf(batch)) {
    request.add_juries_follow(ThesisName(group.id));
  }
  return request;
}

assignment::v1::BatchUpsertJuriesRequest JuriesToProto(const ImportBatch& batch) {
  assignment::v1::BatchUpsertJuriesRequest request;
  const std::string programme = ProgrammeName(batch.campaign.programme);
  for (const RowGroup<import_folder::JuryRow>& group : JuriesOf(batch)) {
    assignment::v1::Jury& jury = *request.add_juries();
    jury.set_name(absl::StrCat(ThesisName(group.id), "/jury"));
    jury.set_programme(programme);
    for (const import_folder::JuryRow* row : group.rows) {
      Seat& seat = *jury.add_seats();
      seat.set_person(PersonName(row->person));
      seat.set_role(ToProto(row->role));
      seat.set_mode(row->attendance == import_folder::Attendance::kRemote ? Seat::MODE_REMOTE
                                                                          : Seat::MODE_ON_SITE);
    }
  }
  for (const import_folder::ThesisRow& row : batch.theses) {
    assignment::v1::ThesisAsToBecome& thesis = *request.add_theses();
    thesis.set_name(ThesisName(row.id));
    thesis.set_programme(programme);
    for (const std::string& author : row.authors) thesis.add_authors(PersonName(author));
    thesis.set_supervisor(PersonName(row.supervisor));
    if (!row.company_tutor.empty()) thesis.set_company_tutor(PersonName(row.company_tutor));
  }
  return request;
}

scheduling::v1::BatchUpsertCampaignRequest CampaignToProto(const ImportBatch& batch) {
  scheduling::v1::BatchUpsertCampaignRequest request;
  *request.mutable_campaign() = ToProto(batch.campaign);
  for (const import_folder::ThesisRow& row : batch.theses) {
    scheduling::v1::Defence& defence = *request.add_defences();
    defence.set_thesis(ThesisName(row.id));
    defence.set_duration_minutes(row.duration_minutes.value_or(0));
    for (const std::string& word : row.equipment) defence.add_equipment(word);
  }
  for (const RowGroup<import_folder::AvailabilityRow>& group : AnswersOf(batch)) {
    scheduling::v1::Availability& answer = *request.add_availabilities();
    answer.set_person(PersonName(group.id));
    for (const import_folder::AvailabilityRow* row : group.rows) {
      AvailabilityPeriod& period = *answer.add_periods();
      period.set_date(DateToProto(row->day));
      if (!(row->span == import_folder::kWholeDay)) {
        period.set_from(TimeToProto(row->span.from));
        period.set_to(TimeToProto(row->span.to));
      }
      period.set_answer(ToProto(row->answer));
    }
  }
  return request;
}

ChangeList ChangesFromProto(const changes::v1::ChangeList& message) {
  ChangeList list;
  for (const changes::v1::Change& entry : message.changes()) {
    Change change = {
        .kind = KindFromProto(entry.kind()), .resource = entry.resource(), .label = entry.label()};
    for (const changes::v1::Change::Field& field : entry.fields()) {
      change.fields.push_back({field.name(), field.before(), field.after()});
    }
    list.Add(std::move(change));
  }
  for (int i = 0; i < message.unchanged_count(); ++i) list.AddUnchanged();
  if (list.changes().size() < ChangeList::kListedMax) return list;
  // The list is full. What comes after every legal name is counted and not kept.
  const auto count = [&](Change::Kind kind, int counted, int in_all) {
    for (int i = counted; i < in_all; ++i) list.Add({.kind = kind, .resource = "\x7F"});
  };
  count(Change::Kind::kCreated, list.created_count(), message.created_count());
  count(Change::Kind::kUpdated, list.updated_count(), message.updated_count());
  count(Change::Kind::kRemoved, list.removed_count(), message.removed_count());
  return list;
}

}  // namespace soutenance::directory
