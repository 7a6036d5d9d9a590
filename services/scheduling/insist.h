#ifndef SOUTENANCE_SERVICES_SCHEDULING_INSIST_H_
#define SOUTENANCE_SERVICES_SCHEDULING_INSIST_H_

#include <cstdint>
#include <optional>

#include "absl/status/status.h"

namespace soutenance::scheduling {

inline constexpr int kInsistAttempts = 5;

// Runs `once`, which reads a timetable, thinks, and writes it unless somebody was faster: then ABORTED. A
// caller who expects a version is told so; for one who does not, it is done again with what is there now.
template <typename Once>
auto Insist(std::optional<int64_t> expected, Once once) {
  const auto status_of = [](const auto& result) -> const absl::Status& {
    if constexpr (requires { result.status(); }) {
      return result.status();
    } else {
      return result;
    }
  };
  auto result = once();
  for (int attempt = 1; attempt < kInsistAttempts && !expected && absl::IsAborted(status_of(result));
       ++attempt) {
    result = once();
  }
  return result;
}

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_INSIST_H_
