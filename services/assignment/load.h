#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_LOAD_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_LOAD_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "services/assignment/jury.h"
#include "services/base/error.h"

// How much people sit on juries, now and over the years, and how loads compare. Knows neither storage nor
// wire.
namespace soutenance::assignment {

// Seats of one person in one role.
struct SeatCount {
  std::string person;     // "people/ana"
  std::string programme;  // "programmes/{id}"
  int year = 0;           // 0: on juries that stand
  Seat::Role role = Seat::Role::kExaminer;
  int count = 0;  // negative where a correction took away more than there was

  friend bool operator==(const SeatCount&, const SeatCount&) = default;
};

// A seat that was held, as the ledger remembers it.
struct HeldSeat {
  std::string thesis;  // id
  std::string person;
  std::string programme;
  int year = 0;
  Seat::Role role = Seat::Role::kExaminer;

  friend bool operator==(const HeldSeat&, const HeldSeat&) = default;
};

// What juries of this house do not tell.
struct LoadCorrection {
  static constexpr std::size_t kReasonBytesMax = 500;
  static constexpr int kCountMax = 1000;
  static constexpr int kYearsMax = 20;

  std::string person;
  std::string programme;
  int year = 0;
  Seat::Role role = Seat::Role::kExaminer;
  int count = 0;
  std::string reason;

  friend bool operator==(const LoadCorrection&, const LoadCorrection&) = default;
};
// Appends what may not be so in a correction made in `this_year` under the path `at`.
void CheckCorrection(const LoadCorrection& correction, int this_year, const std::string& at,
                     std::vector<FieldViolation>& problems);

// How loads compare. The values are those of soutenance.assignment.v1.Load.Standing.
enum class LoadStanding { kUnder = 1, kEven, kOver };

// What one person has and had.
struct Load {
  std::string person;
  std::vector<SeatCount> seats;  // those that stand first, then the latest year first
  int current = 0;
  int past = 0;
  double weight = 0;
  double mean = 0;  // of all
  LoadStanding standing = LoadStanding::kEven;
};

// What seats weigh in `this_year`: those that stand 1, those of a past year half for each year, up to five
// years, and nothing after that. A president's weighs one and a half, a guest's nothing.
double WeightOf(absl::Span<const SeatCount> seats, int this_year);
// Only the past: what proposals add to what people have now.
std::map<std::string, double> PastWeights(absl::Span<const SeatCount> seats, int this_year);

// The loads of `people` and of everybody in `seats`, by person, each compared with the mean of all.
std::vector<Load> Compare(const std::vector<std::string>& people, const std::vector<SeatCount>& seats,
                          int this_year);

int YearOf(absl::Time now);

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_LOAD_H_
