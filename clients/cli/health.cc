#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/nouns.h"
#include "clients/cli/resource.h"
#include "clients/lib/json.h"
#include "clients/lib/table.h"
#include "services/base/status.h"
#include "soutenance/assignment/v1/assignment.pb.h"
#include "soutenance/assignment/v1/profiles.pb.h"
#include "soutenance/assignment/v1/proposals.pb.h"
#include "soutenance/assignment/v1/rules.pb.h"
#include "soutenance/directory/v1/accounts.pb.h"
#include "soutenance/directory/v1/directory.pb.h"
#include "soutenance/directory/v1/imports.pb.h"
#include "soutenance/scheduling/v1/campaigns.pb.h"
#include "soutenance/scheduling/v1/timetables.pb.h"
#include "soutenance/submissions/v1/submissions.pb.h"

namespace soutenance::cli {
namespace {

using Health = clients::Connection::Health;

// Full names of all services of the contract, from the files that declare them.
std::vector<std::string> ServiceNames() {
  const google::protobuf::FileDescriptor* const files[] = {
      directory::v1::WhoAmIRequest::descriptor()->file(),
      directory::v1::GetPersonRequest::descriptor()->file(),
      directory::v1::GetImportRequest::descriptor()->file(),
      submissions::v1::GetThesisRequest::descriptor()->file(),
      assignment::v1::GetJuryRequest::descriptor()->file(),
      assignment::v1::GetProfileRequest::descriptor()->file(),
      assignment::v1::GetJuryRulesRequest::descriptor()->file(),
      assignment::v1::GetProposalRequest::descriptor()->file(),
      scheduling::v1::GetCampaignRequest::descriptor()->file(),
      scheduling::v1::GetTimetableRequest::descriptor()->file(),
  };
  std::vector<std::string> names;
  for (const auto* file : files) {
    for (int i = 0; i < file->service_count(); ++i) names.push_back(file->service(i)->full_name());
  }
  return names;
}

Text WordFor(Health health) {
  switch (health) {
    case Health::kServing:
      return {"serving", "en service"};
    case Health::kNotServing:
      return {"not serving", "hors service"};
    case Health::kUnknownService:
      return {"not on this server", "pas sur ce serveur"};
  }
  return {};
}

const char* CodeOf(Health health) {
  switch (health) {
    case Health::kServing:
      return "SERVING";
    case Health::kNotServing:
      return "NOT_SERVING";
    case Health::kUnknownService:
      return "UNKNOWN_SERVICE";
  }
  return "";
}

absl::Status Check(Session& session, const Input&) {
  ASSIGN_OR_RETURN(const Health server, session.server().CheckHealth(""));
  clients::Table table({{session.Say({"Service", "Service"})}, {session.Say({"State", "État"})}});
  clients::JsonObject services;
  bool all_serve = server == Health::kServing;
  for (const std::string& name : ServiceNames()) {
    ASSIGN_OR_RETURN(const Health health, session.server().CheckHealth(name));
    all_serve = all_serve && health != Health::kNotServing;
    table.Row({name, session.Say(WordFor(health))});
    services.Text(name, CodeOf(health));
  }
  if (session.json()) {
    session.Print(absl::StrCat(
        clients::JsonObject().Text("server", CodeOf(server)).Raw("services", services.Done()).Done(), "\n"));
  } else {
    session.Print(absl::StrCat(session.settings().server, ": ", session.Say(WordFor(server)), "\n",
                               table.Text(session.out(), 2)));
  }
  if (!all_serve) session.set_exit_code(clients::kUnavailable);
  return absl::OkStatus();
}

}  // namespace

Noun HealthNoun() {
  return {
      .name = "health",
      .summary = {"whether the server and its services can work",
                  "si le serveur et ses services fonctionnent"},
      .commands = {
          {.verb = "",
           .summary = {"Ask every service whether it serves", "Demander à chaque service s’il fonctionne"},
           .details = {"Needs no token. Ends with 3 if the server or one of its services does not serve.",
                       "Sans jeton. Se termine par 3 si le serveur ou l’un de ses services ne répond pas."},
           .examples = {{"health",
                         {"for scripts: look at the exit code", "pour un script : voir le code de sortie"}}},
           .run = Check}}};
}

}  // namespace soutenance::cli
