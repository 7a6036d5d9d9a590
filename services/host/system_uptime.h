#ifndef SOUTENANCE_SERVICES_HOST_SYSTEM_UPTIME_H_
#define SOUTENANCE_SERVICES_HOST_SYSTEM_UPTIME_H_

#include <string>

#include "services/submissions/outages.h"

namespace soutenance::host {

// Uptime of this machine.
class SystemUptime final : public submissions::Uptime {
 public:
  SystemUptime();
  std::string Boot() const override { return boot_; }
  absl::Duration SinceBoot() const override;

 private:
  const std::string boot_;
};

}  // namespace soutenance::host

#endif  // SOUTENANCE_SERVICES_HOST_SYSTEM_UPTIME_H_
