#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/fields.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/resource.h"
#include "clients/cli/timetables.h"
#include "clients/cli/words.h"
#include "services/base/status.h"

namespace soutenance::cli {
namespace {

namespace pb = scheduling::v1;

constexpr int kChangesShown = 1000;

// Whom the timetable chose, one line a seat.
std::string ChosenText(const pb::Timetable& timetable, const ViewStyle& style) {
  std::string text;
  for (const pb::Placement& placement : timetable.placements()) {
    for (const pb::Attendee& attendee : placement.jury()) {
      if (!attendee.composed()) continue;
      const std::string line =
          absl::StrCat(ShortName(placement.defence()), " (", StudentsText(placement), ")",
                       Text{": ", " : "}.In(style.language), attendee.display_name(), ", ",
                       WordFor(attendee.role(), style.language),
                       attendee.remote() ? Text{", on video", ", en visio"}.In(style.language) : "");
      absl::StrAppend(&text, Paragraph(line, 2, "- ", style.terminal));
    }
  }
  return text;
}

std::string OutcomeText(const Session& session, const pb::ApplyJuriesResponse& response) {
  const Language language = session.language();
  return absl::StrCat(Counted(response.seat_count(), {"seat", "place"}, {"seats", "places"}, language), "; ",
                      ChangeCounts(response.juries(), language), "\n",
                      ChangeLines(response.juries(), kChangesShown, language));
}

absl::Status Juries(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(const pb::Timetable timetable, GetTimetable(session, input, input.Get("TIMETABLE")));
  const ViewStyle style = StyleOf(session);
  pb::ApplyJuriesRequest request;
  request.set_name(timetable.name());
  request.set_etag(timetable.etag());
  request.set_validate_only(input.Has("--dry-run"));
  const std::string chosen = ChosenText(timetable, style);
  if (!request.validate_only() && !chosen.empty()) {
    if (!session.json() && !input.Has("--yes")) session.Print(chosen);
    RETURN_IF_ERROR(session.Confirm(
        input, session.Say({"Make them members of these juries?", "En faire des membres de ces jurys ?"})));
  }
  ASSIGN_OR_RETURN(const auto response, session.Call<pb::ApplyJuriesResponse>(request));
  const std::string outcome = OutcomeText(session, response);
  ShowOutcome(session, input, {"They are members of the juries now.", "Ils sont membres des jurys."},
              response, input.Has("--dry-run") ? absl::StrCat(chosen, outcome) : outcome);
  return absl::OkStatus();
}

}  // namespace

std::vector<Command> TimetableJuryCommands() {
  return {
      {.verb = "juries",
       .summary = {"Make those whom a timetable chose members of the juries",
                   "Faire membres des jurys ceux qu’un planning a choisis"},
       .details =
           {"All or none, with every check of a jury that is set by hand. Who sits in a jury stays. With "
            "--dry-run it only says who was chosen and what would change.",
            "Tous ou aucun, avec tous les contrôles d’un jury fixé à la main. Qui siège déjà reste. Avec "
            "--dry-run, dit seulement qui a été choisi et ce qui changerait."},
       .arguments = {NameArgument("TIMETABLE", "timetables",
                                  {"a number, \"latest\" (default) or \"published\"",
                                   "un numéro, « latest » (par défaut) ou « published »"},
                                  Argument::Need::kOptional)},
       .flags = {CampaignFlag(), DryRunFlag(), YesFlag()},
       .examples = {{"timetables juries published --dry-run",
                     {"who was chosen for what?", "qui a été choisi pour quoi ?"}},
                    {"timetables juries published", {"make it so", "l’appliquer"}}},
       .run = Juries},
  };
}

}  // namespace soutenance::cli
