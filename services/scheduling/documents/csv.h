#ifndef SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_CSV_H_
#define SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_CSV_H_

#include <string>

#include "absl/status/statusor.h"
#include "services/scheduling/documents/timetable_document.h"

namespace soutenance::scheduling::documents {

enum class CsvFlavour {
  // For a French spreadsheet: UTF-8 with BOM, `;`, CRLF, French header and words whatever the language of the
  // document, `JJ/MM/AAAA HH:MM`, decimal comma. A cell that a spreadsheet could take for a formula (it
  // begins
  // with = + - @ TAB or CR) is prefixed with an apostrophe.
  kHumanFrench,
  // For programs: RFC 4180 with `,`, UTF-8 without BOM, ISO 8601 times with offset, a stable English header.
  // Cells are the values themselves; several values in a cell are separated by `|`.
  kMachine,
};

// The timetable as a table: a header, one row per placed defence in the order of time and room, then one row
// per unplaced defence with its reason. Columns of the machine flavour, in this order:
//   defence, status (confirmed | cancelled | unplaced), start, end, duration_minutes, room, room_name, site,
//   students (people), student_names, title (empty when closed), closed (true | false),
//   jury (person:role[:remote], separated by |), jury_names, uid, sequence, reason
// INVALID_ARGUMENT, reason FIELD_INVALID, for an unknown zone, text that is not UTF-8 or a duration under one
// minute.
absl::StatusOr<std::string> RenderCsv(const TimetableDocument& document, CsvFlavour flavour);

}  // namespace soutenance::scheduling::documents

#endif  // SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_CSV_H_
