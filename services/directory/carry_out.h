#ifndef SOUTENANCE_SERVICES_DIRECTORY_CARRY_OUT_H_
#define SOUTENANCE_SERVICES_DIRECTORY_CARRY_OUT_H_

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/clock.h"
#include "services/base/mutation.h"
#include "services/base/status.h"
#include "services/directory/in_transaction.h"

namespace soutenance::directory {

// A change in two halves, so that it can be tried without being made.
template <typename Store, typename T>
struct Work {
  // Checks everything and returns what the change would result in. Has no other effect; may run again.
  std::function<absl::StatusOr<T>(const typename Store::Reader&)> plan;
  // Writes it.
  std::function<absl::Status(typename Store::Writer&, const T&)> put;
  // The result as bytes, kept under the request id, and back.
  std::function<std::string(const T&)> remember;
  std::function<absl::StatusOr<T>(const typename Store::Reader&, absl::string_view bytes)> recall;
};

// Carries out `work` in one transaction; with validate_only, only plans it; for a repeated request, returns
// the result of the first one.
template <typename Store, typename T>
absl::StatusOr<T> CarryOut(Store& store, const Clock& clock, const Mutation& mutation,
                           const Work<Store, T>& work) {
  if (mutation.validate_only) return ReadFrom<T>(store, work.plan);
  return WriteTo<T>(store, [&](typename Store::Writer& writer) -> absl::StatusOr<T> {
    ASSIGN_OR_RETURN(const std::optional<std::string> first, writer.FindRequest(mutation.request));
    if (first) return work.recall(writer, *first);
    ASSIGN_OR_RETURN(T result, work.plan(writer));
    RETURN_IF_ERROR(work.put(writer, result));
    RETURN_IF_ERROR(writer.RememberRequest(mutation.request, work.remember(result), clock.Now()));
    return result;
  });
}

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_CARRY_OUT_H_
