#include "services/sheets/problem.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/sheets/text.h"

namespace soutenance::sheets {
namespace {

constexpr size_t kFoundCharactersMax = 80;

}  // namespace

std::string ColumnLetters(int column_number) {
  std::string letters;
  for (int rest = column_number; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters;
}

std::string Describe(const ImportProblem& problem, Language language) {
  const bool french = language == Language::kFrench;
  std::string text = problem.place.file;
  if (problem.place.line > 0) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", french ? "ligne " : "line ", problem.place.line);
  }
  if (problem.place.column_number > 0) {
    absl::StrAppend(&text, ", ", french ? "colonne " : "column ", ColumnLetters(problem.place.column_number));
    if (!problem.place.column.empty()) absl::StrAppend(&text, " (", problem.place.column, ")");
  }
  if (!problem.found.empty()) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", french ? "« " : "\"", problem.found,
                    french ? " »" : "\"");
  }
  absl::StrAppend(&text, text.empty() ? "" : (french ? " : " : ": "), problem.sentence.In(language));
  return text;
}

void Problems::AddError(std::string kind, Place place, absl::string_view found, Sentence sentence) {
  ++error_count_;
  if (!WouldList()) return;
  Add({Severity::kError, std::move(kind), std::move(place), std::string(found), std::move(sentence)});
}

void Problems::AddWarning(std::string kind, Place place, absl::string_view found, Sentence sentence) {
  ++warning_count_;
  if (!WouldList()) return;
  Add({Severity::kWarning, std::move(kind), std::move(place), std::string(found), std::move(sentence)});
}

void Problems::Add(ImportProblem problem) {
  problem.found = Shortened(problem.found, kFoundCharactersMax);
  problem.place.column = Shortened(problem.place.column, kFoundCharactersMax);
  listed_.push_back(std::move(problem));
}

std::vector<ImportProblem> Problems::Listed(const std::vector<std::string>& file_order) const {
  std::vector<ImportProblem> listed = listed_;
  const auto rank = [&](const ImportProblem& problem) {
    if (problem.place.file.empty()) return std::ptrdiff_t{-1};
    return std::distance(file_order.begin(),
                         std::find(file_order.begin(), file_order.end(), problem.place.file));
  };
  std::stable_sort(listed.begin(), listed.end(), [&](const ImportProblem& a, const ImportProblem& b) {
    return std::make_tuple(a.severity, rank(a), a.place.line, a.place.column_number) <
           std::make_tuple(b.severity, rank(b), b.place.line, b.place.column_number);
  });
  return listed;
}

}  // namespace soutenance::sheets
