#include "clients/cli/names.h"

#include <gtest/gtest.h>

namespace soutenance::cli {
namespace {

TEST(TopName, TakesShortAndFullNames) {
  EXPECT_EQ(TopName("people", "ana"), "people/ana");
  EXPECT_EQ(TopName("people", "people/ana"), "people/ana");
  EXPECT_EQ(TopName("people", "people"), "people/people");
  EXPECT_EQ(TopName("people", "0042"), "people/0042");
  EXPECT_EQ(TopName("people", ""), "");
}

TEST(ChildName, TakesShortHalfAndFullNames) {
  EXPECT_EQ(ChildName("campaigns/c", "timetables", "3"), "campaigns/c/timetables/3");
  EXPECT_EQ(ChildName("campaigns/c", "timetables", "timetables/3"), "campaigns/c/timetables/3");
  EXPECT_EQ(ChildName("campaigns/c", "timetables", "campaigns/d/timetables/3"), "campaigns/d/timetables/3");
  EXPECT_EQ(ChildName("campaigns/c", "timetables", "latest"), "campaigns/c/timetables/latest");
}

TEST(DefenceName, TakesTheNameOfTheThesisToo) {
  EXPECT_EQ(DefenceName("campaigns/c", "m2-017"), "campaigns/c/defences/m2-017");
  EXPECT_EQ(DefenceName("campaigns/c", "theses/m2-017"), "campaigns/c/defences/m2-017");
  EXPECT_EQ(DefenceName("campaigns/c", "campaigns/d/defences/m2-017"), "campaigns/d/defences/m2-017");
}

TEST(JuryName, TakesTheThesisInAnyForm) {
  EXPECT_EQ(JuryName("42"), "theses/42/jury");
  EXPECT_EQ(JuryName("theses/42"), "theses/42/jury");
  EXPECT_EQ(JuryName("theses/42/jury"), "theses/42/jury");
}

TEST(CohortName, TakesTheProgrammeInFront) {
  EXPECT_EQ(CohortName("programmes/m2", "2027"), "programmes/m2/cohorts/2027");
  EXPECT_EQ(CohortName("", "m2/2027"), "programmes/m2/cohorts/2027");
  EXPECT_EQ(CohortName("", "programmes/m2/cohorts/2027"), "programmes/m2/cohorts/2027");
  EXPECT_EQ(CohortName("programmes/m2", ""), "");
}

TEST(ParentIn, IsTheCampaignOfAFullName) {
  EXPECT_EQ(ParentIn("campaigns", "campaigns/c/defences/42"), "campaigns/c");
  EXPECT_EQ(ParentIn("campaigns", "campaigns/c"), "campaigns/c");
  EXPECT_EQ(ParentIn("campaigns", "42"), "");
  EXPECT_EQ(ParentIn("campaigns", "theses/42"), "");
}

TEST(ShortName, IsWhatAPersonTypes) {
  EXPECT_EQ(ShortName("campaigns/c/timetables/3"), "3");
  EXPECT_EQ(ShortName("theses/42/jury"), "42");
  EXPECT_EQ(ShortName("ana"), "ana");
  EXPECT_EQ(ShortName(""), "");
}

}  // namespace
}  // namespace soutenance::cli
