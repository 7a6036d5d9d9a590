#ifndef SOUTENANCE_SERVICES_RUNTIME_WIRE_ETAGS_H_
#define SOUTENANCE_SERVICES_RUNTIME_WIRE_ETAGS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace soutenance::runtime {

// The etag of a resource at `version`, which counts its changes from 1; empty for 0, a resource that is not
// stored.
std::string EtagFromVersion(int64_t version);

// The version that a client expects; nothing if `etag` is empty: no check. A text that EtagFromVersion did
// not make is the version -1, which no resource has: to the client it is as stale as any other.
std::optional<int64_t> VersionFromEtag(absl::string_view etag);

}  // namespace soutenance::runtime

#endif  // SOUTENANCE_SERVICES_RUNTIME_WIRE_ETAGS_H_
