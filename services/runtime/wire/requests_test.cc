#include "services/runtime/wire/requests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "soutenance/submissions/v1/submissions.pb.h"

namespace soutenance::runtime {
namespace {

using submissions::v1::WithdrawThesisRequest;
using ::testing::IsEmpty;
using ::testing::SizeIs;

WithdrawThesisRequest ARequest(const std::string& request_id) {
  WithdrawThesisRequest request;
  request.set_name("theses/42");
  request.set_request_id(request_id);
  return request;
}

TEST(MakeRequestKey, TellsWhoAsksForWhat) {
  const RequestKey key = MakeRequestKey({.account = "accounts/a"}, "WithdrawThesis", ARequest("r"));

  EXPECT_EQ(key.request_id, "r");
  EXPECT_EQ(key.account, "accounts/a");
  EXPECT_EQ(key.method, "WithdrawThesis");
  EXPECT_THAT(key.fingerprint, SizeIs(64));
}

TEST(MakeRequestKey, HasAnotherFingerprintForAnotherContent) {
  WithdrawThesisRequest other = ARequest("r");
  other.set_name("theses/43");
  const Caller caller{.account = "accounts/a"};

  EXPECT_EQ(MakeRequestKey(caller, "M", ARequest("r")).fingerprint,
            MakeRequestKey(caller, "M", ARequest("r")).fingerprint);
  EXPECT_NE(MakeRequestKey(caller, "M", ARequest("r")).fingerprint,
            MakeRequestKey(caller, "M", other).fingerprint);
}

TEST(MakeRequestKey, DoesNotProtectWhatIsOnlyTriedOut) {
  WithdrawThesisRequest request = ARequest("r");
  request.set_validate_only(true);
  EXPECT_FALSE(MakeRequestKey({.account = "accounts/a"}, "M", request).IsProtected());
  EXPECT_FALSE(MakeRequestKey({.account = "accounts/a"}, "M", ARequest("")).IsProtected());
}

TEST(MakeRequestKey, KeepsServicesApart) {
  EXPECT_EQ(MakeRequestKey({.service = "directory"}, "M", ARequest("r")).account, "services/directory");
}

TEST(MakeMutation, TellsWhetherSomethingIsWritten) {
  WithdrawThesisRequest request = ARequest("r");
  EXPECT_EQ(MakeMutation({.account = "accounts/a"}, "M", request).request.request_id, "r");
  EXPECT_FALSE(MakeMutation({.account = "accounts/a"}, "M", request).validate_only);
  request.set_validate_only(true);
  EXPECT_TRUE(MakeMutation({.account = "accounts/a"}, "M", request).validate_only);
}

TEST(CheckRequestId, AcceptsSixtyThreeBytes) {
  std::vector<FieldViolation> problems;
  CheckRequestId(std::string(63, 'x'), problems);
  EXPECT_THAT(problems, IsEmpty());
  CheckRequestId(std::string(64, 'x'), problems);
  EXPECT_THAT(problems, SizeIs(1));
}

}  // namespace
}  // namespace soutenance::runtime
