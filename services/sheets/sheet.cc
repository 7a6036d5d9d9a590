#include "services/sheets/sheet.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/id.h"
#include "services/sheets/text.h"

namespace soutenance::sheets {
namespace {

std::string BothNames(const Name& name, const char* or_word) {
  return name.en == name.fr ? std::string(name.en) : absl::StrCat(name.en, or_word, name.fr);
}

// "id, nom, prénom": the columns that a sheet may have, in one language, those required with an asterisk.
std::string ColumnList(const std::vector<ColumnFormat>& columns, Language language) {
  return absl::StrJoin(columns, ", ", [&](std::string* out, const ColumnFormat& column) {
    const absl::string_view name = language == Language::kFrench ? column.name.fr : column.name.en;
    absl::StrAppend(out, name, column.need == Need::kRequired ? "*" : "");
  });
}

bool RefuseEncoding(const std::string& name, const DecodedText& decoded, Problems& problems) {
  const auto refuse = [&](const char* kind, int line, Sentence sentence) {
    problems.AddError(kind, {.file = name, .line = line}, "", std::move(sentence));
    return true;
  };
  switch (decoded.encoding) {
    case Encoding::kUtf8:
    case Encoding::kWindows1252:
      return false;
    case Encoding::kWorkbook:
      return refuse("encoding_workbook", 0,
                    {"this is a workbook, not a text file; save each sheet as CSV",
                     "c'est un classeur, pas un fichier texte ; enregistrez chaque feuille au format CSV"});
    case Encoding::kUtf16:
      return refuse("encoding_utf16", 0,
                    {"the file is encoded in UTF-16 (\"Unicode text\"); save it as CSV UTF-8",
                     "le fichier est codé en UTF-16 (« texte Unicode ») ; enregistrez-le en CSV UTF-8"});
    case Encoding::kMixed:
      return refuse(
          "encoding_mixed", decoded.bad_line,
          {"the file is in UTF-8, but this line holds bytes that are not; save it again as CSV UTF-8",
           "le fichier est en UTF-8, mais cette ligne contient des octets qui n'en sont pas ; "
           "enregistrez-le à nouveau en CSV UTF-8"});
  }
  return false;
}

}  // namespace

Sheet::Sheet(Table table, const std::vector<ColumnFormat>& columns, Problems& problems)
    : table_(std::move(table)), columns_(columns), table_columns_(columns.size(), -1) {
  const Place header = {.file = table_.file(), .line = table_.header_line()};
  for (int i = 0; i < table_.column_count(); ++i) {
    const std::string text(table_.Header(i));
    const Place place = {.file = header.file, .line = header.line, .column = text, .column_number = i + 1};
    const int column = FindColumn(columns, text);
    if (column < 0) {
      problems.AddError("column_unknown", place, text,
                        {absl::StrCat("there is no such column; the columns are ",
                                      ColumnList(columns, Language::kEnglish), " (* required)"),
                         absl::StrCat("cette colonne n'existe pas ; les colonnes sont ",
                                      ColumnList(columns, Language::kFrench), " (* obligatoire)")});
    } else if (table_columns_[static_cast<size_t>(column)] >= 0) {
      problems.AddError(
          "column_repeated", place, text,
          {"this column stands twice; remove one", "cette colonne figure deux fois ; supprimez-en une"});
    } else {
      table_columns_[static_cast<size_t>(column)] = i;
    }
  }
  if (table_.column_count() == 0) readable_ = false;
  for (size_t i = 0; i < columns.size() && table_.column_count() > 0; ++i) {
    if (columns[i].need == Need::kOptional || table_columns_[i] >= 0) continue;
    readable_ = false;
    const Name& name = columns[i].name;
    problems.AddError("column_missing", header, "",
                      {absl::StrCat("the column ", BothNames(name, " (in French "),
                                    name.en == name.fr ? "" : ")", " is missing; the columns are ",
                                    ColumnList(columns, Language::kEnglish), " (* required)"),
                       absl::StrCat("la colonne ", name.fr, " manque ; les colonnes sont ",
                                    ColumnList(columns, Language::kFrench), " (* obligatoire)")});
  }
}

std::optional<Sheet> ReadSheet(const std::string& file, absl::string_view bytes,
                               const std::vector<ColumnFormat>& columns, Problems& problems) {
  const DecodedText decoded = Decode(bytes);
  if (RefuseEncoding(file, decoded, problems)) return std::nullopt;
  Table table = ReadTable(
      file, decoded.text, [&](absl::string_view header) { return FindColumn(columns, header) >= 0; },
      problems);
  return Sheet(std::move(table), columns, problems);
}

Place RowReader::PlaceOf(int column) const {
  const int at = sheet_.TableColumn(column);
  const Table& table = sheet_.table();
  const ColumnFormat& format = sheet_.columns()[static_cast<size_t>(column)];
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
  const ColumnFormat& format = sheet_.columns()[static_cast<size_t>(column)];
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

}  // namespace soutenance::sheets
