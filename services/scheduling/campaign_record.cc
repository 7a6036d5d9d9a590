// The results of mutating calls as bytes; see services/base/record.h.
#include <utility>

#include "services/base/record.h"
#include "services/base/status.h"
#include "services/scheduling/campaigns.h"

namespace soutenance::scheduling {
namespace {

constexpr int64_t kAbsent = -1;  // no parameter: parameters are never negative

absl::CivilDay EpochDay() { return absl::CivilDay(1970, 1, 1); }

void Write(absl::CivilDay day, RecordWriter& to) { to.Integer(day - EpochDay()); }
absl::CivilDay ReadDay(RecordReader& from) { return EpochDay() + from.Integer(); }

template <typename T, typename F>
void WriteList(const std::vector<T>& items, RecordWriter& to, F&& write) {
  to.Integer(static_cast<int64_t>(items.size()));
  for (const T& item : items) write(item);
}

template <typename T, typename F>
std::vector<T> ReadList(RecordReader& from, F&& read) {
  std::vector<T> items;
  const int64_t count = from.Integer();
  for (int64_t i = 0; i < count && !from.IsAtEnd(); ++i) items.push_back(read());
  return items;
}

void WriteTexts(const std::vector<std::string>& texts, RecordWriter& to) {
  WriteList(texts, to, [&](const std::string& text) { to.Text(text); });
}
std::vector<std::string> ReadTexts(RecordReader& from) {
  return ReadList<std::string>(from, [&] { return from.Text(); });
}

int ReadInt(RecordReader& from) { return static_cast<int>(from.Integer()); }

RuleSetting ReadRule(RecordReader& from) {
  RuleSetting setting{.rule = from.Text()};
  setting.level = static_cast<solver::RuleLevel>(from.Integer());
  setting.weight = from.Integer();
  const int64_t parameter = from.Integer();
  if (parameter != kAbsent) setting.parameter = parameter;
  return setting;
}

absl::Status Finish(const RecordReader& from) {
  return from.IsComplete() ? absl::OkStatus()
                           : absl::DataLossError("the kept result of a call cannot be read");
}

}  // namespace

std::string Campaign::Serialize() const {
  RecordWriter to;
  to.Text(name).Integer(version).Text(title);
  to.Text(programme).Text(cohort).Integer(year).Integer(session);
  to.Text(time_zone).Text(language);
  WriteList(days, to, [&](absl::CivilDay date) { Write(date, to); });
  WriteList(hours, to, [&](const Hours& window) { to.Integer(window.from).Integer(window.to); });
  to.Integer(grid_minutes).Integer(duration_minutes);
  to.Integer(buffer_minutes).Integer(travel_minutes);
  to.Integer(static_cast<int64_t>(silent_policy));
  WriteTexts(rooms, to);
  WriteList(rules, to, [&](const RuleSetting& setting) {
    to.Text(setting.rule).Integer(static_cast<int64_t>(setting.level));
    to.Integer(setting.weight).Integer(setting.parameter.value_or(kAbsent));
  });
  to.Text(published_timetable);
  WriteTexts(SeatLines(seats), to);
  WriteTexts(RoleLines(roles), to);
  WriteTexts(PeopleLines(people), to);
  WriteTexts(DayLines(day), to);
  return to.bytes();
}

absl::StatusOr<Campaign> Campaign::Parse(absl::string_view bytes) {
  RecordReader from(bytes);
  Campaign campaign;
  campaign.name = from.Text();
  campaign.version = from.Integer();
  campaign.title = from.Text();
  campaign.programme = from.Text();
  campaign.cohort = from.Text();
  campaign.year = ReadInt(from);
  campaign.session = ReadInt(from);
  campaign.time_zone = from.Text();
  campaign.language = from.Text();
  campaign.days = ReadList<absl::CivilDay>(from, [&] { return ReadDay(from); });
  campaign.hours = ReadList<Hours>(from, [&] {
    const MinuteOfDay begin = ReadInt(from);
    return Hours{.from = begin, .to = ReadInt(from)};
  });
  campaign.grid_minutes = ReadInt(from);
  campaign.duration_minutes = ReadInt(from);
  campaign.buffer_minutes = ReadInt(from);
  campaign.travel_minutes = ReadInt(from);
  campaign.silent_policy = static_cast<SilentPolicy>(from.Integer());
  campaign.rooms = ReadTexts(from);
  campaign.rules = ReadList<RuleSetting>(from, [&] { return ReadRule(from); });
  campaign.published_timetable = from.Text();
  // Kept results of calls that were made before there were seats end here.
  if (!from.IsAtEnd()) {
    ASSIGN_OR_RETURN(campaign.seats, ParseSeatLines(ReadTexts(from)));
    ASSIGN_OR_RETURN(campaign.roles, ParseRoleLines(ReadTexts(from)));
  }
  // And here those from before anything was said of people.
  if (!from.IsAtEnd()) {
    ASSIGN_OR_RETURN(campaign.people, ParsePeopleLines(ReadTexts(from)));
  }
  // And those from before anything was said of days.
  if (!from.IsAtEnd()) {
    ASSIGN_OR_RETURN(campaign.day, ParseDayLines(ReadTexts(from)));
  }
  RETURN_IF_ERROR(Finish(from));
  return campaign;
}

std::string Defence::Serialize() const {
  RecordWriter to;
  to.Text(campaign).Text(thesis).Integer(version).Integer(duration_minutes);
  WriteTexts(equipment, to);
  WriteTexts(SeatLines(seats), to);
  to.Text(topic);
  return to.bytes();
}

absl::StatusOr<Defence> Defence::Parse(absl::string_view bytes) {
  RecordReader from(bytes);
  Defence defence;
  defence.campaign = from.Text();
  defence.thesis = from.Text();
  defence.version = from.Integer();
  defence.duration_minutes = ReadInt(from);
  defence.equipment = ReadTexts(from);
  if (!from.IsAtEnd()) {
    ASSIGN_OR_RETURN(defence.seats, ParseSeatLines(ReadTexts(from)));
    defence.topic = from.Text();
  }
  RETURN_IF_ERROR(Finish(from));
  return defence;
}

std::string Availability::Serialize() const {
  RecordWriter to;
  to.Text(campaign).Text(person).Integer(version);
  WriteList(periods, to, [&](const AvailabilityPeriod& period) {
    Write(period.date, to);
    to.Integer(period.from).Integer(period.to).Integer(static_cast<int64_t>(period.answer));
  });
  to.Text(entered_by);
  return to.bytes();
}

absl::StatusOr<Availability> Availability::Parse(absl::string_view bytes) {
  RecordReader from(bytes);
  Availability availability;
  availability.campaign = from.Text();
  availability.person = from.Text();
  availability.version = from.Integer();
  availability.periods = ReadList<AvailabilityPeriod>(from, [&] {
    AvailabilityPeriod period{.date = ReadDay(from)};
    period.from = ReadInt(from);
    period.to = ReadInt(from);
    period.answer = static_cast<Answer>(from.Integer());
    return period;
  });
  availability.entered_by = from.Text();
  RETURN_IF_ERROR(Finish(from));
  return availability;
}

std::string CampaignChanges::Serialize() const {
  RecordWriter to;
  to.Text(campaigns.Serialize()).Text(defences.Serialize());
  to.Text(availabilities.Serialize());
  return to.bytes();
}

absl::StatusOr<CampaignChanges> CampaignChanges::Parse(absl::string_view bytes) {
  RecordReader from(bytes);
  CampaignChanges changes;
  ASSIGN_OR_RETURN(changes.campaigns, ChangeList::Parse(from.Text()));
  ASSIGN_OR_RETURN(changes.defences, ChangeList::Parse(from.Text()));
  ASSIGN_OR_RETURN(changes.availabilities, ChangeList::Parse(from.Text()));
  RETURN_IF_ERROR(Finish(from));
  return changes;
}

}  // namespace soutenance::scheduling
