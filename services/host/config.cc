#include "services/host/config.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <set>
#include <thread>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "services/base/error.h"
#include "services/base/status.h"

namespace soutenance::host {
namespace {

constexpr char kSystemDataDir[] = "/var/lib/soutenance";

constexpr char kFooter[] = R"(
Examples:
  soutenanced
      All services, SQLite files, a Unix socket; everything in the data folder.
  soutenanced --listen 127.0.0.1:7000 --metrics-listen 127.0.0.1:9464
      The same, reached over loopback TCP and watched by Prometheus.
  soutenanced --services scheduling --peer directory=unix:/run/soutenance/directory.sock \
      --peer submissions=dns:///records:7001 --peer assignment=dns:///records:7001 \
      --service-key-file /etc/soutenance/service.key --data-dir /var/lib/soutenance-scheduling
      One service alone; the others are elsewhere.
  soutenanced --config /etc/soutenance/soutenanced.conf --check-config
      Says whether a configuration can work, and starts nothing.

A configuration file holds one "key = value" a line; keys are the flags with underscores (data_dir).
Flags win over the file, the file over the environment.)";

absl::Status Invalid(absl::string_view sentence) {
  return Error(absl::StatusCode::kInvalidArgument, sentence, {.reason = "CONFIG_INVALID"});
}

// Reads "key = value" lines as CLI11 does, with underscores instead of hyphens, and keeps the unknown keys to
// tell them all at once.
class ConfigFile : public CLI::ConfigTOML {
 public:
  explicit ConfigFile(std::set<std::string> known) : known_(std::move(known)) {}

  std::vector<CLI::ConfigItem> from_config(std::istream& input) const override {
    std::vector<CLI::ConfigItem> known;
    for (CLI::ConfigItem& item : CLI::ConfigTOML::from_config(input)) {
      const std::string key = item.fullname();
      if (known_.count(key) == 0) {
        unknown_.push_back(key);
        continue;
      }
      item.name = absl::StrReplaceAll(item.name, {{"_", "-"}});
      known.push_back(std::move(item));
    }
    return known;
  }

  absl::Status Check(const std::string& file) const {
    if (unknown_.empty()) return absl::OkStatus();
    return Invalid(absl::StrCat(file, ": unknown ", unknown_.size() == 1 ? "key " : "keys ",
                                absl::StrJoin(unknown_, ", "), "; known are ", absl::StrJoin(known_, ", ")));
  }

