#include "services/directory/import_directory.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "services/base/status.h"
#include "services/directory/import_groups.h"

namespace soutenance::directory {
namespace {

using import_folder::CampaignSettings;
using import_folder::ImportBatch;

Person ToPerson(const import_folder::PersonRow& row) {
  return {.id = row.id,
          .family_name = row.family_name,
          .given_name = row.given_name,
          .email = row.email,
          .organisation = row.organisation,
          .defences_per_day_max = row.max_per_day.value_or(0),
          .defences_per_campaign_max = row.max_total.value_or(0)};
}

RoomOpening ToOpening(const import_folder::OpeningRow& row) {
  return {.day = row.day,
          .from_minutes = row.span.from,
          .to_minutes = row.span.to,
          .kind = row.kind == import_folder::OpeningKind::kOpen ? RoomOpening::Kind::kOpen
                                                                : RoomOpening::Kind::kClosed};
}

absl::StatusOr<Programme> ToProgramme(const CampaignSettings& campaign, const Directory& directory) {
  absl::StatusOr<Programme> programme = directory.GetProgramme(campaign.programme);
  if (absl::IsNotFound(programme.status())) {
    programme = Programme{.id = campaign.programme,
                          .title = campaign.programme,
                          .time_zone = campaign.zone,
                          .language = campaign.language};
  }
  RETURN_IF_ERROR(programme.status());
  if (!campaign.programme_title.empty()) programme->title = campaign.programme_title;
  if (!campaign.institution.empty()) programme->institution = campaign.institution;
  return programme;
}

absl::StatusOr<Cohort> ToCohort(const ImportBatch& batch, const Directory& directory) {
  const CampaignSettings& campaign = batch.campaign;
  absl::StatusOr<Cohort> cohort = directory.GetCohort(campaign.programme, campaign.cohort);
  if (absl::IsNotFound(cohort.status())) {
    cohort = Cohort{.programme = campaign.programme, .id = campaign.cohort, .title = campaign.cohort};
  }
  RETURN_IF_ERROR(cohort.status());
  if (!campaign.cohort_title.empty()) cohort->title = campaign.cohort_title;
  if (!batch.calendar) return cohort;
  cohort->calendar.clear();
  for (const import_folder::CalendarPeriod& period : *batch.calendar) {
    cohort->calendar.push_back({.first_day = period.first,
                                .last_day = period.last,
                                .kind = period.kind == import_folder::PeriodKind::kSchool
                                            ? CalendarPeriod::Kind::kSchool
                                            : CalendarPeriod::Kind::kCompany});
  }
  // Rows may stand in any order in the file.
  std::sort(cohort->calendar.begin(), cohort->calendar.end(),
            [](const CalendarPeriod& a, const CalendarPeriod& b) { return a.first_day < b.first_day; });
  return cohort;
}

absl::StatusOr<std::vector<Room>> ToRooms(const ImportBatch& batch, const Directory& directory) {
  std::vector<Room> rooms;
  absl::flat_hash_map<std::string, std::size_t> place;
  for (const import_folder::RoomRow& row : batch.rooms) {
    place.emplace(row.id, rooms.size());
    rooms.push_back({.id = row.id,
                     .title = row.name,
                     .site = row.site,
                     .capacity_seats = row.capacity_seats.value_or(0),
                     .equipment = row.equipment});
    if (batch.openings) continue;
    absl::StatusOr<Room> existing = directory.GetRoom(row.id);
    if (existing.ok()) {
      rooms.back().openings = std::move(existing->openings);
    } else if (!absl::IsNotFound(existing.status())) {
      return existing.status();
    }
  }
  for (const auto& group : OpeningsOf(batch)) {
    const auto room = place.find(group.id);
    if (room == place.end()) continue;
    for (const import_folder::OpeningRow* row : group.rows) {
      rooms[room->second].openings.push_back(ToOpening(*row));
    }
  }
  return rooms;
}

}  // namespace

absl::StatusOr<DirectoryBatch> ToDirectoryBatch(const ImportBatch& batch, const Directory& directory) {
  DirectoryBatch result;
  result.people.reserve(batch.people.size());
  for (const import_folder::PersonRow& row : batch.people) result.people.push_back(ToPerson(row));
  ASSIGN_OR_RETURN(result.rooms, ToRooms(batch, directory));
  ASSIGN_OR_RETURN(Programme programme, ToProgramme(batch.campaign, directory));
  result.programmes.push_back(std::move(programme));
  if (!batch.campaign.cohort.empty()) {
    ASSIGN_OR_RETURN(Cohort cohort, ToCohort(batch, directory));
    result.cohorts.push_back(std::move(cohort));
  }
  return result;
}

}  // namespace soutenance::directory
