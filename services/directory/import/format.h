#ifndef SOUTENANCE_SERVICES_DIRECTORY_IMPORT_FORMAT_H_
#define SOUTENANCE_SERVICES_DIRECTORY_IMPORT_FORMAT_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "services/sheets/columns.h"

// What an import folder may contain: the spreadsheets, their columns, their names in both languages. Names
// are compared in their folded form (text.h).
namespace soutenance::directory::import_folder {

using namespace ::soutenance::sheets;  // A folder is made of sheets.

enum class SheetKind { kCampaign, kCalendar, kPeople, kRooms, kOpenings, kTheses, kJuries, kAvailability };

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

// The format whose file is called `file` ("Personnes.CSV", "people.txt"), or null.
const SheetFormat* FindSheet(absl::string_view file);

// The index of the column called `header` in `format`, or -1.
int FindColumn(const SheetFormat& format, absl::string_view header);

// Whether a file is none of the importer's business: read-me files, notes in Markdown, what operating systems
// and spreadsheet programs leave behind.
bool IsIgnoredFile(absl::string_view file);

}  // namespace soutenance::directory::import_folder

#endif  // SOUTENANCE_SERVICES_DIRECTORY_IMPORT_FORMAT_H_