 private:
  const std::set<std::string> known_;
  mutable std::vector<std::string> unknown_;
};

// The options of the program, bound to a Config.
struct Options {
  CLI::App app{"soutenanced: the server of Soutenance. Theses, juries, defence timetables.", "soutenanced"};
  std::vector<std::string> peers;
  std::string log_level = "info";
  std::string config_file;
  bool check_config = false;
  bool print_version = false;
};

CLI::Validator DomainCheck() {
  const auto check = [](std::string& text) -> std::string {
    const bool legal =
        !text.empty() && text.size() <= 253 &&
        text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.") ==
            std::string::npos;
    return legal ? ""
                 : absl::StrCat("a domain such as planning.univ.example is expected, not \"", text, "\"");
  };
  return CLI::Validator(check, "");
}

// Files are sent there as they are: they must not leave this machine.
CLI::Validator ClamdCheck() {
  const auto check = [](std::string& text) -> std::string {
    absl::string_view port = text;
    int number = 0;
    const bool is_loopback = absl::ConsumePrefix(&port, "127.0.0.1:") && absl::SimpleAtoi(port, &number) &&
                             number > 0 && number < 65536;
    // A socket's address has room for 107 bytes.
    const bool is_socket = absl::StartsWith(text, "unix:/") && text.size() <= 107 + 5;
    return is_loopback || is_socket
               ? ""
               : absl::StrCat("unix:/path or 127.0.0.1:PORT is expected, not \"", text, "\"");
  };
  return CLI::Validator(check, "");
}

constexpr int kChecksMax = 64;

void DefineChecks(CLI::App& app, Config& config) {
  app.add_option("--inspector", config.inspector,
                 "Program that looks at files that arrive [soutenance-inspect beside this program]")
      ->type_name("FILE");
  app.add_option("--checks-max", config.checks_max, "Files that are looked at at the same time [one a core]")
      ->check(CLI::Range(1, kChecksMax))
      ->type_name("N");
  app.add_option("--clamd", config.clamd,
                 "Where clamd looks for viruses: unix:/path or 127.0.0.1:PORT; nobody if not given")
      ->check(ClamdCheck())
      ->type_name("ADDRESS");
}

void DefineUploads(CLI::App& app, Config& config) {
  app.add_option("--institution", config.institution, "Name of the institution on receipts")
      ->capture_default_str()
      ->type_name("NAME");
  const CLI::Range range(1, 1 << 30);
  app.add_option("--upload-mib-max", config.upload_mib_max, "The largest file of a version, in MiB")
      ->check(range)
      ->capture_default_str()
      ->type_name("MIB");
  app.add_option("--account-mib-max", config.account_mib_max, "All files of one account, in MiB")
      ->check(range)
      ->capture_default_str()
      ->type_name("MIB");
  app.add_option("--programme-mib-max", config.programme_mib_max, "All files of one programme, in MiB")
      ->check(range)
      ->capture_default_str()
      ->type_name("MIB");
}

void DefineOptions(Options& options, Config& config) {
  CLI::App& app = options.app;
  app.add_option("--services", config.services, "Modules to host, separated by commas; all if not given")
      ->delimiter(',')
      ->type_name("NAMES");
  app.add_option("--peer", options.peers, "Where another process hosts a module; may be repeated")
      ->type_name("NAME=ADDRESS");
  app.add_option(
         "--listen", config.listen,
         "unix:/path, 127.0.0.1:7000 or [::1]:7000; may be repeated [unix:<data-dir>/soutenance.sock]")
      ->type_name("ADDRESS");
  app.add_option("--public-listener-behind", config.public_listener_behind,
                 "What terminates TLS and HTTP/2 in front of an address that other machines can reach")
      ->type_name("NAME");
  app.add_option("--data-dir", config.data_dir,
                 "Folder of this process alone: socket, databases, the first administrator's token "
                 "[/var/lib/soutenance, or $XDG_DATA_HOME/soutenance where that cannot be written]")
      ->envname("SOUTENANCE_DATA_DIR")
      ->type_name("DIR");
  app.add_option("--store", config.store, "sqlite:FOLDER or postgresql://USER@HOST/NAME [sqlite:<data-dir>]")
      ->type_name("URI");
  app.add_option("--service-key-file", config.service_key_file,
                 "Key that all processes of one installation share: 64 hexadecimal digits, mode 0600")
      ->type_name("FILE");
  app.add_option("--log-level", options.log_level, "info, warning or error")
      ->check(CLI::IsMember({"info", "warning", "error"}))
      ->capture_default_str()
      ->type_name("LEVEL");
  app.add_option("--log-file", config.log_file, "Appended to; standard error if not given")
      ->type_name("FILE");
  app.add_option("--metrics-listen", config.metrics_listen, "Loopback address for Prometheus")
      ->type_name("HOST:PORT");
  app.add_option("--calls-max", config.calls_max, "Calls of one module that run at once; others wait")
      ->check(CLI::Range(1, 512))
      ->capture_default_str()
      ->type_name("N");
  app.add_option("--streams-max", config.streams_max, "Streams of one module at once; others wait")
      ->check(CLI::Range(1, 512))
      ->capture_default_str()
      ->type_name("N");
  app.add_option("--run-queue-max", config.run_queue_max, "Timetable runs that wait; others are refused")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str()
      ->type_name("N");
  app.add_option("--calendar-domain", config.calendar_domain,
                 "Domain of the institution, for the identities of calendar entries; never change it")
      ->check(DomainCheck())
      ->capture_default_str()
      ->type_name("DOMAIN");
  DefineUploads(app, config);
  DefineChecks(app, config);
}

// The keys of the configuration file: every option defined so far.
std::set<std::string> Keys(const CLI::App& app) {
  std::set<std::string> keys;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_lnames().empty() || option->get_lnames().front() == "help") continue;
    keys.insert(absl::StrReplaceAll(option->get_lnames().front(), {{"-", "_"}}));
  }
  return keys;
}

