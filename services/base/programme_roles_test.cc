#include "services/base/programme_roles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/testing/status_matchers.h"

namespace soutenance {
namespace {

using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;

Caller With(std::vector<Grant> grants) { return {.account = "accounts/ana", .grants = std::move(grants)}; }

TEST(RunsProgramme, StaffHeadsAndAdministratorsDoInTheirProgramme) {
  for (const Role role : {Role::kStaff, Role::kProgrammeHead, Role::kAdministrator}) {
    EXPECT_TRUE(RunsProgramme(With({{role, "programmes/msi"}}), "programmes/msi")) << RoleName(role);
    EXPECT_FALSE(RunsProgramme(With({{role, "programmes/msi"}}), "programmes/law")) << RoleName(role);
    EXPECT_TRUE(RunsProgramme(With({{role, ""}}), "programmes/law")) << RoleName(role);
  }
}

TEST(RunsProgramme, NobodyElseDoes) {
  for (const Role role : {Role::kStudent, Role::kSupervisor, Role::kReviewer, Role::kJuror,
                          Role::kCompanyTutor, Role::kCompanyLiaison}) {
    EXPECT_FALSE(RunsProgramme(With({{role, ""}}), "programmes/msi")) << RoleName(role);
  }
  EXPECT_FALSE(RunsProgramme({}, "programmes/msi"));
}

TEST(RunsProgramme, AServiceDoesForItselfButNotForAnAccountWithoutTheRole) {
  EXPECT_TRUE(RunsProgramme({.service = "scheduling"}, "programmes/msi"));
  EXPECT_FALSE(RunsProgramme({.account = "accounts/zoe", .service = "scheduling"}, "programmes/msi"));
}

TEST(RunsEveryProgramme, IsForGrantsWithoutProgrammeAndServices) {
  EXPECT_TRUE(RunsEveryProgramme(With({{Role::kStaff, ""}})));
  EXPECT_TRUE(RunsEveryProgramme({.service = "scheduling"}));
  EXPECT_FALSE(RunsEveryProgramme(With({{Role::kAdministrator, "programmes/msi"}})));
  EXPECT_FALSE(RunsEveryProgramme(With({{Role::kJuror, ""}})));
}

TEST(ProgrammesRunBy, NamesEachOnce) {
  EXPECT_THAT(ProgrammesRunBy(With({{Role::kStaff, "programmes/msi"},
                                    {Role::kJuror, "programmes/law"},
                                    {Role::kProgrammeHead, "programmes/msi"},
                                    {Role::kStaff, "programmes/art"}})),
              ElementsAre("programmes/art", "programmes/msi"));
}

TEST(CheckRunsProgramme, SaysWhichRolesAreMissing) {
  EXPECT_OK(CheckRunsProgramme(With({{Role::kStaff, ""}}), "programmes/msi"));
  const absl::Status refused = CheckRunsProgramme(With({{Role::kJuror, ""}}), "programmes/msi");
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
}

}  // namespace
}  // namespace soutenance
