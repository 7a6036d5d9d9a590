#ifndef SOUTENANCE_TESTS_TESTING_STATUS_MATCHERS_H_
#define SOUTENANCE_TESTS_TESTING_STATUS_MATCHERS_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Matchers that make a failed status read like a sentence: EXPECT_THAT(status, StatusIs(kAborted,
// Reason("STALE_ETAG"))). They accept absl::Status and absl::StatusOr<T>, and print the whole status, facts
// included, when they fail.
namespace soutenance::testing {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& status) {
  return status.status();
}

// The status in one line, with its reason and facts.
std::string Describe(const absl::Status& status);

// Matches a status whose facts give this reason.
struct Reason {
  explicit Reason(std::string reason_in) : reason(std::move(reason_in)) {}
  std::string reason;
};
std::string ReasonOf(const absl::Status& status);

MATCHER(IsOk, negation ? "is not OK" : "is OK") {
  const absl::Status& status = StatusOf(arg);
  if (!status.ok()) *result_listener << Describe(status);
  return status.ok();
}

MATCHER_P(IsOkAndHoldsMatcher, matcher, "is OK and its value matches") {
  if (!arg.ok()) {
    *result_listener << Describe(arg.status());
    return false;
  }
  return ::testing::ExplainMatchResult(matcher, *arg, result_listener);
}
template <typename M>
auto IsOkAndHolds(M matcher) {
  return IsOkAndHoldsMatcher(std::move(matcher));
}

MATCHER_P(StatusIsCode, code, "has code " + absl::StatusCodeToString(code)) {
  const absl::Status& status = StatusOf(arg);
  *result_listener << Describe(status);
  return status.code() == code;
}
MATCHER_P2(StatusIsCodeReason, code, reason,
           "has code " + absl::StatusCodeToString(code) + " and reason " + reason) {
  const absl::Status& status = StatusOf(arg);
  *result_listener << Describe(status);
  return status.code() == code && ReasonOf(status) == reason;
}
inline auto StatusIs(absl::StatusCode code) { return StatusIsCode(code); }
inline auto StatusIs(absl::StatusCode code, const Reason& reason) {
  return StatusIsCodeReason(code, reason.reason);
}

}  // namespace soutenance::testing

#define ASSERT_OK(expression) ASSERT_THAT((expression), ::soutenance::testing::IsOk())
#define EXPECT_OK(expression) EXPECT_THAT((expression), ::soutenance::testing::IsOk())
// Declares or assigns `lhs` from the value of a StatusOr, or fails the test with its status.
#define ASSERT_OK_AND_ASSIGN(lhs, expression) \
  SOUTENANCE_ASSERT_OK_AND_ASSIGN_(SOUTENANCE_ASSERT_CONCAT_(status_or_, __LINE__), lhs, expression)
#define SOUTENANCE_ASSERT_OK_AND_ASSIGN_(status_or, lhs, expression)                  \
  auto status_or = (expression);                                                      \
  ASSERT_TRUE(status_or.ok()) << ::soutenance::testing::Describe(status_or.status()); \
  lhs = *std::move(status_or)
#define SOUTENANCE_ASSERT_CONCAT_(a, b) SOUTENANCE_ASSERT_CONCAT_INNER_(a, b)
#define SOUTENANCE_ASSERT_CONCAT_INNER_(a, b) a##b

#endif  // SOUTENANCE_TESTS_TESTING_STATUS_MATCHERS_H_
