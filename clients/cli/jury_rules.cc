#include "clients/cli/jury_rules.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/cli/fields.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/resource.h"
#include "clients/lib/display_text.h"
#include "google/protobuf/empty.pb.h"
#include "services/base/status.h"
#include "soutenance/submissions/v1/submissions.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = assignment::v1;
using clients::Column;
using clients::Printable;
using Verdict = pb::JuryRuleVerdict;

Text LevelText(pb::JuryRule::Level level) {
  switch (level) {
    case pb::JuryRule::LEVEL_REQUIRED:
      return {"required", "impérative"};
    case pb::JuryRule::LEVEL_DEROGABLE:
      return {"derogation allowed", "dérogation possible"};
    case pb::JuryRule::LEVEL_WARNING:
      return {"warning only", "simple alerte"};
    default:
      return {"", ""};
  }
}

Text OutcomeText(Verdict::Outcome outcome) {
  switch (outcome) {
    case Verdict::OUTCOME_MET:
      return {"met", "respectée"};
    case Verdict::OUTCOME_BROKEN:
      return {"broken", "enfreinte"};
    case Verdict::OUTCOME_OPEN:
      return {"still open", "à pourvoir"};
    case Verdict::OUTCOME_UNMEASURED:
      return {"not measured", "non mesurée"};
    case Verdict::OUTCOME_LIFTED:
      return {"lifted", "levée par dérogation"};
    default:
      return {"", ""};
  }
}

// "Code de l’éducation, L613-1 (https://...)".
std::string SourceText(const pb::JuryRule::Source& source) {
  std::vector<std::string> parts;
  for (const std::string& part : {source.text(), source.article(), source.page()}) {
    if (!part.empty()) parts.push_back(part);
  }
  std::string text = absl::StrJoin(parts, ", ");
  if (!source.url().empty()) absl::StrAppend(&text, " (", source.url(), ")");
  return text;
}

std::string JuryRulesName(const std::string& programme) {
  return absl::StrCat(TopName("programmes", programme), "/juryRules");
}

// The programme of --programme, or that of the thesis.
absl::StatusOr<std::string> ProgrammeFor(Session& session, const Input& input) {
  if (input.Has("--programme")) return TopName("programmes", input.Get("--programme"));
  if (!input.Has("THESIS")) {
    return clients::UsageError(
        session.Say({"name a thesis, or give --programme for all juries of a programme",
                     "nommez un mémoire, ou donnez --programme pour tous les jurys d’une formation"}));
  }
  submissions::v1::GetThesisRequest request;
  request.set_name(TopName("theses", ShortName(JuryName(input.Get("THESIS")))));
  ASSIGN_OR_RETURN(const auto thesis, session.Call<submissions::v1::Thesis>(request));
  return thesis.programme();
}

absl::Status ShowRules(Session& session, const Input& input) {
  pb::GetJuryRulesRequest request;
  request.set_name(JuryRulesName(input.Get("PROGRAMME")));
  request.set_language(clients::CodeOf(session.language()));
  ASSIGN_OR_RETURN(const auto rules, session.Call<pb::JuryRules>(request));
  session.Show(rules, [&] { return JuryRulesText(rules, session.language(), session.out()); });
  return absl::OkStatus();
}

absl::StatusOr<pb::ListDefaultJuryRulesResponse> Defaults(Session& session) {
  pb::ListDefaultJuryRulesRequest request;
  request.set_language(clients::CodeOf(session.language()));
  return session.List<pb::ListDefaultJuryRulesResponse>(request);
}

absl::StatusOr<pb::JuryRules> DefaultCalled(Session& session, const std::string& id) {
  ASSIGN_OR_RETURN(const pb::ListDefaultJuryRulesResponse all, Defaults(session));
  std::vector<std::string> ids;
  for (const pb::JuryRules& rules : all.defaults()) {
    if (ShortName(rules.name()) == id) return rules;
    ids.push_back(ShortName(rules.name()));
  }
  return clients::UsageError(absl::StrCat(
      session.Say({"there are no such rules; there are: ", "ces règles n’existent pas ; il y a : "}),
      absl::StrJoin(ids, ", ")));
}

