#include "storage/sql/kept_bytes.h"

#include <optional>
#include <string>

#include "services/base/status.h"

namespace soutenance::storage::sql {
namespace {

absl::Status Add(Session& session, absl::string_view owner, int64_t bytes) {
  return session.Execute(
      "INSERT INTO kept_bytes (owner, bytes) VALUES (:owner, :bytes) "
      "ON CONFLICT (owner) DO UPDATE SET bytes = kept_bytes.bytes + excluded.bytes",
      {owner, bytes});
}

}  // namespace

absl::StatusOr<int64_t> KeptBytes(Session& session, absl::string_view owner) {
  int64_t bytes = 0;
  RETURN_IF_ERROR(session.Query("SELECT bytes FROM kept_bytes WHERE owner = :owner", {owner},
                                [&](const Row& row) { bytes = row.Integer(0); }));
  return bytes;
}

absl::Status AddKeptBytes(Session& session, absl::string_view account, absl::string_view thesis,
                          int64_t bytes) {
  RETURN_IF_ERROR(Add(session, account, bytes));
  return session.Execute(
      "INSERT INTO kept_bytes (owner, bytes) SELECT programme, CAST(:bytes AS BIGINT) FROM theses WHERE id = "
      ":thesis "
      "ON CONFLICT (owner) DO UPDATE SET bytes = kept_bytes.bytes + excluded.bytes",
      {bytes, thesis});
}

absl::Status MoveKeptBytes(Session& session, absl::string_view thesis, absl::string_view programme) {
  std::optional<std::string> before;
  RETURN_IF_ERROR(session.Query("SELECT programme FROM theses WHERE id = :thesis", {thesis},
                                [&](const Row& row) { before = row.Text(0); }));
  if (!before || *before == programme) return absl::OkStatus();
  int64_t bytes = 0;
  RETURN_IF_ERROR(session.Query(
      "SELECT CAST((SELECT COALESCE(SUM(size), 0) FROM drafts WHERE thesis = :thesis) + (SELECT "
      "COALESCE(SUM(size), 0) FROM uploads WHERE thesis = :thesis AND state = 'open') AS BIGINT)",
      {thesis}, [&](const Row& row) { bytes = row.Integer(0); }));
  if (bytes == 0) return absl::OkStatus();
  RETURN_IF_ERROR(Add(session, *before, -bytes));
  return Add(session, programme, bytes);
}

}  // namespace soutenance::storage::sql
