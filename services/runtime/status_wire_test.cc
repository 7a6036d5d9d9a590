#include "services/runtime/status_wire.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::runtime {
namespace {

using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::HasSubstr;

TEST(StatusWire, KeepsCodeSentenceAndEveryFact) {
  const ErrorFacts facts = {
      .reason = "JURY_RULE_BROKEN",
      .metadata = {{"thesis", "theses/42"}},
      .fields = {{.field = "jury.members[1]", .description = "is the supervisor"}},
      .preconditions = {{.type = "conflict", .subject = "people/ana", .description = "declared a conflict"}},
      .retry_after = absl::Milliseconds(1500)};
  const absl::Status sent = Error(absl::StatusCode::kFailedPrecondition, "le jury n'est pas régulier", facts);

  const absl::Status received = FromGrpc(ToGrpc(sent));

  EXPECT_EQ(received.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(received.message(), "le jury n'est pas régulier");
  EXPECT_EQ(FactsOf(received), facts);
}

TEST(StatusWire, TheSameFactsGiveTheSameBytes) {
  ErrorFacts facts = {.reason = "R"};
  for (const char* key : {"a", "b", "c", "d", "e", "f", "g", "h"}) facts.metadata[key] = key;
  const absl::Status status = Error(absl::StatusCode::kNotFound, "no", facts);
  const std::string first = ToGrpc(status).error_details();
  for (int i = 0; i < 20; ++i) EXPECT_EQ(ToGrpc(status).error_details(), first);
}

TEST(StatusWire, OkStaysOk) { EXPECT_OK(FromGrpc(ToGrpc(absl::OkStatus()))); }

TEST(StatusWire, AnErrorWithoutFactsGetsItsCodeAsReason) {
  EXPECT_THAT(FromGrpc(ToGrpc(absl::NotFoundError("no"))),
              StatusIs(absl::StatusCode::kNotFound, Reason("NOT_FOUND")));
}

TEST(StatusWire, AStatusOfTheTransportHasNoFacts) {
  const absl::Status status = FromGrpc(grpc::Status(grpc::StatusCode::UNAVAILABLE, "connection refused"));
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(FactsOf(status), ErrorFacts{});
}

TEST(StatusWire, LeavesOutWhatDoesNotFitAndSaysSo) {
  ErrorFacts facts = {.reason = "FIELD_INVALID"};
  for (int i = 0; i < 100; ++i) {
    facts.fields.push_back({.field = absl::StrCat("rows[", i, "]"), .description = std::string(100, 'x')});
  }
  const grpc::Status wire = ToGrpc(Error(absl::StatusCode::kInvalidArgument, "100 fields are wrong", facts));
  EXPECT_LE(wire.error_details().size(), kDetailsBytesMax);
  const ErrorFacts received = FactsOf(FromGrpc(wire));
  EXPECT_EQ(received.reason, "FIELD_INVALID");
  ASSERT_GT(received.fields.size(), 10u);
  EXPECT_EQ(received.fields.front(), facts.fields.front());
  EXPECT_EQ(received.metadata.at("truncated"),
            absl::StrCat(100 - received.fields.size(), " entries were left out"));
}

TEST(StatusWire, BoundsOneHugeValueAndAHugeSentence) {
  const ErrorFacts facts = {.reason = "X", .metadata = {{"value", std::string(20'000, 'v')}}};
  const grpc::Status wire = ToGrpc(Error(absl::StatusCode::kAborted, std::string(20'000, 's'), facts));
  EXPECT_LE(wire.error_details().size(), kDetailsBytesMax);
  EXPECT_LE(wire.error_message().size(), 1024u);
  EXPECT_THAT(wire.error_message(), ::testing::EndsWith("..."));
  EXPECT_THAT(FactsOf(FromGrpc(wire)).metadata.at("value"), ::testing::StartsWith("vvvv"));
}

TEST(StatusWire, ReplacesBytesThatAreNotUtf8) {
  const absl::Status received =
      FromGrpc(ToGrpc(Error(absl::StatusCode::kInvalidArgument, "caf\xE9 et caf\xC3\xA9",
                            {.reason = "X", .metadata = {{"found", "\xFF"}}})));
  EXPECT_EQ(received.message(), "caf? et café");
  EXPECT_EQ(FactsOf(received).metadata.at("found"), "?");
}

}  // namespace
}  // namespace soutenance::runtime
