#ifndef SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_TYPOGRAPHY_H_
#define SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_TYPOGRAPHY_H_

#include <string>

#include "absl/strings/string_view.h"
#include "services/scheduling/documents/timetable_document.h"

namespace soutenance::scheduling::documents {

// `text` as a printer would set it, for pages that people read. In French: the typographic apostrophe,
// straight double quotes in pairs become guillemets, and the space before ; : ? ! » and after « becomes a
// narrow no-break space (U+202F). Adds no space where the author wrote none, because titles may be in another
// language. In English: the typographic apostrophe and double quotes.
std::string Typeset(absl::string_view text, Language language);

// Whether `text` is valid UTF-8 without control characters other than TAB, LF and CR.
bool IsPrintableUtf8(absl::string_view text);

}  // namespace soutenance::scheduling::documents

#endif  // SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_TYPOGRAPHY_H_
