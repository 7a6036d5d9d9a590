#ifndef SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_PDF_H_
#define SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_PDF_H_

#include <string>

#include "absl/status/statusor.h"
#include "services/scheduling/documents/timetable_document.h"

namespace soutenance::scheduling::documents {

// The timetable as an A4 PDF for the notice board: one section per day with time, room, students, title and
// jury, then the defences without a place, each with its reason. Fonts are embedded (DejaVu, which must be
// installed: fonts-dejavu-core), the language is declared, headings and paragraphs are tagged. The same
// document gives the same bytes on the same machine. Takes some tens of milliseconds. INVALID_ARGUMENT,
// reason FIELD_INVALID, for an unknown zone, text that is not UTF-8 or a duration under one minute. INTERNAL
// if the drawing libraries fail.
absl::StatusOr<std::string> RenderPdf(const TimetableDocument& document);

}  // namespace soutenance::scheduling::documents

#endif  // SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_PDF_H_
