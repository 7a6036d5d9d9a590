#ifndef SOUTENANCE_SERVICES_SHEETS_PROBLEM_H_
#define SOUTENANCE_SERVICES_SHEETS_PROBLEM_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

// What is wrong in an import folder, said so that the person who keeps the spreadsheet can go there and
// correct it.
namespace soutenance::sheets {

enum class Language { kFrench, kEnglish };

// The same sentence in both languages of the product, without final full stop.
struct Sentence {
  std::string en;
  std::string fr;

  const std::string& In(Language language) const { return language == Language::kFrench ? fr : en; }

  friend bool operator==(const Sentence&, const Sentence&) = default;
};

enum class Severity { kError, kWarning };

// Where in the folder. A field that does not apply is empty or 0.
struct Place {
  std::string file;
  int line = 0;           // physical line, from 1, as a text editor shows it
  std::string column;     // the header as it is written in the file
  int column_number = 0;  // from 1

  friend bool operator==(const Place&, const Place&) = default;
};

// The letter that a spreadsheet shows for a column: 1 is "A", 27 is "AA". Empty for 0.
std::string ColumnLetters(int column_number);

struct ImportProblem {
  Severity severity = Severity::kError;
  std::string kind;  // lower_snake, stable: "person_unknown"
  Place place;
  std::string found;  // what stands there; at most 80 characters; empty if nothing does
  Sentence sentence;  // what is expected, or what is wrong and would make it right

  friend bool operator==(const ImportProblem&, const ImportProblem&) = default;
};

// The problem in one line: `people.csv, line 12, column D (email), "ana": an e-mail address is expected`.
std::string Describe(const ImportProblem& problem, Language language);

// Collects the problems of one folder. Keeps the first kListedMax and counts the rest.
class Problems {
 public:
  static constexpr size_t kListedMax = 1000;

  void AddError(std::string kind, Place place, absl::string_view found, Sentence sentence);
  void AddWarning(std::string kind, Place place, absl::string_view found, Sentence sentence);

  // Whether a further problem would still be listed. Work that only makes a sentence better may be left out
  // otherwise.
  bool WouldList() const { return listed_.size() < kListedMax; }

  size_t error_count() const { return error_count_; }
  size_t warning_count() const { return warning_count_; }

  // The problems listed: errors, then warnings; among those by file in the order given (problems of the whole
  // folder first), then by line and column.
  std::vector<ImportProblem> Listed(const std::vector<std::string>& file_order) const;

  // How many problems are not in Listed().
  size_t unlisted_count() const { return error_count_ + warning_count_ - listed_.size(); }

 private:
  void Add(ImportProblem problem);

  std::vector<ImportProblem> listed_;
  size_t error_count_ = 0;
  size_t warning_count_ = 0;
};

}  // namespace soutenance::sheets

#endif  // SOUTENANCE_SERVICES_SHEETS_PROBLEM_H_
