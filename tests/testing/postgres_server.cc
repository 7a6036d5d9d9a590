#include "tests/testing/postgres_server.h"

#include <fcntl.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"

extern char** environ;

namespace soutenance::testing {
namespace {

constexpr char kBin[] = "/usr/lib/postgresql/15/bin/";

[[noreturn]] void Die(const std::string& why, const std::string& folder) {
  std::fprintf(stderr, "PostgreSQL for tests: %s; see %s/log\n", why.c_str(), folder.c_str());
  std::abort();
}

// Starts `arguments` with its output in <folder>/log, as a user PostgreSQL accepts, ended with this process.
pid_t Spawn(std::vector<std::string> arguments, const std::string& folder) {
  std::vector<std::string> command = {"/usr/bin/setpriv", "--pdeathsig", "INT"};
  if (geteuid() == 0) {
    for (const char* option : {"--reuid=postgres", "--regid=postgres", "--init-groups"})
      command.push_back(option);
  }
  command.insert(command.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : command) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  const std::string log = folder + "/log";
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
  posix_spawn_file_actions_adddup2(&actions, 1, 2);
  pid_t pid = -1;
  if (posix_spawn(&pid, argv[0], &actions, nullptr, argv.data(), environ) != 0)
    Die("cannot start " + command[0], folder);
  posix_spawn_file_actions_destroy(&actions);
  return pid;
}

void WaitUntilReady(const std::string& uri, const std::string& folder) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (PQping(uri.c_str()) != PQPING_OK) {
    if (std::chrono::steady_clock::now() > deadline) Die("it does not answer", folder);
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

}  // namespace

PostgresServer& PostgresServer::Shared() {
  static PostgresServer server;
  return server;
}

PostgresServer::PostgresServer() {
  // Not below the test's own temporary folder: the path of a socket may have 107 bytes, and every parent must
  // be open to the user `postgres`.
  folder_ = "/tmp/soutenance-pg-XXXXXX";
  if (mkdtemp(folder_.data()) == nullptr) Die("no temporary folder", folder_);
  if (geteuid() == 0) {
    const passwd* user = getpwnam("postgres");
    if (user == nullptr) Die("there is no user postgres; install postgresql-15", folder_);
    if (chown(folder_.c_str(), user->pw_uid, user->pw_gid) != 0) Die("cannot give the folder away", folder_);
  }
  const std::string data = folder_ + "/data";
  const pid_t init = Spawn({absl::StrCat(kBin, "initdb"), "-D", data, "-A", "trust", "-U", "postgres",
                            "--no-sync", "--locale=C", "--encoding=UTF8"},
                           folder_);
  int result = 0;
  if (waitpid(init, &result, 0) != init || result != 0) Die("initdb failed", folder_);
  pid_ = Spawn({absl::StrCat(kBin, "postgres"), "-D", data, "-k", folder_, "-c", "listen_addresses=", "-c",
                "fsync=off", "-c", "shared_buffers=16MB", "-c", "max_connections=50"},
               folder_);
  uri_ = absl::StrCat("postgresql:///postgres?host=", folder_, "&user=postgres");
  WaitUntilReady(uri_, folder_);
}

PostgresServer::~PostgresServer() {
  if (pid_ > 0) {
    kill(pid_, SIGQUIT);  // at once: the folder is thrown away
    waitpid(pid_, nullptr, 0);
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

}  // namespace soutenance::testing
