#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/base/id.h"
#include "services/runtime/wire/etags.h"
#include "services/runtime/wire/fields.h"
#include "services/runtime/wire/pages.h"
#include "services/runtime/wire/requests.h"
#include "services/scheduling/campaign_changes.h"
#include "services/scheduling/rpc/campaign_proto.h"

namespace soutenance::scheduling {
namespace {

using Problems = std::vector<FieldViolation>;

// `value`, unless there are problems.
template <typename T>
absl::StatusOr<T> Unless(Problems& problems, T value) {
  if (!problems.empty()) return InvalidFields(std::move(problems));
  return value;
}

// The list or the field that `field` is or lies in: "campaign.days" of "campaign.days[2]", and
// "availabilities[7].periods" of "availabilities[7].periods[3].date".
absl::string_view GroupOf(absl::string_view field) {
  const std::size_t entry = field.find("].");
  const bool is_of_batch = field.substr(0, 9) == "defences[" || field.substr(0, 15) == "availabilities[";
  const std::size_t begin = is_of_batch && entry != absl::string_view::npos ? entry + 1 : 0;
  return field.substr(0, field.find('[', begin));
}

// Adds `found`, what the rules of the domain say about values that were read, to what could not be read.
// About a list of which a part could not be read they say nothing of use.
void AddProblems(Problems found, Problems& problems) {
  std::set<std::string> unread;
  for (const FieldViolation& problem : problems) unread.emplace(GroupOf(problem.field));
  for (FieldViolation& problem : found) {
    if (unread.count(std::string(GroupOf(problem.field))) == 0) problems.push_back(std::move(problem));
  }
}

int64_t VersionOf(absl::string_view etag) { return runtime::VersionFromEtag(etag).value_or(0); }

std::string CampaignName(absl::string_view name, absl::string_view field, Problems& problems) {
  runtime::IdFromName(name, "campaigns", field, problems);
  return std::string(name);
}

std::optional<absl::CivilDay> ReadDate(absl::string_view text, std::string field, Problems& problems) {
  std::optional<absl::CivilDay> date = ParseDate(text);
  if (!date) {
    problems.push_back({.field = std::move(field),
                        .description = absl::StrCat("\"", absl::Utf8SafeCEscape(text),
                                                    "\" is not a date such as 2027-06-14")});
  }
  return date;
}

std::optional<MinuteOfDay> ReadTime(absl::string_view text, std::string field, Problems& problems) {
  std::optional<MinuteOfDay> time = ParseTimeOfDay(text);
  if (!time) {
    problems.push_back({.field = std::move(field),
                        .description = absl::StrCat("\"", absl::Utf8SafeCEscape(text),
                                                    "\" is not a time such as 09:30, 24:00 at most")});
  }
  return time;
}

SilentPolicy ReadPolicy(pb::Campaign::SilentPolicy policy, absl::string_view path, Problems& problems) {
  switch (policy) {
    case pb::Campaign::SILENT_POLICY_UNSPECIFIED:
    case pb::Campaign::SILENT_POLICY_AVAILABLE:
      return SilentPolicy::kAvailable;
    case pb::Campaign::SILENT_POLICY_IF_NEEDED:
      return SilentPolicy::kIfNeeded;
    case pb::Campaign::SILENT_POLICY_UNAVAILABLE:
      return SilentPolicy::kUnavailable;
    default:
      problems.push_back({.field = absl::StrCat(path, "silent_policy"),
                          .description = absl::StrCat(policy, " is not a silent policy")});
      return SilentPolicy::kAvailable;
  }
}

RuleSetting ReadRule(const pb::RuleSetting& message, const std::string& field, Problems& problems) {
  RuleSetting setting{.rule = message.rule(), .weight = message.weight()};
  if (message.has_parameter()) setting.parameter = message.parameter();
  switch (message.level()) {
    case pb::RuleSetting::LEVEL_UNSPECIFIED: {
      // Only weight or parameter differ from the rulebook.
      const solver::RuleLine* line = solver::FindRule(message.rule());
      if (line != nullptr) setting.level = line->level;
      break;
    }
    case pb::RuleSetting::LEVEL_OFF:
      setting.level = solver::RuleLevel::kOff;
      break;
    case pb::RuleSetting::LEVEL_HARD:
      setting.level = solver::RuleLevel::kHard;
      break;
    case pb::RuleSetting::LEVEL_STRONG:
      setting.level = solver::RuleLevel::kStrong;
      break;
    case pb::RuleSetting::LEVEL_SOFT:
      setting.level = solver::RuleLevel::kSoft;
      break;
    case pb::RuleSetting::LEVEL_SOFT_2:
      setting.level = solver::RuleLevel::kSoft2;
      break;
    case pb::RuleSetting::LEVEL_SOFT_3:
      setting.level = solver::RuleLevel::kSoft3;
      break;
    case pb::RuleSetting::LEVEL_SOFT_4:
      setting.level = solver::RuleLevel::kSoft4;
      break;
    case pb::RuleSetting::LEVEL_SOFT_5:
      setting.level = solver::RuleLevel::kSoft5;
      break;
    case pb::RuleSetting::LEVEL_SOFT_6:
      setting.level = solver::RuleLevel::kSoft6;
      break;
    default:
      problems.push_back({.field = field + ".level",
                          .description = absl::StrCat(message.level(), " is not a level of a rule")});
  }
  return setting;
}

SeatRole ReadRole(const std::string& role, std::string field, Problems& problems) {
  const std::optional<SeatRole> found = ParseSeatRole(role);
  if (!found) {
    problems.push_back(
        {.field = std::move(field),
         .description = absl::StrCat("\"", absl::Utf8SafeCEscape(role),
                                     "\" is no role; expected president, supervisor, reviewer, "
                                     "examiner, company_tutor or guest")});
  }
  return found.value_or(SeatRole::kGuest);
}

SeatNeed ReadSeat(const pb::SeatNeed& message, const std::string& field, Problems& problems) {
  SeatNeed need{.role = ReadRole(message.role(), field + ".role", problems),
                .count = message.count(),
                .is_remote = message.remote()};
  for (const pb::Candidate& candidate : message.candidates()) {
    need.candidates.push_back({.person = candidate.person(),
                               .cost = candidate.cost(),
                               .topics = {candidate.topics().begin(), candidate.topics().end()}});
  }
  return need;
}

template <typename Seats>
std::vector<SeatNeed> ReadSeats(const Seats& seats, absl::string_view path, Problems& problems) {
  std::vector<SeatNeed> needs;
  for (int i = 0; i < seats.size(); ++i) {
    needs.push_back(ReadSeat(seats[i], absl::StrCat(path, "seats[", i, "]"), problems));
  }
  return needs;
}

RoleSetting ReadRoleSetting(const pb::RoleSetting& message, const std::string& field, Problems& problems) {
  RoleSetting setting{.role = ReadRole(message.role(), field + ".role", problems),
                      .absence_cost = message.absence_cost(),
                      .change_cost = message.change_cost(),
                      .off_topic_cost = message.off_topic_cost(),
                      .mix_cost = message.mix_cost(),
                      .day_change_cost = message.day_change_cost()};
  for (const pb::LoadBand& band : message.load()) {
    setting.load.push_back({.low = band.low(), .high = band.high(), .cost = band.cost()});
  }
  for (int i = 0; i < message.combined_size(); ++i) {
    const std::string entry = absl::StrCat(field, ".combined[", i, "].role");
    setting.combined.push_back(
        {.role = ReadRole(message.combined(i).role(), entry, problems), .cost = message.combined(i).cost()});
  }
  return setting;
}

PersonSetting ReadPersonSetting(const pb::PersonSetting& message, const std::string& field,
                                Problems& problems) {
  PersonSetting setting{.person = message.person(),
                        .weight = message.weight(),
                        .day_max = message.day_max(),
                        .campaign_max = message.campaign_max(),
                        .nearness = {message.nearness().begin(), message.nearness().end()},
                        .room_change = {message.room_change().begin(), message.room_change().end()},
                        .topics = {message.topics().begin(), message.topics().end()}};
  for (int i = 0; i < message.role_limits_size(); ++i) {
    const pb::RoleLimit& limit = message.role_limits(i);
    const std::string entry = absl::StrCat(field, ".role_limits[", i, "].role");
    setting.role_limits.push_back({.role = ReadRole(limit.role(), entry, problems),
                                   .day_max = limit.day_max(),
                                   .campaign_max = limit.campaign_max()});
  }
  return setting;
}

template <typename Costs>
std::vector<HourCost> ReadHourCosts(const Costs& messages, const std::string& field, Problems& problems) {
  std::vector<HourCost> costs;
  for (int i = 0; i < messages.size(); ++i) {
    const auto time = ReadTime(messages[i].time(), absl::StrCat(field, "[", i, "].time"), problems);
    if (time) costs.push_back({.time = *time, .cost = messages[i].cost()});
  }
  return costs;
}

DayShape ReadDayShape(const pb::DayShape& message, const std::string& field, Problems& problems) {
  DayShape day;
  if (message.has_pause()) {
    const pb::DayPause& given = message.pause();
    const auto from = ReadTime(given.from(), field + ".pause.from", problems);
    const auto to = ReadTime(given.to(), field + ".pause.to", problems);
    DayPause pause{
        .least_minutes = given.least_minutes(),
        .wanted_minutes = given.wanted_minutes() == 0 ? given.least_minutes() : given.wanted_minutes()};
    if (!given.until().empty()) pause.until = ReadTime(given.until(), field + ".pause.until", problems);
    if (from && to) {
      pause.from = *from;
      pause.to = *to;
      day.pause = pause;
    }
  }
  day.early = ReadHourCosts(message.early(), field + ".early", problems);
  day.late = ReadHourCosts(message.late(), field + ".late", problems);
  return day;
}

// The settings of `message` with the defaults of the contract; `path` is "campaign.".
Campaign ReadCampaign(const pb::Campaign& message, absl::string_view path, Problems& problems) {
  const auto number = [](int given, int otherwise) { return given == 0 ? otherwise : given; };
  Campaign campaign{.name = message.name(),
                    .version = VersionOf(message.etag()),
                    .title = message.title(),
                    .programme = message.programme(),
                    .cohort = message.cohort(),
                    .year = message.year(),
                    .session = number(message.session(), 1),
                    .grid_minutes = number(message.grid_minutes(), 15),
                    .duration_minutes = number(message.duration_minutes(), 60),
                    .buffer_minutes = message.buffer_minutes(),
                    .travel_minutes = message.travel_minutes(),
                    .silent_policy = ReadPolicy(message.silent_policy(), path, problems),
                    .rooms = {message.rooms().begin(), message.rooms().end()}};
  if (!message.time_zone().empty()) campaign.time_zone = message.time_zone();
  if (!message.language().empty()) campaign.language = message.language();
  for (int i = 0; i < message.days_size(); ++i) {
    const auto day = ReadDate(message.days(i), absl::StrCat(path, "days[", i, "]"), problems);
    if (day) campaign.days.push_back(*day);
  }
  for (int i = 0; i < message.hours_size(); ++i) {
    const std::string field = absl::StrCat(path, "hours[", i, "]");
    const auto from = ReadTime(message.hours(i).from(), field + ".from", problems);
    const auto to = ReadTime(message.hours(i).to(), field + ".to", problems);
    if (from && to) campaign.hours.push_back({.from = *from, .to = *to});
  }
  for (int i = 0; i < message.rules_size(); ++i) {
    campaign.rules.push_back(ReadRule(message.rules(i), absl::StrCat(path, "rules[", i, "]"), problems));
  }
  campaign.seats = ReadSeats(message.seats(), path, problems);
  for (int i = 0; i < message.roles_size(); ++i) {
    campaign.roles.push_back(
        ReadRoleSetting(message.roles(i), absl::StrCat(path, "roles[", i, "]"), problems));
  }
  for (int i = 0; i < message.people_size(); ++i) {
    campaign.people.push_back(
        ReadPersonSetting(message.people(i), absl::StrCat(path, "people[", i, "]"), problems));
  }
  campaign.day = ReadDayShape(message.day(), absl::StrCat(path, "day"), problems);
  if (campaign.year == 0 && !campaign.days.empty()) campaign.year = static_cast<int>(campaign.days[0].year());
  return campaign;
}

// `campaign` is that of the batch the defence belongs to, or empty: then the name tells it.
Defence ReadDefence(const pb::Defence& message, absl::string_view campaign, absl::string_view path,
                    Problems& problems) {
  Defence defence{.campaign = std::string(campaign),
                  .thesis = message.thesis(),
                  .version = VersionOf(message.etag()),
                  .duration_minutes = message.duration_minutes(),
                  .equipment = {message.equipment().begin(), message.equipment().end()},
                  .topic = message.topic()};
  defence.seats = ReadSeats(message.seats(), path, problems);
  if (message.name().empty() && !campaign.empty()) return defence;
  const absl::StatusOr<DefenceKey> key = ParseDefenceName(message.name());
  if (!key.ok()) {
    problems.push_back(
        {.field = absl::StrCat(path, "name"), .description = std::string(key.status().message())});
    return defence;
  }
  if (defence.thesis.empty() && campaign.empty()) defence.thesis = key->thesis;
  if (defence.campaign.empty()) defence.campaign = key->campaign;
  const std::string expected = DefenceName(defence.campaign, defence.thesis);
  if (message.name() != expected) {
    problems.push_back({.field = absl::StrCat(path, "name"),
                        .description = absl::StrCat("is \"", message.name(), "\"; the defence of ",
                                                    defence.thesis, " is called ", expected)});
  }
  return defence;
}

std::optional<AvailabilityPeriod> ReadPeriod(const pb::AvailabilityPeriod& message, const std::string& field,
                                             Problems& problems) {
  AvailabilityPeriod period;
  const std::size_t before = problems.size();
  period.date = ReadDate(message.date(), field + ".date", problems).value_or(absl::CivilDay());
  if (!message.from().empty() || !message.to().empty()) {
    period.from = ReadTime(message.from(), field + ".from", problems).value_or(0);
    period.to = ReadTime(message.to(), field + ".to", problems).value_or(kEndOfDay);
  }
  switch (message.answer()) {
    case pb::AvailabilityPeriod::ANSWER_YES:
      period.answer = Answer::kYes;
      break;
    case pb::AvailabilityPeriod::ANSWER_IF_NEEDED:
      period.answer = Answer::kIfNeeded;
      break;
    case pb::AvailabilityPeriod::ANSWER_NO:
      period.answer = Answer::kNo;
      break;
    default:
      problems.push_back(
          {.field = field + ".answer", .description = "is missing; answer yes, if needed or no"});
  }
  if (problems.size() > before) return std::nullopt;
  return period;
}

// As ReadDefence.
Availability ReadAvailability(const pb::Availability& message, absl::string_view campaign,
                              absl::string_view path, Problems& problems) {
  Availability availability{
      .campaign = std::string(campaign), .person = message.person(), .version = VersionOf(message.etag())};
  for (int i = 0; i < message.periods_size(); ++i) {
    const auto period = ReadPeriod(message.periods(i), absl::StrCat(path, "periods[", i, "]"), problems);
    if (period) availability.periods.push_back(*period);
  }
  if (message.name().empty() && !campaign.empty()) return availability;
  const absl::StatusOr<AvailabilityKey> key = ParseAvailabilityName(message.name());
  if (!key.ok()) {
    problems.push_back(
        {.field = absl::StrCat(path, "name"), .description = std::string(key.status().message())});
    return availability;
  }
  if (availability.person.empty() && campaign.empty()) availability.person = key->person;
  if (availability.campaign.empty()) availability.campaign = key->campaign;
  const std::string expected = AvailabilityName(availability.campaign, availability.person);
  if (message.name() != expected) {
    problems.push_back({.field = absl::StrCat(path, "name"),
                        .description = absl::StrCat("is \"", message.name(), "\"; the answer of ",
                                                    availability.person, " is called ", expected)});
  }
  return availability;
}

// The fields that an update mask may name: the settings, and the programme, which may only be repeated.
std::vector<absl::string_view> ChangeableFields() {
  std::vector<absl::string_view> names = {"programme"};
  for (const Setting& setting : Settings()) names.push_back(setting.name);
  return names;
}

absl::StatusOr<CampaignListQuery> ReadList(absl::string_view parent, int page_size,
                                           absl::string_view page_token) {
  Problems problems;
  CampaignListQuery query{.campaign = CampaignName(parent, "parent", problems),
                          .page = runtime::PageFromProto(page_size, page_token, problems)};
  return Unless(problems, std::move(query));
}

}  // namespace

absl::StatusOr<std::string> FromProto(const pb::GetCampaignRequest& request) {
  Problems problems;
  std::string name = CampaignName(request.name(), "name", problems);
  return Unless(problems, std::move(name));
}

absl::StatusOr<PageRequest> FromProto(const pb::ListCampaignsRequest& request) {
  Problems problems;
  PageRequest page = runtime::PageFromProto(request.page_size(), request.page_token(), problems);
  return Unless(problems, std::move(page));
}

absl::StatusOr<Campaign> FromProto(const pb::CreateCampaignRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  Campaign campaign = ReadCampaign(request.campaign(), "campaign.", problems);
  const absl::Status id = CheckId(request.campaign_id());
  if (!id.ok()) problems.push_back({.field = "campaign_id", .description = std::string(id.message())});
  campaign.name = absl::StrCat("campaigns/", id.ok() ? request.campaign_id() : "x");
  campaign.version = 0;
  Problems found;
  CheckSettings(campaign, "campaign.", found);
  AddProblems(std::move(found), problems);
  return Unless(problems, std::move(campaign));
}

absl::StatusOr<CampaignUpdate> FromProto(const pb::UpdateCampaignRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  CampaignUpdate update{.fields =
                            runtime::FieldsFromMask(request.update_mask(), ChangeableFields(), problems)};
  Problems found;
  update.campaign = ReadCampaign(request.campaign(), "campaign.", found);
  Problems refused;
  CheckSettings(update.campaign, "campaign.", refused);
  AddProblems(std::move(refused), found);
  // What is not changed is not read. The cohort is told to be one of the programme by the use case, which
  // knows it, and the programme may be left out.
  for (FieldViolation& problem : found) {
    const std::string setting(GroupOf(absl::string_view(problem.field).substr(9)));
    const std::string top = setting.substr(0, setting.find('.'));
    const bool is_named = std::find(update.fields.begin(), update.fields.end(), top) != update.fields.end();
    const bool is_left_out = request.campaign().programme().empty() && top == "programme";
    if (top == "name" || (is_named && !is_left_out)) problems.push_back(std::move(problem));
  }
  return Unless(problems, std::move(update));
}

absl::StatusOr<CampaignListQuery> FromProto(const pb::ListDefencesRequest& request) {
  return ReadList(request.parent(), request.page_size(), request.page_token());
}

absl::StatusOr<Defence> FromProto(const pb::SetDefenceRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  Defence defence = ReadDefence(request.defence(), "", "defence.", problems);
  Problems found;
  CheckDefence(defence, "defence.", found);
  AddProblems(std::move(found), problems);
  return Unless(problems, std::move(defence));
}

absl::StatusOr<DefenceRemoval> FromProto(const pb::RemoveDefenceRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  absl::StatusOr<DefenceKey> key = ParseDefenceName(request.name());
  if (!key.ok()) problems.push_back({.field = "name", .description = std::string(key.status().message())});
  return Unless(problems, DefenceRemoval{.key = key.ok() ? *std::move(key) : DefenceKey{},
                                         .version = VersionOf(request.etag())});
}

absl::StatusOr<AvailabilityKey> FromProto(const pb::GetAvailabilityRequest& request) {
  absl::StatusOr<AvailabilityKey> key = ParseAvailabilityName(request.name());
  if (key.ok()) return key;
  return InvalidFields({{.field = "name", .description = std::string(key.status().message())}});
}

absl::StatusOr<CampaignListQuery> FromProto(const pb::ListAvailabilitiesRequest& request) {
  return ReadList(request.parent(), request.page_size(), request.page_token());
}

absl::StatusOr<Availability> FromProto(const pb::SetAvailabilityRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  Availability availability = ReadAvailability(request.availability(), "", "availability.", problems);
  Problems found;
  CheckAvailability(availability, "availability.", found);
  AddProblems(std::move(found), problems);
  return Unless(problems, std::move(availability));
}

absl::StatusOr<std::string> FromProto(const pb::ListRulesRequest& request) {
  Problems problems;
  std::string name = request.campaign();
  if (!name.empty()) CampaignName(name, "campaign", problems);
  return Unless(problems, std::move(name));
}

absl::StatusOr<std::string> FromProto(const pb::CheckCampaignRequest& request) {
  Problems problems;
  const std::string& language = request.language();
  if (!language.empty() && language != "fr" && language != "en") {
    problems.push_back({.field = "language",
                        .description = absl::StrCat("\"", absl::Utf8SafeCEscape(language),
                                                    "\" is neither \"fr\" nor \"en\"")});
  }
  std::string name = CampaignName(request.name(), "name", problems);
  return Unless(problems, std::move(name));
}

absl::StatusOr<CampaignBatch> FromProto(const pb::BatchUpsertCampaignRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  CampaignBatch batch{.campaign = ReadCampaign(request.campaign(), "campaign.", problems)};
  batch.campaign.version = 0;
  for (int i = 0; i < request.defences_size(); ++i) {
    batch.defences.push_back(
        ReadDefence(request.defences(i), batch.campaign.name, absl::StrCat("defences[", i, "]."), problems));
  }
  for (int i = 0; i < request.availabilities_size(); ++i) {
    batch.availabilities.push_back(ReadAvailability(request.availabilities(i), batch.campaign.name,
                                                    absl::StrCat("availabilities[", i, "]."), problems));
  }
  AddProblems(ProblemsOf(batch), problems);
  return Unless(problems, std::move(batch));
}

}  // namespace soutenance::scheduling
