#include <algorithm>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/fields.h"
#include "clients/cli/names.h"
#include "clients/cli/resource.h"
#include "clients/cli/timetables.h"
#include "services/base/status.h"

namespace soutenance::cli {
namespace {

namespace pb = scheduling::v1;

constexpr int kMatchesShown = 5;
constexpr int kMatchesMax = 100;  // more are not sent
constexpr int kAlternativesMax = 50;

// Where something is unplaced: the command that finds what would make room.
std::string RepairHint(const Session& session, const Input& input, const pb::Timetable& timetable,
                       const std::string& defence) {
  return absl::StrCat("\n", session.Say({"What would make room: ", "Ce qui ferait de la place : "}),
                      "soutenance timetables repair ", ShortName(timetable.name()),
                      defence.empty() ? "" : absl::StrCat(" --defence ", ShortName(defence)),
                      input.Again({"--campaign"}), "\n");
}

// Whoever gives the number of a timetable where a defence is meant.
absl::Status MeantATimetable(const Session& session, const std::string& number) {
  return clients::UsageError(absl::StrCat(
      session.Say({"there is no defence ", "il n’y a pas de soutenance "}), number,
      session.Say({"; for the timetable of that number: ", " ; pour le planning de ce numéro : "}),
      "soutenance timetables explain --timetable ", number));
}

absl::Status ExplainDefence(Session& session, const Input& input, const pb::Timetable& timetable) {
  pb::ExplainDefenceRequest request;
  request.set_name(timetable.name());
  request.set_defence(DefenceName(ParentIn("campaigns", timetable.name()), input.Get("DEFENCE")));
  int number = 0;
  if (absl::SimpleAtoi(input.Get("DEFENCE"), &number) &&
      FindPlacement(timetable, request.defence()) == nullptr) {
    return MeantATimetable(session, input.Get("DEFENCE"));
  }
  request.set_language(CodeOf(session.language()));
  request.set_alternative_count(
      static_cast<int32_t>(std::clamp<int64_t>(input.Number("--alternatives"), 0, kAlternativesMax)));
  ASSIGN_OR_RETURN(const auto explanation, session.Call<pb::DefenceExplanation>(request));
  session.Show(explanation, [&] {
    return absl::StrCat(
        DefenceExplanationText(explanation, input.Again({"--timetable", "--campaign"}), StyleOf(session)),
        explanation.has_unplaced() ? RepairHint(session, input, timetable, request.defence()) : "");
  });
  return absl::OkStatus();
}

absl::Status Explain(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(const pb::Timetable timetable,
                   GetTimetable(session, input, input.Get("--timetable"), input.Get("DEFENCE")));
  if (input.Has("DEFENCE")) return ExplainDefence(session, input, timetable);
  pb::ExplainTimetableRequest request;
  request.set_name(timetable.name());
  request.set_language(CodeOf(session.language()));
  ASSIGN_OR_RETURN(const auto explanation, session.Call<pb::Explanation>(request));
  const int64_t asked = input.Has("--matches") ? input.Number("--matches") : kMatchesShown;
  const int matches = static_cast<int>(std::clamp<int64_t>(asked, 0, kMatchesMax));
  session.Show(explanation, [&] {
    return absl::StrCat(TimetableTitle(timetable, StyleOf(session)), "\n",
                        ExplanationText(explanation, matches, StyleOf(session)),
                        explanation.unplaced_size() > 0 ? RepairHint(session, input, timetable, "") : "");
  });
  return absl::OkStatus();
}

}  // namespace

std::vector<Command> TimetableExplainCommands() {
  return {
      {.verb = "explain",
       .summary = {"Say what a timetable costs and why, or why a defence is where it is",
                   "Dire ce que coûte un planning et pourquoi, ou pourquoi une soutenance est là"},
       .details = {"Without DEFENCE: every rule with its cost and the breaches, and why what is unplaced is "
                   "unplaced. With one: the rules "
                   "its place breaks, and the best other places with what each would cost.",
                   "Sans DEFENCE : chaque règle, son coût et ses infractions, et pourquoi certaines "
                   "soutenances ne sont pas placées. Avec : "
                   "les règles que sa place enfreint, et les meilleures autres places avec leur coût."},
       .arguments = {NameArgument("DEFENCE", "defences", {"id of the thesis", "identifiant du mémoire"},
                                  Argument::Need::kOptional)},
       .flags = {TimetableFlag(),
                 NumberFlag("--matches", "N",
                            {"breaches shown per rule; default: 5",
                             "infractions montrées par règle ; par défaut 5"}),
                 NumberFlag("--alternatives", "N",
                            {"other places shown; default: 5, at most 50",
                             "autres places montrées ; par défaut 5, au plus 50"}),
                 CampaignFlag()},
       .examples = {{"timetables explain", {"the latest timetable", "le dernier planning"}},
                    {"timetables explain m2-017 --alternatives 10",
                     {"where else could it be?", "où pourrait-elle être sinon ?"}}},
       .run = Explain},
  };
}

}  // namespace soutenance::cli
