#ifndef SOUTENANCE_SERVICES_BASE_ID_H_
#define SOUTENANCE_SERVICES_BASE_ID_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace soutenance {

// Longest legal id, in bytes.
inline constexpr int kIdBytesMax = 63;

// Returns OK if `id` may stand in a resource name: 1 to 63 of A-Z a-z 0-9 . _ ~ -, not "." or "..".
// Identifiers given by an institution are kept as they are, leading zeros included. Otherwise
// INVALID_ARGUMENT that says which character or length is wrong.
absl::Status CheckId(absl::string_view id);

// Returns the id in the resource name `name` of the given collection: ParseName("people/ana", "people") is
// "ana". INVALID_ARGUMENT if `name` is not "<collection>/<legal id>".
absl::StatusOr<std::string> ParseName(absl::string_view name, absl::string_view collection);

// Returns a new random id: 26 characters of lower-case base 32, 128 bits from the system's random source.
std::string NewId();

}  // namespace soutenance

#endif  // SOUTENANCE_SERVICES_BASE_ID_H_
