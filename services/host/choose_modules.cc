#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/host/modules.h"

namespace soutenance::host {
namespace {

absl::Status Invalid(absl::string_view sentence) {
  return Error(absl::StatusCode::kInvalidArgument, sentence, {.reason = "CONFIG_INVALID"});
}

absl::Status CheckName(const std::vector<Module>& table, absl::string_view flag, const std::string& name) {
  const auto is_it = [&](const Module& module) { return module.name == name; };
  if (std::any_of(table.begin(), table.end(), is_it)) return absl::OkStatus();
  return Invalid(absl::StrCat(
      flag, ": there is no module \"", name, "\"; there are ",
      absl::StrJoin(table, ", ", [](std::string* out, const Module& module) { out->append(module.name); })));
}

absl::Status CheckReachable(const Module& module, const std::set<std::string>& hosted, const Config& config) {
  for (const std::string& need : module.needs) {
    if (hosted.count(need) > 0 || config.peers.count(need) > 0) continue;
    return Error(
        absl::StatusCode::kFailedPrecondition,
        absl::StrCat("module ", module.name, " calls ", need,
                     ", which is neither hosted here nor known: add it to --services or say where it "
                     "is with --peer ",
                     need, "=ADDRESS"),
        {.reason = "PEER_MISSING", .metadata = {{"module", module.name}, {"peer", need}}});
  }
  return absl::OkStatus();
}

absl::Status CheckPeers(const std::vector<Module>& table, const std::set<std::string>& hosted,
                        const Config& config) {
  for (const auto& [name, address] : config.peers) {
    RETURN_IF_ERROR(CheckName(table, "--peer", name));
    if (hosted.count(name) > 0) {
      return Invalid(absl::StrCat("--peer ", name, "=", address, ": ", name,
                                  " is hosted here; leave it out of --services or drop the peer"));
    }
  }
  if (!config.peers.empty() && config.service_key_file.empty()) {
    return Error(absl::StatusCode::kFailedPrecondition,
                 "modules are hosted by several processes, which need one key to prove themselves to each "
                 "other: make one and name its file with --service-key-file",
                 {.reason = "KEY_MISSING"});
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<const Module*>> ChooseModules(const std::vector<Module>& table,
                                                         const Config& config) {
  std::set<std::string> hosted(config.services.begin(), config.services.end());
  for (const std::string& name : hosted) RETURN_IF_ERROR(CheckName(table, "--services", name));
  std::vector<const Module*> chosen;
  for (const Module& module : table) {
    if (config.services.empty()) hosted.insert(module.name);
    if (hosted.count(module.name) > 0) chosen.push_back(&module);
  }
  RETURN_IF_ERROR(CheckPeers(table, hosted, config));
  for (const Module* module : chosen) RETURN_IF_ERROR(CheckReachable(*module, hosted, config));
  return chosen;
}

}  // namespace soutenance::host
