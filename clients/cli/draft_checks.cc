#include "clients/cli/draft_checks.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "clients/cli/check_words.h"
#include "clients/cli/dates.h"
#include "clients/cli/fields.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/resource.h"
#include "clients/cli/words.h"
#include "clients/lib/failure.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "soutenance/submissions/v1/drafts.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = submissions::v1;
using clients::Column;
using clients::Mark;

// A person who submits waits this long to see what was found.
constexpr absl::Duration kWaitMax = absl::Seconds(15);
constexpr absl::Duration kAskEvery = absl::Milliseconds(200);

// "m2-017/3" and "theses/m2-017/drafts/3" are the same version.
absl::StatusOr<std::string> DraftName(const Session& session, const std::string& text) {
  if (absl::StartsWith(text, "theses/")) return text;
  const std::vector<std::string> parts = absl::StrSplit(text, '/');
  int64_t number = 0;
  if (parts.size() == 2 && absl::SimpleAtoi(parts[1], &number)) {
    return absl::StrCat("theses/", parts[0], "/drafts/", number);
  }
  return clients::UsageError(
      absl::StrCat(text, session.Say({" is no version; THESIS/NUMBER is expected, such as m2-017/3",
                                      " n’est pas une version ; on attend MÉMOIRE/NUMÉRO, comme m2-017/3"})));
}

Mark MarkOf(pb::CheckVerdict verdict) {
  switch (verdict) {
    case pb::CHECK_VERDICT_OK:
      return Mark::kGood;
    case pb::CHECK_VERDICT_REFUSED:
      return Mark::kBad;
    default:
      return Mark::kWarning;
  }
}

std::string OutcomeText(const pb::DraftChecks& checks, Language language) {
  if (checks.state() != pb::DraftChecks::STATE_DONE) {
    return Text{"still to be looked at", "encore à examiner"}.In(language);
  }
  return WordFor(checks.outcome(), language);
}

// What somebody decided about the findings, oldest first.
std::string DecisionsText(const pb::DraftChecks& checks, const Session& session) {
  std::string text;
  for (const pb::FindingDecision& each : checks.decisions()) {
    const bool is_override = each.kind() == pb::FindingDecision::KIND_OVERRIDE;
    absl::StrAppend(
        &text,
        Paragraph(absl::StrCat(InstantText(each.decision_time()), ", ", each.account(),
                               is_override ? session.Say({" accepts ", " accepte "})
                                           : session.Say({" no longer accepts ", " n’accepte plus "}),
                               each.finding(), each.detail().empty() ? "" : " (", each.detail(),
                               each.detail().empty() ? "" : ")", session.Say({": ", " : "}), each.reason()),
                  2, "- ", session.out()));
  }
  return text;
}

absl::Status ShowAll(Session& session, const std::string& thesis) {
  pb::ListDraftChecksRequest request;
  request.set_parent(TopName("theses", thesis));
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListDraftChecksResponse>(request));
  clients::Table table({{session.Say({"No.", "N°"}), Column::Align::kRight},
                        {session.Say({"Type", "Type"})},
                        {session.Say({"Pages", "Pages"}), Column::Align::kRight},
                        {session.Say({"Outcome", "Résultat"})},
                        {session.Say({"Found", "Constats"}), Column::Align::kLeft, Column::Fit::kShrink}});
  for (const pb::DraftChecks& checks : list.checks()) {
    std::vector<std::string> reasons;
    for (const pb::CheckFinding& finding : checks.findings()) {
      if (finding.verdict() != pb::CHECK_VERDICT_OK) reasons.push_back(finding.reason());
    }
    table.Row({ShortName(checks.draft()), checks.media_type(),
               checks.pages() == 0 ? "" : absl::StrCat(checks.pages()),
               OutcomeText(checks, session.language()), absl::StrJoin(reasons, ", ")});
  }
  ShowTable(session, list, table, {"no version", "aucune version"});
  return absl::OkStatus();
}

