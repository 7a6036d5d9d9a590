#include "services/scheduling/solver/model/utf8.h"

#include <gtest/gtest.h>

namespace soutenance::scheduling::solver {
namespace {

TEST(IsUtf8, AcceptsEveryLength) { EXPECT_TRUE(IsUtf8("a é € 😀 \xEF\xBF\xBF \xF4\x8F\xBF\xBF")); }

TEST(IsUtf8, RefusesWhatIsMalformed) {
  for (const char* text : {
           "\xE9",              // Windows-1252
           "\xC3",              // cut off
           "\xE2\x82",          // cut off
           "\x80",              // a follower without first byte
           "\xC0\xAF",          // not the shortest form
           "\xE0\x80\xAF",      // not the shortest form
           "\xF0\x80\x80\xAF",  // not the shortest form
           "\xED\xA0\x80",      // a surrogate
           "\xF4\x90\x80\x80",  // above U+10FFFF
           "\xFF",
       }) {
    EXPECT_FALSE(IsUtf8(text));
  }
}

}  // namespace
}  // namespace soutenance::scheduling::solver
