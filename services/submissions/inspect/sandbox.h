#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_SANDBOX_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_SANDBOX_H_

#include <cstdint>

namespace soutenance::submissions::inspect {

struct SandboxLimits {
  int cpu_seconds = 30;
  int64_t memory_bytes = 512 << 20;
};

// Gives this process up to what it will read: afterwards it can compute, read and map what is open, and write
// to what is open; it can open no file, reach no network, start no process or thread, and see no other
// process. Memory, time and the size of files are limited; no core is dumped; if its parent ends, it ends.
// False if the system does not grant that: then nothing may be looked at.
[[nodiscard]] bool EnterSandbox(const SandboxLimits& limits);

}  // namespace soutenance::submissions::inspect

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_SANDBOX_H_
