// Whatever file arrives: the inspector, in its child process and sandbox as the server runs it, comes to an
// end and says something. SOUTENANCE_INSPECT is its program.
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

#include "services/submissions/inspect/child_inspector.h"
#include "tests/fuzz/expect.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace soutenance::submissions;  // NOLINT: one function
  using soutenance::fuzz::Expect;
  inspect::ChildInspector inspector(SOUTENANCE_INSPECT, [&](absl::string_view) -> absl::StatusOr<int> {
    const int descriptor = memfd_create("input", MFD_CLOEXEC);
    Expect(write(descriptor, data, size) == static_cast<ssize_t>(size), "the input cannot be written");
    return descriptor;
  });
  const auto inspection = inspector.Inspect({}, {});
  Expect(inspection.ok(), "a file makes the inspector unavailable");
  Expect(!inspection->findings.empty(), "nothing at all is said");
  for (const Finding& finding : inspection->findings) {
    Expect(FindReason(finding.reason) != nullptr, "an unknown reason");
    // The server would say so and go on; here it is what is looked for.
    Expect(finding.reason != "INSPECTION_CRASHED", "the inspector crashed");
    Expect(finding.reason != "INSPECTION_TIMED_OUT", "the inspector took too long");
  }
  return 0;
}
