#include "services/runtime/access_policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/runtime/testing/echo.pb.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::runtime {
namespace {

using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;

constexpr char kEcho[] = "soutenance.runtime.testing.EchoService";

TEST(AccessPolicy, ReadsTheOptionAndFillsInTheDefaults) {
  ASSERT_OK_AND_ASSIGN(const AccessPolicy policy, AccessPolicy::Create({kEcho}));
  const MethodAccess* staff = policy.Find(kEcho, "EchoStaff");
  ASSERT_NE(staff, nullptr);
  EXPECT_THAT(staff->roles, ElementsAre(Role::kStaff, Role::kProgrammeHead));
  EXPECT_FALSE(staff->authenticated);
  EXPECT_FALSE(staff->services);
  EXPECT_EQ(staff->request_bytes_max, 1 << 20);
  EXPECT_EQ(staff->time_max, absl::Seconds(10));
  const MethodAccess* small = policy.Find(kEcho, "EchoSmall");
  ASSERT_NE(small, nullptr);
  EXPECT_EQ(small->request_bytes_max, 100);
  EXPECT_EQ(small->time_max, absl::Milliseconds(50));
  EXPECT_TRUE(policy.Find(kEcho, "EchoStream")->streams);
  EXPECT_EQ(policy.Find(kEcho, "Nothing"), nullptr);
}

TEST(AccessPolicy, RefusesAMethodThatDoesNotSayWhoMayCall) {
  const absl::Status status =
      AccessPolicy::Create({kEcho, "soutenance.runtime.testing.ForgetfulService"}).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("METHOD_WITHOUT_ACCESS")));
  EXPECT_EQ(
      status.message(),
      "method soutenance.runtime.testing.ForgetfulService.Forget does not say who may call it: give it the "
      "option (soutenance.access.v1.access)");
}

TEST(AccessPolicy, RefusesAServiceThatIsNotLinked) {
  EXPECT_THAT(AccessPolicy::Create({"soutenance.Nothing"}), StatusIs(absl::StatusCode::kNotFound));
}

TEST(AccessPolicy, ARoleOfOneProgrammeIsEnoughToCall) {
  const MethodAccess access = {.roles = {Role::kStaff}};
  EXPECT_OK(Allow(access, {.account = "accounts/a", .grants = {{Role::kStaff, "programmes/msi"}}}, "M"));
  EXPECT_THAT(Allow(access, {.account = "accounts/a", .grants = {{Role::kJuror, ""}}}, "M"),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
}

TEST(AccessPolicy, AnAdministratorOfOneProgrammeIsNotStaffElsewhere) {
  const MethodAccess access = {.roles = {Role::kStaff}};
  EXPECT_THAT(
      Allow(access, {.account = "accounts/a", .grants = {{Role::kAdministrator, "programmes/x"}}}, "M"),
      StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
}

}  // namespace
}  // namespace soutenance::runtime
