#ifndef SOUTENANCE_SERVICES_SCHEDULING_COMPOSITION_H_
#define SOUTENANCE_SERVICES_SCHEDULING_COMPOSITION_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/error.h"
#include "services/scheduling/jury_lookup.h"

// Juries that are composed together with the timetable: what a jury must have, who may be chosen for what it
// lacks, and what the rules about roles count. The contract stands in campaigns.proto.
namespace soutenance::scheduling {

// Somebody who may hold an open seat.
struct Candidate {
  std::string person;               // "people/ana"
  int cost = 0;                     // points of the rule seat_cost: 0 to kCompositionCostMax
  std::vector<std::string> topics;  // what he or she knows; sorted, each once

  friend bool operator==(const Candidate&, const Candidate&) = default;
};

// Seats of one role that a jury must have.
struct SeatNeed {
  SeatRole role = SeatRole::kExaminer;
  int count = 1;                      // 0 to kOpenSeatsMax
  bool is_remote = false;             // whoever is chosen takes part by video
  std::vector<Candidate> candidates;  // by person; of a defence, none: those of the campaign

  friend bool operator==(const SeatNeed&, const SeatNeed&) = default;
};

// What it costs if somebody holds a role in fewer than `low` or more than `high` defences.
struct LoadBand {
  int low = 0;
  int high = 0;
  int cost = 0;

  friend bool operator==(const LoadBand&, const LoadBand&) = default;
};

// A role that is wanted in the same hands.
struct CombinedRole {
  SeatRole role = SeatRole::kPresident;
  int cost = 0;

  friend bool operator==(const CombinedRole&, const CombinedRole&) = default;
};

// What the rules about roles count for one role; points are 0 to kCompositionCostMax.
struct RoleSetting {
  SeatRole role = SeatRole::kExaminer;
  int absence_cost = 0;                // role_absence
  int change_cost = 0;                 // block_continuity
  std::vector<LoadBand> load;          // role_load
  std::vector<CombinedRole> combined;  // combined_roles
  int off_topic_cost = 0;              // seat_cost, if whoever is chosen does not know the defence's topic
  int mix_cost = 0;                    // mixed_holders
  int day_change_cost = 0;             // day_continuity

  friend bool operator==(const RoleSetting&, const RoleSetting&) = default;
};

inline constexpr int kCompositionCostMax = 1'000'000;
inline constexpr int kOpenSeatsMax = 8;  // of one defence
inline constexpr int kCandidatesMax = 255;
inline constexpr int kTopicsMax = 20;  // of one candidate
inline constexpr int kLoadBandsMax = 10;
inline constexpr std::size_t kTopicBytesMax = 100;

// Put into one order what has none: by role, candidates by person.
void Normalise(std::vector<SeatNeed>& seats);
void Normalise(std::vector<RoleSetting>& roles);

// Append what is wrong, each named as a field below `path` ("campaign.seats"). Whether people exist is
// another question.
void CheckSeats(const std::vector<SeatNeed>& seats, absl::string_view path,
                std::vector<FieldViolation>& problems);
void CheckRoles(const std::vector<RoleSetting>& roles, absl::string_view path,
                std::vector<FieldViolation>& problems);
// What is wrong with `topic`; empty: nothing.
std::string ProblemOfTopic(absl::string_view topic);

// Entries that a message with `seats` carries: candidates and topics.
std::size_t WeightOf(const std::vector<SeatNeed>& seats);

// A seat of a jury that nobody holds yet.
struct OpenSeat {
  SeatRole role = SeatRole::kExaminer;
  bool is_remote = false;
  std::vector<Candidate> candidates;  // by person; may be none, then nobody can hold it

  friend bool operator==(const OpenSeat&, const OpenSeat&) = default;
};

// What a jury that consists of `seats` lacks of what `campaign` and, where it names a role, `own` ask for.
// Neither `authors` nor who sits in the jury is a candidate. By role; may be more than kOpenSeatsMax.
std::vector<OpenSeat> OpenSeatsOf(const std::vector<SeatNeed>& campaign, const std::vector<SeatNeed>& own,
                                  const std::vector<JurySeat>& seats,
                                  const std::vector<std::string>& authors);

// As lines for people and for storage, and back: "seat reviewer 1 on_site", below it "candidate people/ana 3"
// and below that "topic Robotics"; "role president 1000 1000 0", below it "load 4 9 10", "combined
// supervisor 2", "mix 3" and "day_change 5". DATA_LOSS for lines that the others did not write.
std::vector<std::string> SeatLines(const std::vector<SeatNeed>& seats);
absl::StatusOr<std::vector<SeatNeed>> ParseSeatLines(const std::vector<std::string>& lines);
std::vector<std::string> RoleLines(const std::vector<RoleSetting>& roles);
absl::StatusOr<std::vector<RoleSetting>> ParseRoleLines(const std::vector<std::string>& lines);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_COMPOSITION_H_
