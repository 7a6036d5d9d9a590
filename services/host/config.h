#ifndef SOUTENANCE_SERVICES_HOST_CONFIG_H_
#define SOUTENANCE_SERVICES_HOST_CONFIG_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/runtime/log.h"

namespace soutenance::host {

// Everything that can be chosen about one soutenanced. Each field is a flag ("--data-dir") and a key of the
// configuration file ("data_dir"); ops/soutenanced.conf.example holds all of them with their defaults.
struct Config {
  // The modules to host, by name; empty: all.
  std::vector<std::string> services;
  // Where the modules are that other processes host, by name: {"directory", "unix:/run/directory.sock"}.
  std::map<std::string, std::string> peers;
  // Addresses to listen on; empty: unix:<data_dir>/soutenance.sock.
  std::vector<std::string> listen;
  // What stands in front of an address that other machines can reach: "nginx". Empty: such addresses are
  // refused.
  std::string public_listener_behind;
  // The folder of this process alone: its socket, its databases, the first administrator's token.
  std::string data_dir;
  // "sqlite:<folder>" or "postgresql://..."; empty: sqlite:<data_dir>.
  std::string store;
  // The key with which the processes of one installation prove themselves to each other: a file of 64
  // hexadecimal digits and mode 0600. Empty: a random key, enough for a single process.
  std::string service_key_file;
  // Lines that are less severe are not written.
  runtime::LogLevel log_level = runtime::LogLevel::kInfo;
  // Appended to; empty: standard error.
  std::string log_file;
  // "127.0.0.1:9464": where Prometheus finds the metrics; empty: nowhere.
  std::string metrics_listen;
  // Calls and followed streams that run at once, for each module: 1 to 512. Further ones wait.
  int calls_max = 64;
  int streams_max = 64;
  // Timetable runs that wait while one is computed: 1 to 1000. Further ones are refused.
  int run_queue_max = 16;
  // What follows the @ in the identities of calendar entries: a domain of the institution, so that those of
  // two installations never meet. Must never change: calendars would show every defence twice.
  std::string calendar_domain = "soutenance";
  // The name of the institution on receipts. Receipts that were issued keep theirs.
  std::string institution = "soutenance";
  // Mebibytes: the largest file of a version, and what all versions and uploads of one account and of one
  // programme may have together, bytes in flight included. 1 to 2^30.
  int upload_mib_max = 2048;
  int account_mib_max = 20 * 1024;
  int programme_mib_max = 500 * 1024;
  // The program that looks at files that arrive; empty: soutenance-inspect, beside this program.
  std::string inspector;
  // Files that are looked at at the same time, each in a process of its own: 1 to 64; 0: one a core. A
  // process may take a core for a minute, and the memory that services/submissions/inspect/sandbox.cc grants.
  int checks_max = 0;
  // Where clamd looks for viruses in them: "unix:/run/clamav/clamd.ctl", "127.0.0.1:3310"; empty: nobody
  // does.
  std::string clamd;
};

// What the program is asked to do.
struct CommandLine {
  enum class Action { kServe, kCheckConfig, kPrint };
  Action action = Action::kServe;
  Config config;     // complete: the defaults that depend on the machine are filled in
  std::string text;  // what to print, for kPrint
};

// Reads the arguments after the program's name, the configuration file that they name, and the environment.
// Flags win over the file, the file over the environment (SOUTENANCE_DATA_DIR). INVALID_ARGUMENT with reason
// CONFIG_INVALID and a sentence that names the flag or key: unknown ones are errors.
absl::StatusOr<CommandLine> ReadCommandLine(const std::vector<std::string>& arguments);

}  // namespace soutenance::host

#endif  // SOUTENANCE_SERVICES_HOST_CONFIG_H_