absl::Status Checks(Session& session, const Input& input) {
  const std::string text = input.Get("VERSION");
  const bool is_version = absl::StrContains(text, "/drafts/") ||
                          (absl::StrContains(text, '/') && !absl::StartsWith(text, "theses/"));
  if (!is_version) return ShowAll(session, text);
  pb::GetDraftChecksRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), DraftName(session, text));
  ASSIGN_OR_RETURN(const auto checks, session.Call<pb::DraftChecks>(request));
  session.Show(checks, [&] { return ChecksText(checks, session); });
  return absl::OkStatus();
}

absl::Status Recheck(Session& session, const Input& input) {
  pb::RecheckDraftRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), DraftName(session, input.Get("VERSION")));
  ASSIGN_OR_RETURN(const auto checks, session.Call<pb::DraftChecks>(request));
  if (session.json()) {
    session.Show(checks, [] { return ""; });
  } else {
    ShowChecksWhenDone(session, request.name());
  }
  return absl::OkStatus();
}

absl::Status Override(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(const std::string name, DraftName(session, input.Get("VERSION")));
  const auto decide = [&](auto request) -> absl::StatusOr<pb::DraftChecks> {
    request.set_name(name);
    request.set_finding(absl::AsciiStrToUpper(input.Get("FINDING")));
    request.set_reason(input.Get("--reason"));
    request.set_validate_only(input.Has("--dry-run"));
    return session.Call<pb::DraftChecks>(request);
  };
  ASSIGN_OR_RETURN(const pb::DraftChecks checks, input.Has("--withdraw")
                                                     ? decide(pb::WithdrawOverrideRequest())
                                                     : decide(pb::OverrideFindingRequest()));
  session.Show(checks, [&] { return ChecksText(checks, session); });
  return absl::OkStatus();
}

absl::Status Compare(Session& session, const Input& input) {
  const std::string thesis = TopName("theses", input.Get("THESIS"));
  pb::CompareDraftsRequest request;
  request.set_name(ChildName(thesis, "drafts", input.Get("FIRST")));
  request.set_other(ChildName(thesis, "drafts", input.Get("SECOND")));
  ASSIGN_OR_RETURN(const auto comparison, session.Call<pb::DraftComparison>(request));
  session.Show(comparison, [&] { return ComparisonText(comparison, session.language(), session.out()); });
  return absl::OkStatus();
}

std::string PolicyText(const pb::CheckPolicy& policy, const Session& session) {
  std::vector<std::string> rules;
  for (const pb::CheckPolicy::Rule& rule : policy.rules()) {
    rules.push_back(absl::StrCat(rule.reason(), " = ", WordFor(rule.meaning(), session.language())));
  }
  return FactsText(
      policy.milestone(),
      {{{"accepted types", "types acceptés"},
        policy.media_types().empty() ? session.Say({"all", "tous"})
                                     : absl::StrJoin(policy.media_types(), ", ")},
       {{"pages at most", "pages au plus"},
        policy.pages_max() == 0 ? session.Say({"any", "sans limite"}) : absl::StrCat(policy.pages_max())},
       {{"rules", "règles"},
        rules.empty() ? session.Say({"the usual ones", "celles d’usage"}) : absl::StrJoin(rules, ", ")}},
      session.language(), session.out());
}

// "FONTS_NOT_EMBEDDED=none" as a rule; a usage error otherwise.
absl::StatusOr<pb::CheckPolicy::Rule> ReadRule(const Session& session, const std::string& text) {
  const std::vector<std::string> parts = absl::StrSplit(text, '=');
  pb::CheckPolicy::Rule rule;
  pb::CheckMeaning meaning = pb::CHECK_MEANING_UNSPECIFIED;
  if (parts.size() == 2 &&
      pb::CheckMeaning_Parse(absl::StrCat("CHECK_MEANING_", absl::AsciiStrToUpper(parts[1])), &meaning) &&
      meaning != pb::CHECK_MEANING_UNSPECIFIED) {
    rule.set_reason(parts[0]);
    rule.set_meaning(meaning);
    return rule;
  }
  return clients::UsageError(absl::StrCat(
      text,
      session.Say({": REASON=none, REASON=remark or REASON=to_correct is expected; reasons are ",
                   " : on attend RAISON=none, RAISON=remark ou RAISON=to_correct ; les raisons sont "}),
      absl::StrJoin(KnownReasons(), ", ")));
}

