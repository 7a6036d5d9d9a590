#include "services/base/caller.h"

#include <gtest/gtest.h>

namespace soutenance {
namespace {

TEST(Caller, HasARoleOnlyInTheProgrammeOfItsGrant) {
  const Caller caller{.grants = {{.role = Role::kStaff, .programme = "programmes/msi"}}};
  EXPECT_TRUE(caller.HasRole(Role::kStaff, "programmes/msi"));
  EXPECT_FALSE(caller.HasRole(Role::kStaff, "programmes/droit"));
  EXPECT_FALSE(caller.HasRole(Role::kJuror, "programmes/msi"));
  EXPECT_TRUE(caller.HasRoleAnywhere(Role::kStaff));
}

TEST(Caller, HasEveryRoleAsAdministratorOfEveryProgrammeOnly) {
  const Caller everywhere{.grants = {{.role = Role::kAdministrator, .programme = ""}}};
  const Caller here{.grants = {{.role = Role::kAdministrator, .programme = "programmes/msi"}}};
  EXPECT_TRUE(everywhere.HasRole(Role::kJuror, "programmes/droit"));
  EXPECT_FALSE(here.HasRole(Role::kJuror, "programmes/msi"));
}

}  // namespace
}  // namespace soutenance
