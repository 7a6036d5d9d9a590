#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/fields.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/resource.h"
#include "clients/cli/timetables.h"
#include "services/base/error.h"
#include "services/base/status.h"

namespace soutenance::cli {
namespace {

namespace pb = scheduling::v1;

absl::StatusOr<pb::FindRepairsResponse> FindRepairs(Session& session, const Input& input,
                                                    const pb::Timetable& timetable) {
  pb::FindRepairsRequest request;
  request.set_name(timetable.name());
  if (input.Has("--defence")) {
    request.set_defence(DefenceName(ParentIn("campaigns", timetable.name()), input.Get("--defence")));
  }
  request.set_language(CodeOf(session.language()));
  return session.Call<pb::FindRepairsResponse>(request);
}

absl::Status NoSuchRepair(const Session& session, int64_t number, int count) {
  if (count == 0) {
    return Error(absl::StatusCode::kNotFound,
                 session.Say({"there is no repair to apply", "il n’y a aucune réparation à appliquer"}),
                 {.reason = "REPAIR_NOT_FOUND"});
  }
  return clients::UsageError(absl::StrCat(session.Say({"--apply ", "--apply "}), number,
                                          session.Say({": expected 1 to ", " : de 1 à "}), count));
}

// What differs from the timetable that was repaired, and what the draft takes for granted.
std::string OutcomeText(const pb::ApplyRepairResponse& response, const ViewStyle& style) {
  return absl::StrCat(ComparisonText(response.comparison(), style),
                      AssumptionsText(response.timetable(), style));
}

std::string SentenceText(const pb::Repair& repair, const ViewStyle& style) {
  return repair.sentence().empty() ? "" : Paragraph(repair.sentence(), 0, "", style.terminal);
}

// Says which rooms they are that --room and --found name.
absl::Status NameRooms(const Session& session, const Input& input, pb::ApplyRepairRequest& request) {
  std::vector<std::string> rooms = input.GetAll("--room");
  std::size_t next = 0;
  for (pb::RepairStep& step : *request.mutable_steps()) {
    if (step.kind() == "extra_room" && next < rooms.size()) step.set_room(TopName("rooms", rooms[next++]));
  }
  if (next < rooms.size()) {
    return clients::UsageError(session.Say({"--room: this repair needs no (other) room",
                                            "--room : cette réparation ne demande pas d’(autre) salle"}));
  }
  for (const std::string& text : input.GetAll("--found")) {
    const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits('=', 1));
    if (parts.first.empty() || parts.second.empty()) {
      return clients::UsageError(absl::StrCat(
          "--found ", text,
          session.Say({": expected such as extra-1=b204", " : attendu par exemple extra-1=b204"})));
    }
    pb::FoundRoom& found = *request.add_found_rooms();
    found.set_placeholder(TopName("rooms", parts.first));
    found.set_room(TopName("rooms", parts.second));
  }
  return absl::OkStatus();
}

absl::Status Apply(Session& session, const Input& input, const pb::Timetable& timetable,
                   const pb::Repair& repair) {
  pb::ApplyRepairRequest request;
  request.set_name(timetable.name());
  *request.mutable_steps() = repair.steps();
  *request.mutable_defences() = repair.defences();
  RETURN_IF_ERROR(NameRooms(session, input, request));
  request.set_etag(timetable.etag());
  request.set_language(CodeOf(session.language()));
  const ViewStyle style = StyleOf(session);
  const bool is_dry = input.Has("--dry-run");
  if (is_dry || !input.Has("--yes")) {
    request.set_validate_only(true);
    ASSIGN_OR_RETURN(const auto trial, session.Call<pb::ApplyRepairResponse>(request));
    const std::string text = absl::StrCat(SentenceText(repair, style), OutcomeText(trial, style));
    if (is_dry) {
      ShowOutcome(session, input, {"This is what the draft would be", "Voici ce que serait le brouillon"},
                  trial, text);
      return absl::OkStatus();
    }
    if (!session.json()) session.Print(text);
    RETURN_IF_ERROR(session.Confirm(input, session.Say({"Make this draft?", "Créer ce brouillon ?"})));
    request.set_validate_only(false);
  }
  ASSIGN_OR_RETURN(const auto made, session.Call<pb::ApplyRepairResponse>(request));
  session.Show(made, [&] {
    // It was shown before the question; without a question it is shown now.
    std::string text;
    if (input.Has("--yes")) {
      text = absl::StrCat(SentenceText(repair, style), OutcomeText(made, style));
    }
    absl::StrAppend(&text, session.Say({"Made: ", "Créé : "}), TimetableTitle(made.timetable(), style), "\n");
    if (made.timetable().assumptions_size() > 0) {
      absl::StrAppend(
          &text, Paragraph(session.Say({"Nobody was asked and nothing else changed. Once what it "
                                        "assumes is so, publish it; until then that is refused.",
                                        "Personne n’a été sollicité et rien d’autre n’a changé. Une fois "
                                        "ces hypothèses réalisées, publiez-le ; d’ici là, c’est refusé."}),
                           0, "", style.terminal));
    }
    return text;
  });
  return absl::OkStatus();
}

absl::Status Repair(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(const pb::Timetable timetable,
                   GetTimetable(session, input, input.Get("TIMETABLE"), input.Get("--defence")));
  if (input.Has("--found") && !input.Has("--apply")) return Apply(session, input, timetable, pb::Repair());
  ASSIGN_OR_RETURN(const pb::FindRepairsResponse found, FindRepairs(session, input, timetable));
  if (input.Has("--apply")) {
    const int64_t number = input.Number("--apply");
    if (number < 1 || number > found.repairs_size()) {
      return NoSuchRepair(session, number, found.repairs_size());
    }
    return Apply(session, input, timetable, found.repairs(static_cast<int>(number - 1)));
  }
  session.Show(found, [&] {
    return absl::StrCat(TimetableTitle(timetable, StyleOf(session)), "\n",
                        RepairsText(found, ShortName(timetable.name()),
                                    input.Again({"--defence", "--campaign"}), StyleOf(session)));
  });
  return absl::OkStatus();
}

}  // namespace