absl::Status Policy(Session& session, const Input& input) {
  const std::vector<std::string> parts = absl::StrSplit(input.Get("MILESTONE"), '/');
  const std::string name = parts.size() == 2 ? absl::StrCat("programmes/", parts[0], "/milestones/", parts[1])
                                             : input.Get("MILESTONE");
  pb::GetCheckPolicyRequest get;
  get.set_milestone(name);
  ASSIGN_OR_RETURN(pb::CheckPolicy policy, session.Call<pb::CheckPolicy>(get));
  const bool changes =
      input.Has("--rule") || input.Has("--types") || input.Has("--pages-max") || input.Has("--reset");
  if (changes) {
    if (input.Has("--reset")) policy.clear_rules();
    for (const std::string& text : input.GetAll("--rule")) {
      ASSIGN_OR_RETURN(const pb::CheckPolicy::Rule rule, ReadRule(session, text));
      auto& rules = *policy.mutable_rules();
      rules.erase(std::remove_if(rules.begin(), rules.end(),
                                 [&](const auto& each) { return each.reason() == rule.reason(); }),
                  rules.end());
      *policy.add_rules() = rule;
    }
    if (input.Has("--types")) {
      policy.clear_media_types();
      for (const auto type : absl::StrSplit(input.Get("--types"), ',', absl::SkipEmpty())) {
        policy.add_media_types(std::string(type));
      }
    }
    if (input.Has("--pages-max")) policy.set_pages_max(static_cast<int32_t>(input.Number("--pages-max")));
    pb::SetCheckPolicyRequest set;
    *set.mutable_policy() = policy;
    set.set_validate_only(input.Has("--dry-run"));
    ASSIGN_OR_RETURN(policy, session.Call<pb::CheckPolicy>(set));
  }
  session.Show(policy, [&] { return PolicyText(policy, session); });
  return absl::OkStatus();
}

Argument VersionArgument() {
  return {.value = {.word = "VERSION"},
          .help = {"THESIS/NUMBER, such as m2-017/3", "MÉMOIRE/NUMÉRO, comme m2-017/3"}};
}

}  // namespace

std::string ChecksText(const pb::DraftChecks& checks, const Session& session) {
  const Language language = session.language();
  std::string text =
      FactsText(checks.draft(),
                {{{"outcome", "résultat"}, OutcomeText(checks, language)},
                 {{"type", "type"}, checks.media_type()},
                 {{"pages", "pages"}, checks.pages() == 0 ? "" : absl::StrCat(checks.pages())}},
                language, session.out());
  std::vector<std::string> well;
  for (const pb::CheckFinding& finding : checks.findings()) {
    if (finding.verdict() == pb::CHECK_VERDICT_OK) {
      well.push_back(CheckName(finding.check(), language));
      continue;
    }
    const FindingWords words = WordsFor(finding, language);
    const std::string verdict =
        clients::Marked(WordFor(finding.verdict(), language), MarkOf(finding.verdict()), session.out());
    absl::StrAppend(
        &text, Paragraph(absl::StrCat(verdict, ", ", CheckName(finding.check(), language), ": ",
                                      words.sentence, finding.detail().empty() ? "" : " (", finding.detail(),
                                      finding.detail().empty() ? "" : ")", words.way_out.empty() ? "" : "; ",
                                      words.way_out, " [", finding.reason(), "]",
                                      finding.is_overridden()
                                          ? session.Say({"; accepted by those who run the programme",
                                                         " ; accepté par la formation"})
                                          : ""),
                         2, "- ", session.out()));
  }
  absl::StrAppend(&text, DecisionsText(checks, session));
  if (!well.empty()) {
    absl::StrAppend(&text,
                    Paragraph(absl::StrCat(session.Say({"nothing to say about ", "rien à signaler pour "}),
                                           absl::StrJoin(well, ", ")),
                              2, "- ", session.out()));
  }
  return text;
}