void DefineActions(Options& options) {
  options.app.set_config("--config", "", "Configuration file")->type_name("FILE");
  options.app.add_flag("--check-config", options.check_config, "Check the configuration and start nothing")
      ->configurable(false);
  options.app.add_flag("--version", options.print_version, "Print the version")->configurable(false);
  options.app.footer(kFooter);
}

absl::StatusOr<std::map<std::string, std::string>> ReadPeers(const std::vector<std::string>& texts) {
  std::map<std::string, std::string> peers;
  for (const std::string& text : texts) {
    const size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
      return Invalid(absl::StrCat("--peer ", text, ": NAME=ADDRESS is expected, such as ",
                                  "directory=unix:/run/soutenance/directory.sock"));
    }
    if (!peers.emplace(text.substr(0, equals), text.substr(equals + 1)).second) {
      return Invalid(absl::StrCat("--peer ", text, ": this peer has an address already"));
    }
  }
  return peers;
}

runtime::LogLevel ReadLogLevel(const std::string& text) {
  if (text == "error") return runtime::LogLevel::kError;
  return text == "warning" ? runtime::LogLevel::kWarning : runtime::LogLevel::kInfo;
}

std::string Environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// The system's folder for whoever may write there, otherwise a folder of the user.
std::string DefaultDataDir() {
  if (geteuid() == 0 || access(kSystemDataDir, W_OK) == 0) return kSystemDataDir;
  if (const std::string data_home = Environment("XDG_DATA_HOME"); !data_home.empty()) {
    return absl::StrCat(data_home, "/soutenance");
  }
  if (const std::string home = Environment("HOME"); !home.empty()) {
    return absl::StrCat(home, "/.local/share/soutenance");
  }
  return kSystemDataDir;
}

// A socket's address must be absolute, and a server may be started from anywhere.
std::string Absolute(const std::string& path) {
  if (absl::StartsWith(path, "/")) return path;
  char* const current = getcwd(nullptr, 0);
  const std::string folder = current == nullptr ? "" : current;
  std::free(current);
  return absl::StrCat(folder, "/", path);
}

// The folder of the running program.
std::string ProgramFolder() {
  char path[4096];
  const ssize_t length = readlink("/proc/self/exe", path, sizeof path);
  const std::string program(path, length > 0 ? static_cast<std::size_t>(length) : 0);
  return program.substr(0, program.rfind('/'));
}

void FillDefaults(Config& config) {
  if (config.checks_max == 0) {
    config.checks_max = std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, kChecksMax);
  }
  if (config.inspector.empty()) config.inspector = absl::StrCat(ProgramFolder(), "/soutenance-inspect");
  if (config.data_dir.empty()) config.data_dir = DefaultDataDir();
  config.data_dir = Absolute(config.data_dir);
  if (config.listen.empty()) config.listen = {absl::StrCat("unix:", config.data_dir, "/soutenance.sock")};
  if (config.store.empty()) config.store = absl::StrCat("sqlite:", config.data_dir);
}

}  // namespace

absl::StatusOr<CommandLine> ReadCommandLine(const std::vector<std::string>& arguments) {
  CommandLine line;
  Options options;
  DefineOptions(options, line.config);
  const auto file = std::make_shared<ConfigFile>(Keys(options.app));
  DefineActions(options);
  options.app.config_formatter(file);
  options.app.allow_config_extras(CLI::config_extras_mode::error);
  try {
    // CLI11 takes the arguments in reverse order.
    options.app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForHelp&) {
    line.action = CommandLine::Action::kPrint;
    line.text = options.app.help();
    return line;
  } catch (const CLI::ParseError& error) {
    RETURN_IF_ERROR(file->Check(options.app.get_config_ptr()->as<std::string>()));
    return Invalid(error.what());
  }
  if (options.print_version) {
    line.action = CommandLine::Action::kPrint;
    line.text = absl::StrCat("soutenanced ", SOUTENANCE_VERSION, "\n");
    return line;
  }
  if (options.app.get_config_ptr()->count() > 0) {
    RETURN_IF_ERROR(file->Check(options.app.get_config_ptr()->as<std::string>()));
  }
  ASSIGN_OR_RETURN(line.config.peers, ReadPeers(options.peers));
  line.config.log_level = ReadLogLevel(options.log_level);
  FillDefaults(line.config);
  if (options.check_config) line.action = CommandLine::Action::kCheckConfig;
  return line;
}

}  // namespace soutenance::host