absl::Status ShowDefaults(Session& session, const Input& input) {
  if (input.Has("NAME")) {
    ASSIGN_OR_RETURN(const pb::JuryRules rules, DefaultCalled(session, input.Get("NAME")));
    session.Show(rules, [&] { return JuryRulesText(rules, session.language(), session.out()); });
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const pb::ListDefaultJuryRulesResponse all, Defaults(session));
  clients::Table table({{session.Say({"Name", "Nom"})},
                        {session.Say({"Rules", "Règles"}), Column::Align::kRight},
                        {session.Say({"Title", "Titre"}), Column::Align::kLeft, Column::Fit::kShrink}});
  for (const pb::JuryRules& rules : all.defaults()) {
    table.Row({ShortName(rules.name()), absl::StrCat(rules.rules_size()), rules.title()});
  }
  ShowTable(session, all, table, {"no rules", "aucune règle"});
  return absl::OkStatus();
}

const std::vector<Field>& SetFields() {
  static const auto& fields = *new std::vector<Field>{
      {.flag = TextFlag("--title", "TEXT", {"what the rules are called", "le titre des règles"}),
       .name = "title"},
      {.flag = Repeated(TextFlag("--institution", "NAME",
                                 {"a name of the programme’s institution: who belongs to another is external",
                                  "un nom de l’établissement : qui relève d’un autre est extérieur"})),
       .name = "institutions"},
      {.flag = Repeated(TextFlag(
           "--keyword", "WORD",
           {"a word of the programme’s keyword scheme", "un mot de la liste de mots-clés de la formation"})),
       .name = "keywords"},
  };
  return fields;
}

absl::Status SetRules(Session& session, const Input& input) {
  pb::SetJuryRulesRequest request;
  pb::JuryRules& rules = *request.mutable_jury_rules();
  if (input.Has("--default") == input.Has("--file")) {
    return clients::UsageError(session.Say({"give either --file with the rules, or --default NAME",
                                            "donnez soit --file avec les règles, soit --default NOM"}));
  }
  if (input.Has("--default")) {
    ASSIGN_OR_RETURN(rules, DefaultCalled(session, input.Get("--default")));
  }
  rules.set_name(JuryRulesName(input.Get("PROGRAMME")));
  RETURN_IF_ERROR(FillResource(input, SetFields(), session.language(), rules).status());
  rules.set_etag(input.Get("--etag"));
  request.set_language(clients::CodeOf(session.language()));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto set, session.Call<pb::JuryRules>(request));
  ShowOutcome(session, input, {"Rules set.", "Règles enregistrées."}, set,
              JuryRulesText(set, session.language(), session.out()));
  return absl::OkStatus();
}

absl::Status Check(Session& session, const Input& input) {
  pb::CheckJuriesRequest request;
  ASSIGN_OR_RETURN(const std::string programme, ProgrammeFor(session, input));
  request.set_programme(programme);
  if (input.Has("THESIS")) request.add_theses(TopName("theses", ShortName(JuryName(input.Get("THESIS")))));
  request.set_only_not_met(!input.Has("--all"));
  request.set_language(clients::CodeOf(session.language()));
  request.set_defence_date(input.Get("--defence-date"));
  request.set_posting_date(input.Get("--posting-date"));
  ASSIGN_OR_RETURN(const auto response, session.List<pb::CheckJuriesResponse>(request));
  session.Show(response, [&] { return JuryVerdictsText(response, session.language(), session.out()); });
  for (const pb::JuryVerdict& verdict : response.verdicts()) {
    if (!verdict.accepted()) session.set_exit_code(clients::kRefused);
  }
  return absl::OkStatus();
}

std::string DerogationName(const Input& input) {
  return absl::StrCat(JuryName(input.Get("THESIS")), "/derogations/", input.Get("RULE"));
}

std::string DerogationText(const Session& session, const pb::Derogation& derogation) {
  return FactsText(absl::StrCat(session.Say({"Derogation ", "Dérogation "}), derogation.name()),
                   {{{"required", "exigé"}, derogation.required()},
                    {{"reason", "motif"}, derogation.reason()},
                    {{"granted by", "accordée par"}, ShortName(derogation.account())}},
                   session.language(), session.out());
}

absl::Status Lift(Session& session, const Input& input) {
  pb::GrantDerogationRequest request;
  request.mutable_derogation()->set_name(DerogationName(input));
  request.mutable_derogation()->set_reason(input.Get("--reason"));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto granted, session.Call<pb::Derogation>(request));
  ShowOutcome(session, input, {"Lifted for this jury.", "Règle levée pour ce jury."}, granted,
              DerogationText(session, granted));
  return absl::OkStatus();
}

absl::Status Restore(Session& session, const Input& input) {
  pb::RevokeDerogationRequest request;
  request.set_name(DerogationName(input));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto nothing, session.Call<google::protobuf::Empty>(request));
  ShowOutcome(session, input, {"The rule holds again.", "La règle vaut de nouveau."}, nothing, "");
  return absl::OkStatus();
}

