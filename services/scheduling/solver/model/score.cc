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
  std::string text =
      absl::StrCat(hard(), " hard, ", unplaced(), " unplaced, ", strong(), " strong, ", soft(), " soft");
  for (auto level = static_cast<std::size_t>(RuleLevel::kSoft2); level <= points.size(); ++level) {
    const int64_t amount = points[level - 1];
    if (amount != 0) absl::StrAppend(&text, ", ", amount, " ", RuleLevelName(static_cast<RuleLevel>(level)));
  }
  return text;
}

}  // namespace soutenance::scheduling::solver
