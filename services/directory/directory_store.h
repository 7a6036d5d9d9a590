#ifndef SOUTENANCE_SERVICES_DIRECTORY_DIRECTORY_STORE_H_
#define SOUTENANCE_SERVICES_DIRECTORY_DIRECTORY_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "services/base/page.h"
#include "services/base/request_key.h"
#include "services/directory/cohort.h"
#include "services/directory/person.h"
#include "services/directory/programme.h"
#include "services/directory/room.h"

namespace soutenance::directory {

// Remembers people, programmes, cohorts and rooms. Safe for concurrent use.
class DirectoryStore {
 public:
  // What was written, as one consistent snapshot. Nothing found is no error.
  class Reader {
   public:
    virtual ~Reader() = default;

    virtual absl::StatusOr<std::optional<Person>> FindPerson(absl::string_view id) const = 0;
    // Those of `ids` that exist, in the order of `ids`. Cheap also for many: one pass, not one query each.
    virtual absl::StatusOr<std::vector<Person>> FindPeople(absl::Span<const std::string> ids) const = 0;
    // The people whose EmailKey is among `keys`, in no particular order. Cheap also for many.
    virtual absl::StatusOr<std::vector<Person>> FindPeopleByEmail(
        absl::Span<const std::string> keys) const = 0;
    // People whose SearchText contains `search_key`; everybody if that is empty.
    virtual absl::StatusOr<Page<Person>> ListPeople(const PageRequest& page,
                                                    absl::string_view search_key) const = 0;

    virtual absl::StatusOr<std::optional<Programme>> FindProgramme(absl::string_view id) const = 0;
    virtual absl::StatusOr<Page<Programme>> ListProgrammes(const PageRequest& page) const = 0;

    virtual absl::StatusOr<std::optional<Cohort>> FindCohort(absl::string_view programme,
                                                             absl::string_view id) const = 0;
    virtual absl::StatusOr<Page<Cohort>> ListCohorts(absl::string_view programme,
                                                     const PageRequest& page) const = 0;

    virtual absl::StatusOr<std::optional<Room>> FindRoom(absl::string_view id) const = 0;
    // Those of `ids` that exist, in the order of `ids`.
    virtual absl::StatusOr<std::vector<Room>> FindRooms(absl::Span<const std::string> ids) const = 0;
    virtual absl::StatusOr<Page<Room>> ListRooms(const PageRequest& page) const = 0;
  };

  // A Reader that also writes. No other writer is active meanwhile, so what was read still holds when it is
  // written.
  class Writer : public Reader {
   public:
    // Insert or replace, versions as given. E-mail addresses may change hands among `people`. REQUIRES: the
    // addresses are unique afterwards; the programmes of cohorts exist.
    virtual absl::Status PutPeople(absl::Span<const Person> people) = 0;
    virtual absl::Status PutProgrammes(absl::Span<const Programme> programmes) = 0;
    virtual absl::Status PutCohorts(absl::Span<const Cohort> cohorts) = 0;
    virtual absl::Status PutRooms(absl::Span<const Room> rooms) = 0;
    virtual absl::Status DeleteRoom(absl::string_view id) = 0;

    // The result of the earlier call with this key, if there was one. INVALID_ARGUMENT REQUEST_ID_REUSED.
    virtual absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) = 0;
    virtual absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) = 0;
  };

  virtual ~DirectoryStore() = default;

  // Runs `work` in one transaction: commits if it returns OK, otherwise rolls back and returns its error. May
  // run `work` again, so it must not have other effects. UNAVAILABLE STORE_BUSY if the database stays busy.
  virtual absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) = 0;

  // Runs `look` on one consistent snapshot.
  virtual absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const = 0;
};

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_DIRECTORY_STORE_H_
