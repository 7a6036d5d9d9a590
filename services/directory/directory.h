#ifndef SOUTENANCE_SERVICES_DIRECTORY_DIRECTORY_H_
#define SOUTENANCE_SERVICES_DIRECTORY_DIRECTORY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/caller.h"
#include "services/base/change.h"
#include "services/base/clock.h"
#include "services/base/mutation.h"
#include "services/base/page.h"
#include "services/directory/directory_store.h"

namespace soutenance::directory {

// Which people are wanted.
struct PeopleQuery {
  PageRequest page;
  std::vector<std::string> ids;  // if not empty, only these, in their order, all in one page
  std::string text;              // if not empty, only people whose name contains it, without case and accents
};

// New values for some fields of a resource; its id says which one.
template <typename T>
struct Update {
  T resource;
  FieldMask mask;                                // empty: every field
  std::optional<int64_t> expected_version = {};  // refused with STALE_ETAG if the resource has another
};

// Resources to create or replace. Their versions do not matter.
struct DirectoryBatch {
  std::vector<Person> people;
  std::vector<Room> rooms;
  std::vector<Programme> programmes;
  std::vector<Cohort> cohorts;
};

// What a batch changed, by kind of resource.
struct DirectoryChanges {
  ChangeList people;
  ChangeList rooms;
  ChangeList programmes;
  ChangeList cohorts;

  friend bool operator==(const DirectoryChanges&, const DirectoryChanges&) = default;
};

// Who and where: people, programmes, cohorts with their school calendar, rooms. The methods are those of the
// contract (directory.proto), which also tells their errors. Roles that the contract asks for have been
// checked by the pipeline; which programme they are for is checked here. Safe for concurrent use.
class Directory {
 public:
  // `store` and `clock` must outlive the directory.
  Directory(DirectoryStore& store, const Clock& clock) : store_(store), clock_(clock) {}

  absl::StatusOr<Person> GetPerson(const Caller& caller, absl::string_view id) const;
  absl::StatusOr<Page<Person>> ListPeople(const Caller& caller, const PeopleQuery& query) const;
  absl::StatusOr<Person> CreatePerson(const Caller& caller, Person person, const Mutation& mutation);
  absl::StatusOr<Person> UpdatePerson(const Caller& caller, const Update<Person>& update,
                                      const Mutation& mutation);

  absl::StatusOr<Programme> GetProgramme(absl::string_view id) const;
  absl::StatusOr<Page<Programme>> ListProgrammes(const PageRequest& page) const;
  absl::StatusOr<Programme> CreateProgramme(const Caller& caller, Programme programme,
                                            const Mutation& mutation);
  absl::StatusOr<Programme> UpdateProgramme(const Caller& caller, const Update<Programme>& update,
                                            const Mutation& mutation);

  absl::StatusOr<Cohort> GetCohort(absl::string_view programme, absl::string_view id) const;
  absl::StatusOr<Page<Cohort>> ListCohorts(absl::string_view programme, const PageRequest& page) const;
  absl::StatusOr<Cohort> CreateCohort(const Caller& caller, Cohort cohort, const Mutation& mutation);
  absl::StatusOr<Cohort> UpdateCohort(const Caller& caller, const Update<Cohort>& update,
                                      const Mutation& mutation);

  absl::StatusOr<Room> GetRoom(absl::string_view id) const;
  absl::StatusOr<Page<Room>> ListRooms(const PageRequest& page) const;
  absl::StatusOr<Room> CreateRoom(const Caller& caller, Room room, const Mutation& mutation);
  absl::StatusOr<Room> UpdateRoom(const Caller& caller, const Update<Room>& update, const Mutation& mutation);
  absl::Status DeleteRoom(const Caller& caller, absl::string_view id, std::optional<int64_t> expected_version,
                          const Mutation& mutation);

  // Creates or replaces everything in `batch` in one transaction, or nothing. INVALID_ARGUMENT with paths
  // such as "people[3].email" lists every entry that cannot be accepted. New programmes need an
  // administrator, changed ones their head, new or changed cohorts the staff of their programme:
  // PERMISSION_DENIED ROLE_NOT_ALLOWED.
  absl::StatusOr<DirectoryChanges> BatchUpsert(const Caller& caller, const DirectoryBatch& batch,
                                               const Mutation& mutation);

 private:
  DirectoryStore& store_;
  const Clock& clock_;
};

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_DIRECTORY_H_
