#include "clients/lib/method.h"

#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "absl/strings/match.h"
#include "soutenance/assignment/v1/assignment.pb.h"
#include "soutenance/directory/v1/accounts.pb.h"
#include "soutenance/directory/v1/directory.pb.h"
#include "soutenance/directory/v1/imports.pb.h"
#include "soutenance/scheduling/v1/campaigns.pb.h"
#include "soutenance/scheduling/v1/timetables.pb.h"
#include "soutenance/submissions/v1/submissions.pb.h"

namespace soutenance::clients {
namespace {

using google::protobuf::MethodDescriptor;

std::vector<const MethodDescriptor*> AllMethods() {
  std::vector<const MethodDescriptor*> methods;
  for (const auto* file :
       {directory::v1::Account::descriptor()->file(), directory::v1::Person::descriptor()->file(),
        directory::v1::Import::descriptor()->file(), submissions::v1::Thesis::descriptor()->file(),
        assignment::v1::Jury::descriptor()->file(), scheduling::v1::Campaign::descriptor()->file(),
        scheduling::v1::Timetable::descriptor()->file()}) {
    for (int i = 0; i < file->service_count(); ++i) {
      for (int j = 0; j < file->service(i)->method_count(); ++j)
        methods.push_back(file->service(i)->method(j));
    }
  }
  return methods;
}

TEST(MethodTaking, FindsEveryMethodOfTheContractByItsRequest) {
  const auto methods = AllMethods();
  ASSERT_GE(methods.size(), 70u);
  for (const MethodDescriptor* method : methods)
    EXPECT_EQ(MethodTaking(*method->input_type()), method) << method->full_name();
}

TEST(MethodTaking, FindsNothingForAMessageThatIsNoRequest) {
  EXPECT_EQ(MethodTaking(*directory::v1::Room::descriptor()), nullptr);
}

TEST(PathOf, IsWhatGoesOverTheWire) {
  EXPECT_EQ(PathOf(*MethodTaking(*directory::v1::GetRoomRequest::descriptor())),
            "/soutenance.directory.v1.DirectoryService/GetRoom");
}

TEST(TimeMaxOf, ComesFromTheContract) {
  EXPECT_EQ(TimeMaxOf(*MethodTaking(*directory::v1::CreateImportRequest::descriptor())), absl::Seconds(120));
  EXPECT_EQ(TimeMaxOf(*MethodTaking(*directory::v1::GetRoomRequest::descriptor())), absl::Seconds(10));
}

// Calls without request_id are repeated when the server is unavailable: that must be harmless.
TEST(MayRepeat, MethodsWithoutRequestIdOnlyRead) {
  for (const MethodDescriptor* method : AllMethods()) {
    if (method->input_type()->FindFieldByName("request_id") != nullptr) continue;
    bool reads = method->name() == "WhoAmI" || method->name() == "AuthenticateToken";
    for (const char* verb : {"Get", "List", "Check", "Explain", "Find", "Compare", "Export", "Follow"}) {
      reads = reads || absl::StartsWith(method->name(), verb);
    }
    EXPECT_TRUE(reads) << method->full_name() << " has no request_id";
  }
}

TEST(MayRepeat, AMutatingCallNeedsItsRequestId) {
  directory::v1::CreateRoomRequest request;
  EXPECT_FALSE(MayRepeat(request));
  ProtectAgainstRepetition(request);
  EXPECT_TRUE(MayRepeat(request));
  EXPECT_TRUE(MayRepeat(directory::v1::GetRoomRequest()));
}

TEST(ProtectAgainstRepetition, KeepsAnIdThatIsThere) {
  directory::v1::CreateRoomRequest request;
  request.set_request_id("mine");
  ProtectAgainstRepetition(request);
  EXPECT_EQ(request.request_id(), "mine");
}

TEST(NewRequestId, IsShortEnoughAndNeverTheSame) {
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) ids.insert(NewRequestId());
  EXPECT_EQ(ids.size(), 1000u);
  EXPECT_EQ(ids.begin()->size(), 32u);
}

}  // namespace
}  // namespace soutenance::clients
