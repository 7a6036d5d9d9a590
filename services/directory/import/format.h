#ifndef SOUTENANCE_SERVICES_DIRECTORY_IMPORT_FORMAT_H_
#define SOUTENANCE_SERVICES_DIRECTORY_IMPORT_FORMAT_H_

#include <vector>

#include "absl/strings/string_view.h"

// What an import folder may contain: the spreadsheets, their columns, their names in both languages. Names
// are compared in their folded form (text.h).
namespace soutenance::directory::import_folder {

enum class SheetKind { kCampaign, kCalendar, kPeople, kRooms, kOpenings, kTheses, kJuries, kAvailability };

enum class Need { kRequired, kOptional };

// A word of the format in both languages; they may be the same.
struct Name {
  absl::string_view en;
  absl::string_view fr;
};

struct ColumnFormat {
  Name name;
  Need need = Need::kOptional;
};

struct SheetFormat {
  SheetKind kind = SheetKind::kCampaign;
  Name name;  // of the file, without ".csv"
  Need need = Need::kRequired;
  std::vector<ColumnFormat> columns;
};

// All spreadsheets, in the order in which they are read. The columns of each stand in the order of the Column
// enumeration in the file that reads it.
const std::vector<SheetFormat>& SheetFormats();

const SheetFormat& FormatOf(SheetKind kind);

// Whether `text` is `name` in one of the languages.
bool IsNamed(const Name& name, absl::string_view text);

// The format whose file is called `file` ("Personnes.CSV", "people.txt"), or null.
const SheetFormat* FindSheet(absl::string_view file);

// The index of the column called `header` in `format`, or -1.
int FindColumn(const SheetFormat& format, absl::string_view header);

// Whether a file is none of the importer's business: read-me files, notes in Markdown, what operating systems
// and spreadsheet programs leave behind.
bool IsIgnoredFile(absl::string_view file);

}  // namespace soutenance::directory::import_folder

#endif  // SOUTENANCE_SERVICES_DIRECTORY_IMPORT_FORMAT_H_
