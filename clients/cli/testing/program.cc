#include "clients/cli/testing/program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace soutenance::cli::testing {

using soutenance::testing::Process;

Program::Program() {
  environment_ = {{"HOME", folder()},
                  {"XDG_CONFIG_HOME", ""},
                  {"XDG_DATA_HOME", ""},
                  {"LC_ALL", "C.UTF-8"},
                  {"LC_MESSAGES", ""},
                  {"LANG", ""},
                  {"SOUTENANCE_DATA_DIR", ""},
                  {"SOUTENANCE_TOKEN_FILE", ""},
                  {"SOUTENANCE_TOKEN", "sout_test"},
                  {"NO_COLOR", ""},
                  {"TERM", "xterm"},
                  {"COLUMNS", ""},
                  {"TZ", "UTC"},
                  {"SOUTENANCE_SERVER", server_.address()}};
}

std::string Program::Binary() { return SOUTENANCE_BINARY; }

std::unique_ptr<Process> Program::Start(const std::vector<std::string>& arguments) {
  std::vector<std::string> all{Binary()};
  all.insert(all.end(), arguments.begin(), arguments.end());
  const std::string error_file = folder() + "/stderr";
  unlink(error_file.c_str());
  auto process = Process::Start({.arguments = all, .environment = environment_, .error_file = error_file});
  if (!process.ok()) {
    std::cerr << process.status() << "\n";
    std::abort();
  }
  return *std::move(process);
}

Outcome Program::Run(const std::vector<std::string>& arguments) {
  const auto process = Start(arguments);
  Outcome outcome{.out = process->ReadAll()};
  outcome.exit_code = process->Wait();
  outcome.err = Errors();
  return outcome;
}

std::string Program::Errors() const { return Read(folder() + "/stderr"); }

std::string Program::Write(const std::string& name, const std::string& content) const {
  const std::string path = folder() + "/" + name;
  std::ofstream(path, std::ios::binary) << content;
  return path;
}

std::string Program::Read(const std::string& path) const {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TerminalProgram::TerminalProgram(const Program& program, const std::vector<std::string>& arguments) {
  terminal_ = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (terminal_ < 0 || grantpt(terminal_) != 0 || unlockpt(terminal_) != 0) std::abort();
  const winsize size{.ws_row = 24, .ws_col = 80, .ws_xpixel = 0, .ws_ypixel = 0};
  ioctl(terminal_, TIOCSWINSZ, &size);
  const std::string name = ptsname(terminal_);

  std::vector<std::string> words{Program::Binary()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> variables;
  for (const auto& [key, value] : program.environment()) variables.push_back(absl::StrCat(key, "=", value));
  const auto pointers = [](std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (std::string& text : texts) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
  };
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  // The first terminal that a new session opens becomes its own: Ctrl-C works.
  posix_spawn_file_actions_addopen(&actions, 0, name.c_str(), O_RDWR, 0);
  posix_spawn_file_actions_adddup2(&actions, 0, 1);
  posix_spawn_file_actions_adddup2(&actions, 0, 2);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
  if (posix_spawn(&pid_, words[0].c_str(), &actions, &attributes, pointers(words).data(),
                  pointers(variables).data()) != 0) {
    std::abort();
  }
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
}

TerminalProgram::~TerminalProgram() {
  if (pid_ > 0) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  close(terminal_);
}

bool TerminalProgram::ReadSome(absl::Duration limit) {
  pollfd waiting{.fd = terminal_, .events = POLLIN, .revents = 0};
  if (poll(&waiting, 1, static_cast<int>(absl::ToInt64Milliseconds(limit))) <= 0) return false;
  char bytes[4096];
  const ssize_t count = read(terminal_, bytes, sizeof bytes);
  if (count <= 0) return false;  // the other side has gone
  shown_.append(bytes, static_cast<std::size_t>(count));
  return true;
}

bool TerminalProgram::WaitFor(const std::string& text) {
  const absl::Time give_up = absl::Now() + absl::Seconds(10);
  while (shown_.find(text) == std::string::npos) {
    if (absl::Now() > give_up ||
        (!ReadSome(absl::Milliseconds(200)) && waitpid(pid_, nullptr, WNOHANG | WNOWAIT) < 0)) {
      return false;
    }
  }
  return true;
}

void TerminalProgram::Type(const std::string& keys) {
  if (write(terminal_, keys.data(), keys.size()) < 0) std::abort();
}

int TerminalProgram::Wait() {
  while (ReadSome(absl::Seconds(10))) {
  }
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace soutenance::cli::testing
