#include "services/runtime/wire/etags.h"

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace soutenance::runtime {

std::string EtagFromVersion(int64_t version) { return version == 0 ? "" : absl::StrCat("v", version); }

std::optional<int64_t> VersionFromEtag(absl::string_view etag) {
  if (etag.empty()) return std::nullopt;
  int64_t version = 0;
  const bool readable = absl::SimpleAtoi(etag.substr(1), &version) && EtagFromVersion(version) == etag;
  return readable ? version : -1;
}

}  // namespace soutenance::runtime
