#include "clients/lib/language.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace soutenance::clients {
namespace {

// The variables of the test's own environment, given back at the end.
class LanguageOfEnvironmentTest : public ::testing::Test {
 protected:
  LanguageOfEnvironmentTest() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) unsetenv(name);
  }
};

TEST_F(LanguageOfEnvironmentTest, IsFrenchForEveryFrenchLocale) {
  for (const char* locale : {"fr", "fr_FR.UTF-8", "fr_CA", "FR_be@euro"}) {
    setenv("LANG", locale, 1);
    EXPECT_EQ(LanguageOfEnvironment(), Language::kFrench) << locale;
  }
}

TEST_F(LanguageOfEnvironmentTest, IsEnglishOtherwise) {
  EXPECT_EQ(LanguageOfEnvironment(), Language::kEnglish);
  for (const char* locale : {"C", "C.UTF-8", "en_GB.UTF-8", "de_DE", "frr_DE"}) {
    setenv("LANG", locale, 1);
    EXPECT_EQ(LanguageOfEnvironment(), Language::kEnglish) << locale;
  }
}

TEST_F(LanguageOfEnvironmentTest, LcAllDecidesOverLang) {
  setenv("LANG", "fr_FR.UTF-8", 1);
  setenv("LC_ALL", "en_US.UTF-8", 1);
  EXPECT_EQ(LanguageOfEnvironment(), Language::kEnglish);
  setenv("LC_ALL", "", 1);
  EXPECT_EQ(LanguageOfEnvironment(), Language::kFrench);
}

}  // namespace
}  // namespace soutenance::clients
