#ifndef SOUTENANCE_SERVICES_SCHEDULING_INSIST_H_
#define SOUTENANCE_SERVICES_SCHEDULING_INSIST_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace soutenance::scheduling {

inline constexpr int kInsistAttempts = 5;

// Runs `once`, which reads a timetable, thinks, and writes it unless somebody was faster: then ABORTED. A
// caller who gave an etag is told so; for one who did not, it is done again with what is there now.
template <typename Once>
auto Insist(absl::string_view etag, Once once) {
  const auto status_of = [](const auto& result) -> const absl::Status& {
    if constexpr (requires { result.status(); }) {
      return result.status();
    } else {
      return result;
    }
  };
  auto result = once();
  for (int attempt = 1; attempt < kInsistAttempts && etag.empty() && absl::IsAborted(status_of(result));
       ++attempt) {
    result = once();
  }
  return result;
}

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_INSIST_H_
