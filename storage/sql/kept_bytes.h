#ifndef SOUTENANCE_STORAGE_SQL_KEPT_BYTES_H_
#define SOUTENANCE_STORAGE_SQL_KEPT_BYTES_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/sql/session.h"

// How many bytes the versions and open uploads of each account and each programme have: kept as sums, which
// every change of them changes in its own transaction, because a limit is asked for at each upload and must
// not cost what all versions cost.
namespace soutenance::storage::sql {

// 0 for an owner of nothing: "accounts/ana", "programmes/msi".
absl::StatusOr<int64_t> KeptBytes(Session& session, absl::string_view owner);

// Adds `bytes`, or takes away if they are negative, for `account` and for the programme of `thesis`.
absl::Status AddKeptBytes(Session& session, absl::string_view account, absl::string_view thesis,
                          int64_t bytes);

// Moves those of `thesis` from the programme it has to `programme`. To be called before the thesis is
// changed.
absl::Status MoveKeptBytes(Session& session, absl::string_view thesis, absl::string_view programme);

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_KEPT_BYTES_H_
