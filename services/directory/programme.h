#ifndef SOUTENANCE_SERVICES_DIRECTORY_PROGRAMME_H_
#define SOUTENANCE_SERVICES_DIRECTORY_PROGRAMME_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/base/error.h"
#include "services/directory/field.h"

namespace soutenance::directory {

// A diploma's programme, such as one master.
struct Programme {
  std::string id;
  int64_t version = 0;
  std::string title;  // not empty
  std::string institution;
  std::string time_zone = "Europe/Paris";  // IANA name
  std::string language = "fr";             // "fr" or "en"

  friend bool operator==(const Programme&, const Programme&) = default;
};

// "programmes/{id}".
std::string ProgrammeName(absl::string_view id);

// The fields that an update may change.
absl::Span<const Field<Programme>> ProgrammeFields();

// Appends everything that is wrong with `programme`; the paths begin with `prefix`.
void Check(const Programme& programme, absl::string_view prefix, std::vector<FieldViolation>& problems);

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_PROGRAMME_H_
