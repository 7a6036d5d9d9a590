#include "services/assignment/rpc/assignment_proto.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::assignment {
namespace {

using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;

template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

template <typename Message>
std::vector<std::string> Refused(const std::string& text) {
  const auto read = FromProto(Parse<Message>(text));
  EXPECT_THAT(read, StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  std::vector<std::string> fields;
  for (const FieldViolation& violation : FactsOf(read.status()).fields) fields.push_back(violation.field);
  return fields;
}

TEST(AssignmentProto, EveryRoleAndModeComesBack) {
  for (const Seat::Role role : kSeatRoles) {
    for (const Seat::Mode mode : kSeatModes) {
      const Jury jury{.thesis = "42",
                      .version = 7,
                      .programme = "programmes/msi",
                      .seats = {{.person = "people/ana", .role = role, .mode = mode}}};
      pb::SetJuryRequest request;
      *request.mutable_jury() = ToProto(jury);
      ASSERT_OK_AND_ASSIGN(const JuryReplacement read, FromProto(request));
      EXPECT_EQ(read.version, 7);
      Jury expected = jury;
      expected.version = 0;
      EXPECT_EQ(read.jury, expected);
    }
  }
}

TEST(AssignmentProto, WritesEveryField) {
  const Jury jury{
      .thesis = "42",
      .version = 7,
      .programme = "programmes/msi",
      .seats = {{.person = "people/ana", .role = Seat::Role::kGuest, .mode = Seat::Mode::kRemote}}};
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(
      ToProto(jury), Parse<pb::Jury>(R"pb(
        name: "theses/42/jury"
        etag: "v7"
        programme: "programmes/msi"
        seats { person: "people/ana" role: ROLE_GUEST mode: MODE_REMOTE }
      )pb")));
}

TEST(AssignmentProto, ASeatWithoutModeIsOnSite) {
  ASSERT_OK_AND_ASSIGN(const std::vector<Jury> juries, FromProto(Parse<pb::BatchUpsertJuriesRequest>(R"pb(
                         juries {
                           name: "theses/42/jury"
                           programme: "programmes/msi"
                           seats { person: "people/ana" role: ROLE_EXAMINER }
                         }
                       )pb")));
  EXPECT_EQ(juries[0].seats[0].mode, Seat::Mode::kOnSite);
}

TEST(AssignmentProto, RefusesWhatItCannotUnderstandAndNamesEachField) {
  EXPECT_THAT(Refused<pb::GetJuryRequest>(R"(name: "theses/42")"), ElementsAre("name"));
  EXPECT_THAT(Refused<pb::GetJuryRequest>(R"(name: "theses//jury")"), ElementsAre("name"));
  EXPECT_THAT(Refused<pb::GetJuryRequest>(R"(name: "theses/a/b/jury")"), ElementsAre("name"));
  EXPECT_THAT(
      Refused<pb::ListJuriesRequest>(
          R"(page_size: -1 page_token: "?" programme: "msi" theses: "theses/a" theses: "theses/b/jury")"),
      ElementsAre("page_size", "page_token", "programme", "theses[1]"));
  EXPECT_THAT(
      Refused<pb::SetJuryRequest>(absl::StrCat(
          R"(jury { name: "x" seats { role: ROLE_GUEST mode: 7 } seats { person: "people/a" } seats { role: 9 } })",
          "request_id: \"", std::string(64, 'x'), "\"")),
      ElementsAre("request_id", "jury.name", "jury.seats[0].mode", "jury.seats[1].role",
                  "jury.seats[2].role"));
  EXPECT_THAT(Refused<pb::DeleteJuryRequest>(""), ElementsAre("name"));
  EXPECT_THAT(
      Refused<pb::BatchUpsertJuriesRequest>(R"(juries { name: "theses/a/jury" } juries { name: "b" })"),
      ElementsAre("juries[1].name"));
}

TEST(AssignmentProto, ReadsTheThesesAskedForEachOnce) {
  ASSERT_OK_AND_ASSIGN(const JuryQuery query,
                       FromProto(Parse<pb::ListJuriesRequest>(R"pb(theses: "theses/b"
                                                                   theses: "theses/a"
                                                                   theses: "theses/b")pb")));
  EXPECT_THAT(query.theses, ElementsAre("b", "a"));
  EXPECT_EQ(query.page.size, 1000);
  EXPECT_THAT(FromProto(Parse<pb::GetJuryRequest>(R"(name: "theses/0042/jury")")), IsOkAndHolds("0042"));
}

}  // namespace
}  // namespace soutenance::assignment
