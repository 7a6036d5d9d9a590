#ifndef SOUTENANCE_TESTS_TESTING_POSTGRES_SERVER_H_
#define SOUTENANCE_TESTS_TESTING_POSTGRES_SERVER_H_

#include <sys/types.h>

#include <string>

namespace soutenance::testing {

// A PostgreSQL 15 server of this process alone: its data in a temporary folder, reached through a Unix socket
// in it, started at the first use (about a second) and stopped at exit. When the process is root the server
// runs as the user `postgres`, because PostgreSQL refuses to run as root. It is stopped by the kernel if the
// process is killed.
class PostgresServer {
 public:
  // The server of this process. Ends the process with a message if it cannot be started.
  static PostgresServer& Shared();

  // "postgresql:///postgres?host=<folder>&user=postgres"
  const std::string& uri() const { return uri_; }

  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

 private:
  PostgresServer();

  std::string folder_;
  std::string uri_;
  pid_t pid_ = -1;
};

}  // namespace soutenance::testing

#endif  // SOUTENANCE_TESTS_TESTING_POSTGRES_SERVER_H_
