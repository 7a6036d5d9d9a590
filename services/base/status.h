#ifndef SOUTENANCE_SERVICES_BASE_STATUS_H_
#define SOUTENANCE_SERVICES_BASE_STATUS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace soutenance {

// Adds where it happened to what happened: "while reading theses.csv: <message>". Keeps the code and the
// facts of `status`; returns an OK status unchanged.
absl::Status Annotate(const absl::Status& status, absl::string_view where);

}  // namespace soutenance

// Returns from the enclosing function with the status of `expression` unless it is OK. The expression may be
// a call with a lambda that uses these macros itself.
#define RETURN_IF_ERROR(expression) \
  SOUTENANCE_RETURN_IF_ERROR_(SOUTENANCE_CONCAT_(return_if_error_status_, __COUNTER__), expression)
#define SOUTENANCE_RETURN_IF_ERROR_(status, expression)                  \
  do {                                                                   \
    if (absl::Status status = (expression); !status.ok()) return status; \
  } while (false)

// Declares or assigns `lhs` from the value of the StatusOr `expression`, or returns its status.
//   ASSIGN_OR_RETURN(const Thesis thesis, store.Find(id));
#define ASSIGN_OR_RETURN(lhs, expression) \
  SOUTENANCE_ASSIGN_OR_RETURN_(SOUTENANCE_CONCAT_(status_or_, __COUNTER__), lhs, expression)
#define SOUTENANCE_ASSIGN_OR_RETURN_(status_or, lhs, expression) \
  auto status_or = (expression);                                 \
  if (!status_or.ok()) return std::move(status_or).status();     \
  lhs = *std::move(status_or)
#define SOUTENANCE_CONCAT_(a, b) SOUTENANCE_CONCAT_INNER_(a, b)
#define SOUTENANCE_CONCAT_INNER_(a, b) a##b

#endif  // SOUTENANCE_SERVICES_BASE_STATUS_H_
