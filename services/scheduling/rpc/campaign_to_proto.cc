#include "absl/strings/str_cat.h"
#include "services/runtime/wire/changes.h"
#include "services/runtime/wire/etags.h"
#include "services/runtime/wire/pages.h"
#include "services/scheduling/rpc/campaign_proto.h"

namespace soutenance::scheduling {
namespace {

// The rule "unplaced" has a level of its own, which no campaign can choose: it is not said.
pb::RuleSetting::Level ToProto(solver::RuleLevel level) {
  switch (level) {
    case solver::RuleLevel::kOff:
      return pb::RuleSetting::LEVEL_OFF;
    case solver::RuleLevel::kHard:
      return pb::RuleSetting::LEVEL_HARD;
    case solver::RuleLevel::kUnplaced:
      return pb::RuleSetting::LEVEL_UNSPECIFIED;
    case solver::RuleLevel::kStrong:
      return pb::RuleSetting::LEVEL_STRONG;
    case solver::RuleLevel::kSoft:
      return pb::RuleSetting::LEVEL_SOFT;
    case solver::RuleLevel::kSoft2:
      return pb::RuleSetting::LEVEL_SOFT_2;
    case solver::RuleLevel::kSoft3:
      return pb::RuleSetting::LEVEL_SOFT_3;
    case solver::RuleLevel::kSoft4:
      return pb::RuleSetting::LEVEL_SOFT_4;
    case solver::RuleLevel::kSoft5:
      return pb::RuleSetting::LEVEL_SOFT_5;
    case solver::RuleLevel::kSoft6:
      return pb::RuleSetting::LEVEL_SOFT_6;
  }
  return pb::RuleSetting::LEVEL_UNSPECIFIED;
}

pb::RuleSetting ToProto(const RuleSetting& setting) {
  pb::RuleSetting message;
  message.set_rule(setting.rule);
  message.set_level(ToProto(setting.level));
  message.set_weight(setting.weight);
  if (setting.parameter) message.set_parameter(*setting.parameter);
  return message;
}

std::string Text(absl::string_view text) { return std::string(text); }

pb::Rule ToProto(const RuleInCampaign& rule) {
  const solver::RuleLine& line = *rule.line;
  pb::Rule message;
  message.set_rule(Text(line.name));
  message.set_sentence_fr(Text(line.sentence_fr));
  message.set_sentence_en(Text(line.sentence_en));
  message.set_unit(Text(line.unit));
  message.set_unit_fr(Text(line.unit_fr));
  for (const solver::RuleLevel level : solver::kAllRuleLevels) {
    const pb::RuleSetting::Level told = ToProto(level);
    if (told != pb::RuleSetting::LEVEL_UNSPECIFIED && solver::MayBeSetTo(line, level))
      message.add_levels(told);
  }
  message.set_clash(line.clash);
  *message.mutable_default_setting() = ToProto(RuleSetting{
      .rule = Text(line.name), .level = line.level, .weight = line.weight, .parameter = line.parameter});
  if (rule.setting) *message.mutable_setting() = ToProto(*rule.setting);
  return message;
}

pb::SeatNeed ToProto(const SeatNeed& need) {
  pb::SeatNeed message;
  message.set_role(Text(SeatRoleName(need.role)));
  message.set_count(need.count);
  message.set_remote(need.is_remote);
  for (const Candidate& candidate : need.candidates) {
    pb::Candidate& added = *message.add_candidates();
    added.set_person(candidate.person);
    added.set_cost(candidate.cost);
    for (const std::string& topic : candidate.topics) added.add_topics(topic);
  }
  return message;
}

pb::RoleSetting ToProto(const RoleSetting& setting) {
  pb::RoleSetting message;
  message.set_role(Text(SeatRoleName(setting.role)));
  message.set_absence_cost(setting.absence_cost);
  message.set_change_cost(setting.change_cost);
  message.set_off_topic_cost(setting.off_topic_cost);
  message.set_mix_cost(setting.mix_cost);
  message.set_day_change_cost(setting.day_change_cost);
  for (const LoadBand& band : setting.load) {
    pb::LoadBand& added = *message.add_load();
    added.set_low(band.low);
    added.set_high(band.high);
    added.set_cost(band.cost);
  }
  for (const CombinedRole& other : setting.combined) {
    pb::CombinedRole& added = *message.add_combined();
    added.set_role(Text(SeatRoleName(other.role)));
    added.set_cost(other.cost);
  }
  return message;
}

pb::PersonSetting ToProto(const PersonSetting& setting) {
  pb::PersonSetting message;
  message.set_person(setting.person);
  message.set_weight(setting.weight);
  message.set_day_max(setting.day_max);
  message.set_campaign_max(setting.campaign_max);
  for (const RoleLimit& limit : setting.role_limits) {
    pb::RoleLimit& added = *message.add_role_limits();
    added.set_role(Text(SeatRoleName(limit.role)));
    added.set_day_max(limit.day_max);
    added.set_campaign_max(limit.campaign_max);
  }
  message.mutable_nearness()->Add(setting.nearness.begin(), setting.nearness.end());
  message.mutable_room_change()->Add(setting.room_change.begin(), setting.room_change.end());
  for (const std::string& topic : setting.topics) message.add_topics(topic);
  return message;
}

pb::DayShape ToProto(const DayShape& day) {
  pb::DayShape message;
  if (day.pause) {
    pb::DayPause& pause = *message.mutable_pause();
    pause.set_from(TimeOfDayText(day.pause->from));
    pause.set_to(TimeOfDayText(day.pause->to));
    pause.set_least_minutes(day.pause->least_minutes);
    pause.set_wanted_minutes(day.pause->wanted_minutes);
    if (day.pause->until) pause.set_until(TimeOfDayText(*day.pause->until));
  }
  const auto add = [](const std::vector<HourCost>& costs, auto& messages) {
    for (const HourCost& entry : costs) {
      pb::HourCost& added = *messages.Add();
      added.set_time(TimeOfDayText(entry.time));
      added.set_cost(entry.cost);
    }
  };
  add(day.early, *message.mutable_early());
  add(day.late, *message.mutable_late());
  return message;
}

pb::AvailabilityPeriod ToProto(const AvailabilityPeriod& period) {
  pb::AvailabilityPeriod message;
  message.set_date(DateText(period.date));
  // The whole day is said by saying no time, as a person would.
  if (period.from != 0 || period.to != kEndOfDay) {
    message.set_from(TimeOfDayText(period.from));
    message.set_to(TimeOfDayText(period.to));
  }
  message.set_answer(static_cast<pb::AvailabilityPeriod::Answer>(period.answer));
  return message;
}

}  // namespace

static_assert(static_cast<int>(SilentPolicy::kAvailable) == pb::Campaign::SILENT_POLICY_AVAILABLE);
static_assert(static_cast<int>(SilentPolicy::kIfNeeded) == pb::Campaign::SILENT_POLICY_IF_NEEDED);
static_assert(static_cast<int>(SilentPolicy::kUnavailable) == pb::Campaign::SILENT_POLICY_UNAVAILABLE);
static_assert(static_cast<int>(Answer::kYes) == pb::AvailabilityPeriod::ANSWER_YES);
static_assert(static_cast<int>(Answer::kIfNeeded) == pb::AvailabilityPeriod::ANSWER_IF_NEEDED);
static_assert(static_cast<int>(Answer::kNo) == pb::AvailabilityPeriod::ANSWER_NO);
static_assert(static_cast<int>(Finding::Severity::kError) ==
              pb::CheckCampaignResponse::Finding::SEVERITY_ERROR);
static_assert(static_cast<int>(Finding::Severity::kConflict) ==
              pb::CheckCampaignResponse::Finding::SEVERITY_CONFLICT);
static_assert(static_cast<int>(Finding::Severity::kWarning) ==
              pb::CheckCampaignResponse::Finding::SEVERITY_WARNING);

pb::Campaign ToProto(const Campaign& campaign) {
  pb::Campaign message;
  message.set_name(campaign.name);
  message.set_etag(runtime::EtagFromVersion(campaign.version));
  message.set_title(campaign.title);
  message.set_programme(campaign.programme);
  message.set_cohort(campaign.cohort);
  message.set_year(campaign.year);
  message.set_session(campaign.session);
  message.set_time_zone(campaign.time_zone);
  message.set_language(campaign.language);
  for (const absl::CivilDay day : campaign.days) message.add_days(DateText(day));
  for (const Hours& window : campaign.hours) {
    pb::Hours& hours = *message.add_hours();
    hours.set_from(TimeOfDayText(window.from));
    hours.set_to(TimeOfDayText(window.to));
  }
  message.set_grid_minutes(campaign.grid_minutes);
  message.set_duration_minutes(campaign.duration_minutes);
  message.set_buffer_minutes(campaign.buffer_minutes);
  message.set_travel_minutes(campaign.travel_minutes);
  message.set_silent_policy(static_cast<pb::Campaign::SilentPolicy>(campaign.silent_policy));
  for (const std::string& room : campaign.rooms) message.add_rooms(room);
  for (const RuleSetting& setting : campaign.rules) *message.add_rules() = ToProto(setting);
  for (const SeatNeed& need : campaign.seats) *message.add_seats() = ToProto(need);
  for (const RoleSetting& setting : campaign.roles) *message.add_roles() = ToProto(setting);
  for (const PersonSetting& setting : campaign.people) *message.add_people() = ToProto(setting);
  if (!campaign.day.IsEmpty()) *message.mutable_day() = ToProto(campaign.day);
  message.set_published_timetable(campaign.published_timetable);
  return message;
}

pb::Defence ToProto(const Defence& defence) {
  pb::Defence message;
  message.set_name(DefenceName(defence.campaign, defence.thesis));
  message.set_thesis(defence.thesis);
  message.set_duration_minutes(defence.duration_minutes);
  for (const std::string& item : defence.equipment) message.add_equipment(item);
  message.set_etag(runtime::EtagFromVersion(defence.version));
  for (const SeatNeed& need : defence.seats) *message.add_seats() = ToProto(need);
  message.set_topic(defence.topic);
  return message;
}

pb::Availability ToProto(const Availability& availability) {
  pb::Availability message;
  message.set_name(AvailabilityName(availability.campaign, availability.person));
  message.set_person(availability.person);
  message.set_etag(runtime::EtagFromVersion(availability.version));
  message.set_state(availability.IsAnswered() ? pb::Availability::STATE_ANSWERED
                                              : pb::Availability::STATE_NOT_ANSWERED);
  for (const AvailabilityPeriod& period : availability.periods) *message.add_periods() = ToProto(period);
  message.set_entered_by(availability.entered_by);
  return message;
}

pb::ListCampaignsResponse ToProto(const Page<Campaign>& page) {
  pb::ListCampaignsResponse message;
  for (const Campaign& campaign : page.items) *message.add_campaigns() = ToProto(campaign);
  message.set_next_page_token(runtime::PageToken(page.next));
  return message;
}

pb::ListDefencesResponse ToProto(const Page<Defence>& page) {
  pb::ListDefencesResponse message;
  for (const Defence& defence : page.items) *message.add_defences() = ToProto(defence);
  message.set_next_page_token(runtime::PageToken(page.next));
  return message;
}

pb::ListAvailabilitiesResponse ToProto(const Page<Availability>& page) {
  pb::ListAvailabilitiesResponse message;
  for (const Availability& answer : page.items) *message.add_availabilities() = ToProto(answer);
  message.set_next_page_token(runtime::PageToken(page.next));
  return message;
}

pb::ListRulesResponse ToProto(const std::vector<RuleInCampaign>& rules) {
  pb::ListRulesResponse message;
  for (const RuleInCampaign& rule : rules) *message.add_rules() = ToProto(rule);
  return message;
}

pb::CheckCampaignResponse ToProto(const CampaignCheck& check) {
  pb::CheckCampaignResponse message;
  for (const Finding& finding : check.findings) {
    pb::CheckCampaignResponse::Finding& added = *message.add_findings();
    added.set_severity(static_cast<pb::CheckCampaignResponse::Finding::Severity>(finding.severity));
    added.set_kind(finding.kind);
    for (const std::string& subject : finding.subjects) added.add_subjects(subject);
    added.set_message(finding.message);
  }
  message.set_defence_count(check.defence_count);
  message.set_person_count(check.person_count);
  message.set_room_count(check.room_count);
  message.set_silent_count(check.silent_count);
  message.set_placeable_count_bound(check.placeable_count_bound);
  return message;
}

pb::BatchUpsertCampaignResponse ToProto(const CampaignChanges& changes) {
  pb::BatchUpsertCampaignResponse message;
  *message.mutable_campaigns() = runtime::ToProto(changes.campaigns);
  *message.mutable_defences() = runtime::ToProto(changes.defences);
  *message.mutable_availabilities() = runtime::ToProto(changes.availabilities);
  return message;
}

}  // namespace soutenance::scheduling
