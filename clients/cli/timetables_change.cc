#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/cli/dates.h"
#include "clients/cli/fields.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/resource.h"
#include "clients/cli/timetables.h"
#include "clients/lib/display_text.h"
#include "services/base/error.h"
#include "services/base/status.h"

namespace soutenance::cli {
namespace {

namespace pb = scheduling::v1;

// A start as the contract writes it; "2027-06-14 09:30" and "14/06/2027 09:30" are understood too. What is
// not a start is passed on: the server says what is wrong with it.
std::string StartFrom(const std::string& text) {
  const std::pair<std::string, std::string> parts =
      absl::StrSplit(text, absl::MaxSplits(absl::ByAnyChar(" T"), 1));
  const std::optional<absl::CivilDay> day = ParseDay(parts.first);
  if (!day || parts.second.empty()) return text;
  return absl::StrCat(absl::FormatCivilTime(*day), "T", parts.second);
}

// "m2-017 (Ana Martin): lun. 14 juin 09:30, A 101 → mar. 15 juin 14:00, B 2"
std::string MoveText(const pb::Timetable& timetable, const pb::MoveDefenceRequest& request,
                     const ViewStyle& style) {
  const pb::Placement* now = FindPlacement(timetable, request.defence());
  pb::Placement after;
  after.set_start(request.start());
  after.set_room(request.room());
  // Who only names people wants it to stay.
  if (now != nullptr && request.holders_size() > 0 && request.start().empty()) after = *now;
  // The room's own name, if any placement tells it.
  for (const pb::Placement& placement : timetable.placements()) {
    if (placement.room() == request.room()) after.set_room_title(placement.room_title());
  }
  std::string text = ShortName(request.defence());
  if (now != nullptr && now->students_size() > 0)
    absl::StrAppend(&text, " (", absl::StrJoin(now->students(), ", "), ")");
  absl::StrAppend(&text, Text{": ", " : "}.In(style.language));
  if (now != nullptr) absl::StrAppend(&text, PlaceText(*now, style), " → ");
  return absl::StrCat(clients::Printable(absl::StrCat(text, PlaceText(after, style))), "\n");
}

std::string NeedsReasonText(const pb::MoveDefenceResponse& response, const ViewStyle& style) {
  if (response.needs_reason_size() == 0) return "";
  std::string text = absl::StrCat(Marked(Text{"A rule that may not be broken would be; a reason is needed:",
                                              "Une règle stricte serait enfreinte ; il faut un motif :"}
                                             .In(style.language),
                                         clients::Mark::kWarning, style.terminal),
                                  "\n");
  for (const pb::RuleMatch& match : response.needs_reason())
    absl::StrAppend(&text, Paragraph(match.sentence(), 2, "- ", style.terminal));
  return text;
}

std::string ResultText(const pb::MoveDefenceResponse& response, const ViewStyle& style) {
  return absl::StrCat("Score", Text{": ", " : "}.In(style.language),
                      ScoreText(response.score_before(), style.language), " → ",
                      ScoreText(response.score_after(), style.language), "\n");
}

std::string EffectText(const pb::Timetable& timetable, const pb::MoveDefenceRequest& request,
                       const pb::MoveDefenceResponse& response, const ViewStyle& style) {
  return absl::StrCat(MoveText(timetable, request, style), EffectsText(response.effects(), style),
                      ResultText(response, style), NeedsReasonText(response, style));
}

// Shows what the change would do and lets the person decide. Fills in the reason if the person is asked for
// it.
absl::Status AskFirst(Session& session, const Input& input, const pb::Timetable& timetable, Text question,
                      pb::MoveDefenceRequest& request) {
  if (input.Has("--yes")) return absl::OkStatus();
  pb::MoveDefenceRequest trial = request;
  trial.set_validate_only(true);
  const auto effect = session.Call<pb::MoveDefenceResponse>(trial);
  const bool needs_reason =
      request.override_reason().empty() &&
      (effect.ok() ? effect->needs_reason_size() > 0 : FactsOf(effect.status()).reason == "REASON_REQUIRED");
  if (!effect.ok() && !(needs_reason && session.CanAsk())) return effect.status();
  if (effect.ok() && !session.json())
    session.Print(EffectText(timetable, request, *effect, StyleOf(session)));
  if (!effect.ok()) session.Warn(std::string(effect.status().message()));
  if (needs_reason && session.CanAsk()) {
    request.set_override_reason(session.Ask(session.Say({"Reason:", "Motif :"})));
  }
  return session.Confirm(input, session.Say(question));
}

// Where a defence is put; both empty: nowhere. One of them empty: as it is.
struct Place {
  std::string start;
  std::string room;
};

// What is said before and after.
struct Words {
  Text question;
  Text done;
};

absl::Status Change(Session& session, const Input& input, const Place& place, const Words& words) {
  ASSIGN_OR_RETURN(const pb::Timetable timetable,
                   GetTimetable(session, input, input.Get("--timetable"), input.Get("DEFENCE")));
  pb::MoveDefenceRequest request;
  request.set_name(timetable.name());
  request.set_defence(DefenceName(ParentIn("campaigns", timetable.name()), input.Get("DEFENCE")));
  request.set_start(place.start);
  request.set_room(place.room);
  if (place.start.empty() != place.room.empty()) {
    const pb::Placement* const now = FindPlacement(timetable, request.defence());
    if (now != nullptr && now->start().empty()) {
      return clients::UsageError(
          session.Say({"it has no place yet; say both where and when: --to START --room ROOM",
                       "elle n’a pas encore de place ; dites où et quand : --to DÉBUT --room SALLE"}));
    }
    if (now != nullptr && place.start.empty()) request.set_start(now->start());
    if (now != nullptr && place.room.empty()) request.set_room(now->room());
  }
  for (const std::string& seat : input.GetAll("--seat")) {
    const std::pair<std::string, std::string> parts = absl::StrSplit(seat, absl::MaxSplits('=', 1));
    pb::SeatHolder& holder = *request.add_holders();
    holder.set_role(parts.first);
    holder.set_person(TopName("people", parts.second));
  }
  request.set_override_reason(input.Get("--reason"));
  // What is changed is what was seen: somebody else's change in between is noticed.
  request.set_etag(timetable.etag());
  request.set_language(CodeOf(session.language()));
  const ViewStyle style = StyleOf(session);
  if (input.Has("--dry-run")) {
    request.set_validate_only(true);
    ASSIGN_OR_RETURN(const auto effect, session.Call<pb::MoveDefenceResponse>(request));
    ShowOutcome(session, input, {"This is what would change", "Voici ce qui changerait"}, effect,
                EffectText(timetable, request, effect, style));
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(AskFirst(session, input, timetable, words.question, request));
  ASSIGN_OR_RETURN(const auto response, session.Call<pb::MoveDefenceResponse>(request));
  session.Show(response, [&] {
    // The effect was shown before the question; without a question it is shown now.
    std::string text = input.Has("--yes") ? EffectText(timetable, request, response, style) : "";
    absl::StrAppend(&text, session.Say(words.done), " ", TimetableTitle(response.timetable(), style), "\n");
    if (response.timetable().name() != timetable.name()) {
      absl::StrAppend(
          &text,
          session.Say(
              {"It is a new draft; what is published stays until the draft is published.",
               "C’est un nouveau brouillon ; le planning publié reste en place jusqu’à sa publication."}),
          "\n");
    }
    return text;
  });
  return absl::OkStatus();
}

absl::Status Move(Session& session, const Input& input) {
  const bool only_seats = input.Has("--seat") && !input.Has("--to") && !input.Has("--room");
  if (only_seats) {
    return Change(session, input, {},
                  {.question = {"Change its jury?", "Changer son jury ?"}, .done = {"Changed.", "Changé."}});
  }
  if (!input.Has("--to") && !input.Has("--room")) {
    return clients::UsageError(
        session.Say({"say where to: --to START --room ROOM (to unplace: timetables unplace)",
                     "indiquez où : --to DÉBUT --room SALLE (pour retirer : timetables unplace)"}));
  }
  return Change(session, input,
                {StartFrom(input.Get("--to")),
                 input.Has("--room") ? TopName("rooms", input.Get("--room")) : std::string()},
                {.question = {"Move it?", "La déplacer ?"}, .done = {"Moved.", "Déplacée."}});
}

absl::Status Unplace(Session& session, const Input& input) {
  return Change(session, input, {},
                {.question = {"Unplace it?", "La retirer du planning ?"}, .done = {"Unplaced.", "Retirée."}});
}

enum class Pinning { kPin, kUnpin };

void SetJuror(const std::string& juror, Pinning pinning, pb::Pin& pin) {
  google::protobuf::RepeatedPtrField<std::string>& jurors = *pin.mutable_jurors();
  jurors.erase(std::remove(jurors.begin(), jurors.end(), juror), jurors.end());
  if (pinning == Pinning::kPin) pin.add_jurors(juror);
}

// Sets or clears the aspects that were named, or all of them; the others stay as they are.
absl::Status ChangePin(Session& session, const Input& input, Pinning pinning, Text done) {
  const bool pinned = pinning == Pinning::kPin;
  ASSIGN_OR_RETURN(const pb::Timetable timetable,
                   GetTimetable(session, input, input.Get("--timetable"), input.Get("DEFENCE")));
  pb::PinDefenceRequest request;
  request.set_name(timetable.name());
  request.set_defence(DefenceName(ParentIn("campaigns", timetable.name()), input.Get("DEFENCE")));
  request.set_etag(timetable.etag());
  if (const pb::Placement* now = FindPlacement(timetable, request.defence()); now != nullptr)
    *request.mutable_pin() = now->pin();
  const std::vector<std::string> jurors = input.GetAll("--juror");
  const bool all = !input.Has("--day") && !input.Has("--time") && !input.Has("--room") &&
                   !input.Has("--mode") && jurors.empty();
  pb::Pin& pin = *request.mutable_pin();
  if (all || input.Has("--day")) pin.set_day(pinned);
  if (all || input.Has("--time")) pin.set_time(pinned);
  if (all || input.Has("--room")) pin.set_room(pinned);
  if (input.Has("--mode") || (all && !pinned)) pin.set_mode(pinned);
  if (all && !pinned) pin.clear_jurors();
  for (const std::string& juror : jurors) SetJuror(TopName("people", juror), pinning, pin);
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto changed, session.Call<pb::Timetable>(request));
  const pb::Placement* const is = FindPlacement(changed, request.defence());
  const std::string left = is == nullptr ? "" : PinnedText(*is, session.language());
  ShowOutcome(session, input, done, changed,
              absl::StrCat(ShortName(request.defence()), Text{": ", " : "}.In(session.language()),
                           left.empty() ? session.Say({"nothing is pinned", "rien n’est fixé"}) : left, ", ",
                           TimetableTitle(changed, StyleOf(session)), "\n"));
  return absl::OkStatus();
}

absl::Status Pin(Session& session, const Input& input) {
  return ChangePin(session, input, Pinning::kPin,
                   {"Pinned: runs started from this timetable keep it.",
                    "Fixée : les calculs partant de ce planning la garderont."});
}

absl::Status Unpin(Session& session, const Input& input) {
  return ChangePin(session, input, Pinning::kUnpin, {"Unpinned.", "Libérée."});
}

}  // namespace

std::vector<Command> TimetableChangeCommands() {
  const Argument defence =
      NameArgument("DEFENCE", "defences", {"id of the thesis", "identifiant du mémoire"});
  const Flag reason = TextFlag("--reason", "TEXT",
                               {"why a rule that may not be broken is; kept with the placement",
                                "pourquoi enfreindre une règle stricte ; gardé avec le placement"});
  const std::vector<Flag> aspects{
      {.name = "--day", .value = {}, .help = {"only the day", "seulement le jour"}},
      {.name = "--time", .value = {}, .help = {"only the time", "seulement l’heure"}},
      {.name = "--room", .value = {}, .help = {"only the room", "seulement la salle"}},
      {.name = "--mode",
       .value = {},
       .help = {"on site, or on video, as it is", "sur place, ou en visio, comme elle l’est"}},
      Repeated(
          ResourceFlag("--juror", "PERSON", "people", {"this member of the jury", "ce membre du jury"}))};
  return {
      {.verb = "move",
       .summary = {"Place or move a defence by hand", "Placer ou déplacer une soutenance à la main"},
       .details = {"Shows the effect on every rule and asks before anything changes. A clash of rooms or "
                   "people is refused; breaking "
                   "another rule that may not be broken needs a reason. Moving in a published timetable "
                   "makes a new draft.",
                   "Montre l’effet sur chaque règle et demande avant tout changement. Un conflit de salles "
                   "ou de personnes est refusé ; "
                   "enfreindre une autre règle stricte demande un motif. Dans un planning publié, cela crée "
                   "un nouveau brouillon."},
       .arguments = {defence},
       .flags = {TextFlag("--to", "START",
                          {"such as 2027-06-14T09:30; default: when it is now",
                           "par exemple 2027-06-14T09:30 ; par défaut quand elle est prévue"}),
                 ResourceFlag("--room", "ROOM", "rooms",
                              {"the room; default: where it is now", "la salle ; par défaut la sienne"}),
                 Repeated(TextFlag("--seat", "ROLE=PERSON",
                                   {"who is chosen for an open seat of the jury; alone: the defence stays",
                                    "qui est choisi pour une place à pourvoir du jury ; seul : la soutenance "
                                    "reste"})),
                 reason, TimetableFlag(), CampaignFlag(), DryRunFlag(), YesFlag()},
       .examples = {{"timetables move m2-017 --to 2027-06-14T09:30 --room a101 --dry-run",
                     {"what would it cost?", "combien cela coûterait-il ?"}},
                    {"timetables move m2-017 --to \"2027-06-14 09:30\" --room a101 --reason \"the jury asked "
                     "for it\"",
                     {"with a reason", "avec un motif"}}},
       .run = Move},
      {.verb = "unplace",
       .summary = {"Take a defence out of the timetable", "Retirer une soutenance du planning"},
       .arguments = {defence},
       .flags = {TimetableFlag(), CampaignFlag(), DryRunFlag(), YesFlag()},
       .examples = {{"timetables unplace m2-017",
                     {"it keeps its jury and can be placed again",
                      "elle garde son jury et peut être replacée"}}},
       .run = Unplace},
      {.verb = "pin",
       .summary = {"Fix day, time, room, jurors or mode of a defence for what follows",
                   "Fixer jour, heure, salle, jurés ou mode d’une soutenance"},
       .details = {"Runs and replans from this timetable keep it, also while the defence has no place. "
                   "Without any of the flags: day, time and room; these need a place.",
                   "Les calculs et les replanifications partant de ce planning le gardent, même tant que la "
                   "soutenance n’a pas de place. Sans option : le jour, l’heure et la salle ; il lui faut "
                   "alors une place."},
       .arguments = {defence},
       .flags = Flags(aspects, {TimetableFlag(), CampaignFlag(), DryRunFlag()}),
       .examples = {{"timetables pin m2-017 --day",
                     {"another time or room is fine", "une autre heure ou salle convient"}},
                    {"timetables pin m2-017 --juror ana --mode",
                     {"with Ana, on site as now, at any time",
                      "avec Ana, sur place comme prévu, à toute heure"}}},
       .run = Pin},
      {.verb = "unpin",
       .summary = {"Let later runs place a defence freely again",
                   "Laisser de nouveau les calculs placer une soutenance librement"},
       .details = {"Without any of the flags: everything that is pinned.",
                   "Sans option : tout ce qui est fixé."},
       .arguments = {defence},
       .flags = Flags(aspects, {TimetableFlag(), CampaignFlag(), DryRunFlag()}),
       .examples = {{"timetables unpin m2-017", {"day, time and room", "jour, heure et salle"}}},
       .run = Unpin},
  };
}

}  // namespace soutenance::cli
