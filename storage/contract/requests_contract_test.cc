#include "storage/contract/backends.h"
#include "storage/sql/requests.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::storage::sql {
namespace {

using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::Optional;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);
const RequestKey kKey{
    .request_id = "r-1", .account = "accounts/ana", .method = "CreateRoom", .fingerprint = "f1"};

class RequestsContract : public contract::OnEveryBackend {
 protected:
  absl::StatusOr<std::optional<std::string>> Find(const RequestKey& key) {
    std::optional<std::string> response;
    const absl::Status status = database_->Read([&](Session& session) -> absl::Status {
      auto found = FindRequest(session, key);
      if (found.ok()) response = *found;
      return found.status();
    });
    if (!status.ok()) return status;
    return response;
  }

  absl::Status Remember(const RequestKey& key, absl::string_view response, absl::Time now) {
    return database_->Write([&](Session& session) { return RememberRequest(session, key, response, now); });
  }

  std::unique_ptr<Database> database_ = OpenDatabase("notes");
};

TEST_P(RequestsContract, ReturnsTheFirstResult) {
  EXPECT_THAT(Find(kKey), IsOkAndHolds(std::nullopt));
  ASSERT_OK(Remember(kKey, std::string("\0\xff bytes", 8), kNow));

  EXPECT_THAT(Find(kKey), IsOkAndHolds(Optional(std::string("\0\xff bytes", 8))));
}

TEST_P(RequestsContract, RefusesTheSameIdForAnotherContent) {
  ASSERT_OK(Remember(kKey, "rooms/a", kNow));
  RequestKey other = kKey;
  other.fingerprint = "f2";

  EXPECT_THAT(Find(other), StatusIs(absl::StatusCode::kInvalidArgument, Reason("REQUEST_ID_REUSED")));
}

TEST_P(RequestsContract, KeepsAccountsApart) {
  ASSERT_OK(Remember(kKey, "rooms/a", kNow));
  RequestKey other = kKey;
  other.account = "accounts/bob";

  EXPECT_THAT(Find(other), IsOkAndHolds(std::nullopt));
}

TEST_P(RequestsContract, ForgetsOldResults) {
  ASSERT_OK(Remember(kKey, "rooms/a", kNow));
  RequestKey later = kKey;
  later.request_id = "r-2";
  ASSERT_OK(Remember(later, "rooms/b", kNow + kRequestsKept + absl::Seconds(1)));

  EXPECT_THAT(Find(kKey), IsOkAndHolds(std::nullopt));
}

SOUTENANCE_ON_EVERY_BACKEND(RequestsContract);

}  // namespace
}  // namespace soutenance::storage::sql
