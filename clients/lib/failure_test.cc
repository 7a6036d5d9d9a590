#include "clients/lib/failure.h"

#include <google/protobuf/struct.pb.h>
#include <gtest/gtest.h>

#include "clients/lib/json.h"
#include "services/base/error.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::clients {
namespace {

TEST(ExitCodeOf, TellsRefusedFromUsageFromUnavailable) {
  EXPECT_EQ(ExitCodeOf(absl::OkStatus()), 0);
  EXPECT_EQ(ExitCodeOf(absl::PermissionDeniedError("")), 1);
  EXPECT_EQ(ExitCodeOf(absl::InvalidArgumentError("")), 1);
  EXPECT_EQ(ExitCodeOf(absl::InternalError("")), 1);
  EXPECT_EQ(ExitCodeOf(LocalError("FILE_EXISTS", "")), 1);
  EXPECT_EQ(ExitCodeOf(UsageError("")), 2);
  EXPECT_EQ(ExitCodeOf(absl::UnavailableError("")), 3);
  EXPECT_EQ(ExitCodeOf(absl::DeadlineExceededError("")), 3);
}

TEST(FailureText, PrintsTheSentenceTheFieldsAndTheReason) {
  const absl::Status status =
      InvalidFields({{"campaign.days[2]", "31 June is not a day"}, {"campaign.title", "missing"}});
  EXPECT_EQ(FailureText(status, "", {.program = "soutenance", .language = Language::kEnglish}),
            "soutenance: refused: campaign.days[2]: 31 June is not a day (and 1 more)\n"
            "  - campaign.days[2]: 31 June is not a day\n"
            "  - campaign.title: missing\n"
            "  reason: FIELD_INVALID\n");
}

TEST(FailureText, TellsFieldsInFrench) {
  const absl::Status status =
      InvalidFields({{"campaign.grid_minutes", "3 is not between 5 and 240"}, {"campaign.title", "missing"}});
  EXPECT_EQ(FailureText(status, "", {.program = "soutenance", .language = Language::kFrench}),
            "soutenance : refusé : campaign.grid_minutes : 3 n’est pas entre 5 et 240 (et 1 autre)\n"
            "  - campaign.grid_minutes : 3 n’est pas entre 5 et 240\n"
            "  - campaign.title : missing\n"
            "  raison : FIELD_INVALID\n");
}

TEST(FailureText, DoesNotSayTheSameTwice) {
  EXPECT_EQ(FailureText(InvalidFields({{"person.email", "is missing"}}), "", {.program = "soutenance"}),
            "soutenance: refused: person.email: is missing\n  reason: FIELD_INVALID\n");
}

TEST(FailureText, PrintsEveryConditionThatIsNotMet) {
  const absl::Status status = Error(absl::StatusCode::kFailedPrecondition, "the timetable breaks rules now",
                                    {.reason = "INPUT_CHANGED",
                                     .preconditions = {{"room_clash", "rooms/a101", "two defences at 09:30"},
                                                       {"availability", "", "Ana cannot come"}}});
  EXPECT_EQ(FailureText(status, "", {.program = "soutenance", .language = Language::kFrench}),
            "soutenance : refusé : the timetable breaks rules now\n"
            "  - room_clash, rooms/a101 : two defences at 09:30\n"
            "  - availability : Ana cannot come\n"
            "  raison : INPUT_CHANGED\n");
}

TEST(FailureText, SaysWhatHelps) {
  EXPECT_EQ(FailureText(StaleEtag("timetables/3"), "look again",
                        {.program = "soutenance", .language = Language::kFrench}),
            "soutenance : refusé : timetables/3 a été modifié par quelqu’un d’autre depuis sa lecture ; "
            "relisez-le et recommencez\n"
            "  raison : STALE_ETAG\n"
            "  conseil : look again\n");
}

TEST(FailureText, GivesTheRequestIdToQuoteForErrorsOfTheServerOnly) {
  const absl::Status internal = WithRequestId(absl::InternalError("internal error"), "abc123");
  EXPECT_NE(FailureText(internal, "", {.program = "soutenance", .language = Language::kEnglish})
                .find("request to quote: abc123"),
            std::string::npos);
  const absl::Status denied = WithRequestId(absl::PermissionDeniedError("no"), "abc123");
  EXPECT_EQ(FailureText(denied, "", {.program = "soutenance", .language = Language::kEnglish}).find("abc123"),
            std::string::npos);
}

TEST(FailureText, IsOneLineForUsage) {
  EXPECT_EQ(FailureText(UsageError("unknown flag \"--tiem\""), "",
                        {.program = "soutenance", .language = Language::kEnglish}),
            "soutenance: usage: unknown flag \"--tiem\"\n");
}

TEST(FailureText, MakesTheServersWordsHarmless) {
  const absl::Status status = absl::NotFoundError("there is no thesis \x1B[2J");
  EXPECT_EQ(FailureText(status, "", {.program = "soutenance", .language = Language::kEnglish}).find('\x1B'),
            std::string::npos);
}

TEST(FailureJson, CarriesEverythingAProgramMayWant) {
  const absl::Status status =
      WithRequestId(Error(absl::StatusCode::kFailedPrecondition, "a \"clash\"",
                          {.reason = "CLASH",
                           .metadata = {{"room", "rooms/a101"}},
                           .fields = {{"start", "taken"}},
                           .preconditions = {{"room_clash", "rooms/a101", "two at once"}}}),
                    "abc");
  EXPECT_EQ(
      FailureJson(status),
      "{\"error\":{\"code\":\"FAILED_PRECONDITION\",\"reason\":\"CLASH\",\"message\":\"a \\\"clash\\\"\","
      "\"metadata\":{\"room\":\"rooms/a101\"},"
      "\"fieldViolations\":[{\"field\":\"start\",\"description\":\"taken\"}],"
      "\"preconditionViolations\":[{\"type\":\"room_clash\",\"subject\":\"rooms/a101\",\"description\":\"two "
      "at once\"}],"
      "\"requestId\":\"abc\"}}\n");
  google::protobuf::Struct read;
  EXPECT_OK(FromJson(FailureJson(status), read));
}

}  // namespace
}  // namespace soutenance::clients
