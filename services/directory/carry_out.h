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
#include "services/base/status.h"
#include "services/directory/mutation.h"

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
  absl::StatusOr<T> result = absl::UnknownError("not run");
  if (mutation.validate_only) {
    RETURN_IF_ERROR(store.Read([&](const typename Store::Reader& reader) {
      result = work.plan(reader);
      return result.status();
    }));
    return result;
  }
  RETURN_IF_ERROR(store.Write([&](typename Store::Writer& writer) -> absl::Status {
    ASSIGN_OR_RETURN(const std::optional<std::string> first, writer.FindRequest(mutation.request));
    result = first ? work.recall(writer, *first) : work.plan(writer);
    if (first || !result.ok()) return result.status();
    RETURN_IF_ERROR(work.put(writer, *result));
    return writer.RememberRequest(mutation.request, work.remember(*result), clock.Now());
  }));
  return result;
}

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_CARRY_OUT_H_
