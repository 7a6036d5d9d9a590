#ifndef SOUTENANCE_SERVICES_BASE_MUTATION_H_
#define SOUTENANCE_SERVICES_BASE_MUTATION_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/base/request_key.h"
#include "services/base/status.h"

namespace soutenance {

// How a mutating call is to be carried out. Everything about it that is not its content.
struct Mutation {
  RequestKey request;
  bool validate_only = false;  // check everything and return the result, write nothing
};

// Returns what the earlier call with the same request id returned, if there was one. For a use case that asks
// a peer before its transaction: a repetition must not depend on what the peer says today. `Store` has
// Read(fn) whose reader has FindRequest, as all stores of ours; `Result` has Serialize and Parse, as
// ChangeList. INVALID_ARGUMENT, reason REQUEST_ID_REUSED.
template <typename Result, typename Store>
absl::StatusOr<std::optional<Result>> FindFirstResult(const Store& store, const Mutation& mutation) {
  std::optional<Result> result;
  if (!mutation.request.IsProtected()) return result;
  RETURN_IF_ERROR(store.Read([&](const auto& reader) -> absl::Status {
    result.reset();
    ASSIGN_OR_RETURN(const std::optional<std::string> bytes, reader.FindRequest(mutation.request));
    if (!bytes) return absl::OkStatus();
    ASSIGN_OR_RETURN(result, Result::Parse(*bytes));
    return absl::OkStatus();
  }));
  return result;
}

// Runs `change` in one transaction of `store`, once per request id: returns the first result if there was
// one, otherwise what `change` returns, remembered in the same transaction. `change` is called as
//   absl::StatusOr<Result> change(const Reader&, Writer*)
// where the writer is null if nothing may be written; it may be called again, so it has no other effect.
template <typename Result, typename Store, typename Change>
absl::StatusOr<Result> Once(Store& store, const Mutation& mutation, absl::Time now, Change change) {
  std::optional<Result> result;
  if (mutation.validate_only) {
    RETURN_IF_ERROR(store.Read([&](const auto& reader) -> absl::Status {
      ASSIGN_OR_RETURN(result, change(reader, nullptr));
      return absl::OkStatus();
    }));
    return *std::move(result);
  }
  RETURN_IF_ERROR(store.Write([&](auto& writer) -> absl::Status {
    ASSIGN_OR_RETURN(const std::optional<std::string> bytes, writer.FindRequest(mutation.request));
    if (bytes) {
      ASSIGN_OR_RETURN(result, Result::Parse(*bytes));
      return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(result, change(writer, &writer));
    if (!mutation.request.IsProtected()) return absl::OkStatus();
    return writer.RememberRequest(mutation.request, result->Serialize(), now);
  }));
  return *std::move(result);
}

}  // namespace soutenance

#endif  // SOUTENANCE_SERVICES_BASE_MUTATION_H_
