#ifndef SOUTENANCE_SERVICES_BASE_ERROR_H_
#define SOUTENANCE_SERVICES_BASE_ERROR_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace soutenance {

// One field of a request that cannot be accepted, for INVALID_ARGUMENT.
struct FieldViolation {
  std::string field;        // path in the request: "campaign.days[2]"
  std::string description;  // what was found and what is expected

  friend bool operator==(const FieldViolation&, const FieldViolation&) = default;
};

// One condition of the world that is not met, for FAILED_PRECONDITION.
struct PreconditionViolation {
  std::string type;         // the rule or the kind of condition: "room_clash", "STATE", "MISSING"
  std::string subject;      // the resource concerned: "theses/42"
  std::string description;  // what is so, and what would make it right

  friend bool operator==(const PreconditionViolation&, const PreconditionViolation&) = default;
};

// What a program may know about an error. Every value that the sentence mentions is also in `metadata`, so
// that no program has to parse a sentence.
struct ErrorFacts {
  std::string reason;  // UPPER_SNAKE, stable: "STALE_ETAG"
  std::map<std::string, std::string> metadata;
  std::vector<FieldViolation> fields;
  std::vector<PreconditionViolation> preconditions;
  std::optional<absl::Duration> retry_after;  // for UNAVAILABLE and RESOURCE_EXHAUSTED: not before

  friend bool operator==(const ErrorFacts&, const ErrorFacts&) = default;
};

// Makes an error that may leave a service: a canonical code, a sentence for a person that says what is wrong
// and what would make it right, and the facts. The facts ride in one payload of the status, in an encoding of
// our own, so that service cores stay free of protobuf; runtime/status_wire translates them.
absl::Status Error(absl::StatusCode code, absl::string_view sentence, const ErrorFacts& facts);

// Returns the facts of `status`, or empty facts if it carries none.
ErrorFacts FactsOf(const absl::Status& status);

// INVALID_ARGUMENT with reason FIELD_INVALID for a request whose `fields` cannot be accepted. The sentence
// names the first of them and how many more there are. REQUIRES: `fields` is not empty.
absl::Status InvalidFields(std::vector<FieldViolation> fields);

// NOT_FOUND with reason <KIND>_NOT_FOUND: there is no such resource, or the caller may not know of it.
//   NotFound("thesis", "theses/42")
absl::Status NotFound(absl::string_view kind, absl::string_view name);

// ABORTED with reason STALE_ETAG: somebody else changed `name` since it was read; read again and redo.
absl::Status StaleEtag(absl::string_view name);

}  // namespace soutenance

#endif  // SOUTENANCE_SERVICES_BASE_ERROR_H_
