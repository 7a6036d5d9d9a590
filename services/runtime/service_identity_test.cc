#include "services/runtime/service_identity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::runtime {
namespace {

using ::soutenance::testing::FakeClock;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;

constexpr auto kUnauthenticated = absl::StatusCode::kUnauthenticated;

class ServiceIdentityTest : public ::testing::Test {
 protected:
  FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  ServiceIdentity identity_ = ServiceIdentity::WithRandomKey(clock_);
};

TEST_F(ServiceIdentityTest, AServiceAsksForItself) {
  ASSERT_OK_AND_ASSIGN(const Caller caller, identity_.Verify(identity_.Sign("scheduling", {})));
  EXPECT_EQ(caller.service, "scheduling");
  EXPECT_EQ(caller.account, "");
  EXPECT_TRUE(caller.grants.empty());
}

TEST_F(ServiceIdentityTest, AServiceAsksOnBehalfOfAnAccountWithItsGrants) {
  const Caller ana = {.account = "accounts/ana",
                      .person = "people/ana",
                      .grants = {{Role::kStaff, "programmes/msi"}, {Role::kAdministrator, ""}}};
  ASSERT_OK_AND_ASSIGN(const Caller caller, identity_.Verify(identity_.Sign("scheduling", ana)));
  EXPECT_EQ(caller.service, "scheduling");
  EXPECT_EQ(caller.account, "accounts/ana");
  EXPECT_EQ(caller.person, "people/ana");
  EXPECT_EQ(caller.grants, ana.grants);
}

TEST_F(ServiceIdentityTest, ATokenExpiresAfterAMinute) {
  const std::string token = identity_.Sign("scheduling", {});
  clock_.Advance(absl::Seconds(59));
  EXPECT_OK(identity_.Verify(token));
  clock_.Advance(absl::Seconds(1));
  EXPECT_THAT(identity_.Verify(token), StatusIs(kUnauthenticated, Reason("TOKEN_EXPIRED")));
}

TEST_F(ServiceIdentityTest, RefusesATokenOfAnotherKey) {
  const ServiceIdentity stranger = ServiceIdentity::WithRandomKey(clock_);
  EXPECT_THAT(identity_.Verify(stranger.Sign("scheduling", {})),
              StatusIs(kUnauthenticated, Reason("TOKEN_INVALID")));
}

TEST_F(ServiceIdentityTest, RefusesATokenWhosePayloadWasChanged) {
  const std::string token = identity_.Sign("scheduling", {.account = "accounts/ana"});
  const std::size_t dot = token.find('.');
  std::string payload;
  ASSERT_TRUE(absl::WebSafeBase64Unescape(token.substr(0, dot), &payload));
  payload.replace(payload.find("ana"), 3, "bob");
  const std::string forged = absl::StrCat(absl::WebSafeBase64Escape(payload), token.substr(dot));
  EXPECT_THAT(identity_.Verify(forged), StatusIs(kUnauthenticated, Reason("TOKEN_INVALID")));
}

TEST_F(ServiceIdentityTest, RefusesGarbageWithoutRepeatingIt) {
  for (const std::string token : {"", ".", "secret", "secret.secret", "!!.??"}) {
    const absl::Status status = identity_.Verify(token).status();
    EXPECT_THAT(status, StatusIs(kUnauthenticated, Reason("TOKEN_INVALID")));
    EXPECT_THAT(std::string(status.message()), ::testing::Not(::testing::HasSubstr("secret")));
  }
}

class KeyFileTest : public ServiceIdentityTest {
 protected:
  void Write(const std::string& text, mode_t mode) {
    std::ofstream(path_) << text;
    ASSERT_EQ(chmod(path_.c_str(), mode), 0);
  }
  ~KeyFileTest() override { std::filesystem::remove(path_); }

  const std::string path_ = absl::StrCat(::testing::TempDir(), "/key-",
                                         ::testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(KeyFileTest, TwoProcessesWithTheSameFileTrustEachOther) {
  Write(std::string(64, 'a') + "\n", 0600);
  ASSERT_OK_AND_ASSIGN(const ServiceIdentity one, ServiceIdentity::FromKeyFile(path_, clock_));
  ASSERT_OK_AND_ASSIGN(const ServiceIdentity other, ServiceIdentity::FromKeyFile(path_, clock_));
  EXPECT_OK(other.Verify(one.Sign("scheduling", {})));
}

TEST_F(KeyFileTest, RefusesAFileThatOthersMayRead) {
  Write(std::string(64, 'a'), 0640);
  EXPECT_THAT(ServiceIdentity::FromKeyFile(path_, clock_),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("SERVICE_KEY_EXPOSED")));
}

TEST_F(KeyFileTest, RefusesAKeyOfTheWrongLengthAndAMissingFile) {
  Write("abcd", 0600);
  EXPECT_THAT(ServiceIdentity::FromKeyFile(path_, clock_),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("SERVICE_KEY_INVALID")));
  EXPECT_THAT(ServiceIdentity::FromKeyFile("/nowhere/key", clock_),
              StatusIs(absl::StatusCode::kNotFound, Reason("SERVICE_KEY_NOT_FOUND")));
}

}  // namespace
}  // namespace soutenance::runtime