absl::Status ListLifted(Session& session, const Input& input) {
  pb::ListDerogationsRequest request;
  request.set_programme(TopName("programmes", input.Get("PROGRAMME")));
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListDerogationsResponse>(request));
  clients::Table table({{session.Say({"Thesis", "Mémoire"})},
                        {session.Say({"Rule", "Règle"})},
                        {session.Say({"Holds", "Valable"})},
                        {session.Say({"By", "Par"})},
                        {session.Say({"Reason", "Motif"}), Column::Align::kLeft, Column::Fit::kShrink}});
  for (const pb::Derogation& derogation : list.derogations()) {
    const std::vector<std::string> parts = absl::StrSplit(derogation.name(), '/');
    table.Row({parts.size() > 1 ? parts[1] : "", ShortName(derogation.name()),
               derogation.lapsed() ? session.Say({"no", "non"}) : session.Say({"yes", "oui"}),
               ShortName(derogation.account()), derogation.reason()});
  }
  ShowTable(session, list, table, {"no derogation", "aucune dérogation"});
  return absl::OkStatus();
}

Argument ProgrammeArgument() {
  return NameArgument("PROGRAMME", "programmes", {"id of the programme", "identifiant de la formation"});
}

Argument ThesisArgument(Argument::Need need) {
  return NameArgument("THESIS", "theses", {"id of the thesis it judges", "identifiant du mémoire jugé"},
                      need);
}

Argument RuleArgument() {
  return {.value = {.word = "RULE"},
          .help = {"id of the rule, as \"rules show\" prints it",
                   "identifiant de la règle, voir « rules show »"}};
}

}  // namespace

std::string JuryRulesText(const pb::JuryRules& rules, Language language, const clients::Terminal& terminal) {
  Facts facts{
      {{"institution", "établissement"},
       absl::StrJoin(rules.institutions().begin(), rules.institutions().end(), ", ")},
      {{"keywords", "mots-clés"}, absl::StrJoin(rules.keywords().begin(), rules.keywords().end(), ", ")},
      {{"etag", "etag"}, rules.etag()}};
  const std::string title = rules.title().empty() ? rules.name() : rules.title();
  std::string text = FactsText(title, facts, language, terminal);
  for (const pb::JuryRule& rule : rules.rules()) {
    absl::StrAppend(&text, Paragraph(absl::StrCat(rule.id(), " (", LevelText(rule.level()).In(language),
                                                  Text{"): ", ") : "}.In(language), rule.sentence()),
                                     2, "- ", terminal));
    absl::StrAppend(&text, Paragraph(SourceText(rule.source()), 4, "", terminal));
    if (!rule.note().empty()) absl::StrAppend(&text, Paragraph(rule.note(), 4, "", terminal));
  }
  return text;
}

std::string JuryVerdictsText(const pb::CheckJuriesResponse& response, Language language,
                             const clients::Terminal& terminal) {
  std::string text;
  int refused_count = 0;
  for (const pb::JuryVerdict& jury : response.verdicts()) {
    if (!jury.accepted()) ++refused_count;
    absl::StrAppend(&text, Printable(ShortName(jury.jury())), Text{": ", " : "}.In(language),
                    jury.accepted() ? Text{"legal", "conforme"}.In(language)
                                    : Text{"breaks the rules", "non conforme"}.In(language),
                    "\n");
    for (const Verdict& verdict : jury.rules()) {
      const Text comma{"; ", " ; "};
      std::string line =
          absl::StrCat(verdict.rule(), " (", OutcomeText(verdict.outcome()).In(language), ", ",
                       LevelText(verdict.level()).In(language),
                       Text{"): required ", ") : exigé "}.In(language), verdict.required(),
                       comma.In(language), Text{"measured ", "mesuré "}.In(language), verdict.measured());
      if (!verdict.way_out().empty()) {
        absl::StrAppend(&line, comma.In(language), Text{"way out: ", "issue : "}.In(language),
                        verdict.way_out());
      }
      if (!verdict.derogation_reason().empty()) {
        absl::StrAppend(&line, comma.In(language), Text{"lifted because ", "dérogation : "}.In(language),
                        verdict.derogation_reason());
      }
      absl::StrAppend(&text, Paragraph(line, 2, "- ", terminal));
      if (verdict.has_source())
        absl::StrAppend(&text, Paragraph(SourceText(verdict.source()), 4, "", terminal));
    }
  }
  absl::StrAppend(&text, Counted(response.verdicts_size(), {"jury", "jury"}, {"juries", "jurys"}, language),
                  Text{", of which not legal: ", ", dont non conformes : "}.In(language), refused_count,
                  "\n");
  return text;
}

