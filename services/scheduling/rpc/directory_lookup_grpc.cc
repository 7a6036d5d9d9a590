#include "services/scheduling/rpc/directory_lookup_grpc.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/page.h"
#include "services/base/status.h"
#include "services/scheduling/rpc/name_chunks.h"

namespace soutenance::scheduling {
namespace {

namespace pb = ::soutenance::directory::v1;
using Directory = pb::DirectoryService::Stub;

// Rooms have openings, up to hundreds each: larger pages could be larger than what a channel receives.
constexpr int kRoomPageSize = 100;

absl::Status Unreadable(absl::string_view what, absl::string_view text) {
  return absl::DataLossError(
      absl::StrCat("the directory says of ", what, ": \"", text, "\", which is no time"));
}

absl::StatusOr<absl::CivilDay> DayOf(absl::string_view what, absl::string_view text) {
  const std::optional<absl::CivilDay> day = ParseDate(text);
  if (!day) return Unreadable(what, text);
  return *day;
}

// `otherwise` if the text is empty.
absl::StatusOr<MinuteOfDay> TimeOf(absl::string_view what, absl::string_view text, MinuteOfDay otherwise) {
  if (text.empty()) return otherwise;
  const std::optional<MinuteOfDay> time = ParseTimeOfDay(text);
  if (!time) return Unreadable(what, text);
  return *time;
}

PersonFacts FactsOf(const pb::Person& person) {
  const absl::string_view space = person.given_name().empty() || person.family_name().empty() ? "" : " ";
  return {.name = person.name(),
          .display_name = absl::StrCat(person.given_name(), space, person.family_name()),
          .per_day_max = person.defences_per_day_max(),
          .per_campaign_max = person.defences_per_campaign_max()};
}

absl::StatusOr<RoomFacts> FactsOf(const pb::Room& room) {
  RoomFacts facts{.name = room.name(),
                  .title = room.title(),
                  .site = room.site(),
                  .capacity_seats = room.capacity(),
                  .equipment = {room.equipment().begin(), room.equipment().end()}};
  for (const pb::RoomOpening& opening : room.openings()) {
    RoomOpening& added = facts.openings.emplace_back();
    ASSIGN_OR_RETURN(added.date, DayOf(room.name(), opening.date()));
    ASSIGN_OR_RETURN(added.from, TimeOf(room.name(), opening.from(), 0));
    ASSIGN_OR_RETURN(added.to, TimeOf(room.name(), opening.to(), kEndOfDay));
    added.is_open = opening.kind() == pb::RoomOpening::KIND_OPEN;
  }
  return facts;
}

}  // namespace

absl::StatusOr<std::vector<PersonFacts>> DirectoryLookupGrpc::People(
    absl::Span<const std::string> names) const {
  std::vector<PersonFacts> people;
  RETURN_IF_ERROR(ForEachChunk(names, [&](absl::Span<const std::string> chunk) -> absl::Status {
    pb::ListPeopleRequest request;
    request.set_page_size(kPageSizeMax);
    for (const std::string& name : chunk) request.add_names(name);
    do {
      ASSIGN_OR_RETURN(const pb::ListPeopleResponse page, directory_.Call(&Directory::ListPeople, request));
      for (const pb::Person& person : page.people()) people.push_back(FactsOf(person));
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return absl::OkStatus();
  }));
  std::sort(people.begin(), people.end(),
            [](const PersonFacts& a, const PersonFacts& b) { return a.name < b.name; });
  return people;
}

absl::StatusOr<std::vector<RoomFacts>> DirectoryLookupGrpc::Rooms(absl::Span<const std::string> names) const {
  const std::set<std::string> wanted(names.begin(), names.end());
  std::vector<RoomFacts> rooms;
  if (wanted.empty()) return rooms;
  pb::ListRoomsRequest request;
  request.set_page_size(kRoomPageSize);
  do {
    ASSIGN_OR_RETURN(const pb::ListRoomsResponse page, directory_.Call(&Directory::ListRooms, request));
    for (const pb::Room& room : page.rooms()) {
      if (wanted.count(room.name()) == 0) continue;
      ASSIGN_OR_RETURN(RoomFacts facts, FactsOf(room));
      rooms.push_back(std::move(facts));
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty() && rooms.size() < wanted.size());
  std::sort(rooms.begin(), rooms.end(),
            [](const RoomFacts& a, const RoomFacts& b) { return a.name < b.name; });
  return rooms;
}

absl::StatusOr<std::optional<ProgrammeFacts>> DirectoryLookupGrpc::Programme(absl::string_view name) const {
  pb::GetProgrammeRequest request;
  request.set_name(std::string(name));
  const absl::StatusOr<pb::Programme> programme = directory_.Call(&Directory::GetProgramme, request);
  if (absl::IsNotFound(programme.status())) return std::optional<ProgrammeFacts>();
  RETURN_IF_ERROR(programme.status());
  return ProgrammeFacts{
      .name = programme->name(), .title = programme->title(), .institution = programme->institution()};
}

absl::StatusOr<std::optional<CohortFacts>> DirectoryLookupGrpc::Cohort(absl::string_view name) const {
  pb::GetCohortRequest request;
  request.set_name(std::string(name));
  const absl::StatusOr<pb::Cohort> cohort = directory_.Call(&Directory::GetCohort, request);
  if (absl::IsNotFound(cohort.status())) return std::optional<CohortFacts>();
  RETURN_IF_ERROR(cohort.status());
  CohortFacts facts{.name = cohort->name(), .title = cohort->title()};
  for (const pb::CalendarPeriod& period : cohort->calendar()) {
    CalendarPeriod& added = facts.calendar.emplace_back();
    ASSIGN_OR_RETURN(added.first, DayOf(cohort->name(), period.first_date()));
    ASSIGN_OR_RETURN(added.last, DayOf(cohort->name(), period.last_date()));
    added.is_school = period.kind() == pb::CalendarPeriod::KIND_SCHOOL;
  }
  return facts;
}

}  // namespace soutenance::scheduling
