#include "services/scheduling/rpc/name_chunks.h"

#include <algorithm>
#include <vector>

#include "services/base/page.h"
#include "services/base/status.h"

namespace soutenance::scheduling {

absl::Status ForEachChunk(absl::Span<const std::string> names,
                          absl::FunctionRef<absl::Status(absl::Span<const std::string>)> ask) {
  std::vector<std::string> distinct(names.begin(), names.end());
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  absl::Span<const std::string> rest = distinct;
  while (!rest.empty()) {
    const std::size_t size = std::min<std::size_t>(rest.size(), kPageSizeMax);
    RETURN_IF_ERROR(ask(rest.first(size)));
    rest.remove_prefix(size);
  }
  return absl::OkStatus();
}

}  // namespace soutenance::scheduling
