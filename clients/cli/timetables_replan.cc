#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/dates.h"
#include "clients/cli/fields.h"
#include "clients/cli/names.h"
#include "clients/cli/replan_views.h"
#include "clients/cli/resource.h"
#include "clients/cli/timetables.h"
#include "services/base/status.h"

namespace soutenance::cli {
namespace {

namespace pb = scheduling::v1;

std::string MomentFrom(const std::string& text) {
  const std::pair<std::string, std::string> parts =
      absl::StrSplit(text, absl::MaxSplits(absl::ByAnyChar(" T"), 1));
  const std::optional<absl::CivilDay> day = ParseDay(parts.first);
  if (!day || parts.second.empty()) return text;
  return absl::StrCat(absl::FormatCivilTime(*day), "T", parts.second);
}

std::string OutcomeText(const pb::ReplanTimetableResponse& response, const Session& session,
                        const Input& input) {
  const ViewStyle style = StyleOf(session);
  if (input.Has("--dry-run")) {
    return absl::StrCat(session.Say({"This is what would change (dry run: nothing was written): ",
                                     "Voici ce qui changerait (essai : rien n’a été écrit) : "}),
                        ReplanText(response, style));
  }
  if (!response.created()) {
    return absl::StrCat(
        TimetableTitle(response.timetable(), style),
        session.Say({" still holds: nothing must change.\n", " tient toujours : rien ne doit changer.\n"}),
        ReplanText(response, style));
  }
  const std::string number = ShortName(response.timetable().name());
  return absl::StrCat(
      TimetableTitle(response.timetable(), style), session.Say({": ", " : "}), ReplanText(response, style),
      "\n",
      session.Say(
          {"What is published stays until the draft is published: soutenance timetables publish ",
           "Le planning publié reste en place jusqu’à la publication : soutenance timetables publish "}),
      number, input.Again({"--campaign"}), "\n");
}

absl::Status Replan(Session& session, const Input& input) {
  const std::string from = input.Has("TIMETABLE") ? input.Get("TIMETABLE") : "published";
  ASSIGN_OR_RETURN(const pb::Timetable timetable, GetTimetable(session, input, from));
  pb::ReplanTimetableRequest request;
  request.set_name(timetable.name());
  request.set_etag(timetable.etag());
  request.set_time_ms_max(static_cast<int32_t>(input.Number("--time-ms")));
  request.set_seed(input.Number("--seed"));
  if (input.Has("--now")) request.set_now(MomentFrom(input.Get("--now")));
  request.set_validate_only(input.Has("--dry-run"));
  request.set_language(CodeOf(session.language()));
  ASSIGN_OR_RETURN(const auto response, session.Call<pb::ReplanTimetableResponse>(request));
  session.Show(response, [&] { return OutcomeText(response, session, input); });
  return absl::OkStatus();
}

}  // namespace

std::vector<Command> TimetableReplanCommands() {
  return {
      {.verb = "replan",
       .summary = {"Change a published timetable as little as possible after facts changed",
                   "Modifier le moins possible un planning publié, après un changement"},
       .details =
           {"First say what changed: an availability, a room's openings, a thesis withdrawn or added, a "
            "jury. "
            "Then this makes a draft that disturbs the fewest people, and rather those of later defences; "
            "pins are kept, and what has begun stays. It lists who must be told what. The draft counts once "
            "it is published.",
            "Indiquez d’abord ce qui a changé : une disponibilité, les ouvertures d’une salle, un mémoire "
            "retiré ou ajouté, un jury. Cette commande fait alors un brouillon qui dérange le moins de "
            "personnes, de préférence celles des soutenances les plus lointaines ; ce qui est fixé le reste, "
            "et ce qui a commencé ne bouge pas. Elle dit qui prévenir et de quoi. Le brouillon ne compte "
            "qu’une fois publié."},
       .arguments = {NameArgument("TIMETABLE", "timetables",
                                  {"a number, \"published\" (default) or \"latest\"",
                                   "un numéro, « published » (par défaut) ou « latest »"},
                                  Argument::Need::kOptional)},
       .flags =
           {TextFlag(
                "--now", "MOMENT",
                {"as if it were then, such as 2027-06-10T08:00: notice counts from then",
                 "comme si l’on était à ce moment, par exemple 2027-06-10T08:00 : le préavis part de là"}),
            NumberFlag("--time-ms", "MS",
                       {"at most this many milliseconds; default: 1000",
                        "au plus ce nombre de millisecondes ; par défaut 1000"}),
            NumberFlag("--seed", "N", {"another search", "une autre recherche"}), CampaignFlag(),
            DryRunFlag()},
       .examples = {{"timetables replan --dry-run",
                     {"what would move, and who must be told?",
                      "qu’est-ce qui bougerait, et qui prévenir ?"}},
                    {"timetables replan",
                     {"make the draft; timetables publish makes it count",
                      "faire le brouillon ; timetables publish le rend valable"}},
                    {"timetables replan --json > replan.json",
                     {"the people to tell, for a program", "les personnes à prévenir, pour un programme"}}},
       .run = Replan},
  };
}

}  // namespace soutenance::cli
