#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_PDF_INSPECTOR_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_PDF_INSPECTOR_H_

#include "services/submissions/inspect/report.h"
#include "services/submissions/inspect/source.h"

namespace soutenance::submissions::inspect {

// Looks at the objects of a PDF: "pdf_structure", "pdf_encryption", "pages", "pdf_active_content",
// "pdf_fonts". What is in the file counts, also if no page leads to it. Returns whether its pages can be read
// without a password. Only for a process that may fail: the library under it may take any time and memory.
bool InspectPdf(const Source& source, Report& report);

// Extracts the text of a PDF in the order of reading: "text". The same holds; `bytes` is the whole file.
void ExtractPdfText(absl::string_view bytes, Report& report);

// What ExtractPdfText needs of the system, to be called before that can no longer be asked.
void PreparePdfText();

}  // namespace soutenance::submissions::inspect

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_PDF_INSPECTOR_H_
