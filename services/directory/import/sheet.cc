#include "services/directory/import/sheet.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/directory/import/values.h"
#include "services/sheets/text.h"

namespace soutenance::directory::import_folder {
namespace {

// The equipment that rules and other services speak of has one name.
std::string InOneLanguage(std::string word) {
  if (word == "visio" || word == "visioconference") return "video";
  if (word == "projecteur" || word == "videoprojecteur") return "projector";
  return word;
}

}  // namespace

std::string RowReader::Email(int column) {
  if (RefuseIfMissing(column) || IsEmpty(column)) return "";
  if (LooksLikeEmail(Raw(column))) return std::string(Raw(column));
  Refuse(column, "email_invalid",
         {"expected one e-mail address such as ana.martin@example.org",
          "une seule adresse électronique est attendue, par exemple ana.martin@example.org"});
  return "";
}

std::optional<int> RowReader::Number(int column, int min, int max) {
  if (RefuseIfMissing(column) || IsEmpty(column)) return std::nullopt;
  const std::optional<int> number = ParseNumber(Raw(column));
  if (number && *number >= min && *number <= max) return number;
  Refuse(column, "number_invalid",
         {absl::StrCat("expected a whole number from ", min, " to ", max),
          absl::StrCat("un nombre entier de ", min, " à ", max, " est attendu")});
  return std::nullopt;
}

bool RowReader::YesNo(int column) {
  const std::optional<bool> answer = ParseYesNo(Raw(column));
  if (!answer) {
    Refuse(column, "yes_no_invalid",
           {"expected yes or no (also x, 1, 0, true, false; empty is no)",
            "oui ou non est attendu (ou x, 1, 0, vrai, faux ; vide vaut non)"});
  }
  return answer.value_or(false);
}

std::optional<absl::CivilDay> RowReader::Day(int column) {
  if (RefuseIfMissing(column) || IsEmpty(column)) return std::nullopt;
  const std::optional<absl::CivilDay> day = ParseDay(Raw(column));
  if (!day) {
    Refuse(column, "day_invalid",
           {"expected a day of the calendar such as 2027-06-14 or 14/06/2027",
            "un jour du calendrier est attendu, par exemple 14/06/2027 ou 2027-06-14"});
  }
  return day;
}

std::optional<MinuteSpan> RowReader::Span(int from_column, int to_column, bool may_be_empty) {
  const Sentence expected = {"expected a time such as 09:30",
                             "une heure est attendue, par exemple 9h30 ou 09:30"};
  if (IsEmpty(from_column) && IsEmpty(to_column) && may_be_empty) return kWholeDay;
  const std::optional<int> from = ParseTimeOfDay(Raw(from_column));
  const std::optional<int> to = ParseTimeOfDay(Raw(to_column));
  if (!from) Refuse(from_column, "time_invalid", expected);
  if (!to) Refuse(to_column, "time_invalid", expected);
  if (!from || !to) return std::nullopt;
  if (*from < *to) return MinuteSpan{*from, *to};
  Refuse(to_column, "times_reversed",
         {absl::StrCat("the end must be later than the beginning (", Raw(from_column), ")"),
          absl::StrCat("la fin doit être postérieure au début (", Raw(from_column), ")")});
  return std::nullopt;
}

std::vector<std::string> RowReader::Values(int column) {
  std::vector<std::string> values = SplitValues(Raw(column));
  if (values.empty() && !RefuseIfMissing(column) && !IsEmpty(column)) {
    Refuse(column, "value_missing",
           {"expected values separated by |", "des valeurs séparées par | sont attendues"});
  }
  for (size_t i = 0; i < values.size(); ++i) {
    if (std::find(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(i), values[i]) !=
        values.begin() + static_cast<std::ptrdiff_t>(i)) {
      Refuse(column, "value_repeated",
             {absl::StrCat(values[i], " stands twice in the cell"),
              absl::StrCat(values[i], " figure deux fois dans la cellule")});
      break;
    }
  }
  return values;
}

std::vector<std::string> RowReader::Words(int column) {
  std::vector<std::string> words;
  for (const std::string& value : SplitValues(Raw(column))) {
    std::string word = InOneLanguage(FoldedWord(value));
    const bool legal =
        !word.empty() && word.size() <= 40 && std::all_of(word.begin(), word.end(), [](char c) {
          return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_';
        });
    if (!legal) {
      Refuse(
          column, "word_invalid",
          {"expected words of letters and digits separated by |, such as video|projector",
           "des mots de lettres et de chiffres séparés par | sont attendus, par exemple video|projecteur"});
      return {};
    }
    words.push_back(std::move(word));
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

}  // namespace soutenance::directory::import_folder
