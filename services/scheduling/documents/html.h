#ifndef SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_HTML_H_
#define SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_HTML_H_

#include <string>

#include "absl/status/statusor.h"
#include "services/scheduling/documents/timetable_document.h"

namespace soutenance::scheduling::documents {

// The timetable as one self-contained HTML page in UTF-8: no script, no external resource. For each day a
// grid of rooms by time and a list with titles and juries; then the defences without a place, each with its
// reason. Prints on A4 landscape, one day per page. Every text of the document is escaped. INVALID_ARGUMENT,
// reason FIELD_INVALID, for an unknown zone, text that is not UTF-8 or a duration under one minute.
absl::StatusOr<std::string> RenderHtml(const TimetableDocument& document);

}  // namespace soutenance::scheduling::documents

#endif  // SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_HTML_H_
