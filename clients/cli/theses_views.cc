#include "clients/cli/theses_views.h"

#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/dates.h"
#include "clients/cli/instants.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/words.h"
#include "google/protobuf/timestamp.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = submissions::v1;

constexpr char kZone[] = "Europe/Paris";

std::vector<const char*> StateWords() {
  static const auto& words = *new std::vector<std::string>([] {
    std::vector<std::string> all;
    for (int i = pb::Thesis::State_MIN + 1; i <= pb::Thesis::State_MAX; ++i) {
      all.push_back(MachineWordFor(static_cast<pb::Thesis::State>(i)));
    }
    return all;
  }());
  std::vector<const char*> choices;
  for (const std::string& word : words) choices.push_back(word.c_str());
  return choices;
}

}  // namespace

Flag LevelFlag() {
  return ChoiceFlag("--level", {"public", "internal", "jury", "closed_session"},
                    {"who may read it: public, internal, jury or closed_session",
                     "qui peut le lire : public, internal (interne), jury ou closed_session (huis clos)"});
}

Field InstantField(const char* flag, const char* name, Text help) {
  return {.flag = TextFlag(flag, "INSTANT", help),
          .name = name,
          .read = [name](const std::string& text, google::protobuf::Message& resource, Language language) {
            const auto* field = resource.GetDescriptor()->FindFieldByName(name);
            if (text.empty()) return std::string();
            auto* const instant = static_cast<google::protobuf::Timestamp*>(
                resource.GetReflection()->MutableMessage(&resource, field));
            return ReadInstant(text, kZone, language, *instant);
          }};
}

Flag StateFlag() {
  return Repeated(
      ChoiceFlag("--state", StateWords(), {"only those in this state", "seulement ceux dans cet état"}));
}

absl::Status AddStates(const Input& input, pb::ListThesesRequest& request) {
  for (const std::string& word : input.GetAll("--state")) {
    pb::Thesis::State state = pb::Thesis::STATE_UNSPECIFIED;
    pb::Thesis::State_Parse(absl::StrCat("STATE_", absl::AsciiStrToUpper(word)), &state);
    request.add_states(state);
  }
  return absl::OkStatus();
}

const std::vector<Field>& ThesisFields() {
  static const auto& fields = *new std::vector<Field>{
      {.flag = TextFlag("--title", "TITLE", {"title", "titre"}), .name = "title"},
      {.flag = Repeated(
           ResourceFlag("--author", "PERSON", "people", {"one or two authors", "un ou deux auteurs"})),
       .name = "authors",
       .collection = "people"},
      {.flag =
           ResourceFlag("--supervisor", "PERSON", "people", {"the academic side", "encadrant académique"}),
       .name = "supervisor",
       .collection = "people"},
      {.flag = ResourceFlag("--company-tutor", "PERSON", "people",
                            {"the company's side", "tuteur en entreprise"}),
       .name = "company_tutor",
       .collection = "people"},
      {.flag = ResourceFlag("--programme", "PROGRAMME", "programmes", {"the programme", "la formation"}),
       .name = "programme",
       .collection = "programmes"},
      {.flag = ResourceFlag("--cohort", "COHORT", "cohorts",
                            {"PROGRAMME/ID of the cohort", "FORMATION/IDENTIFIANT de la promotion"}),
       .name = "cohort",
       .read =
           [](const std::string& text, google::protobuf::Message& thesis, Language) {
             static_cast<pb::Thesis&>(thesis).set_cohort(
                 CohortName(static_cast<pb::Thesis&>(thesis).programme(), text));
             return std::string();
           }},
      {.flag = YesNoFlag("--confidential", {"closed session; title for the jury only",
                                            "huis clos ; titre pour le jury seulement"}),
       .name = "confidential"},
      {.flag = ChoiceFlag("--thesis-language", {"fr", "en"},
                          {"the language it is written in: fr or en", "langue de rédaction : fr ou en"}),
       .name = "language"},
      {.flag = TextFlag("--abstract", "TEXT", {"what it is about", "de quoi il traite"}), .name = "abstract"},
      {.flag = Repeated(TextFlag("--keyword", "WORD", {"keywords", "mots-clés"})), .name = "keywords"},
      {.flag = LevelFlag(), .name = "level"},
      InstantField("--confidential-until", "confidential_until_time",
                   {"when the confidentiality ends", "fin de la confidentialité"}),
      InstantField("--embargo-until", "embargo_until_time",
                   {"before it, dissemination opens no file", "avant, la diffusion n’ouvre aucun fichier"}),
  };
  return fields;
}

PeopleNames NamesIn(Session& session, const google::protobuf::RepeatedPtrField<pb::Thesis>& theses) {
  std::set<std::string> people;
  for (const pb::Thesis& thesis : theses) {
    people.insert(thesis.authors().begin(), thesis.authors().end());
    people.insert(thesis.supervisor());
    people.insert(thesis.company_tutor());
  }
  return PeopleNames::Of(session, people);
}

std::string TitleOf(const Session& session, const pb::Thesis& thesis) {
  if (!thesis.title().empty()) return thesis.title();
  return thesis.confidential() ? session.Say({"(confidential)", "(confidentiel)"}) : "";
}

std::string ThesisText(Session& session, const pb::Thesis& thesis) {
  google::protobuf::RepeatedPtrField<pb::Thesis> one;
  *one.Add() = thesis;
  const PeopleNames names = NamesIn(session, one);
  std::vector<std::string> authors;
  for (const std::string& author : thesis.authors()) authors.push_back(names.Label(author));
  return FactsText(
      TitleOf(session, thesis),
      {{{"id", "identifiant"}, ShortName(thesis.name())},
       {{"authors", "auteurs"}, absl::StrJoin(authors, ", ")},
       {{"supervisor", "encadrant"}, names.Label(thesis.supervisor())},
       {{"company tutor", "tuteur entreprise"}, names.Label(thesis.company_tutor())},
       {{"programme", "formation"}, ShortName(thesis.programme())},
       {{"cohort", "promotion"}, ShortName(thesis.cohort())},
       {{"level", "niveau"}, WordFor(thesis.level(), session.language())},
       {{"confidential until", "confidentiel jusqu’au"}, InstantText(thesis.confidential_until_time())},
       {{"embargo until", "embargo jusqu’au"}, InstantText(thesis.embargo_until_time())},
       {{"keywords", "mots-clés"}, absl::StrJoin(thesis.keywords(), ", ")},
       {{"abstract", "résumé"}, thesis.abstract()},
       {{"problem", "problème"}, ShortName(thesis.problem())},
       {{"written in", "rédigé en"}, thesis.language()},
       {{"state", "état"}, WordFor(thesis.state(), session.language())},
       {{"until", "jusqu’au"}, InstantText(thesis.state_until_time())},
       {{"consents", "accords"},
        absl::StrJoin(
            thesis.consents(), ", ",
            [](std::string* out, const std::string& name) { absl::StrAppend(out, ShortName(name)); })},
       {{"etag", "etag"}, thesis.etag()}},
      session.language(), session.out());
}

}  // namespace soutenance::cli
