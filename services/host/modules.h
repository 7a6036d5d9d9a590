#ifndef SOUTENANCE_SERVICES_HOST_MODULES_H_
#define SOUTENANCE_SERVICES_HOST_MODULES_H_

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/host/config.h"
#include "services/host/hosted.h"

namespace soutenance::host {

// One module that a process can host.
struct Module {
  std::string name;  // "scheduling": in --services, --peer, logs and metrics
  // Full names of its services in the contract.
  std::vector<std::string> services;
  // The modules that it calls, and `directory`, which says whose tokens are presented.
  std::set<std::string> needs;
  // Builds it. Errors are told to the person who starts the server.
  absl::StatusOr<std::unique_ptr<Hosted>> (*build)(const Parts& parts);
};

// The table: every module there is, in the order in which they are built and started. Stopped in reverse.
const std::vector<Module>& AllModules();

// The modules of `table` that `config` asks for, in the order of the table. INVALID_ARGUMENT with reason
// CONFIG_INVALID if it names one that does not exist, here or as a peer, or a peer that is hosted here;
// FAILED_PRECONDITION with reason PEER_MISSING if one of them needs a module that is neither hosted nor a
// peer, or reason KEY_MISSING if there are peers and no key to prove this process to them.
absl::StatusOr<std::vector<const Module*>> ChooseModules(const std::vector<Module>& table,
                                                         const Config& config);

}  // namespace soutenance::host

#endif  // SOUTENANCE_SERVICES_HOST_MODULES_H_