void ShowChecksWhenDone(Session& session, const std::string& name) {
  pb::GetDraftChecksRequest request;
  request.set_name(name);
  const absl::Time end = absl::Now() + kWaitMax;
  session.ShowProgress(session.Say({"being looked at…", "examen en cours…"}));
  absl::StatusOr<pb::DraftChecks> checks = session.Call<pb::DraftChecks>(request);
  while (checks.ok() && checks->state() != pb::DraftChecks::STATE_DONE && absl::Now() < end) {
    absl::SleepFor(kAskEvery);
    checks = session.Call<pb::DraftChecks>(request);
  }
  session.ShowProgress("");
  if (checks.ok() && checks->state() == pb::DraftChecks::STATE_DONE)
    return session.Print(ChecksText(*checks, session));
  // "theses/m2-017/drafts/3" is typed "m2-017/3".
  const std::vector<std::string> parts = absl::StrSplit(name, '/');
  session.Tell(absl::StrCat(session.Say({"It is still being looked at; see: soutenance drafts checks ",
                                         "L’examen n’est pas fini ; voir : soutenance drafts checks "}),
                            parts.size() == 4 ? absl::StrCat(parts[1], "/", parts[3]) : name));
}

std::string ComparisonText(const pb::DraftComparison& comparison, Language language,
                           const clients::Terminal& terminal) {
  std::string text;
  for (const pb::DraftDifference& difference : comparison.differences()) {
    const std::string place = absl::StrCat(
        Text{"page ", "page "}.In(language), difference.page(),
        difference.page() == difference.other_page() ? "" : absl::StrCat(" -> ", difference.other_page()));
    std::string words;
    for (const pb::ComparedText& part : difference.parts()) {
      if (!words.empty()) words += ' ';
      if (part.kind() == pb::ComparedText::KIND_REMOVED) {
        words += clients::Marked(absl::StrCat("[-", part.text(), "-]"), Mark::kBad, terminal);
      } else if (part.kind() == pb::ComparedText::KIND_ADDED) {
        words += clients::Marked(absl::StrCat("{+", part.text(), "+}"), Mark::kGood, terminal);
      } else {
        words += part.text();
      }
    }
    absl::StrAppend(&text, clients::Marked(place, Mark::kBold, terminal), "\n",
                    Paragraph(words, 2, "", terminal));
  }
  if (comparison.left_out() > 0) {
    absl::StrAppend(
        &text, comparison.left_out(),
        Text{" more differences are not shown\n", " autres différences ne sont pas montrées\n"}.In(language));
  }
  absl::StrAppend(&text,
                  Counted(comparison.words_removed(), {"word removed", "mot retiré"},
                          {"words removed", "mots retirés"}, language),
                  ", ",
                  Counted(comparison.words_added(), {"word added", "mot ajouté"},
                          {"words added", "mots ajoutés"}, language),
                  "\n");
  if (comparison.cut_off()) {
    absl::StrAppend(&text, Text{"Only the beginning was compared: the text is too long.\n",
                                "Seul le début a été comparé : le texte est trop long.\n"}
                               .In(language));
  }
  return text;
}

Command DraftsChecksCommand() {
  return {
      .verb = "checks",
      .summary = {"Show what was found in a version", "Montrer les constats sur une version"},
      .details =
          {"Every version is looked at once it has been received: type, pages, encryption, scripts, fonts, "
           "what an "
           "archive unpacks to, viruses. That changes neither the version nor its receipt.",
           "Chaque version est examinée après sa réception : type, pages, chiffrement, scripts, polices, ce "
           "qu’une archive contient, virus. Cela ne change ni la version ni son reçu."},
      .arguments = {{.value = {.word = "VERSION"},
                     .help = {"THESIS/NUMBER, such as m2-017/3; a thesis: all its versions",
                              "MÉMOIRE/NUMÉRO, comme m2-017/3 ; un mémoire : toutes ses versions"}}},
      .examples = {{"drafts checks m2-017/3", {"one version", "une version"}},
                   {"drafts checks m2-017", {"all of a thesis", "toutes celles d’un mémoire"}}},
      .run = Checks};
}

Command DraftsRecheckCommand() {
  return {.verb = "recheck",
          .summary = {"Have a version looked at again", "Faire examiner une version de nouveau"},
          .arguments = {VersionArgument()},
          .examples = {{"drafts recheck m2-017/3",
                        {"after the scanner was away", "après une absence de l’antivirus"}}},
          .run = Recheck};
}

