#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_MEDIA_TYPE_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_MEDIA_TYPE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "services/submissions/inspect/source.h"

namespace soutenance::submissions::inspect {

// What the content is, whatever it is called: "application/pdf", "application/octet-stream" if nothing fits.
// Documents that are archives have their own type: "application/vnd.openxmlformats-officedocument".
std::string MediaTypeOfContent(const Source& source);

// The same from the first bytes alone, such as those of an entry of an archive.
std::string MediaTypeOfStart(absl::string_view first_bytes);

// Whether the type is an archive's, so that an archive of it is nested; documents that are archives are none.
bool IsArchiveType(absl::string_view media_type);

// Whether the type is laid out as a ZIP archive.
bool IsZipType(absl::string_view media_type);

// Whether the type is a program's, to be run by the machine.
bool IsProgramType(absl::string_view media_type);

}  // namespace soutenance::submissions::inspect

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_MEDIA_TYPE_H_
