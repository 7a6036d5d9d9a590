#ifndef SOUTENANCE_SERVICES_DIRECTORY_IMPORT_SHEETS_H_
#define SOUTENANCE_SERVICES_DIRECTORY_IMPORT_SHEETS_H_

#include <string>
#include <vector>

#include "services/directory/import/batch.h"
#include "services/directory/import/references.h"
#include "services/directory/import/sheet.h"
#include "services/sheets/problem.h"

// One reader for each kind of spreadsheet, each in its file (people_sheet.cc, ...). They add what is wrong to
// `problems` and return the rows, those with problems included with defaults; whoever uses the rows makes
// sure first that there was no error. Readers of files that others refer to fill `references`. REQUIRES: the
// sheet is readable.
namespace soutenance::directory::import_folder {

// What the readers need to know about each other's files.
struct Folder {
  References people{SheetKind::kPeople};
  References rooms{SheetKind::kRooms};
  References theses{SheetKind::kTheses};
  Problems problems;
};

CampaignSettings ReadCampaign(const Sheet& sheet, Folder& folder);
std::vector<CalendarPeriod> ReadCalendar(const Sheet& sheet, Folder& folder);
std::vector<PersonRow> ReadPeople(const Sheet& sheet, Folder& folder);
std::vector<RoomRow> ReadRooms(const Sheet& sheet, Folder& folder);
std::vector<OpeningRow> ReadOpenings(const Sheet& sheet, Folder& folder);
std::vector<ThesisRow> ReadTheses(const Sheet& sheet, Folder& folder);
std::vector<JuryRow> ReadJuries(const Sheet& sheet, Folder& folder);
std::vector<AvailabilityRow> ReadAvailability(const Sheet& sheet, Folder& folder);

// Adds a problem if the id of the row is taken in `references`.
void RefuseRepeatedId(RowReader& row, int column, absl::string_view id, const References& references);

}  // namespace soutenance::directory::import_folder

#endif  // SOUTENANCE_SERVICES_DIRECTORY_IMPORT_SHEETS_H_
