#ifndef SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_HTML_STYLE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_HTML_STYLE_H_

#include "absl/strings/string_view.h"

namespace soutenance::scheduling::documents {

// The style sheet of the HTML page: light and dark, from phone to A4 landscape. Text contrasts at least 4.5
// to 1 with what is behind it. The only values that the page sets are the custom properties --from, --for and
// --span of each day's grid, in minutes, and the class r0 to r7 that gives a room its colour.
extern const absl::string_view kHtmlStyle;

}  // namespace soutenance::scheduling::documents

#endif  // SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_HTML_STYLE_H_
