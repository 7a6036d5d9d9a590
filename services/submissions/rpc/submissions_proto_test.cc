#include "services/submissions/rpc/submissions_proto.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::submissions {
namespace {

using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

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

const char kFull[] = R"pb(
  name: "theses/42"
  etag: "v7"
  title: "L'été"
  authors: "people/ana"
  authors: "people/bob"
  supervisor: "people/sam"
  company_tutor: "people/tom"
  programme: "programmes/msi"
  cohort: "programmes/msi/cohorts/2027"
  confidential: true
  level: CONFIDENTIALITY_JURY
  language: "en"
  state: STATE_ACTIVE
  abstract: "About"
  keywords: "one"
  keywords: "two"
  confidential_until_time { seconds: 1900000000 }
  embargo_until_time { seconds: 1800000000 nanos: 1000 }
)pb";

Thesis FullThesis() {
  return {.id = "42",
          .title = "L'été",
          .authors = {"people/ana", "people/bob"},
          .supervisor = "people/sam",
          .company_tutor = "people/tom",
          .programme = "programmes/msi",
          .cohort = "programmes/msi/cohorts/2027",
          .level = Confidentiality::kJury,
          .language = "en",
          .abstract = "About",
          .keywords = {"one", "two"},
          .confidential_until = absl::FromUnixSeconds(1'900'000'000),
          .embargo_until = absl::FromUnixMicros(1'800'000'000'000'001)};
}

TEST(ToProto, WritesEveryField) {
  Thesis thesis = FullThesis();
  thesis.version = 7;
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(ToProto(thesis), Parse<pb::Thesis>(kFull)));
  thesis.state = ThesisState::kWithdrawn;
  EXPECT_EQ(ToProto(thesis).state(), pb::Thesis::STATE_WITHDRAWN);
}

TEST(FromProto, ReadsWhatPeopleFillInAndNotWhatTheServerKeeps) {
  EXPECT_THAT(
      FromProto(Parse<pb::CreateThesisRequest>(absl::StrCat(R"(thesis_id: "42" thesis { )", kFull, "}"))),
      IsOkAndHolds(FullThesis()));
  pb::BatchUpsertThesesRequest batch;
  *batch.add_theses() = Parse<pb::Thesis>(kFull);
  batch.mutable_theses(0)->set_state(pb::Thesis::STATE_WITHDRAWN);
  EXPECT_THAT(FromProto(batch), IsOkAndHolds(ElementsAre(FullThesis())));
}

TEST(FromProto, TakesFrenchForGranted) {
  EXPECT_THAT(FromProto(Parse<pb::CreateThesisRequest>(R"(thesis_id: "42")")),
              IsOkAndHolds(Field(&Thesis::language, "fr")));
}

TEST(FromProto, ReadsWhichFieldsAnUpdateChanges) {
  ASSERT_OK_AND_ASSIGN(const ThesisUpdate some, FromProto(Parse<pb::UpdateThesisRequest>(R"pb(
                         thesis { name: "theses/42" etag: "v3" }
                         update_mask { paths: "confidential" paths: "title" }
                       )pb")));
  EXPECT_EQ(some.values.id, "42");
  EXPECT_EQ(some.version, 3);
  EXPECT_THAT(some.fields, ElementsAre(ThesisField::kTitle, ThesisField::kConfidential));

  ASSERT_OK_AND_ASSIGN(const ThesisUpdate all,
                       FromProto(Parse<pb::UpdateThesisRequest>(R"pb(thesis { name: "theses/42" })pb")));
  EXPECT_EQ(all.version, std::nullopt);
  // Of the two words for the level, the one that old clients know.
  EXPECT_EQ(all.fields.size(), std::size(kThesisFields) - 1);
}

TEST(FromProto, ReadsAListOfNamesEachOnceAndOnOnePage) {
  ASSERT_OK_AND_ASSIGN(const ThesisQuery query,
                       FromProto(Parse<pb::ListThesesRequest>(R"pb(names: "theses/b"
                                                                   names: "theses/a"
                                                                   names: "theses/b")pb")));
  EXPECT_THAT(query.ids, ElementsAre("b", "a"));
  EXPECT_EQ(query.page.size, 1000);
  ASSERT_OK_AND_ASSIGN(const ThesisQuery all, FromProto(pb::ListThesesRequest()));
  EXPECT_THAT(all.ids, IsEmpty());
  EXPECT_EQ(all.page.size, 100);
}

TEST(FromProto, RefusesWhatItCannotUnderstandAndNamesEachField) {
  const std::string long_id(64, 'x');
  EXPECT_THAT(Refused<pb::GetThesisRequest>(R"(name: "people/42")"), ElementsAre("name"));
  EXPECT_THAT(Refused<pb::GetThesisRequest>(R"(name: "theses/4 2")"), ElementsAre("name"));
  EXPECT_THAT(Refused<pb::GetThesisRequest>(R"(name: "theses/..")"), ElementsAre("name"));
  EXPECT_THAT(Refused<pb::ListThesesRequest>(
                  R"(page_size: -1 page_token: "?" programme: "msi" names: "theses/a" names: "b")"),
              ElementsAre("page_size", "page_token", "programme", "names[1]"));
  EXPECT_THAT(
      Refused<pb::CreateThesisRequest>(absl::StrCat(R"(thesis_id: "a/b" request_id: ")", long_id, "\"")),
      ElementsAre("request_id", "thesis_id"));
  EXPECT_THAT(Refused<pb::UpdateThesisRequest>(R"(update_mask { paths: "state" })"),
              ElementsAre("thesis.name", "update_mask"));
  EXPECT_THAT(Refused<pb::WithdrawThesisRequest>(R"(reason: "left")"), ElementsAre("name"));
  EXPECT_THAT(Refused<pb::BatchUpsertThesesRequest>(R"(theses { name: "theses/a" } theses { name: "b" })"),
              ElementsAre("theses[1].name"));
}

TEST(FromProto, TakesAThousandNamesAndNotOneMore) {
  pb::ListThesesRequest request;
  for (int i = 0; i < 1000; ++i) request.add_names(absl::StrCat("theses/", i));
  EXPECT_OK(FromProto(request));
  request.add_names("theses/more");
  EXPECT_THAT(FromProto(request), StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
}

}  // namespace
}  // namespace soutenance::submissions
