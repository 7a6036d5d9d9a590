#include "clients/cli/hints.h"

#include <map>
#include <string>

#include "services/base/error.h"

namespace soutenance::cli {

using clients::Text;

Text HintFor(const absl::Status& status) {
  static const auto& by_reason = *new std::map<std::string, Text>{
      {"STALE_ETAG", {"look at it again and repeat the command", "relisez l’objet puis recommencez"}},
      {"ROLE_NOT_ALLOWED",
       {"\"soutenance whoami\" shows your roles", "« soutenance whoami » montre vos rôles"}},
      {"SERVER_UNREACHABLE",
       {"is soutenanced running? \"soutenance context show\" tells where it is looked for, and why there",
        "soutenanced est-il lancé ? « soutenance context show » dit où il est cherché, et pourquoi"}},
      {"REASON_REQUIRED", {"--reason TEXT says why", "--reason TEXTE dit pourquoi"}},
      {"PINNED", {"\"soutenance timetables unpin\" frees it", "« soutenance timetables unpin » la libère"}},
      {"INCOMPLETE",
       {"--allow-incomplete publishes it all the same; \"soutenance timetables explain\" tells why it is "
        "incomplete",
        "--allow-incomplete le publie quand même ; « soutenance timetables explain » dit pourquoi il est "
        "incomplet"}},
      {"INPUT_CHANGED",
       {"compute again: \"soutenance timetables run\"", "recalculez : « soutenance timetables run »"}},
      {"ASSUMPTION_OPEN",
       {"\"soutenance availability set\" and \"soutenance campaigns update\" make it so",
        "« soutenance availability set » et « soutenance campaigns update » y pourvoient"}},
      {"REPAIR_DOES_NOT_HOLD",
       {"\"soutenance timetables repair\" finds them again",
        "« soutenance timetables repair » les cherche de nouveau"}},
      {"CAMPAIGN_NOT_READY",
       {"\"soutenance campaigns check\" tells more", "« soutenance campaigns check » en dit plus"}},
      {"CONFLICT_OF_INTEREST",
       {"\"soutenance conflicts show THESIS PERSON\" tells why; \"soutenance conflicts pin\" decides",
        "« soutenance conflicts show MÉMOIRE PERSONNE » dit pourquoi ; « soutenance conflicts pin » "
        "tranche"}},
      {"BATCH_NOT_FOUND",
       {"\"soutenance juries batches PROGRAMME\" lists them",
        "« soutenance juries batches FORMATION » les liste"}},
      {"DEFENCE_NOT_FOUND",
       {"\"soutenance defences list\" lists them", "« soutenance defences list » les liste"}},
      {"PERSON_NOT_FOUND",
       {"\"soutenance people list\" tells who is known", "« soutenance people list » dit qui est connu"}},
      {"ROOM_NOT_FOUND",
       {"\"soutenance rooms list\" lists the rooms", "« soutenance rooms list » liste les salles"}},
      {"INVITATION_STEP_REFUSED",
       {"\"soutenance juries invitations\" shows how far each is",
        "« soutenance juries invitations » montre où en est chacune"}},
      {"QUEUE_FULL",
       {"\"soutenance timetables runs\" shows what is being computed",
        "« soutenance timetables runs » montre les calculs en cours"}},
  };
  if (const auto found = by_reason.find(FactsOf(status).reason); found != by_reason.end())
    return found->second;
  switch (status.code()) {
    case absl::StatusCode::kUnauthenticated:
      return {"log in with \"soutenance login\", or name a token with --token-file",
              "connectez-vous avec « soutenance login », ou indiquez un jeton avec --token-file"};
    case absl::StatusCode::kDeadlineExceeded:
      return {"--timeout SECONDS gives it more time", "--timeout SECONDES lui laisse plus de temps"};
    default:
      return {};
  }
}

}  // namespace soutenance::cli
