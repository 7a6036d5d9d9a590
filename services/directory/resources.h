#ifndef SOUTENANCE_SERVICES_DIRECTORY_RESOURCES_H_
#define SOUTENANCE_SERVICES_DIRECTORY_RESOURCES_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/directory/directory_store.h"

// What the kinds of resources have in common, under names that do not depend on the kind, so that creating,
// updating and batches are written once.
namespace soutenance::directory {

template <typename T>
struct Resource;

template <>
struct Resource<Person> {
  static constexpr char kKind[] = "person";
  static std::string Name(const Person& person) { return PersonName(person.id); }
  static std::string Label(const Person& person) { return directory::Label(person); }
  static absl::Span<const Field<Person>> Fields() { return PersonFields(); }
  static absl::StatusOr<std::optional<Person>> Find(const DirectoryStore::Reader& reader,
                                                    const Person& like) {
    return reader.FindPerson(like.id);
  }
  static absl::Status Put(DirectoryStore::Writer& writer, absl::Span<const Person> people) {
    return writer.PutPeople(people);
  }
};

template <>
struct Resource<Programme> {
  static constexpr char kKind[] = "programme";
  static std::string Name(const Programme& programme) { return ProgrammeName(programme.id); }
  static std::string Label(const Programme& programme) { return programme.title; }
  static absl::Span<const Field<Programme>> Fields() { return ProgrammeFields(); }
  static absl::StatusOr<std::optional<Programme>> Find(const DirectoryStore::Reader& reader,
                                                       const Programme& like) {
    return reader.FindProgramme(like.id);
  }
  static absl::Status Put(DirectoryStore::Writer& writer, absl::Span<const Programme> programmes) {
    return writer.PutProgrammes(programmes);
  }
};

template <>
struct Resource<Cohort> {
  static constexpr char kKind[] = "cohort";
  static std::string Name(const Cohort& cohort) { return CohortName(cohort.programme, cohort.id); }
  static std::string Label(const Cohort& cohort) { return cohort.title.empty() ? cohort.id : cohort.title; }
  static absl::Span<const Field<Cohort>> Fields() { return CohortFields(); }
  static absl::StatusOr<std::optional<Cohort>> Find(const DirectoryStore::Reader& reader,
                                                    const Cohort& like) {
    return reader.FindCohort(like.programme, like.id);
  }
  static absl::Status Put(DirectoryStore::Writer& writer, absl::Span<const Cohort> cohorts) {
    return writer.PutCohorts(cohorts);
  }
};

template <>
struct Resource<Room> {
  static constexpr char kKind[] = "room";
  static std::string Name(const Room& room) { return RoomName(room.id); }
  static std::string Label(const Room& room) { return room.title; }
  static absl::Span<const Field<Room>> Fields() { return RoomFields(); }
  static absl::StatusOr<std::optional<Room>> Find(const DirectoryStore::Reader& reader, const Room& like) {
    return reader.FindRoom(like.id);
  }
  static absl::Status Put(DirectoryStore::Writer& writer, absl::Span<const Room> rooms) {
    return writer.PutRooms(rooms);
  }
};

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_RESOURCES_H_
