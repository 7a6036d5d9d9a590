#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/fields.h"
#include "clients/cli/layout.h"
#include "clients/cli/resource.h"
#include "clients/cli/timetables.h"
#include "google/protobuf/empty.pb.h"
#include "services/base/status.h"

namespace soutenance::cli {
namespace {

namespace pb = scheduling::v1;

absl::Status Publish(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(const pb::Timetable timetable, GetTimetable(session, input, input.Get("TIMETABLE")));
  pb::PublishTimetableRequest request;
  request.set_name(timetable.name());
  request.set_etag(input.Has("--etag") ? input.Get("--etag") : timetable.etag());
  request.set_allow_incomplete(input.Has("--allow-incomplete"));
  request.set_language(CodeOf(session.language()));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto published, session.Call<pb::Timetable>(request));
  const ViewStyle style = StyleOf(session);
  const bool was_published = timetable.state() == pb::Timetable::STATE_PUBLISHED;
  const Text dry{"It can be published", "Il peut être publié"};
  const Text done = was_published ? Text{"It was published already.", "Il était déjà publié."}
                                  : Text{"Published: everybody concerned may see it.",
                                         "Publié : toutes les personnes concernées peuvent le voir."};
  std::string text =
      absl::StrCat(TimetableTitle(input.Has("--dry-run") ? timetable : published, style),
                   Text{": ", " : "}.In(style.language),
                   PlacedText(published.placed_count(), published.defence_count(), 0, style.language), "\n");
  if (published.facts_changed_size() > 0) {
    absl::StrAppend(&text,
                    session.Say({"Facts changed since it was computed; it still holds:",
                                 "Des données ont changé depuis son calcul ; il tient toujours :"}),
                    "\n");
    for (const std::string& fact : published.facts_changed())
      absl::StrAppend(&text, Paragraph(fact, 2, "- ", style.terminal));
  }
  ShowOutcome(session, input, input.Has("--dry-run") ? dry : done, published, text);
  return absl::OkStatus();
}

absl::Status Delete(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(const pb::Timetable timetable, GetTimetable(session, input, input.Get("TIMETABLE")));
  pb::DeleteTimetableRequest request;
  request.set_name(timetable.name());
  request.set_etag(timetable.etag());
  request.set_validate_only(input.Has("--dry-run"));
  if (!request.validate_only()) {
    RETURN_IF_ERROR(session.Confirm(
        input, absl::StrCat(session.Say({"Delete: ", "Supprimer : "}),
                            TimetableTitle(timetable, StyleOf(session)), session.Say({"?", " ?"}))));
  }
  ASSIGN_OR_RETURN(const auto nothing, session.Call<google::protobuf::Empty>(request));
  ShowOutcome(session, input, {"Deleted.", "Supprimé."}, nothing, "");
  return absl::OkStatus();
}

}  // namespace

std::vector<Command> TimetableLifeCommands() {
  const Text help{"a number, \"latest\" (default) or \"published\"",
                  "un numéro, « latest » (par défaut) ou « published »"};
  return {
      {.verb = "publish",
       .summary = {"Publish a draft: everybody concerned sees it",
                   "Publier un brouillon : toutes les personnes concernées le voient"},
       .details = {"The one published before is superseded. If facts changed since it was computed and it "
                   "breaks a rule now, it is refused: compute again.",
                   "Le précédent planning publié est remplacé. Si des données ont changé depuis son calcul "
                   "et qu’il enfreint une règle, il est refusé : recalculez."},
       .arguments = {NameArgument("TIMETABLE", "timetables", help, Argument::Need::kOptional)},
       .flags = {{.name = "--allow-incomplete",
                  .value = {},
                  .help = {"although defences are unplaced", "même si des soutenances ne sont pas placées"}},
                 CampaignFlag(),
                 EtagFlag(),
                 DryRunFlag()},
       .examples = {{"timetables publish --dry-run", {"would it be accepted?", "serait-il accepté ?"}},
                    {"timetables publish 3", {"a certain draft", "un brouillon précis"}}},
       .run = Publish},
      {.verb = "delete",
       .summary = {"Delete a draft", "Supprimer un brouillon"},
       .arguments = {NameArgument("TIMETABLE", "timetables", {"its number", "son numéro"})},
       .flags = {CampaignFlag(), DryRunFlag(), YesFlag()},
       .examples = {{"timetables delete 2 --yes", {"without being asked", "sans confirmation"}}},
       .run = Delete},
  };
}

}  // namespace soutenance::cli