std::vector<Command> TimetableRepairCommands() {
  return {
      {.verb = "repair",
       .summary = {"Find what would make room for the unplaced, and draft it",
                   "Trouver ce qui ferait de la place, et en faire un brouillon"},
       .details = {"Without --apply: the repairs, each verified by solving again, those that ask the fewest "
                   "people first. With it: a new draft as if the repair were so. The draft says what it "
                   "assumes; nobody's answer and no setting changes, and publishing it is refused until what "
                   "it assumes has come true.",
                   "Sans --apply : les réparations, chacune vérifiée par un nouveau calcul, celles qui "
                   "sollicitent le moins de personnes d’abord. Avec : un nouveau brouillon comme si la "
                   "réparation était acquise. Le brouillon dit ce qu’il suppose ; aucune réponse ni aucun "
                   "réglage ne change, et il ne peut être publié tant que ce qu’il suppose n’est pas vrai."},
       .arguments = {NameArgument("TIMETABLE", "timetables",
                                  {"a number, \"latest\" (default) or \"published\"",
                                   "un numéro, « latest » (par défaut) ou « published »"},
                                  Argument::Need::kOptional)},
       .flags = {NumberFlag("--apply", "N",
                            {"make a draft of the Nth repair", "faire un brouillon de la Ne réparation"}),
                 ResourceFlag(
                     "--defence", "DEFENCE", "defences",
                     {"only repairs for this defence", "seulement les réparations pour cette soutenance"}),
                 Repeated(
                     ResourceFlag("--room", "ROOM", "rooms",
                                  {"with --apply: which room it is that the repair needs; without it one "
                                   "that is still to be found",
                                   "avec --apply : la salle que demande la réparation ; sans elle, une salle "
                                   "à trouver"})),
                 Repeated(TextFlag("--found", "PLACEHOLDER=ROOM",
                                   {"in a draft: which room it is that was to be found, such as extra-1=b204",
                                    "dans un brouillon : la salle qui était à trouver, par exemple "
                                    "extra-1=b204"})),
                 CampaignFlag(), DryRunFlag(), YesFlag()},
       .examples = {{"timetables repair",
                     {"who would have to be asked for what?", "à qui faudrait-il demander quoi ?"}},
                    {"timetables repair 3 --apply 1 --dry-run",
                     {"what would the draft be?", "que serait le brouillon ?"}},
                    {"timetables repair 3 --apply 1 --room b204",
                     {"make the draft, with this room", "créer le brouillon, avec cette salle"}}},
       .run = Repair},
  };
}

}  // namespace soutenance::cli
