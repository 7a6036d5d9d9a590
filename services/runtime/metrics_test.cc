#include "services/runtime/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/testing/status_matchers.h"

namespace soutenance::runtime {
namespace {

using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::HasSubstr;

TEST(Metrics, CountsByMethodAndCodeAndMeasuresTime) {
  Metrics metrics;
  metrics.Observe("s", "M", "OK", absl::Milliseconds(2));
  metrics.Observe("s", "M", "OK", absl::Milliseconds(20));
  metrics.Observe("s", "M", "ABORTED", absl::Milliseconds(1));
  const std::string text = metrics.Text();
  EXPECT_THAT(text, HasSubstr("soutenance_calls_total{code=\"OK\",method=\"M\",service=\"s\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("soutenance_calls_total{code=\"ABORTED\",method=\"M\",service=\"s\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("soutenance_call_seconds_bucket{method=\"M\",service=\"s\",le=\"0.003\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("soutenance_call_seconds_count{method=\"M\",service=\"s\"} 3\n"));
}

TEST(Metrics, AreServedOnLoopbackOnly) {
  Metrics metrics;
  EXPECT_THAT(metrics.Expose("0.0.0.0:0"),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("METRICS_NOT_LOOPBACK")));
  EXPECT_OK(metrics.Expose("127.0.0.1:0"));
}

}  // namespace
}  // namespace soutenance::runtime