Command DraftsOverrideCommand() {
  return {
      .verb = "override",
      .summary = {"Accept a finding that has to be corrected", "Accepter un constat à corriger"},
      .details = {"It is then a remark and no longer stands in the way of receiving the deposit. Who "
                  "accepted it, when "
                  "and why is told to the authors and stays on record, also after it was taken back with "
                  "--withdraw. "
                  "What harms whoever opens the file, or cannot be read by anybody, cannot be accepted.",
                  "Il devient une remarque et n’empêche plus de recevoir le dépôt. Les auteurs voient qui "
                  "l’a accepté, "
                  "quand et pourquoi, et cela reste inscrit, même après un retrait par --withdraw. Ce qui "
                  "nuit à qui "
                  "ouvre le fichier, ou que personne ne peut lire, ne peut être accepté."},
      .arguments = {VersionArgument(),
                    {.value = {.word = "FINDING"},
                     .help = {"its word in brackets, such as PDF_JAVASCRIPT",
                              "son mot entre crochets, comme PDF_JAVASCRIPT"}}},
      .flags = {TextFlag("--reason", "TEXT", {"why; the authors see it", "pourquoi ; les auteurs le voient"}),
                {.name = "--withdraw", .value = {}, .help = {"no longer accept it", "ne plus l’accepter"}},
                DryRunFlag()},
      .examples = {{"drafts override m2-017/3 PDF_JAVASCRIPT --reason \"a form, read by the programme\"",
                    {"accept it", "l’accepter"}}},
      .run = Override};
}

Command DraftsCompareCommand() {
  const Argument number{.value = {.word = "FIRST"}, .help = {"a number", "un numéro"}};
  const Argument other{.value = {.word = "SECOND"}, .help = {"another number", "un autre numéro"}};
  return {.verb = "compare",
          .summary = {"Show what differs between the texts of two versions",
                      "Montrer ce qui diffère entre les textes de deux versions"},
          .details = {"Words that only moved to another line or page are no difference.",
                      "Les mots qui ont seulement changé de ligne ou de page ne sont pas une différence."},
          .arguments = {NameArgument("THESIS", "theses", {"the thesis", "le mémoire"}), number, other},
          .examples = {{"drafts compare m2-017 2 3", {"what changed since", "ce qui a changé depuis"}}},
          .run = Compare};
}

Command MilestonesChecksCommand() {
  return {
      .verb = "checks",
      .summary = {"Show or change what is accepted for a milestone",
                  "Montrer ou changer ce qui est accepté pour un jalon"},
      .details =
          {"What is found in a version means nothing, a remark, or that the version has to be replaced "
           "(to_correct). Usually what is refused is to be corrected, and the rest is a remark.",
           "Un constat ne veut rien dire (none), est une remarque (remark), ou demande de remplacer la "
           "version "
           "(to_correct). D’usage, ce qui est refusé est à corriger, et le reste est une remarque."},
      .arguments = {{.value = {.word = "MILESTONE"}, .help = {"PROGRAMME/ID", "FORMATION/ID"}}},
      .flags = {Repeated(TextFlag("--rule", "REASON=MEANING",
                                  {"what findings with this reason mean: none, remark, to_correct",
                                   "ce que veut dire ce constat : none, remark, to_correct"})),
                TextFlag("--types", "TYPES",
                         {"accepted types, with commas; empty: all",
                          "types acceptés, séparés par des virgules ; vide : tous"}),
                NumberFlag("--pages-max", "N", {"pages at most; 0: any", "pages au plus ; 0 : sans limite"}),
                {.name = "--reset",
                 .value = {},
                 .help = {"forget the rules first", "oublier d’abord les règles"}},
                DryRunFlag()},
      .examples = {{"milestones checks m2/final", {"what is accepted", "ce qui est accepté"}},
                   {"milestones checks m2/final --types application/pdf --pages-max 80 --rule "
                    "FONTS_NOT_EMBEDDED=to_correct",
                    {"a PDF of 80 pages with its fonts", "un PDF de 80 pages avec ses polices"}}},
      .run = Policy};
}

}  // namespace soutenance::cli
