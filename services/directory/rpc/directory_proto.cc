#include "services/directory/rpc/directory_proto.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/base/id.h"
#include "services/directory/checks.h"
#include "services/directory/rpc/civil_proto.h"
#include "services/directory/rpc/unless.h"
#include "services/runtime/wire/changes.h"
#include "services/runtime/wire/etags.h"
#include "services/runtime/wire/fields.h"
#include "services/runtime/wire/pages.h"
#include "services/runtime/wire/requests.h"

namespace soutenance::directory {
namespace {

using Problems = std::vector<FieldViolation>;
using runtime::IdFromName;

constexpr std::size_t kNamesMax = 1000;

CohortKey CohortKeyFromName(absl::string_view name, absl::string_view field, Problems& problems) {
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  if (parts.size() == 4 && parts[0] == "programmes" && parts[2] == "cohorts" && CheckId(parts[1]).ok() &&
      CheckId(parts[3]).ok()) {
    return {std::string(parts[1]), std::string(parts[3])};
  }
  problems.push_back({std::string(field), "expected programmes/{programme}/cohorts/{id}"});
  return {};
}

template <typename T>
FieldMask MaskFromProto(const google::protobuf::FieldMask& mask, absl::Span<const Field<T>> fields,
                        Problems& problems) {
  std::vector<absl::string_view> names;
  for (const Field<T>& field : fields) names.push_back(field.name);
  return runtime::FieldsFromMask(mask, names, problems);
}

// The values of resources, without their names. Paths of problems begin with `prefix`, such as "people[3].".

Person ValuesFromProto(const v1::Person& message) {
  return {.family_name = message.family_name(),
          .given_name = message.given_name(),
          .email = message.email(),
          .organisation = message.organisation(),
          .defences_per_day_max = message.defences_per_day_max(),
          .defences_per_campaign_max = message.defences_per_campaign_max()};
}

Programme ValuesFromProto(const v1::Programme& message) {
  Programme programme = {.title = message.title(), .institution = message.institution()};
  if (!message.time_zone().empty()) programme.time_zone = message.time_zone();
  if (!message.language().empty()) programme.language = message.language();
  return programme;
}

absl::CivilDay ReadDate(const std::string& text, const std::string& field, Problems& problems) {
  const std::optional<absl::CivilDay> day = DateFromProto(text);
  if (!day) problems.push_back({field, absl::StrCat("\"", text, "\" is not a date such as 2027-06-14")});
  return day.value_or(absl::CivilDay());
}

int ReadTime(const std::string& text, const std::string& field, Problems& problems) {
  const std::optional<int> minutes = TimeFromProto(text);
  if (!minutes) problems.push_back({field, absl::StrCat("\"", text, "\" is not a time such as 09:30")});
  return minutes.value_or(0);
}

CalendarPeriod FromProto(const v1::CalendarPeriod& message, const std::string& path, Problems& problems) {
  CalendarPeriod period;
  period.first_day = ReadDate(message.first_date(), absl::StrCat(path, ".first_date"), problems);
  period.last_day = ReadDate(message.last_date(), absl::StrCat(path, ".last_date"), problems);
  if (message.kind() == v1::CalendarPeriod::KIND_COMPANY) {
    period.kind = CalendarPeriod::Kind::kCompany;
  } else if (message.kind() != v1::CalendarPeriod::KIND_SCHOOL) {
    problems.push_back({absl::StrCat(path, ".kind"), "is neither KIND_SCHOOL nor KIND_COMPANY"});
  }
  return period;
}

Cohort ValuesFromProto(const v1::Cohort& message, absl::string_view prefix, Problems& problems) {
  Cohort cohort = {.title = message.title()};
  for (int i = 0; i < message.calendar_size(); ++i) {
    cohort.calendar.push_back(
        FromProto(message.calendar(i), absl::StrCat(prefix, "calendar[", i, "]"), problems));
  }
  return cohort;
}

RoomOpening FromProto(const v1::RoomOpening& message, const std::string& path, Problems& problems) {
  RoomOpening opening;
  opening.day = ReadDate(message.date(), absl::StrCat(path, ".date"), problems);
  if (!message.from().empty() || !message.to().empty()) {
    const std::size_t problem_count = problems.size();
    const int from = ReadTime(message.from(), absl::StrCat(path, ".from"), problems);
    const int to = ReadTime(message.to(), absl::StrCat(path, ".to"), problems);
    if (problems.size() == problem_count) {
      opening.from_minutes = from;
      opening.to_minutes = to;
    }
  }
  if (message.kind() == v1::RoomOpening::KIND_CLOSED) {
    opening.kind = RoomOpening::Kind::kClosed;
  } else if (message.kind() != v1::RoomOpening::KIND_OPEN) {
    problems.push_back({absl::StrCat(path, ".kind"), "is neither KIND_OPEN nor KIND_CLOSED"});
  }
  return opening;
}

Room ValuesFromProto(const v1::Room& message, absl::string_view prefix, Problems& problems) {
  Room room = {.title = message.title(),
               .site = message.site(),
               .capacity_seats = message.capacity(),
               .equipment = {message.equipment().begin(), message.equipment().end()}};
  for (int i = 0; i < message.openings_size(); ++i) {
    room.openings.push_back(
        FromProto(message.openings(i), absl::StrCat(prefix, "openings[", i, "]"), problems));
  }
  return room;
}

// The parts of a request that do not depend on its kind.

template <typename Request>
absl::StatusOr<std::string> IdOf(const Request& request, absl::string_view collection) {
  Problems problems;
  return Unless(problems, IdFromName(request.name(), collection, "name", problems));
}

template <typename Request>
absl::StatusOr<PageRequest> PageOf(const Request& request) {
  Problems problems;
  return Unless(problems, runtime::PageFromProto(request.page_size(), request.page_token(), problems));
}

template <typename Response, typename Resource>
void AddNextToken(const Page<Resource>& page, Response& response) {
  response.set_next_page_token(runtime::PageToken(page.next));
}

}  // namespace

absl::StatusOr<std::string> FromProto(const v1::GetPersonRequest& request) { return IdOf(request, "people"); }

absl::StatusOr<PeopleQuery> FromProto(const v1::ListPeopleRequest& request) {
  Problems problems;
  PeopleQuery query = {.page = runtime::PageFromProto(request.page_size(), request.page_token(), problems),
                       .text = request.query()};
  CheckText(query.text, Presence::kOptional, kNameCharactersMax, "query", problems);
  runtime::CheckCount(static_cast<std::size_t>(request.names_size()), kNamesMax, "names", problems);
  for (int i = 0; i < request.names_size(); ++i) {
    query.ids.push_back(IdFromName(request.names(i), "people", absl::StrCat("names[", i, "]"), problems));
  }
  return Unless(problems, std::move(query));
}

absl::StatusOr<Person> FromProto(const v1::CreatePersonRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  Person person = ValuesFromProto(request.person());
  person.id = request.person_id();
  return Unless(problems, std::move(person));
}

absl::StatusOr<Update<Person>> FromProto(const v1::UpdatePersonRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  Update<Person> update = {.resource = ValuesFromProto(request.person()),
                           .mask = MaskFromProto(request.update_mask(), PersonFields(), problems),
                           .expected_version = runtime::VersionFromEtag(request.person().etag())};
  update.resource.id = IdFromName(request.person().name(), "people", "person.name", problems);
  return Unless(problems, std::move(update));
}

absl::StatusOr<std::string> FromProto(const v1::GetProgrammeRequest& request) {
  return IdOf(request, "programmes");
}

absl::StatusOr<PageRequest> FromProto(const v1::ListProgrammesRequest& request) { return PageOf(request); }

absl::StatusOr<Programme> FromProto(const v1::CreateProgrammeRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  Programme programme = ValuesFromProto(request.programme());
  programme.id = request.programme_id();
  return Unless(problems, std::move(programme));
}

absl::StatusOr<Update<Programme>> FromProto(const v1::UpdateProgrammeRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  Update<Programme> update = {.resource = ValuesFromProto(request.programme()),
                              .mask = MaskFromProto(request.update_mask(), ProgrammeFields(), problems),
                              .expected_version = runtime::VersionFromEtag(request.programme().etag())};
  update.resource.id = IdFromName(request.programme().name(), "programmes", "programme.name", problems);
  return Unless(problems, std::move(update));
}

absl::StatusOr<CohortKey> FromProto(const v1::GetCohortRequest& request) {
  Problems problems;
  return Unless(problems, CohortKeyFromName(request.name(), "name", problems));
}

absl::StatusOr<CohortQuery> FromProto(const v1::ListCohortsRequest& request) {
  Problems problems;
  CohortQuery query = {.programme = IdFromName(request.parent(), "programmes", "parent", problems),
                       .page = runtime::PageFromProto(request.page_size(), request.page_token(), problems)};
  return Unless(problems, std::move(query));
}

absl::StatusOr<Cohort> FromProto(const v1::CreateCohortRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  Cohort cohort = ValuesFromProto(request.cohort(), "cohort.", problems);
  cohort.programme = IdFromName(request.parent(), "programmes", "parent", problems);
  cohort.id = request.cohort_id();
  return Unless(problems, std::move(cohort));
}

absl::StatusOr<Update<Cohort>> FromProto(const v1::UpdateCohortRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  Update<Cohort> update = {.resource = ValuesFromProto(request.cohort(), "cohort.", problems),
                           .mask = MaskFromProto(request.update_mask(), CohortFields(), problems),
                           .expected_version = runtime::VersionFromEtag(request.cohort().etag())};
  CohortKey key = CohortKeyFromName(request.cohort().name(), "cohort.name", problems);
  update.resource.programme = std::move(key.programme);
  update.resource.id = std::move(key.id);
  return Unless(problems, std::move(update));
}

absl::StatusOr<std::string> FromProto(const v1::GetRoomRequest& request) { return IdOf(request, "rooms"); }

absl::StatusOr<PageRequest> FromProto(const v1::ListRoomsRequest& request) { return PageOf(request); }

absl::StatusOr<Room> FromProto(const v1::CreateRoomRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  Room room = ValuesFromProto(request.room(), "room.", problems);
  room.id = request.room_id();
  return Unless(problems, std::move(room));
}

absl::StatusOr<Update<Room>> FromProto(const v1::UpdateRoomRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  Update<Room> update = {.resource = ValuesFromProto(request.room(), "room.", problems),
                         .mask = MaskFromProto(request.update_mask(), RoomFields(), problems),
                         .expected_version = runtime::VersionFromEtag(request.room().etag())};
  update.resource.id = IdFromName(request.room().name(), "rooms", "room.name", problems);
  return Unless(problems, std::move(update));
}

absl::StatusOr<RoomDeletion> FromProto(const v1::DeleteRoomRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  RoomDeletion deletion = {.id = IdFromName(request.name(), "rooms", "name", problems),
                           .expected_version = runtime::VersionFromEtag(request.etag())};
  return Unless(problems, std::move(deletion));
}

absl::StatusOr<DirectoryBatch> FromProto(const v1::BatchUpsertDirectoryRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  DirectoryBatch batch;
  batch.people.reserve(static_cast<std::size_t>(request.people_size()));
  for (int i = 0; i < request.people_size(); ++i) {
    Person& person = batch.people.emplace_back(ValuesFromProto(request.people(i)));
    person.id =
        IdFromName(request.people(i).name(), "people", absl::StrCat("people[", i, "].name"), problems);
  }
  for (int i = 0; i < request.rooms_size(); ++i) {
    const std::string prefix = absl::StrCat("rooms[", i, "].");
    Room& room = batch.rooms.emplace_back(ValuesFromProto(request.rooms(i), prefix, problems));
    room.id = IdFromName(request.rooms(i).name(), "rooms", absl::StrCat(prefix, "name"), problems);
  }
  for (int i = 0; i < request.programmes_size(); ++i) {
    Programme& programme = batch.programmes.emplace_back(ValuesFromProto(request.programmes(i)));
    programme.id = IdFromName(request.programmes(i).name(), "programmes",
                              absl::StrCat("programmes[", i, "].name"), problems);
  }
  for (int i = 0; i < request.cohorts_size(); ++i) {
    const std::string prefix = absl::StrCat("cohorts[", i, "].");
    Cohort& cohort = batch.cohorts.emplace_back(ValuesFromProto(request.cohorts(i), prefix, problems));
    CohortKey key = CohortKeyFromName(request.cohorts(i).name(), absl::StrCat(prefix, "name"), problems);
    cohort.programme = std::move(key.programme);
    cohort.id = std::move(key.id);
  }
  return Unless(problems, std::move(batch));
}

v1::Person ToProto(const Person& person) {
  v1::Person message;
  message.set_name(PersonName(person.id));
  message.set_etag(runtime::EtagFromVersion(person.version));
  message.set_family_name(person.family_name);
  message.set_given_name(person.given_name);
  message.set_email(person.email);
  message.set_organisation(person.organisation);
  message.set_defences_per_day_max(person.defences_per_day_max);
  message.set_defences_per_campaign_max(person.defences_per_campaign_max);
  return message;
}

v1::ListPeopleResponse ToProto(const Page<Person>& page) {
  v1::ListPeopleResponse message;
  for (const Person& person : page.items) *message.add_people() = ToProto(person);
  AddNextToken(page, message);
  return message;
}

v1::Programme ToProto(const Programme& programme) {
  v1::Programme message;
  message.set_name(ProgrammeName(programme.id));
  message.set_etag(runtime::EtagFromVersion(programme.version));
  message.set_title(programme.title);
  message.set_institution(programme.institution);
  message.set_time_zone(programme.time_zone);
  message.set_language(programme.language);
  return message;
}

v1::ListProgrammesResponse ToProto(const Page<Programme>& page) {
  v1::ListProgrammesResponse message;
  for (const Programme& programme : page.items) *message.add_programmes() = ToProto(programme);
  AddNextToken(page, message);
  return message;
}

v1::Cohort ToProto(const Cohort& cohort) {
  v1::Cohort message;
  message.set_name(CohortName(cohort.programme, cohort.id));
  message.set_etag(runtime::EtagFromVersion(cohort.version));
  message.set_title(cohort.title);
  for (const CalendarPeriod& period : cohort.calendar) {
    v1::CalendarPeriod& entry = *message.add_calendar();
    entry.set_first_date(DateToProto(period.first_day));
    entry.set_last_date(DateToProto(period.last_day));
    switch (period.kind) {
      case CalendarPeriod::Kind::kSchool:
        entry.set_kind(v1::CalendarPeriod::KIND_SCHOOL);
        break;
      case CalendarPeriod::Kind::kCompany:
        entry.set_kind(v1::CalendarPeriod::KIND_COMPANY);
        break;
    }
  }
  return message;
}

v1::ListCohortsResponse ToProto(const Page<Cohort>& page) {
  v1::ListCohortsResponse message;
  for (const Cohort& cohort : page.items) *message.add_cohorts() = ToProto(cohort);
  AddNextToken(page, message);
  return message;
}

v1::Room ToProto(const Room& room) {
  v1::Room message;
  message.set_name(RoomName(room.id));
  message.set_etag(runtime::EtagFromVersion(room.version));
  message.set_title(room.title);
  message.set_site(room.site);
  message.set_capacity(room.capacity_seats);
  for (const std::string& word : room.equipment) message.add_equipment(word);
  for (const RoomOpening& opening : room.openings) {
    v1::RoomOpening& entry = *message.add_openings();
    entry.set_date(DateToProto(opening.day));
    if (opening.from_minutes != 0 || opening.to_minutes != kMinutesOfDay) {
      entry.set_from(TimeToProto(opening.from_minutes));
      entry.set_to(TimeToProto(opening.to_minutes));
    }
    switch (opening.kind) {
      case RoomOpening::Kind::kOpen:
        entry.set_kind(v1::RoomOpening::KIND_OPEN);
        break;
      case RoomOpening::Kind::kClosed:
        entry.set_kind(v1::RoomOpening::KIND_CLOSED);
        break;
    }
  }
  return message;
}

v1::ListRoomsResponse ToProto(const Page<Room>& page) {
  v1::ListRoomsResponse message;
  for (const Room& room : page.items) *message.add_rooms() = ToProto(room);
  AddNextToken(page, message);
  return message;
}

v1::BatchUpsertDirectoryResponse ToProto(const DirectoryChanges& changes) {
  v1::BatchUpsertDirectoryResponse message;
  *message.mutable_people() = runtime::ToProto(changes.people);
  *message.mutable_rooms() = runtime::ToProto(changes.rooms);
  *message.mutable_programmes() = runtime::ToProto(changes.programmes);
  *message.mutable_cohorts() = runtime::ToProto(changes.cohorts);
  return message;
}

}  // namespace soutenance::directory
