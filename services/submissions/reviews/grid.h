#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_REVIEWS_GRID_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_REVIEWS_GRID_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/error.h"

namespace soutenance::submissions {

// One thing that is judged.
struct Criterion {
  std::string id;  // unique in its grid
  std::string title;
  int points_max = 20;  // 1 to kPointsMax; the lowest mark is 0
  bool comment_required = false;

  friend bool operator==(const Criterion&, const Criterion&) = default;
};

// The criteria by which the theses of a programme are reviewed.
struct Grid {
  static constexpr std::size_t kCriteriaMax = 40;
  static constexpr int kPointsMax = 100;
  static constexpr std::size_t kTitleBytesMax = 500;

  std::string programme;  // "programmes/msi"
  std::string id;
  int64_t version = 0;  // counts its changes from 1; 0: not stored yet
  std::string title;
  std::vector<Criterion> criteria;  // in the order in which they are shown

  std::string Name() const;  // "programmes/msi/grids/thesis"
  // Null if there is no such criterion.
  const Criterion* Find(absl::string_view criterion) const;

  std::string Serialize() const;
  static absl::StatusOr<Grid> Parse(absl::string_view bytes);

  friend bool operator==(const Grid&, const Grid&) = default;
};

// The criteria alone as text, for a column, and back. DATA_LOSS if `text` does not come from it.
std::string CriteriaText(const std::vector<Criterion>& criteria);
absl::StatusOr<std::vector<Criterion>> CriteriaOf(absl::string_view text);

// Which grid: its programme and its id, as in "programmes/msi/grids/thesis". INVALID_ARGUMENT.
struct GridKey {
  std::string programme;
  std::string id;
};
absl::StatusOr<GridKey> ParseGridName(absl::string_view name);

// Appends what may not be filled in to `problems`, under the path "grid".
void CheckGrid(const Grid& grid, std::vector<FieldViolation>& problems);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_REVIEWS_GRID_H_
