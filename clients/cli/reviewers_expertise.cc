#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "clients/cli/dates.h"
#include "clients/cli/fields.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/people_names.h"
#include "clients/cli/resource.h"
#include "clients/cli/reviewers.h"
#include "clients/cli/session.h"
#include "clients/lib/failure.h"
#include "services/base/status.h"
#include "soutenance/assignment/v1/expertise.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = assignment::v1;
using clients::Column;

// "people/ana" of "theses/m1/expertise/ana".
std::string PersonOf(const pb::Expertise& expertise) {
  return TopName("people", ShortName(expertise.name()));
}

std::string Score(double score) { return absl::StrFormat("%.3f", score); }

// "federated learning 41%, phones 12%".
std::string Words(const pb::Expertise& expertise) {
  return absl::StrJoin(expertise.reasons(), ", ", [](std::string* out, const pb::ExpertiseReason& reason) {
    absl::StrAppend(out, reason.word(), " ", std::lround(reason.share() * 100), "%");
  });
}

std::string OverrideText(const Session& session, const pb::ExpertiseOverride& overruled) {
  return absl::StrCat(
      overruled.has_score() ? Score(overruled.score()) : session.Say({"taken back", "retiré"}), ", ",
      ShortName(overruled.account()), ", ", InstantText(overruled.time()), session.Say({": ", " : "}),
      overruled.reason());
}

std::string ExpertiseText(Session& session, const pb::Expertise& expertise) {
  const std::string person = PersonOf(expertise);
  const PeopleNames names = PeopleNames::Of(session, {person});
  const bool has_texts = expertise.texts_count() > 0;
  std::string text =
      FactsText(names.Label(person),
                {{{"score", "score"}, Score(expertise.score())},
                 {{"computed", "calculé"},
                  has_texts ? Score(expertise.computed_score())
                            : session.Say({"nothing to compare: no text of this person is known",
                                           "rien à comparer : aucun texte de cette personne n’est connu"})},
                 {{"texts", "textes"}, absl::StrCat(expertise.texts_count())},
                 {{"words", "mots"}, Words(expertise)},
                 {{"overruled", "remplacé"},
                  expertise.has_overruled_by() ? OverrideText(session, expertise.overruled_by()) : ""}},
                session.language(), session.out());
  for (const pb::ExpertiseOverride& overruled : expertise.history()) {
    absl::StrAppend(&text, Paragraph(OverrideText(session, overruled), 2, "- ", session.out()));
  }
  return text;
}

absl::Status Expertise(Session& session, const Input& input) {
  const std::string thesis = TopName("theses", input.Get("THESIS"));
  if (input.Has("--person") && input.GetAll("--person").size() == 1 && input.Has("--history")) {
    pb::GetExpertiseRequest request;
    request.set_name(absl::StrCat(thesis, "/expertise/", ShortName(input.Get("--person"))));
    ASSIGN_OR_RETURN(const auto expertise, session.Call<pb::Expertise>(request));
    session.Show(expertise, [&] { return ExpertiseText(session, expertise); });
    return absl::OkStatus();
  }
  pb::ListExpertiseRequest request;
  request.set_parent(thesis);
  for (const std::string& person : input.GetAll("--person")) request.add_people(TopName("people", person));
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListExpertiseResponse>(request));
  clients::Table table(
      {{session.Say({"Person", "Personne"})},
       {session.Say({"Score", "Score"}), Column::Align::kRight},
       {session.Say({"Computed", "Calculé"}), Column::Align::kRight},
       {session.Say({"Texts", "Textes"}), Column::Align::kRight},
       {session.Say({"Words that count", "Mots qui comptent"}), Column::Align::kLeft, Column::Fit::kShrink}});
  std::set<std::string> people;
  for (const pb::Expertise& expertise : list.expertise()) people.insert(PersonOf(expertise));
  const PeopleNames names = PeopleNames::Of(session, people);
  for (const pb::Expertise& expertise : list.expertise()) {
    table.Row({names.Label(PersonOf(expertise)),
               absl::StrCat(Score(expertise.score()), expertise.has_overruled_by() ? "*" : ""),
               Score(expertise.computed_score()), absl::StrCat(expertise.texts_count()), Words(expertise)});
  }
  ShowTable(session, list, table, {"nobody to compare", "personne à comparer"});
  return absl::OkStatus();
}

absl::Status Override(Session& session, const Input& input) {
  pb::OverrideExpertiseRequest request;
  request.set_name(absl::StrCat(TopName("theses", input.Get("THESIS")), "/expertise/",
                                ShortName(TopName("people", input.Get("PERSON")))));
  if (input.Has("--score")) {
    double score = 0;
    if (!absl::SimpleAtod(input.Get("--score"), &score)) {
      return clients::UsageError(session.Say({"--score: expected a number from 0 to 1, as in 0.8",
                                              "--score : attendu un nombre de 0 à 1, comme 0.8"}));
    }
    request.set_score(score);
  } else if (!input.Has("--clear")) {
    return clients::UsageError(
        session.Say({"give --score N, or --clear to let the computed score count again",
                     "donnez --score N, ou --clear pour rendre sa place au score calculé"}));
  }
  request.set_reason(input.Get("--reason"));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto expertise, session.Call<pb::Expertise>(request));
  ShowOutcome(session, input, {"Recorded.", "Enregistré."}, expertise, ExpertiseText(session, expertise));
  return absl::OkStatus();
}

}  // namespace

std::vector<Command> ReviewerExpertiseCommands() {
  const Argument thesis = NameArgument("THESIS", "theses", {"id of the thesis", "identifiant du mémoire"});
  return {
      {.verb = "expertise",
       .summary = {"Show how well people know what a thesis is about",
                   "Montrer qui connaît le mieux le sujet d’un mémoire"},
       .details =
           {"Scores come from texts alone and are shown with the words that count. * marks a score that "
            "somebody put in place of the computed one. Without --person: all who supervise or judge in "
            "the programme.",
            "Les scores viennent des seuls textes et sont montrés avec les mots qui comptent. * marque "
            "un score mis à la place du score calculé. Sans --person : tous ceux qui encadrent ou jugent "
            "dans la formation."},
       .arguments = {thesis},
       .flags = {Repeated(ResourceFlag(
                     "--person", "PERSON", "people",
                     {"only this person; may be repeated", "seulement cette personne ; peut être répété"})),
                 {.name = "--history",
                  .value = {},
                  .help = {"with one --person: also what was overruled, by whom and why",
                           "avec un seul --person : aussi ce qui a été remplacé, par qui et pourquoi"}}},
       .examples = {{"reviewers expertise m2-017", {"everybody, best first", "tous, les meilleurs d’abord"}},
                    {"reviewers expertise m2-017 --person bruno --history",
                     {"one person in full", "une personne en détail"}}},
       .run = Expertise},
      {.verb = "override",
       .summary = {"Put a score in place of the computed one", "Mettre un score à la place du score calculé"},
       .arguments = {thesis, NameArgument("PERSON", "people", {"whom it is about", "la personne concernée"})},
       .flags = {TextFlag("--score", "N", {"0 to 1", "de 0 à 1"}),
                 {.name = "--clear",
                  .value = {},
                  .help = {"the computed score counts again", "le score calculé compte de nouveau"}},
                 TextFlag("--reason", "TEXT", {"why; recorded", "pourquoi ; conservé"}),
                 DryRunFlag()},
       .examples = {{"reviewers override m2-017 bruno --score 0.9 --reason \"wrote the textbook\"",
                     {"he knows more than his texts tell", "il en sait plus que ses textes"}}},
       .run = Override},
  };
}

}  // namespace soutenance::cli
