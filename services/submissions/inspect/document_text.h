#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_DOCUMENT_TEXT_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_DOCUMENT_TEXT_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "services/submissions/inspect/report.h"
#include "services/submissions/inspect/source.h"
#include "services/submissions/inspect/zip_format.h"

namespace soutenance::submissions::inspect {

// Extracts the text of a document of a word processor (docx, odt) whose `entries` InspectZip returned:
// "text". Paragraphs are lines; pages end with a form feed where the program that wrote it says so. What was
// deleted with changes tracked, comments, and what is there for older programs once more is no text. Says
// nothing about other documents.
//
// The XML is read as it is unpacked, in memory that does not depend on it: a document type, and so every
// entity, ends it; so do elements within thousands of others, and a tag of more than a mebibyte.
void ExtractDocumentText(const Source& source, const std::vector<PlacedEntry>& entries,
                         absl::string_view media_type, Report& report);

}  // namespace soutenance::submissions::inspect

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_DOCUMENT_TEXT_H_
