#ifndef SOUTENANCE_CLIENTS_CLI_PEOPLE_NAMES_H_
#define SOUTENANCE_CLIENTS_CLI_PEOPLE_NAMES_H_

#include <map>
#include <set>
#include <string>

#include "clients/cli/session.h"

namespace soutenance::cli {

// What people are called, for tables: "people/ana" to "Ana Martin".
class PeopleNames {
 public:
  // Asks the server for `people` (resource names; empty ones are skipped). Names only make an answer easier
  // to read: if they cannot be had, ids are shown instead.
  static PeopleNames Of(Session& session, const std::set<std::string>& people);

  // "Ana Martin (ana)", or "ana" if her name is not known; empty for an empty name.
  std::string Label(const std::string& person) const;
  // "Ana Martin", or "ana".
  std::string Name(const std::string& person) const;

 private:
  std::map<std::string, std::string> names_;
};

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_PEOPLE_NAMES_H_
