#include "storage/sql/requests.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/status.h"

namespace soutenance::storage::sql {

absl::StatusOr<std::optional<std::string>> FindRequest(Session& session, const RequestKey& key) {
  std::optional<std::string> response;
  if (!key.IsProtected()) return response;
  RETURN_IF_ERROR(session.Query(
      "SELECT method, fingerprint, response FROM requests WHERE account = :account AND request_id = :id",
      {key.account, key.request_id}, [&](const Row& row) -> absl::Status {
        if (row.Text(0) != key.method || row.Text(1) != key.fingerprint) {
          return Error(absl::StatusCode::kInvalidArgument,
                       absl::StrCat("request_id \"", key.request_id,
                                    "\" was used for another request; choose a new one for each change"),
                       {.reason = "REQUEST_ID_REUSED",
                        .metadata = {{"request_id", key.request_id}, {"first_method", row.Text(0)}}});
        }
        std::string bytes;
        if (!absl::Base64Unescape(row.Text(2), &bytes)) {
          return absl::DataLossError("a remembered response is not in base 64");
        }
        response = std::move(bytes);
        return absl::OkStatus();
      }));
  return response;
}

absl::Status RememberRequest(Session& session, const RequestKey& key, absl::string_view response,
                             absl::Time now) {
  if (!key.IsProtected()) return absl::OkStatus();
  RETURN_IF_ERROR(session.Execute("DELETE FROM requests WHERE time_us < :oldest", {now - kRequestsKept}));
  return session.Execute(
      "INSERT INTO requests (account, request_id, method, fingerprint, response, time_us) "
      "VALUES (:account, :id, :method, :fingerprint, :response, :time)",
      {key.account, key.request_id, key.method, key.fingerprint, absl::Base64Escape(response), now});
}

}  // namespace soutenance::storage::sql
