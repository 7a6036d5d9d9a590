#include "services/scheduling/cast.h"

#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "services/base/record.h"

namespace soutenance::scheduling {
namespace {

Cast::Thesis ThesisOf(const CampaignFacts& facts, const ThesisFacts& thesis) {
  Cast::Thesis shown{.title = thesis.title,
                     .level = thesis.level,
                     .duration_minutes = facts.campaign.duration_minutes,
                     .authors = thesis.authors,
                     .supervisor = thesis.supervisor,
                     .company_tutor = thesis.company_tutor};
  const auto jury = facts.juries.find(thesis.name);
  if (jury != facts.juries.end()) shown.jury = jury->second.seats;
  return shown;
}

void AddPeople(const CampaignFacts& facts, Cast& cast) {
  const auto add = [&](const std::string& person) {
    if (!person.empty()) cast.people.try_emplace(person, facts.NameOf(person));
  };
  for (const auto& [name, thesis] : cast.theses) {
    for (const std::string& author : thesis.authors) add(author);
    for (const JurySeat& seat : thesis.jury) add(seat.person);
  }
  for (const std::string& candidate : facts.Candidates()) add(candidate);
}

void WriteThesis(const Cast::Thesis& thesis, RecordWriter& record) {
  record.Text(thesis.title).Integer(ConfidentialityCode(thesis.level)).Integer(thesis.duration_minutes);
  record.Integer(static_cast<int64_t>(thesis.authors.size()));
  for (const std::string& author : thesis.authors) record.Text(author);
  record.Text(thesis.supervisor).Text(thesis.company_tutor);
  record.Integer(static_cast<int64_t>(thesis.jury.size()));
  for (const JurySeat& seat : thesis.jury) {
    record.Text(seat.person).Text(SeatRoleName(seat.role)).Integer(seat.is_remote ? 1 : 0);
  }
}

// False if a role is unknown; whether the record is sound, its reader tells.
bool ReadThesis(RecordReader& record, Cast::Thesis& thesis) {
  thesis.title = record.Text();
  thesis.level = ConfidentialityOfCode(record.Integer());
  thesis.duration_minutes = static_cast<int>(record.Integer());
  for (int64_t left = record.Integer(); left > 0 && !record.IsAtEnd(); --left) {
    thesis.authors.push_back(record.Text());
  }
  thesis.supervisor = record.Text();
  thesis.company_tutor = record.Text();
  for (int64_t left = record.Integer(); left > 0 && !record.IsAtEnd(); --left) {
    JurySeat seat{.person = record.Text()};
    const std::optional<SeatRole> role = ParseSeatRole(record.Text());
    if (!role) return false;
    seat.role = *role;
    seat.is_remote = record.Integer() != 0;
    thesis.jury.push_back(std::move(seat));
  }
  return true;
}

}  // namespace

std::string Cast::NameOf(absl::string_view person) const {
  const auto found = people.find(std::string(person));
  return found == people.end() ? std::string(person) : found->second;
}

std::string Cast::TitleOf(absl::string_view room) const {
  const auto found = rooms.find(std::string(room));
  return found == rooms.end() ? std::string(room) : found->second.title;
}

Cast CastOf(const CampaignFacts& facts) {
  Cast cast{.campaign_title = facts.campaign.title,
            .programme = facts.campaign.programme,
            .time_zone = facts.campaign.time_zone,
            .language = facts.campaign.language};
  if (facts.programme) {
    cast.programme_title = facts.programme->title;
    cast.institution = facts.programme->institution;
  }
  for (const std::string& name : facts.DefendedTheses()) {
    cast.theses.emplace(name, ThesisOf(facts, facts.theses.at(name)));
  }
  for (const Defence& defence : facts.defences) {
    const auto found = cast.theses.find(defence.thesis);
    if (found != cast.theses.end() && defence.duration_minutes > 0) {
      found->second.duration_minutes = defence.duration_minutes;
    }
  }
  AddPeople(facts, cast);
  for (const auto& [name, room] : facts.rooms) cast.rooms[name] = {.title = room.title, .site = room.site};
  return cast;
}

std::string WriteCast(const Cast& cast) {
  RecordWriter record;
  record.Text(cast.campaign_title).Text(cast.programme).Text(cast.programme_title).Text(cast.institution);
  record.Text(cast.time_zone).Text(cast.language);
  record.Integer(static_cast<int64_t>(cast.theses.size()));
  for (const auto& [name, thesis] : cast.theses) {
    record.Text(name);
    WriteThesis(thesis, record);
  }
  record.Integer(static_cast<int64_t>(cast.people.size()));
  for (const auto& [name, person] : cast.people) record.Text(name).Text(person);
  record.Integer(static_cast<int64_t>(cast.rooms.size()));
  for (const auto& [name, room] : cast.rooms) record.Text(name).Text(room.title).Text(room.site);
  return record.bytes();
}

absl::StatusOr<Cast> ParseCast(absl::string_view text) {
  RecordReader record(text);
  Cast cast{.campaign_title = record.Text(),
            .programme = record.Text(),
            .programme_title = record.Text(),
            .institution = record.Text(),
            .time_zone = record.Text(),
            .language = record.Text()};
  bool is_known = true;
  for (int64_t left = record.Integer(); left > 0 && !record.IsAtEnd(); --left) {
    std::string name = record.Text();
    is_known = ReadThesis(record, cast.theses[std::move(name)]) && is_known;
  }
  for (int64_t left = record.Integer(); left > 0 && !record.IsAtEnd(); --left) {
    std::string name = record.Text();
    cast.people[std::move(name)] = record.Text();
  }
  for (int64_t left = record.Integer(); left > 0 && !record.IsAtEnd(); --left) {
    Cast::Room& room = cast.rooms[record.Text()];
    room.title = record.Text();
    room.site = record.Text();
  }
  if (!is_known || !record.IsComplete()) return absl::DataLossError("the cast of a timetable cannot be read");
  return cast;
}

}  // namespace soutenance::scheduling
