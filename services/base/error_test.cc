#include "services/base/error.h"

#include <gtest/gtest.h>

#include "services/base/status.h"
#include "tests/testing/status_matchers.h"

namespace soutenance {
namespace {

using testing::Reason;
using testing::StatusIs;

TEST(Error, CarriesItsFactsUnchanged) {
  const ErrorFacts facts{.reason = "JURY_RULE_BROKEN",
                         .metadata = {{"jury", "theses/42/jury"}, {"note", "3:x:\n"}},
                         .fields = {{.field = "a.b[0]", .description = "é"}},
                         .preconditions = {{.type = "room_clash", .subject = "rooms/1", .description = ""}},
                         .retry_after = absl::Milliseconds(250)};
  const absl::Status status = Error(absl::StatusCode::kFailedPrecondition, "no", facts);
  EXPECT_EQ(FactsOf(status), facts);
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
}

TEST(Error, KeepsItsFactsWhenAnnotated) {
  const absl::Status status = Annotate(StaleEtag("theses/42"), "while saving");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  EXPECT_EQ(FactsOf(status).metadata.at("name"), "theses/42");
  EXPECT_EQ(status.message().substr(0, 13), "while saving:");
}

TEST(Error, HasEmptyFactsForAPlainStatus) {
  EXPECT_EQ(FactsOf(absl::InternalError("x")), ErrorFacts{});
  EXPECT_EQ(FactsOf(absl::OkStatus()), ErrorFacts{});
}

TEST(InvalidFields, NamesTheFirstAndCountsTheRest) {
  const absl::Status status = InvalidFields(
      {{.field = "title", .description = "is empty"}, {.field = "id", .description = "is too long"}});
  EXPECT_EQ(status.message(), "title: is empty (and 1 more)");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
}

}  // namespace
}  // namespace soutenance
