#ifndef SOUTENANCE_SERVICES_RUNTIME_WIRE_PAGES_H_
#define SOUTENANCE_SERVICES_RUNTIME_WIRE_PAGES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/base/error.h"
#include "services/base/page.h"

namespace soutenance::runtime {

// Reads `page_size` and `page_token` of a list request: 0 is kPageSizeDefault, more than kPageSizeMax is
// kPageSizeMax. Appends to `problems` if the size is negative or the token is not one that PageToken made.
PageRequest PageFromProto(int32_t page_size, absl::string_view page_token,
                          std::vector<FieldViolation>& problems);

// The token with which a client asks for the page after `next`, which is Page::next; empty if that is empty.
std::string PageToken(absl::string_view next);

}  // namespace soutenance::runtime

#endif  // SOUTENANCE_SERVICES_RUNTIME_WIRE_PAGES_H_
