#include "clients/cli/timetables.h"

#include "absl/strings/str_cat.h"
#include "clients/cli/dates.h"
#include "clients/cli/fields.h"
#include "clients/cli/names.h"
#include "clients/cli/nouns.h"
#include "clients/cli/resource.h"
#include "clients/cli/words.h"
#include "services/base/status.h"

namespace soutenance::cli {
namespace {

namespace pb = scheduling::v1;
using clients::Column;

absl::Status List(Session& session, const Input& input) {
  pb::ListTimetablesRequest request;
  ASSIGN_OR_RETURN(const std::string campaign, session.CampaignFor(input));
  request.set_parent(campaign);
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListTimetablesResponse>(request));
  const Language language = session.language();
  clients::Table table({{session.Say({"Number", "Numéro"}), Column::Align::kRight},
                        {session.Say({"State", "État"})},
                        {session.Say({"Placed", "Placées"}), Column::Align::kRight},
                        {"Score", Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"Made", "Créé"})},
                        {session.Say({"Published", "Publié"})},
                        {session.Say({"From", "D’après"}), Column::Align::kRight}});
  for (const pb::Timetable& timetable : list.timetables()) {
    table.Row({ShortName(timetable.name()), WordFor(timetable.state(), language),
               absl::StrCat(timetable.placed_count(), "/", timetable.defence_count()),
               ScoreText(timetable.score(), language), InstantText(timetable.create_time()),
               InstantText(timetable.publish_time()), ShortName(timetable.base_timetable())});
  }
  ShowTable(
      session, list, table,
      {"no timetable yet: soutenance timetables run", "pas encore de planning : soutenance timetables run"});
  return absl::OkStatus();
}

absl::Status Show(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(const pb::Timetable timetable, GetTimetable(session, input, input.Get("TIMETABLE")));
  const std::string by = input.Get("--by");
  const Arrangement arrangement = by == "day"      ? Arrangement::kDay
                                  : by == "room"   ? Arrangement::kRoom
                                  : by == "person" ? Arrangement::kPerson
                                                   : Arrangement::kTable;
  session.Show(timetable, [&] { return TimetableText(timetable, arrangement, StyleOf(session)); });
  return absl::OkStatus();
}

absl::Status Compare(Session& session, const Input& input) {
  const std::string before = input.Get("BEFORE");
  const std::string after = input.Get("AFTER");
  ASSIGN_OR_RETURN(const pb::Timetable first, GetTimetable(session, input, before, after));
  ASSIGN_OR_RETURN(const pb::Timetable second, GetTimetable(session, input, after, before));
  pb::CompareTimetablesRequest request;
  request.set_before(first.name());
  request.set_after(second.name());
  request.set_language(CodeOf(session.language()));
  ASSIGN_OR_RETURN(const auto comparison, session.Call<pb::Comparison>(request));
  session.Show(comparison, [&] {
    const ViewStyle style = StyleOf(session);
    return absl::StrCat(TimetableTitle(first, style), " → ", TimetableTitle(second, style), "\n\n",
                        ComparisonText(comparison, style));
  });
  return absl::OkStatus();
}

Argument TimetableArgument(const char* word, Argument::Need need) {
  return NameArgument(word, "timetables",
                      {"a number, \"latest\" (default) or \"published\"",
                       "un numéro, « latest » (par défaut) ou « published »"},
                      need);
}

}  // namespace

std::string TimetableName(const std::string& campaign, const std::string& text) {
  return ChildName(campaign, "timetables", text.empty() ? "latest" : text);
}

absl::StatusOr<pb::Timetable> GetTimetable(Session& session, const Input& input, const std::string& text,
                                           const std::string& defence) {
  const bool is_full = !ParentIn("campaigns", text).empty();
  ASSIGN_OR_RETURN(const std::string campaign, session.CampaignFor(input, is_full ? text : defence));
  pb::GetTimetableRequest request;
  request.set_name(TimetableName(campaign, text));
  request.set_language(CodeOf(session.language()));
  return session.Call<pb::Timetable>(request);
}

ViewStyle StyleOf(const Session& session) {
  return {.language = session.language(), .terminal = session.out()};
}

std::vector<Command> TimetableReadingCommands() {
  return {
      {.verb = "list",
       .summary = {"List the timetables of a campaign", "Lister les plannings d’une campagne"},
       .flags = {CampaignFlag()},
       .examples = {{"timetables list",
                     {"drafts, the published one, earlier ones", "brouillons, planning publié, précédents"}}},
       .run = List},
      {.verb = "show",
       .summary = {"Show a timetable", "Montrer un planning"},
       .arguments = {TimetableArgument("TIMETABLE", Argument::Need::kOptional)},
       .flags = {ChoiceFlag("--by", {"table", "day", "room", "person"},
                            {"how it is arranged; default: table", "présentation ; par défaut table"}),
                 CampaignFlag()},
       .examples = {{"timetables show --by day", {"the latest, day by day", "le dernier, jour par jour"}},
                    {"timetables show published --by person",
                     {"what everybody has to know", "ce que chacun doit savoir"}}},
       .run = Show},
      {.verb = "compare",
       .summary = {"Say what differs between two timetables", "Dire ce qui diffère entre deux plannings"},
       .arguments = {TimetableArgument("BEFORE", Argument::Need::kRequired),
                     TimetableArgument("AFTER", Argument::Need::kOptional)},
       .flags = {CampaignFlag()},
       .examples = {{"timetables compare published latest",
                     {"what publishing would change, and for whom",
                      "ce que publier changerait, et pour qui"}}},
       .run = Compare},
  };
}

Noun TimetablesNoun() {
  std::vector<Command> commands;
  for (const auto& part : {TimetableRunCommands(), TimetableReadingCommands(), TimetableExplainCommands(),
                           TimetableRepairCommands(), TimetableChangeCommands(), TimetableReplanCommands(),
                           TimetableLifeCommands(), TimetableJuryCommands(), TimetableExportCommands()}) {
    commands.insert(commands.end(), part.begin(), part.end());
  }
  return {.name = "timetables",
          .summary = {"compute, understand, change, publish and export timetables",
                      "calculer, comprendre, modifier, publier et exporter les plannings"},
          .commands = std::move(commands)};
}

}  // namespace soutenance::cli
