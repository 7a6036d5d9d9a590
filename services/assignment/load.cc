#include "services/assignment/load.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "services/base/id.h"

namespace soutenance::assignment {
namespace {

constexpr int kYearsRemembered = 5;
// How far from the mean a load may be that counts as even.
constexpr double kEven = 1.5;

double WeightOfRole(Seat::Role role) {
  switch (role) {
    case Seat::Role::kPresident:
      return 1.5;
    case Seat::Role::kGuest:
      return 0;
    case Seat::Role::kSupervisor:
    case Seat::Role::kReviewer:
    case Seat::Role::kExaminer:
    case Seat::Role::kCompanyTutor:
      break;
  }
  return 1;
}

double WeightOfYear(int year, int this_year) {
  if (year == 0) return 1;
  // What was recorded in the year of the campaign that begins now is past as well.
  const int ago = std::max(1, this_year - year);
  return ago > kYearsRemembered ? 0 : std::pow(0.5, ago);
}

double WeightOfOne(const SeatCount& seats, int this_year) {
  return WeightOfYear(seats.year, this_year) * WeightOfRole(seats.role) * seats.count;
}

LoadStanding StandingOf(double weight, double mean) {
  if (weight > mean * kEven && weight >= mean + 1) return LoadStanding::kOver;
  if (weight < mean / kEven && weight <= mean - 1) return LoadStanding::kUnder;
  return LoadStanding::kEven;
}

}  // namespace

void CheckCorrection(const LoadCorrection& correction, int this_year, const std::string& at,
                     std::vector<FieldViolation>& problems) {
  const auto add = [&](absl::string_view field, std::string description) {
    problems.push_back({.field = absl::StrCat(at, ".", field), .description = std::move(description)});
  };
  if (!ParseName(correction.person, "people").ok()) add("person", "is not \"people/{id}\"");
  if (!ParseName(correction.programme, "programmes").ok()) add("programme", "is not \"programmes/{id}\"");
  if (correction.year > this_year || correction.year < this_year - LoadCorrection::kYearsMax) {
    add("year", absl::StrCat("is ", correction.year, "; expected ", this_year - LoadCorrection::kYearsMax,
                             " to ", this_year));
  }
  if (correction.count == 0 || std::abs(correction.count) > LoadCorrection::kCountMax) {
    add("count", absl::StrCat("is ", correction.count, "; expected -1,000 to 1,000 and not 0"));
  }
  if (absl::StripAsciiWhitespace(correction.reason).empty()) add("reason", "is empty; say why");
  if (correction.reason.size() > LoadCorrection::kReasonBytesMax) {
    add("reason", absl::StrCat("has ", correction.reason.size(), " bytes; at most 500 are kept"));
  }
}

double WeightOf(absl::Span<const SeatCount> seats, int this_year) {
  double weight = 0;
  for (const SeatCount& each : seats) weight += WeightOfOne(each, this_year);
  return std::max(0.0, weight);
}

std::map<std::string, double> PastWeights(absl::Span<const SeatCount> seats, int this_year) {
  std::map<std::string, double> weights;
  for (const SeatCount& each : seats) {
    if (each.year != 0) weights[each.person] += WeightOfOne(each, this_year);
  }
  for (auto& [person, weight] : weights) weight = std::max(0.0, weight);
  return weights;
}

std::vector<Load> Compare(const std::vector<std::string>& people, const std::vector<SeatCount>& seats,
                          int this_year) {
  std::map<std::string, Load> by_person;
  for (const std::string& person : people) by_person[person].person = person;
  for (const SeatCount& each : seats) {
    Load& load = by_person[each.person];
    load.person = each.person;
    load.seats.push_back(each);
    (each.year == 0 ? load.current : load.past) += each.count;
  }
  double sum = 0;
  for (auto& [person, load] : by_person) {
    std::sort(load.seats.begin(), load.seats.end(), [](const SeatCount& a, const SeatCount& b) {
      const auto age = [](int year) { return year == 0 ? 0 : 10'000 - year; };
      return std::tuple(age(a.year), a.programme, a.role) < std::tuple(age(b.year), b.programme, b.role);
    });
    load.weight = WeightOf(load.seats, this_year);
    sum += load.weight;
  }
  std::vector<Load> loads;
  for (auto& [person, load] : by_person) {
    load.mean = sum / static_cast<double>(by_person.size());
    load.standing = StandingOf(load.weight, load.mean);
    loads.push_back(std::move(load));
  }
  return loads;
}

int YearOf(absl::Time now) { return static_cast<int>(absl::ToCivilYear(now, absl::UTCTimeZone()).year()); }

}  // namespace soutenance::assignment
