// A deadline of 2,000 students on a real server: ops/bench storm [STUDENTS [SECONDS [MEAN_KB]]]. The last ten
// minutes take SECONDS (60), files have MEAN_KB (1,000) on average, which is a twentieth of real ones; 5% are
// ten times as large.

#include <cstdlib>
#include <iostream>
#include <string>

#include "tests/system/storm.h"

int main(int argc, char** argv) {
  using soutenance::system_test::Percentile;
  soutenance::system_test::StormPlan plan;
  if (argc > 1) plan.students = std::atoi(argv[1]);
  if (argc > 2) plan.last = absl::Seconds(std::atoi(argv[2]));
  if (argc > 3) plan.mean_bytes = std::atoll(argv[3]) * 1000;
  if (argc > 4 || plan.students <= 0 || plan.last <= absl::ZeroDuration() || plan.mean_bytes <= 0) {
    std::cout << "usage: ops/bench storm [STUDENTS [SECONDS [MEAN_KB]]]\n2,000 students, the last ten "
                 "minutes in 60 s, "
                 "files of 1,000 kB on average.\n";
    return argc > 1 && std::string(argv[1]) == "--help" ? 0 : 2;
  }
  const auto outcome = soutenance::system_test::Storm(plan);
  if (!outcome.error.empty()) {
    std::cout << "FAILED: " << outcome.error << "\n";
    return 1;
  }
  std::cout << "students " << outcome.submitted << "  scale 1:" << 20'000'000 / plan.mean_bytes
            << " in size, " << absl::FormatDuration(plan.last) << " for ten minutes  MB "
            << outcome.bytes / 1'000'000 << "  on time " << outcome.on_time << "  late " << outcome.late
            << "  lost " << outcome.lost << "  wrongly late " << outcome.wrongly_late << "  wrongly on time "
            << outcome.wrongly_on_time << "  retries " << outcome.retries
            << "\nreceipt of the commitment: p50 " << Percentile(outcome.commitments, .5) << "  p99 "
            << Percentile(outcome.commitments, .99) << "  max " << Percentile(outcome.commitments, 1)
            << "\nreceipt of the version, from the first byte on: p50 " << Percentile(outcome.versions, .5)
            << "  p99 " << Percentile(outcome.versions, .99) << "\n";
  return outcome.lost + outcome.wrongly_late + outcome.wrongly_on_time == 0 ? 0 : 1;
}
