// Messages as large as the contract allows arrive, over a socket and in process, which differ in their
// limits; what is larger is refused with a reason.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/system/client.h"
#include "tests/system/deployment.h"
#include "tests/system/folders.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::system_test {
namespace {

namespace dir = ::soutenance::directory::v1;
namespace sched = ::soutenance::scheduling::v1;
using ::soutenance::testing::IsOk;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::HasSubstr;

constexpr size_t kRequestBytesMax = 16 << 20;

class LargestMessages : public ::testing::TestWithParam<Shape> {
 protected:
  LargestMessages()
      : deployment_(GetParam()), administrator_(deployment_, deployment_.administrator_token()) {}

  Deployment deployment_;
  const Client administrator_;
};

// An import request of exactly `bytes`, most of it a file of comments.
dir::CreateImportRequest ImportOf(size_t bytes) {
  dir::CreateImportRequest request = Cohort();
  request.set_validate_only(true);
  std::string& text = *request.mutable_files(0)->mutable_content();
  const std::string comment = absl::StrCat("#", std::string(900, ' '), "\n");
  const size_t reserve = 2000;  // the lengths of the fields grow with them
  while (request.ByteSizeLong() + reserve < bytes) text.append(comment);
  while (request.ByteSizeLong() < bytes) text.append("\n");
  return request;
}

TEST_P(LargestMessages, AnImportOfSixteenMebibytesIsRead) {
  const dir::CreateImportRequest request = ImportOf(kRequestBytesMax);
  ASSERT_EQ(request.ByteSizeLong(), kRequestBytesMax);
  ASSERT_OK_AND_ASSIGN(const dir::Import import, administrator_.Call(&ImportStub::CreateImport, request));
  EXPECT_EQ(import.state(), dir::Import::STATE_VALIDATED) << import.ShortDebugString().substr(0, 1000);
}

TEST_P(LargestMessages, OneByteMoreIsRefusedAsTooLarge) {
  dir::CreateImportRequest request = ImportOf(kRequestBytesMax);
  request.mutable_files(0)->mutable_content()->append("\n");
  EXPECT_THAT(administrator_.Call(&ImportStub::CreateImport, request),
              StatusIs(absl::StatusCode::kResourceExhausted));
}

TEST_P(LargestMessages, AnOrdinaryRequestOfMoreThanAMebibyteIsRefusedWithItsReason) {
  dir::CreateRoomRequest request;
  request.set_room_id("r1");
  request.mutable_room()->set_title(std::string((1 << 20) + 1, 'x'));
  EXPECT_THAT(administrator_.Call(&DirectoryStub::CreateRoom, request),
              StatusIs(absl::StatusCode::kResourceExhausted, Reason("REQUEST_TOO_LARGE")));
}

TEST_P(LargestMessages, AnErrorWithManyViolationsKeepsItsCodeAndReason) {
  dir::BatchUpsertDirectoryRequest request;
  for (int i = 0; i < 2000; ++i) {
    dir::Person* const person = request.add_people();
    person->set_name(absl::StrCat("people/", std::string(40, 'p'), i));
    person->set_email(absl::StrCat("no address ", i));
  }
  EXPECT_THAT(administrator_.Call(&DirectoryStub::BatchUpsertDirectory, request),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
}

TEST_P(LargestMessages, ACampaignOfAThousandDefencesWithLongTitlesGoesAllTheWay) {
  constexpr int kTheses = 1000;
  ASSERT_OK_AND_ASSIGN(const dir::Import import,
                       administrator_.Call(&ImportStub::CreateImport, LargeCampaign(kTheses, 400)));
  ASSERT_EQ(import.state(), dir::Import::STATE_DONE) << import.ShortDebugString().substr(0, 1000);

  dir::ListPeopleRequest people;
  people.set_page_size(1000);
  ASSERT_OK_AND_ASSIGN(const auto page, administrator_.Call(&DirectoryStub::ListPeople, people));
  EXPECT_EQ(page.people_size(), 1000);
  EXPECT_NE(page.next_page_token(), "");

  sched::CreateTimetableRunRequest create;
  create.set_parent("campaigns/large");
  create.mutable_parameters()->set_moves_max(1000);
  create.mutable_parameters()->set_time_seconds_max(60);
  ASSERT_OK_AND_ASSIGN(const auto run, administrator_.Call(&TimetableStub::CreateTimetableRun, create));
  ASSERT_OK_AND_ASSIGN(const auto finished,
                       administrator_.Follow(run.name(), [](const sched::TimetableRun&) { return true; }));
  ASSERT_EQ(finished.state(), sched::TimetableRun::STATE_SUCCEEDED) << finished.ShortDebugString();

  sched::GetTimetableRequest get;
  get.set_name(finished.timetable());
  ASSERT_OK_AND_ASSIGN(const auto timetable, administrator_.Call(&TimetableStub::GetTimetable, get));
  EXPECT_EQ(timetable.placements_size(), kTheses);
  sched::ExplainTimetableRequest explain;
  explain.set_name(finished.timetable());
  EXPECT_THAT(administrator_.Call(&TimetableStub::ExplainTimetable, explain), IsOk());
  for (const auto format :
       {sched::ExportTimetableRequest::FORMAT_HTML, sched::ExportTimetableRequest::FORMAT_ICS,
        sched::ExportTimetableRequest::FORMAT_PDF, sched::ExportTimetableRequest::FORMAT_PROBLEM}) {
    sched::ExportTimetableRequest request;
    request.set_name(finished.timetable());
    request.set_format(format);
    const auto document = administrator_.Call(&TimetableStub::ExportTimetable, request);
    ASSERT_THAT(document, IsOk());
    EXPECT_GT(document->content().size(), 50'000u);
  }
}

INSTANTIATE_TEST_SUITE_P(Everywhere, LargestMessages,
                         ::testing::Values(Shape::kInProcess, Shape::kBinaryPerService),
                         [](const auto& shape) {
                           return shape.param == Shape::kInProcess ? "InProcess" : "BinaryPerService";
                         });

}  // namespace
}  // namespace soutenance::system_test
