#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_PROFILES_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_PROFILES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/assignment/people_lookup.h"
#include "services/assignment/profile.h"
#include "services/assignment/profile_store.h"
#include "services/base/caller.h"
#include "services/base/change.h"
#include "services/base/clock.h"
#include "services/base/mutation.h"
#include "services/base/page.h"

namespace soutenance::assignment {

// Which profiles are asked for.
struct ProfileQuery {
  static constexpr std::size_t kPeopleMax = 1000;

  PageRequest page;
  std::vector<std::string> people;  // ids: if not empty, only theirs, in their order, each once
};

// A profile in place of the one a person has, or has not.
struct ProfileReplacement {
  Profile profile;                 // its own version and gender are not read
  std::optional<Gender> gender;    // nothing: stays as it is
  std::optional<int64_t> version;  // refused if the stored one has another now, or there is none
};

// The use cases about profiles, with every refusal. Callers have passed the call pipeline. A profile is known
// to those who run some programme and to its person; gender to its person only: nothing that another caller
// is answered depends on it. Safe for concurrent use.
//
// All return what the store and, where noted, the directory return when they cannot be reached: UNAVAILABLE.
class Profiles {
 public:
  static constexpr std::size_t kBatchMax = 5000;

  // All must outlive it.
  Profiles(ProfileStore& store, const PeopleLookup& people, const Clock& clock)
      : store_(store), people_(people), clock_(clock) {}

  // `person` is an id. NOT_FOUND, reason PROFILE_NOT_FOUND, if there is none or `caller` may not know of it.
  absl::StatusOr<Profile> GetProfile(const Caller& caller, absl::string_view person) const;

  // The profiles that `caller` may know of, by person or in the order asked for.
  absl::StatusOr<Page<Profile>> ListProfiles(const Caller& caller, const ProfileQuery& query) const;

  // Asks the directory. INVALID_ARGUMENT, reason FIELD_INVALID; NOT_FOUND, reason PERSON_NOT_FOUND, if there
  // is nobody of that name or `caller` may not know of the profile; PERMISSION_DENIED, reason
  // ROLE_NOT_ALLOWED, if the person changes what only those who run a programme may; ABORTED, reason
  // STALE_ETAG. The same profile again leaves the version as it is, unless it says a gender for somebody
  // else.
  absl::StatusOr<Profile> SetProfile(const Caller& caller, const ProfileReplacement& replacement,
                                     const Mutation& mutation);

  // Creates or replaces all or none. Checks as SetProfile with the paths "profiles[3].languages[0]"; versions
  // are not read. A service is believed about who exists.
  absl::StatusOr<ChangeList> BatchUpsertProfiles(const Caller& caller,
                                                 const std::vector<ProfileReplacement>& replacements,
                                                 const Mutation& mutation);

 private:
  ProfileStore& store_;
  const PeopleLookup& people_;
  const Clock& clock_;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_PROFILES_H_
