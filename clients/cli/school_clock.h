#ifndef SOUTENANCE_CLIENTS_CLI_SCHOOL_CLOCK_H_
#define SOUTENANCE_CLIENTS_CLI_SCHOOL_CLOCK_H_

#include <map>
#include <string>

#include "clients/cli/session.h"
#include "google/protobuf/timestamp.pb.h"

namespace soutenance::cli {

// Shows instants as the clocks of a school do, wherever this machine is. Asks the server once for each
// programme and thesis; where that is refused, this machine's zone is used. Asks nothing with --json.
class SchoolClock {
 public:
  explicit SchoolClock(Session& session) : session_(session) {}

  // "2027-06-01 23:59" in the zone of the programme to which `name` belongs: "programmes/m2/milestones/v1" or
  // "theses/42/drafts/3". Empty if the instant is not set.
  std::string Show(const std::string& name, const google::protobuf::Timestamp& instant);

 private:
  const std::string& ZoneOf(const std::string& name);
  std::string ProgrammeOf(const std::string& name);

  Session& session_;
  std::map<std::string, std::string> zones_;       // by programme; empty: not known
  std::map<std::string, std::string> programmes_;  // by thesis; empty: not known
};

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_SCHOOL_CLOCK_H_
