#include "services/host/system_uptime.h"

#include <time.h>

#include "absl/time/time.h"
#include "storage/files/file_system.h"

namespace soutenance::host {

SystemUptime::SystemUptime() : boot_(storage::files::PosixFileSystem().BootId()) {}

absl::Duration SystemUptime::SinceBoot() const {
  timespec time{};
  clock_gettime(CLOCK_BOOTTIME, &time);
  return absl::DurationFromTimespec(time);
}

}  // namespace soutenance::host
