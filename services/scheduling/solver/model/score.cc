#include "services/scheduling/solver/model/score.h"

#include "absl/strings/str_cat.h"

namespace soutenance::scheduling::solver {

Score& Score::operator+=(const Score& other) {
  for (std::size_t i = 0; i < points.size(); ++i) points[i] += other.points[i];
  return *this;
}

Score& Score::operator-=(const Score& other) {
  for (std::size_t i = 0; i < points.size(); ++i) points[i] -= other.points[i];
  return *this;
}

std::string Score::ToString() const {
  return absl::StrCat(hard(), " hard, ", unplaced(), " unplaced, ", strong(), " strong, ", soft(), " soft");
}

}  // namespace soutenance::scheduling::solver
