#ifndef SOUTENANCE_STORAGE_SQL_REQUESTS_H_
#define SOUTENANCE_STORAGE_SQL_REQUESTS_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/request_key.h"
#include "storage/sql/session.h"

// The results of mutating calls, kept in the table `requests` of every service's database and written in the
// transaction of the change itself: either both exist or neither does.
namespace soutenance::storage::sql {

// Results are kept at least this long; older ones are removed when new ones are remembered.
inline constexpr absl::Duration kRequestsKept = absl::Hours(48);

// Returns the result of the earlier call with this key; nothing if there was none or the key is not
// protected. INVALID_ARGUMENT, reason REQUEST_ID_REUSED, if the id was used for another method or another
// content.
absl::StatusOr<std::optional<std::string>> FindRequest(Session& session, const RequestKey& key);

// Remembers `response`, any bytes: a resource name or a serialised answer. Does nothing if the key is not
// protected. ALREADY_EXISTS if the key is remembered already, so call FindRequest first.
absl::Status RememberRequest(Session& session, const RequestKey& key, absl::string_view response,
                             absl::Time now);

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_REQUESTS_H_