std::vector<Command> JuryRuleCommands() {
  using Need = Argument::Need;
  return {
      {.verb = "show",
       .summary = {"Show what a programme asks of its juries, with sources",
                   "Montrer ce qu’une formation exige de ses jurys, et les sources"},
       .arguments = {ProgrammeArgument()},
       .examples = {{"rules show msi", {"the rules of one programme", "les règles d’une formation"}},
                    {"rules show msi --json > rules.json",
                     {"to be edited and set", "à modifier puis à fixer"}}},
       .run = ShowRules},
      {.verb = "set",
       .summary = {"Set what a programme asks of its juries, as a whole",
                   "Fixer en entier ce qu’une formation exige de ses jurys"},
       .details =
           {"Only the head of the programme may. Juries stay as they are: \"rules check\" tells which break "
            "the rules now.",
            "Réservé au responsable de formation. Les jurys restent tels quels : « rules check » dit "
            "lesquels "
            "ne sont plus conformes."},
       .arguments = {ProgrammeArgument()},
       .flags =
           Flags(FlagsOf(SetFields()), {TextFlag("--default", "NAME",
                                                 {"begin with these shipped rules, see \"rules defaults\"",
                                                  "partir de ces règles fournies, voir « rules defaults »"}),
                                        EtagFlag(), DryRunFlag()}),
       .examples = {{"rules set msi --default alternance --institution Cnam",
                     {"the shipped rules for work-study", "les règles fournies pour l’alternance"}},
                    {"rules set msi --file rules.json --dry-run", {"only try", "seulement essayer"}}},
       .run = SetRules},
      {.verb = "defaults",
       .summary = {"Show the rules that are shipped", "Montrer les règles fournies"},
       .arguments = {{.value = {.word = "NAME"},
                      .help = {"show these in full", "montrer celles-ci en entier"},
                      .need = Need::kOptional}},
       .examples = {{"rules defaults", {"which there are", "lesquelles il y a"}},
                    {"rules defaults alternance --json > rules.json",
                     {"to be edited and set", "à modifier puis à fixer"}}},
       .run = ShowDefaults},
      {.verb = "check",
       .summary = {"Check juries against the rules of their programme",
                   "Vérifier des jurys selon les règles de leur formation"},
       .details = {"Ends with 1 if a jury breaks a rule that is not lifted.",
                   "Se termine par 1 si un jury enfreint une règle sans dérogation."},
       .arguments = {ThesisArgument(Need::kOptional)},
       .flags = {ResourceFlag("--programme", "PROGRAMME", "programmes",
                              {"all juries of this programme", "tous les jurys de cette formation"}),
                 {.name = "--all", .help = {"also the rules that are met", "aussi les règles respectées"}},
                 TextFlag("--defence-date", "DATE",
                          {"the day of the defence, for rules about notice",
                           "le jour de la soutenance, pour les délais d’affichage"}),
                 TextFlag("--posting-date", "DATE",
                          {"the day on which the composition is posted; default: today",
                           "le jour de l’affichage du jury ; par défaut aujourd’hui"})},
       .examples = {{"rules check m2-017 --all", {"one jury, every rule", "un jury, toutes les règles"}},
                    {"rules check --programme msi",
                     {"all juries of a programme", "tous les jurys d’une formation"}}},
       .run = Check},
      {.verb = "lift",
       .summary = {"Lift one rule for the jury of one thesis, with a reason",
                   "Déroger à une règle pour le jury d’un mémoire, avec un motif"},
       .arguments = {ThesisArgument(Need::kRequired), RuleArgument()},
       .flags = {TextFlag("--reason", "TEXT", {"why; required", "le motif ; obligatoire"}), DryRunFlag()},
       .examples = {{"rules lift m2-017 external --reason \"both are ill\"",
                     {"only the programme head may", "réservé au responsable de formation"}}},
       .run = Lift},
      {.verb = "restore",
       .summary = {"Take a derogation back", "Retirer une dérogation"},
       .arguments = {ThesisArgument(Need::kRequired), RuleArgument()},
       .flags = {DryRunFlag()},
       .examples = {{"rules restore m2-017 external", {"the rule holds again", "la règle vaut de nouveau"}}},
       .run = Restore},
      {.verb = "lifted",
       .summary = {"List the derogations of a programme", "Lister les dérogations d’une formation"},
       .arguments = {ProgrammeArgument()},
       .examples = {{"rules lifted msi", {"who lifted what and why", "qui a dérogé à quoi, et pourquoi"}}},
       .run = ListLifted},
  };
}

}  // namespace soutenance::cli
