#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_PROFILE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_PROFILE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/assignment/jury.h"
#include "services/base/change.h"
#include "services/base/error.h"

namespace soutenance::assignment {

// Academic rank. The values are those of soutenance.assignment.v1.Profile.Rank.
enum class Rank { kUnknown = 0, kA, kB, kOther, kNone };
// From which world somebody speaks. The values are those of Profile.Sector.
enum class Sector { kUnknown = 0, kAcademic, kProfessional };
// How somebody takes part in sessions. The values are those of Profile.Attendance.
enum class Attendance { kAny = 0, kPrefersOnSite, kPrefersRemote, kOnSiteOnly, kRemoteOnly };
// Only ever counted. The values are those of Profile.Gender.
enum class Gender { kUnknown = 0, kWoman, kMan };

inline constexpr Rank kRanks[] = {Rank::kUnknown, Rank::kA, Rank::kB, Rank::kOther, Rank::kNone};
inline constexpr Sector kSectors[] = {Sector::kUnknown, Sector::kAcademic, Sector::kProfessional};
inline constexpr Attendance kAttendances[] = {Attendance::kAny, Attendance::kPrefersOnSite,
                                              Attendance::kPrefersRemote, Attendance::kOnSiteOnly,
                                              Attendance::kRemoteOnly};
inline constexpr Gender kGenders[] = {Gender::kUnknown, Gender::kWoman, Gender::kMan};

// "a", "academic", "on_site_only", "woman": how they are stored and shown; "unknown" and "any" for 0.
absl::string_view RankName(Rank rank);
absl::string_view SectorName(Sector sector);
absl::string_view AttendanceName(Attendance attendance);
absl::string_view GenderName(Gender gender);

// A thesis somebody followed or judged before.
struct PastThesis {
  static constexpr std::size_t kTitleBytesMax = 500;
  static constexpr std::size_t kTextBytesMax = 20'000;

  std::string title;
  std::string text;  // abstract or full text, or empty
  int year = 0;      // of the defence; 0: not known

  friend bool operator==(const PastThesis&, const PastThesis&) = default;
};

// At most this many juries or readings; 0: as the directory and the rules say.
struct LoadLimits {
  // At most this many in one role.
  struct OfRole {
    Seat::Role role = Seat::Role::kExaminer;
    int per_campaign_max = 1;  // at least 1

    friend bool operator==(const OfRole&, const OfRole&) = default;
  };

  int per_campaign_max = 0;
  int per_day_max = 0;
  std::vector<OfRole> roles;  // each role at most once, ordered by role

  friend bool operator==(const LoadLimits&, const LoadLimits&) = default;
};

// One person as a reviewer or juror. What is empty or unknown never makes a jury legal.
struct Profile {
  static constexpr std::size_t kNameBytesMax = 300;  // of an institution or a company
  static constexpr std::size_t kLanguagesMax = 20;
  static constexpr std::size_t kKeywordsMax = 50;
  static constexpr std::size_t kKeywordBytesMax = 100;
  static constexpr std::size_t kExpertiseBytesMax = 20'000;
  static constexpr std::size_t kPastThesesMax = 100;

  std::string person;   // id of the person, which is also the profile's
  int64_t version = 0;  // counts its changes from 1; 0: not stored yet
  Rank rank = Rank::kUnknown;
  Sector sector = Sector::kUnknown;
  std::string institution;
  std::string company;
  bool may_preside = false;
  bool emeritus = false;
  bool habilitated = false;            // holds the habilitation to direct research
  std::vector<std::string> languages;  // "fr"; ordered, each once
  Attendance attendance = Attendance::kAny;
  std::vector<std::string> keywords;  // as given, each once
  std::string expertise;
  std::vector<PastThesis> past_theses;
  LoadLimits load;
  Gender gender = Gender::kUnknown;  // leaves the service only towards the person

  // "people/{person}/profile".
  std::string Name() const;
  // "people/{person}".
  std::string PersonName() const;

  // All of it as bytes, for storage and for the result that is kept under a request id, and back. DATA_LOSS
  // if `bytes` does not come from Serialize.
  std::string Serialize() const;
  static absl::StatusOr<Profile> Parse(absl::string_view bytes);

  friend bool operator==(const Profile&, const Profile&) = default;
};

// What a person filled in that may not be: a text that is too long, a language that is none, a keyword that
// comes twice, a limit below zero. Appends each to `problems` under the path `at`: "profile.languages[1]".
void CheckProfile(const Profile& profile, absl::string_view at, std::vector<FieldViolation>& problems);

// The fields in which `after` differs from `before`, as a person would read them. Says nothing about gender.
std::vector<Change::Field> Differences(const Profile& before, const Profile& after);

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_PROFILE_H_
