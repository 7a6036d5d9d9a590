#include "services/directory/import/sheet.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/id.h"
#include "services/directory/import/text.h"
#include "services/directory/import/values.h"

namespace soutenance::directory::import_folder {
namespace {

std::string BothNames(const Name& name, const char* or_word) {
  return name.en == name.fr ? std::string(name.en) : absl::StrCat(name.en, or_word, name.fr);
}

// "id, nom, prénom": the columns that a sheet may have, in one language, those required with an asterisk.
std::string ColumnList(const SheetFormat& format, Language language) {
  return absl::StrJoin(format.columns, ", ", [&](std::string* out, const ColumnFormat& column) {
    const absl::string_view name = language == Language::kFrench ? column.name.fr : column.name.en;
    absl::StrAppend(out, name, column.need == Need::kRequired ? "*" : "");
  });
}

// The equipment that rules and other services speak of has one name.
std::string InOneLanguage(std::string word) {
  if (word == "visio" || word == "visioconference") return "video";
  if (word == "projecteur" || word == "videoprojecteur") return "projector";
  return word;
}

}  // namespace

Sheet::Sheet(Table table, const SheetFormat& format, Problems& problems)
    : table_(std::move(table)), format_(format), table_columns_(format.columns.size(), -1) {
  const Place header = {.file = table_.file(), .line = table_.header_line()};
  for (int i = 0; i < table_.column_count(); ++i) {
    const std::string text(table_.Header(i));
    const Place place = {.file = header.file, .line = header.line, .column = text, .column_number = i + 1};
    const int column = FindColumn(format, text);
    if (column < 0) {
      problems.AddError("column_unknown", place, text,
                        {absl::StrCat("there is no such column; the columns are ",
                                      ColumnList(format, Language::kEnglish), " (* required)"),
                         absl::StrCat("cette colonne n'existe pas ; les colonnes sont ",
                                      ColumnList(format, Language::kFrench), " (* obligatoire)")});
    } else if (table_columns_[static_cast<size_t>(column)] >= 0) {
      problems.AddError(
          "column_repeated", place, text,
          {"this column stands twice; remove one", "cette colonne figure deux fois ; supprimez-en une"});
    } else {
      table_columns_[static_cast<size_t>(column)] = i;
    }
  }
  if (table_.column_count() == 0) readable_ = false;
  for (size_t i = 0; i < format.columns.size() && table_.column_count() > 0; ++i) {
    if (format.columns[i].need == Need::kOptional || table_columns_[i] >= 0) continue;
    readable_ = false;
    const Name& name = format.columns[i].name;
    problems.AddError("column_missing", header, "",
                      {absl::StrCat("the column ", BothNames(name, " (in French "),
                                    name.en == name.fr ? "" : ")", " is missing; the columns are ",
                                    ColumnList(format, Language::kEnglish), " (* required)"),
                       absl::StrCat("la colonne ", name.fr, " manque ; les colonnes sont ",
                                    ColumnList(format, Language::kFrench), " (* obligatoire)")});
  }
}

Place RowReader::PlaceOf(int column) const {
  const int at = sheet_.TableColumn(column);
  const Table& table = sheet_.table();
  const ColumnFormat& format = sheet_.format().columns[static_cast<size_t>(column)];
  return {.file = table.file(),
          .line = table.Line(row_, at),
          .column = std::string(at < 0 ? format.name.en : table.Header(at)),
          .column_number = at + 1};
}

void RowReader::Refuse(int column, std::string kind, Sentence sentence) {
  ok_ = false;
  problems_.AddError(std::move(kind), PlaceOf(column), Raw(column), std::move(sentence));
}

void RowReader::Warn(int column, std::string kind, Sentence sentence) {
  problems_.AddWarning(std::move(kind), PlaceOf(column), Raw(column), std::move(sentence));
}

bool RowReader::RefuseIfMissing(int column) {
  const ColumnFormat& format = sheet_.format().columns[static_cast<size_t>(column)];
  if (!IsEmpty(column) || format.need == Need::kOptional) return false;
  Refuse(column, "value_missing",
         {"the cell is empty; a value is required", "la cellule est vide ; une valeur est obligatoire"});
  return true;
}

void RowReader::RefuseChoice(int column, const std::vector<Name>& names) {
  const auto list = [&](Language language) {
    return absl::StrJoin(names, ", ", [&](std::string* out, const Name& name) {
      absl::StrAppend(out, language == Language::kFrench ? name.fr : name.en);
    });
  };
  Refuse(column, "choice_unknown",
         {absl::StrCat("expected one of: ", list(Language::kEnglish)),
          absl::StrCat("valeurs attendues : ", list(Language::kFrench))});
}

std::string RowReader::Text(int column) {
  RefuseIfMissing(column);
  return OnOneLine(Raw(column));
}

std::string RowReader::Id(int column) {
  if (RefuseIfMissing(column) || IsEmpty(column)) return "";
  std::string id(Raw(column));
  if (CheckId(id).ok()) return id;
  Refuse(column, "id_invalid",
         {"an identifier has 1 to 63 characters: letters without accent, digits, . _ ~ -",
          "un identifiant compte 1 à 63 caractères : lettres sans accent, chiffres, . _ ~ -"});
  return "";
}

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
