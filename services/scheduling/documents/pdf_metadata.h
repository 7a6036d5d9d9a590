#ifndef SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_PDF_METADATA_H_
#define SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_PDF_METADATA_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace soutenance::scheduling::documents {

// Completes what Cairo cannot write: declares the language ("fr"), asks viewers to show the title instead of
// the file name, replaces the time of drawing by `created` (removes it if that is absl::InfinitePast()), and
// derives the file's identifier from its content. INTERNAL if `pdf` cannot be read.
absl::StatusOr<std::string> CompletePdf(const std::string& pdf, absl::string_view language,
                                        absl::Time created);

}  // namespace soutenance::scheduling::documents

#endif  // SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_PDF_METADATA_H_
