#include "services/submissions/reviews/grid.h"

#include <algorithm>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/base/id.h"
#include "services/base/record.h"
#include "services/base/status.h"

namespace soutenance::submissions {
namespace {

constexpr absl::string_view kGrids = "/grids/";

std::string TitleProblem(absl::string_view title) {
  if (absl::StripAsciiWhitespace(title).empty()) return "is empty";
  if (title.size() > Grid::kTitleBytesMax)
    return absl::StrCat("is longer than ", Grid::kTitleBytesMax, " bytes");
  return "";
}

}  // namespace

std::string Grid::Name() const { return absl::StrCat(programme, kGrids, id); }

const Criterion* Grid::Find(absl::string_view criterion) const {
  const auto at = std::find_if(criteria.begin(), criteria.end(), [&](const Criterion& each) {
    return absl::string_view(each.id) == criterion;
  });
  return at == criteria.end() ? nullptr : &*at;
}

std::string Grid::Serialize() const {
  return RecordWriter()
      .Text(programme)
      .Text(id)
      .Integer(version)
      .Text(title)
      .Text(CriteriaText(criteria))
      .bytes();
}

absl::StatusOr<Grid> Grid::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  Grid grid{.programme = in.Text(), .id = in.Text(), .version = in.Integer(), .title = in.Text()};
  ASSIGN_OR_RETURN(grid.criteria, CriteriaOf(in.Text()));
  if (!in.IsComplete()) return absl::DataLossError("a stored grid cannot be read");
  return grid;
}

std::string CriteriaText(const std::vector<Criterion>& criteria) {
  RecordWriter out;
  for (const Criterion& each : criteria) {
    out.Text(each.id).Text(each.title).Integer(each.points_max).Integer(each.comment_required ? 1 : 0);
  }
  return out.bytes();
}

absl::StatusOr<std::vector<Criterion>> CriteriaOf(absl::string_view text) {
  RecordReader in(text);
  std::vector<Criterion> criteria;
  while (!in.IsAtEnd()) {
    Criterion criterion{.id = in.Text(), .title = in.Text()};
    criterion.points_max = static_cast<int>(in.Integer());
    criterion.comment_required = in.Integer() != 0;
    criteria.push_back(std::move(criterion));
  }
  if (!in.IsComplete()) return absl::DataLossError("stored criteria cannot be read");
  return criteria;
}

absl::StatusOr<GridKey> ParseGridName(absl::string_view name) {
  const std::size_t at = name.rfind(kGrids);
  if (at != absl::string_view::npos) {
    GridKey key{.programme = std::string(name.substr(0, at)),
                .id = std::string(name.substr(at + kGrids.size()))};
    if (ParseName(key.programme, "programmes").ok() && CheckId(key.id).ok()) return key;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("\"", name, "\" is not \"programmes/{programme}/grids/{id}\""));
}

void CheckGrid(const Grid& grid, std::vector<FieldViolation>& problems) {
  const auto add = [&](std::string field, std::string description) {
    problems.push_back({.field = absl::StrCat("grid.", field), .description = std::move(description)});
  };
  if (std::string problem = TitleProblem(grid.title); !problem.empty()) add("title", std::move(problem));
  if (grid.criteria.empty() || grid.criteria.size() > Grid::kCriteriaMax) {
    add("criteria",
        absl::StrCat("has ", grid.criteria.size(), " entries; a grid has 1 to ", Grid::kCriteriaMax));
  }
  std::set<std::string> ids;
  for (std::size_t i = 0; i < grid.criteria.size(); ++i) {
    const Criterion& each = grid.criteria[i];
    const std::string at = absl::StrCat("criteria[", i, "].");
    if (const absl::Status status = CheckId(each.id); !status.ok()) {
      add(absl::StrCat(at, "id"), std::string(status.message()));
    } else if (!ids.insert(each.id).second) {
      add(absl::StrCat(at, "id"), absl::StrCat("\"", each.id, "\" is there twice"));
    }
    if (std::string problem = TitleProblem(each.title); !problem.empty())
      add(absl::StrCat(at, "title"), std::move(problem));
    if (each.points_max < 1 || each.points_max > Grid::kPointsMax) {
      add(absl::StrCat(at, "points_max"),
          absl::StrCat("is ", each.points_max, "; it is 1 to ", Grid::kPointsMax));
    }
  }
}

}  // namespace soutenance::submissions
