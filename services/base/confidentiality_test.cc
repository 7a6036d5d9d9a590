#include "services/base/confidentiality.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace soutenance {
namespace {

using Level = Confidentiality;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

Sight See(Standing standing, const Secrecy& secrecy) { return SightOf(standing, secrecy, kNow); }

TEST(Confidentiality, HasNamesAndNumbersThatLeadBack) {
  for (const Level level : kConfidentialities) {
    EXPECT_EQ(ConfidentialityOf(ConfidentialityName(level)), level);
    EXPECT_EQ(ConfidentialityOfCode(ConfidentialityCode(level)), level);
  }
  EXPECT_EQ(ConfidentialityOf("secret"), std::nullopt);
  // What was written before there were levels.
  EXPECT_EQ(ConfidentialityOfCode(0), Level::kInternal);
  EXPECT_EQ(ConfidentialityOfCode(1), Level::kClosedSession);
  EXPECT_EQ(ConfidentialityOfCode(77), Level::kClosedSession);
}

TEST(Sight, GrowsWithTheStandingAndShrinksWithTheLevel) {
  for (const bool is_disseminated : {false, true}) {
    for (const Level level : kConfidentialities) {
      const Secrecy secrecy{.level = level, .is_disseminated = is_disseminated};
      Sight lower;
      for (const Standing standing : kStandings) {
        const Sight sight = See(standing, secrecy);
        EXPECT_GE(sight.knows, lower.knows);
        EXPECT_GE(sight.texts, lower.texts);
        EXPECT_GE(sight.files, lower.files);
        EXPECT_GE(sight.dealings, lower.dealings);
        EXPECT_LE(sight.texts, sight.knows);
        if (level != Level::kPublic) {
          const Sight less_secret = See(standing, {.level = static_cast<Level>(static_cast<int>(level) - 1),
                                                   .is_disseminated = is_disseminated});
          EXPECT_LE(sight.knows, less_secret.knows);
          EXPECT_LE(sight.texts, less_secret.texts);
          EXPECT_LE(sight.files, less_secret.files);
        }
        lower = sight;
      }
    }
  }
}

TEST(Sight, ShowsTextsToNobodyBelowTheLevel) {
  for (const bool is_disseminated : {false, true}) {
    for (const Level level : kConfidentialities) {
      for (const Standing standing : kStandings) {
        const Sight sight = See(standing, {.level = level, .is_disseminated = is_disseminated});
        if (ClearanceOf(standing) < level) {
          EXPECT_FALSE(sight.texts);
          EXPECT_EQ(sight.files, Files::kNone);
        }
      }
    }
  }
}

TEST(Sight, HidesWorkInProgressFromThoseWithoutAPart) {
  for (const Level level : kConfidentialities) {
    EXPECT_FALSE(See(Standing::kStranger, {.level = level}).knows);
    EXPECT_FALSE(See(Standing::kMember, {.level = level}).knows);
    EXPECT_TRUE(See(Standing::kLiaison, {.level = level}).knows);
  }
}

TEST(Sight, OpensWhatIsDisseminatedToThoseWhomTheLevelAdmits) {
  const Secrecy open{.level = Level::kPublic, .is_disseminated = true};
  EXPECT_EQ(See(Standing::kStranger, open).files, Files::kDisseminated);
  const Secrecy internal{.level = Level::kInternal, .is_disseminated = true};
  EXPECT_FALSE(See(Standing::kStranger, internal).knows);
  EXPECT_EQ(See(Standing::kMember, internal).files, Files::kDisseminated);
}

TEST(Sight, KeepsFilesClosedUntilTheEmbargoHasPassed) {
  Secrecy secrecy{.level = Level::kPublic, .embargo_until = kNow, .is_disseminated = true};
  EXPECT_EQ(SightOf(Standing::kStranger, secrecy, kNow - absl::Microseconds(1)).files, Files::kNone);
  EXPECT_TRUE(SightOf(Standing::kStranger, secrecy, kNow - absl::Microseconds(1)).texts);
  EXPECT_EQ(SightOf(Standing::kStranger, secrecy, kNow).files, Files::kDisseminated);
  EXPECT_EQ(SightOf(Standing::kSeat, secrecy, kNow - absl::Hours(1)).files, Files::kDeposited);
}

TEST(LevelAt, EndsWithItsDateAndNeverBecomesPublic) {
  const Secrecy secrecy{.level = Level::kClosedSession, .until = kNow};
  EXPECT_EQ(LevelAt(secrecy, kNow - absl::Microseconds(1)), Level::kClosedSession);
  EXPECT_EQ(LevelAt(secrecy, kNow), Level::kInternal);
  EXPECT_EQ(LevelAt({.level = Level::kPublic, .until = kNow}, kNow), Level::kPublic);
}

TEST(MayPrintTexts, PutsNothingAboveInternalIntoDocuments) {
  EXPECT_FALSE(MayPrintTexts(Standing::kRuns, Level::kJury));
  EXPECT_TRUE(MayPrintTexts(Standing::kRuns, Level::kInternal));
  EXPECT_FALSE(MayPrintTexts(Standing::kStranger, Level::kInternal));
  EXPECT_TRUE(MayPrintTexts(Standing::kStranger, Level::kPublic));
}

}  // namespace
}  // namespace soutenance
