#include "tests/system/databases.h"

#include <libpq-fe.h>

#include <cstdlib>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/testing/postgres_server.h"

namespace soutenance::system_test {

std::string FreshPostgresDatabase() {
  static int count = 0;
  const std::string& server = testing::PostgresServer::Shared().uri();
  const std::string name = absl::StrCat("system_test_", ++count);
  PGconn* const connection = PQconnectdb(server.c_str());
  PGresult* const result = PQexec(connection, absl::StrCat("CREATE DATABASE ", name).c_str());
  if (PQresultStatus(result) != PGRES_COMMAND_OK) {
    std::cerr << "databases: " << PQerrorMessage(connection) << std::endl;
    std::abort();
  }
  PQclear(result);
  PQfinish(connection);
  return absl::StrReplaceAll(server, {{"///postgres?", absl::StrCat("///", name, "?")}});
}

}  // namespace soutenance::system_test
