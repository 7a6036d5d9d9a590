#include "services/directory/directory.h"

#include <functional>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/programme_roles.h"
#include "services/base/status.h"
#include "services/directory/carry_out.h"
#include "services/directory/checks.h"
#include "services/directory/in_transaction.h"
#include "services/directory/permissions.h"
#include "services/directory/resources.h"

namespace soutenance::directory {
namespace {

using Reader = DirectoryStore::Reader;
using Writer = DirectoryStore::Writer;

absl::Status AlreadyExists(absl::string_view kind, const std::string& name) {
  return Error(absl::StatusCode::kAlreadyExists,
               absl::StrCat(name, " exists already; read or update it instead"),
               {.reason = absl::StrCat(absl::AsciiStrToUpper(kind), "_EXISTS"),
                .metadata = {{std::string(kind), name}}});
}

// ALREADY_EXISTS if somebody else has the address of `person`.
absl::Status CheckEmailIsFree(const Reader& reader, const Person& person) {
  if (person.email.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::vector<Person> holders, reader.FindPeopleByEmail({EmailKey(person.email)}));
  for (const Person& holder : holders) {
    if (holder.id == person.id) continue;
    return Error(
        absl::StatusCode::kAlreadyExists,
        absl::StrCat("the e-mail address belongs to ", PersonName(holder.id), "; read that person instead"),
        {.reason = "EMAIL_TAKEN", .metadata = {{"person", PersonName(holder.id)}}});
  }
  return absl::OkStatus();
}

template <typename T>
absl::StatusOr<T> FindOrRefuse(const Reader& reader, const T& like) {
  ASSIGN_OR_RETURN(std::optional<T> found, Resource<T>::Find(reader, like));
  if (!found) return NotFound(Resource<T>::kKind, Resource<T>::Name(like));
  return *std::move(found);
}

template <typename T>
absl::StatusOr<T> Get(const DirectoryStore& store, const T& like) {
  return ReadFrom<T>(store, [&](const Reader& reader) { return FindOrRefuse(reader, like); });
}

// A rule that looks at the resource as it would be.
template <typename T>
using Rule = std::function<absl::Status(const Reader&, const T& after)>;

// The single resource is read again for a repeated request: its name is what was remembered.
template <typename T>
Work<DirectoryStore, T> WorkOn(const T& like, std::function<absl::StatusOr<T>(const Reader&)> plan) {
  return {.plan = std::move(plan),
          .put = [](Writer& writer,
                    const T& after) { return Resource<T>::Put(writer, absl::MakeConstSpan(&after, 1)); },
          .remember = [](const T& after) { return Resource<T>::Name(after); },
          .recall = [like](const Reader& reader, absl::string_view) { return FindOrRefuse(reader, like); }};
}

template <typename T>
absl::StatusOr<T> Create(DirectoryStore& store, const Clock& clock, T resource, const Mutation& mutation,
                         const Rule<T>& rule) {
  const std::string kind = Resource<T>::kKind;
  std::vector<FieldViolation> problems;
  CheckIdField(resource.id, absl::StrCat(kind, "_id"), problems);
  Check(resource, absl::StrCat(kind, "."), problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  resource.version = 1;
  const auto plan = [&](const Reader& reader) -> absl::StatusOr<T> {
    ASSIGN_OR_RETURN(const std::optional<T> found, Resource<T>::Find(reader, resource));
    if (found) return AlreadyExists(kind, Resource<T>::Name(resource));
    RETURN_IF_ERROR(rule(reader, resource));
    return resource;
  };
  return CarryOut(store, clock, mutation, WorkOn<T>(resource, plan));
}

template <typename T>
absl::StatusOr<T> ChangeOne(DirectoryStore& store, const Clock& clock, const Update<T>& update,
                            const Mutation& mutation, const Rule<T>& rule) {
  const auto plan = [&](const Reader& reader) -> absl::StatusOr<T> {
    ASSIGN_OR_RETURN(const T before, FindOrRefuse(reader, update.resource));
    T after = before;
    std::vector<FieldViolation> problems;
    CopyFields(Resource<T>::Fields(), update.mask, update.resource, after, problems);
    Check(after, absl::StrCat(Resource<T>::kKind, "."), problems);
    if (!problems.empty()) return InvalidFields(std::move(problems));
    if (update.expected_version && *update.expected_version != before.version) {
      return StaleEtag(Resource<T>::Name(before));
    }
    RETURN_IF_ERROR(rule(reader, after));
    if (!(after == before)) ++after.version;
    return after;
  };
  return CarryOut(store, clock, mutation, WorkOn<T>(update.resource, plan));
}

// Who may see all of `person`, not only name and organisation.
bool MaySeeAll(const Caller& caller, const Person& person) {
  return AsksForItself(caller) || IsStaffSomewhere(caller) || caller.person == PersonName(person.id);
}

Person AsSeenBy(const Caller& caller, Person person) {
  if (MaySeeAll(caller, person)) return person;
  person.email.clear();
  person.defences_per_day_max = 0;
  person.defences_per_campaign_max = 0;
  return person;
}

}  // namespace

absl::StatusOr<Person> Directory::GetPerson(const Caller& caller, absl::string_view id) const {
  ASSIGN_OR_RETURN(Person person, Get(store_, Person{.id = std::string(id)}));
  return AsSeenBy(caller, std::move(person));
}

absl::StatusOr<Page<Person>> Directory::ListPeople(const Caller& caller, const PeopleQuery& query) const {
  const std::string key = SearchKey(query.text);
  absl::StatusOr<Page<Person>> page =
      ReadFrom<Page<Person>>(store_, [&](const Reader& reader) -> absl::StatusOr<Page<Person>> {
        if (query.ids.empty()) return reader.ListPeople(query.page, key);
        ASSIGN_OR_RETURN(std::vector<Person> people, reader.FindPeople(query.ids));
        Page<Person> found;
        for (Person& person : people) {
          if (absl::StrContains(SearchText(person), key)) found.items.push_back(std::move(person));
        }
        return found;
      });
  if (!page.ok()) return page;
  for (Person& person : page->items) person = AsSeenBy(caller, std::move(person));
  return page;
}

absl::StatusOr<Person> Directory::CreatePerson(const Caller&, Person person, const Mutation& mutation) {
  return Create<Person>(store_, clock_, std::move(person), mutation, CheckEmailIsFree);
}

absl::StatusOr<Person> Directory::UpdatePerson(const Caller&, const Update<Person>& update,
                                               const Mutation& mutation) {
  return ChangeOne<Person>(store_, clock_, update, mutation, CheckEmailIsFree);
}

absl::StatusOr<Programme> Directory::GetProgramme(absl::string_view id) const {
  return Get(store_, Programme{.id = std::string(id)});
}

absl::StatusOr<Page<Programme>> Directory::ListProgrammes(const PageRequest& page) const {
  return ReadFrom<Page<Programme>>(store_, [&](const Reader& reader) { return reader.ListProgrammes(page); });
}

absl::StatusOr<Programme> Directory::CreateProgramme(const Caller& caller, Programme programme,
                                                     const Mutation& mutation) {
  return Create<Programme>(
      store_, clock_, std::move(programme), mutation,
      [&](const Reader&, const Programme& after) { return AllowCreation(caller, ProgrammeName(after.id)); });
}

absl::StatusOr<Programme> Directory::UpdateProgramme(const Caller& caller, const Update<Programme>& update,
                                                     const Mutation& mutation) {
  return ChangeOne<Programme>(store_, clock_, update, mutation, [&](const Reader&, const Programme& after) {
    return AllowChange(caller, ProgrammeName(after.id));
  });
}

absl::StatusOr<Cohort> Directory::GetCohort(absl::string_view programme, absl::string_view id) const {
  return Get(store_, Cohort{.programme = std::string(programme), .id = std::string(id)});
}

absl::StatusOr<Page<Cohort>> Directory::ListCohorts(absl::string_view programme,
                                                    const PageRequest& page) const {
  return ReadFrom<Page<Cohort>>(store_, [&](const Reader& reader) -> absl::StatusOr<Page<Cohort>> {
    RETURN_IF_ERROR(FindOrRefuse(reader, Programme{.id = std::string(programme)}).status());
    return reader.ListCohorts(programme, page);
  });
}

absl::StatusOr<Cohort> Directory::CreateCohort(const Caller& caller, Cohort cohort,
                                               const Mutation& mutation) {
  return Create<Cohort>(store_, clock_, std::move(cohort), mutation,
                        [&](const Reader& reader, const Cohort& after) -> absl::Status {
                          RETURN_IF_ERROR(FindOrRefuse(reader, Programme{.id = after.programme}).status());
                          return CheckRunsProgramme(caller, ProgrammeName(after.programme));
                        });
}

absl::StatusOr<Cohort> Directory::UpdateCohort(const Caller& caller, const Update<Cohort>& update,
                                               const Mutation& mutation) {
  return ChangeOne<Cohort>(store_, clock_, update, mutation, [&](const Reader&, const Cohort& after) {
    return CheckRunsProgramme(caller, ProgrammeName(after.programme));
  });
}

absl::StatusOr<Room> Directory::GetRoom(absl::string_view id) const {
  return Get(store_, Room{.id = std::string(id)});
}

absl::StatusOr<Page<Room>> Directory::ListRooms(const PageRequest& page) const {
  return ReadFrom<Page<Room>>(store_, [&](const Reader& reader) { return reader.ListRooms(page); });
}

absl::StatusOr<Room> Directory::CreateRoom(const Caller&, Room room, const Mutation& mutation) {
  return Create<Room>(store_, clock_, std::move(room), mutation,
                      [](const Reader&, const Room&) { return absl::OkStatus(); });
}

absl::StatusOr<Room> Directory::UpdateRoom(const Caller&, const Update<Room>& update,
                                           const Mutation& mutation) {
  return ChangeOne<Room>(store_, clock_, update, mutation,
                         [](const Reader&, const Room&) { return absl::OkStatus(); });
}

absl::Status Directory::DeleteRoom(const Caller&, absl::string_view id,
                                   std::optional<int64_t> expected_version, const Mutation& mutation) {
  const Room like = {.id = std::string(id)};
  Work<DirectoryStore, Room> work = WorkOn<Room>(like, [&](const Reader& reader) -> absl::StatusOr<Room> {
    ASSIGN_OR_RETURN(Room room, FindOrRefuse(reader, like));
    if (expected_version && *expected_version != room.version) return StaleEtag(RoomName(id));
    return room;
  });
  work.put = [](Writer& writer, const Room& room) { return writer.DeleteRoom(room.id); };
  work.recall = [like](const Reader&, absl::string_view) { return like; };
  return CarryOut(store_, clock_, mutation, work).status();
}

}  // namespace soutenance::directory
