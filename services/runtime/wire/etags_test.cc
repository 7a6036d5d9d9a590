#include "services/runtime/wire/etags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace soutenance::runtime {
namespace {

using ::testing::Optional;

TEST(Etags, LeadBackToTheVersion) {
  EXPECT_THAT(VersionFromEtag(EtagFromVersion(1)), Optional(1));
  EXPECT_THAT(VersionFromEtag(EtagFromVersion(int64_t{1} << 60)), Optional(int64_t{1} << 60));
}

TEST(Etags, DifferForEveryVersion) { EXPECT_NE(EtagFromVersion(1), EtagFromVersion(2)); }

TEST(Etags, OfNothingAreEmptyAndMeanNoCheck) {
  EXPECT_EQ(EtagFromVersion(0), "");
  EXPECT_EQ(VersionFromEtag(""), std::nullopt);
}

TEST(Etags, ThatWeDidNotMakeMatchNoVersion) {
  for (const char* etag : {"v", "7", "v7 ", "v07", "v-1", "x7", "é", "v99999999999999999999"}) {
    EXPECT_THAT(VersionFromEtag(etag), Optional(-1)) << etag;
  }
}

}  // namespace
}  // namespace soutenance::runtime
