#include "clients/cli/theses_life.h"

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/dates.h"
#include "clients/cli/fields.h"
#include "clients/cli/instants.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/people_names.h"
#include "clients/cli/resource.h"
#include "clients/cli/theses_views.h"
#include "clients/cli/words.h"
#include "clients/lib/failure.h"
#include "google/protobuf/timestamp.pb.h"
#include "services/base/status.h"
#include "soutenance/submissions/v1/submissions.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = submissions::v1;
using clients::Column;

constexpr char kZone[] = "Europe/Paris";

std::vector<const char*> EventWords() {
  static const auto& words = *new std::vector<std::string>([] {
    std::vector<std::string> all;
    for (int i = pb::ThesisEvent_MIN + 1; i <= pb::ThesisEvent_MAX; ++i) {
      all.push_back(MachineWordFor(static_cast<pb::ThesisEvent>(i)));
    }
    return all;
  }());
  std::vector<const char*> choices;
  for (const std::string& word : words) choices.push_back(word.c_str());
  return choices;
}

pb::ThesisEvent EventOf(const std::string& word) {
  pb::ThesisEvent event = pb::THESIS_EVENT_UNSPECIFIED;
  pb::ThesisEvent_Parse(absl::StrCat("THESIS_EVENT_", absl::AsciiStrToUpper(word)), &event);
  return event;
}

// The instant of a flag, in `instant`, if it was given.
absl::Status Read(const Session& session, const Input& input, const char* flag,
                  google::protobuf::Timestamp* instant) {
  const std::string problem = ReadInstant(input.Get(flag), kZone, session.language(), *instant);
  return problem.empty() ? absl::OkStatus() : clients::UsageError(absl::StrCat(flag, " ", problem));
}

absl::Status Propose(Session& session, const Input& input) {
  pb::ProposeThesisRequest request;
  request.set_thesis_id(input.Get("ID"));
  RETURN_IF_ERROR(
      FillResource(input, ThesisFields(), session.language(), *request.mutable_thesis()).status());
  request.set_draft(input.Has("--draft"));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto thesis, session.Call<pb::Thesis>(request));
  ShowOutcome(session, input, {"Proposed.", "Proposé."}, thesis, ThesisText(session, thesis));
  return absl::OkStatus();
}

std::string OpinionText(const Session& session, const pb::Opinion& opinion) {
  return FactsText(WordFor(opinion.side(), session.language()),
                   {{{"opinion", "avis"}, WordFor(opinion.verdict(), session.language())},
                    {{"comment", "commentaire"}, opinion.comment()},
                    {{"by", "par"}, ShortName(opinion.account())},
                    {{"on", "le"}, InstantText(opinion.give_time())}},
                   session.language(), session.out());
}

absl::Status Opine(Session& session, const Input& input) {
  pb::GiveOpinionRequest request;
  pb::Opinion& opinion = *request.mutable_opinion();
  opinion.set_thesis(TopName("theses", input.Get("THESIS")));
  pb::Opinion::Side side = pb::Opinion::SIDE_UNSPECIFIED;
  pb::Opinion::Side_Parse(absl::StrCat("SIDE_", absl::AsciiStrToUpper(input.Get("SIDE"))), &side);
  pb::Opinion::Verdict verdict = pb::Opinion::VERDICT_UNSPECIFIED;
  pb::Opinion::Verdict_Parse(absl::StrCat("VERDICT_", absl::AsciiStrToUpper(input.Get("VERDICT"))), &verdict);
  opinion.set_side(side);
  opinion.set_verdict(verdict);
  opinion.set_comment(input.Get("--comment"));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto given, session.Call<pb::Opinion>(request));
  ShowOutcome(session, input, {"Given.", "Donné."}, given, OpinionText(session, given));
  return absl::OkStatus();
}

absl::Status Opinions(Session& session, const Input& input) {
  pb::ListOpinionsRequest request;
  request.set_parent(TopName("theses", input.Get("THESIS")));
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListOpinionsResponse>(request));
  clients::Table table({{session.Say({"Side", "Qui"})},
                        {session.Say({"Opinion", "Avis"})},
                        {session.Say({"Comment", "Commentaire"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"On", "Le"})}});
  for (const pb::Opinion& each : list.opinions()) {
    table.Row({WordFor(each.side(), session.language()), WordFor(each.verdict(), session.language()),
               each.comment(), InstantText(each.give_time())});
  }
  ShowTable(session, list, table, {"no opinion", "aucun avis"});
  return absl::OkStatus();
}

absl::Status Advance(Session& session, const Input& input) {
  pb::TransitionThesisRequest request;
  request.set_name(TopName("theses", input.Get("THESIS")));
  request.set_event(EventOf(input.Get("EVENT")));
  request.set_reason(input.Get("--reason"));
  if (input.Has("--until")) RETURN_IF_ERROR(Read(session, input, "--until", request.mutable_until_time()));
  for (const std::string& word : input.GetAll("--waive")) request.add_waive(word);
  request.set_etag(input.Get("--etag"));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto thesis, session.Call<pb::Thesis>(request));
  ShowOutcome(session, input, {"Done.", "Fait."}, thesis, ThesisText(session, thesis));
  return absl::OkStatus();
}

std::string WhoText(const Session& session, const google::protobuf::RepeatedPtrField<std::string>& who) {
  return absl::StrJoin(who, ", ", [&](std::string* out, const std::string& word) {
    absl::StrAppend(out, WordFor(word, session.language()));
  });
}

// What stands in the way of an event: nothing, a condition, or somebody else.
std::string ObstacleText(const Session& session, const pb::ThesisTransition& transition) {
  if (!transition.yours()) {
    return absl::StrCat(session.Say({"ask: ", "à demander à : "}), WhoText(session, transition.who()));
  }
  std::vector<std::string> missing;
  for (const auto& condition : transition.unmet()) missing.push_back(condition.explanation());
  return absl::StrJoin(missing, "; ");
}

absl::Status Next(Session& session, const Input& input) {
  pb::ListThesisTransitionsRequest request;
  request.set_parent(TopName("theses", input.Get("THESIS")));
  ASSIGN_OR_RETURN(const auto list, session.Call<pb::ListThesisTransitionsResponse>(request));
  clients::Table table({{session.Say({"Event", "Événement"})},
                        {session.Say({"Meaning", "Sens"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"Leads to", "Mène à"})},
                        {session.Say({"Possible", "Possible"})},
                        {session.Say({"Needs", "Demande"})},
                        {session.Say({"Otherwise", "Sinon"}), Column::Align::kLeft, Column::Fit::kShrink}});
  for (const pb::ThesisTransition& each : list.transitions()) {
    if (!each.from_here() && !input.Has("--all")) continue;
    std::vector<std::string> needs;
    if (each.needs_reason()) needs.push_back("--reason");
    if (each.needs_until()) needs.push_back("--until");
    std::string otherwise = ObstacleText(session, each);
    if (!each.from_here()) {
      std::vector<std::string> from;
      for (const int state : each.from()) {
        from.push_back(WordFor(static_cast<pb::Thesis::State>(state), session.language()));
      }
      otherwise = absl::StrCat(session.Say({"from: ", "depuis : "}), absl::StrJoin(from, ", "));
    }
    table.Row({MachineWordFor(each.event()), WordFor(each.event(), session.language()),
               WordFor(each.to(), session.language()),
               session.Say(each.possible() ? Text{"yes", "oui"} : Text{"no", "non"}),
               absl::StrJoin(needs, " "), otherwise});
  }
  ShowTable(session, list, table, {"nothing more can happen", "plus rien ne peut arriver"});
  session.Tell(absl::StrCat(session.Say({"The thesis is: ", "Le mémoire est : "}),
                            WordFor(list.state(), session.language())));
  return absl::OkStatus();
}

absl::Status History(Session& session, const Input& input) {
  pb::ListThesisHistoryRequest request;
  request.set_parent(TopName("theses", input.Get("THESIS")));
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListThesisHistoryResponse>(request));
  clients::Table table({{session.Say({"On", "Le"})},
                        {session.Say({"Event", "Événement"})},
                        {session.Say({"State after", "État après"})},
                        {session.Say({"By", "Par"})},
                        {session.Say({"Reason", "Motif"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"Until", "Jusqu’au"})},
                        {session.Say({"Set aside", "Levé"})}});
  for (const pb::ThesisChange& each : list.changes()) {
    table.Row({InstantText(each.change_time()), WordFor(each.event(), session.language()),
               WordFor(each.to(), session.language()), ShortName(each.account()), each.reason(),
               InstantText(each.until_time()), absl::StrJoin(each.waived(), " ")});
  }
  ShowTable(session, list, table, {"nothing has happened yet", "rien n’est encore arrivé"});
  return absl::OkStatus();
}

// How many theses of a cohort are in which state, and which.
absl::Status Status(Session& session, const Input& input) {
  pb::ListThesesRequest request;
  request.set_programme(TopName("programmes", input.Get("PROGRAMME")));
  request.set_cohort(CohortName(request.programme(), input.Get("--cohort")));
  RETURN_IF_ERROR(AddStates(input, request));
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListThesesResponse>(request));
  const PeopleNames names = session.json() ? PeopleNames::Of(session, {}) : NamesIn(session, list.theses());
  clients::Table table({{session.Say({"Thesis", "Mémoire"})},
                        {session.Say({"Authors", "Auteurs"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"State", "État"})},
                        {session.Say({"Until", "Jusqu’au"})},
                        {session.Say({"Title", "Titre"}), Column::Align::kLeft, Column::Fit::kShrink}});
  std::map<int, int> counts;
  for (const pb::Thesis& thesis : list.theses()) {
    std::vector<std::string> authors;
    for (const std::string& author : thesis.authors()) authors.push_back(names.Name(author));
    table.Row({ShortName(thesis.name()), absl::StrJoin(authors, ", "),
               WordFor(thesis.state(), session.language()), InstantText(thesis.state_until_time()),
               TitleOf(session, thesis)});
    ++counts[thesis.state()];
  }
  ShowTable(session, list, table, {"no thesis", "aucun mémoire"});
  std::vector<std::string> totals;
  for (const auto& [state, count] : counts) {
    totals.push_back(
        absl::StrCat(count, " ", WordFor(static_cast<pb::Thesis::State>(state), session.language())));
  }
  if (!totals.empty()) session.Tell(absl::StrJoin(totals, ", "));
  return absl::OkStatus();
}

absl::Status ConsentTo(Session& session, const Input& input) {
  pb::SetConsentRequest request;
  request.set_name(TopName("theses", input.Get("THESIS")));
  request.set_consent(input.Get("ANSWER") == "yes");
  if (input.Has("--embargo-until")) {
    RETURN_IF_ERROR(Read(session, input, "--embargo-until", request.mutable_embargo_until_time()));
  }
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto thesis, session.Call<pb::Thesis>(request));
  ShowOutcome(session, input, {"Noted.", "Noté."}, thesis, ThesisText(session, thesis));
  return absl::OkStatus();
}

absl::Status Notices(Session& session, const Input& input) {
  pb::ListNoticesRequest request;
  request.set_programme(TopName("programmes", input.Get("--programme")));
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListNoticesResponse>(request));
  clients::Table table({{session.Say({"On", "Le"})},
                        {session.Say({"Thesis", "Mémoire"})},
                        {session.Say({"Event", "Événement"})},
                        {session.Say({"To tell", "À prévenir"})}});
  for (const pb::Notice& each : list.notices()) {
    table.Row({InstantText(each.change_time()), ShortName(each.thesis()),
               WordFor(each.event(), session.language()),
               each.person().empty() ? WordFor(each.role(), session.language()) : ShortName(each.person())});
  }
  ShowTable(session, list, table, {"nobody is to be told of anything", "personne à prévenir"});
  return absl::OkStatus();
}

Argument ChoiceArgument(const char* word, std::vector<const char*> choices, Text help) {
  return {.value = {.word = word, .kind = Value::Kind::kChoice, .choices = std::move(choices)}, .help = help};
}

}  // namespace

std::vector<Command> ThesisLifeCommands() {
  const Argument thesis = NameArgument("THESIS", "theses", {"id of the thesis", "identifiant du mémoire"});
  const Flag reason = TextFlag("--reason", "TEXT", {"why", "pourquoi"});
  return {
      {.verb = "propose",
       .summary = {"Propose a subject", "Proposer un sujet"},
       .details = {"Programme, supervisor and company then give their opinions on it.",
                   "La formation, l’encadrant et l’entreprise donnent ensuite leur avis."},
       .arguments = {IdArgument()},
       .flags =
           Flags(FlagsOf(ThesisFields()),
                 {{.name = "--draft", .value = {}, .help = {"keep it as a draft", "le garder en brouillon"}},
                  DryRunFlag()}),
       .examples = {{"theses propose m2-017 --title \"Ordonnancement\" --author ana --supervisor bruno "
                     "--programme m2",
                     {"a subject by ana", "un sujet d’ana"}}},
       .run = Propose},
      {.verb = "opinion",
       .summary = {"Give an opinion on a proposed subject", "Donner un avis sur un sujet soumis"},
       .arguments =
           {thesis,
            ChoiceArgument(
                "SIDE", {"programme", "supervisor", "company"},
                {"for whom: programme, supervisor or company",
                 "pour qui : programme (formation), supervisor (encadrant) ou company (entreprise)"}),
            ChoiceArgument("VERDICT", {"favourable", "reserved", "unfavourable"},
                           {"favourable, reserved or unfavourable",
                            "favourable, reserved (réservé) ou unfavourable (défavorable)"})},
       .flags = {TextFlag("--comment", "TEXT",
                          {"why; required unless favourable", "pourquoi ; obligatoire sauf favorable"}),
                 DryRunFlag()},
       .examples = {{"theses opinion m2-017 supervisor favourable",
                     {"as its supervisor", "en tant qu’encadrant"}}},
       .run = Opine},
      {.verb = "opinions",
       .summary = {"List the opinions on a subject", "Lister les avis sur un sujet"},
       .arguments = {thesis},
       .examples = {{"theses opinions m2-017",
                     {"those on the subject as it is proposed now", "sur le sujet tel qu’il est soumis"}}},
       .run = Opinions},
      {.verb = "next",
       .summary = {"Show what can happen to a thesis now, and who causes it",
                   "Montrer ce qui peut arriver à un mémoire, et par qui"},
       .arguments = {thesis},
       .flags = {{.name = "--all",
                  .value = {},
                  .help = {"events of other states too", "aussi les événements d’autres états"}}},
       .examples = {{"theses next m2-017", {"what can I do", "que puis-je faire"}}},
       .run = Next},
      {.verb = "advance",
       .summary = {"Let an event happen to a thesis", "Faire avancer un mémoire"},
       .details = {"\"theses next\" shows which events are possible, and what they need.",
                   "« theses next » montre quels événements sont possibles et ce qu’ils demandent."},
       .arguments = {thesis, ChoiceArgument("EVENT", EventWords(), {"what happens", "ce qui arrive"})},
       .flags = {reason,
                 TextFlag("--until", "INSTANT",
                          {"the date that the event sets", "la date que fixe l’événement"}),
                 Repeated(TextFlag("--waive", "CONDITION",
                                   {"set a condition aside; programme head only, with a reason",
                                    "lever une condition ; responsable seulement, avec un motif"})),
                 EtagFlag(), DryRunFlag()},
       .examples = {{"theses advance m2-017 validate_subject", {"accept the subject", "accepter le sujet"}},
                    {"theses advance m2-017 ask_corrections --reason \"chapter 3\" --until 2027-07-15T23:59",
                     {"with a date", "avec une date"}}},
       .run = Advance},
      {.verb = "history",
       .summary = {"Show what has happened to a thesis", "Montrer ce qui est arrivé à un mémoire"},
       .arguments = {thesis},
       .examples = {{"theses history m2-017", {"who, when and why", "qui, quand et pourquoi"}}},
       .run = History},
      {.verb = "status",
       .summary = {"Show where all theses of a programme are",
                   "Montrer où en sont les mémoires d’une formation"},
       .arguments = {NameArgument("PROGRAMME", "programmes", {"the programme", "la formation"})},
       .flags = {ResourceFlag("--cohort", "COHORT", "cohorts",
                              {"only this cohort", "seulement cette promotion"}),
                 StateFlag()},
       .examples = {{"theses status m2 --cohort 2027", {"a whole cohort", "toute une promotion"}},
                    {"theses status m2 --state subject_proposed",
                     {"what waits for a decision", "ce qui attend une décision"}}},
       .run = Status},
      {.verb = "consent",
       .summary = {"Say whether a thesis of yours may be disseminated",
                   "Dire si votre mémoire peut être diffusé"},
       .arguments = {thesis, ChoiceArgument("ANSWER", {"yes", "no"}, {"yes or no", "yes (oui) ou no (non)"})},
       .flags = {TextFlag("--embargo-until", "INSTANT", {"not before this instant", "pas avant cet instant"}),
                 DryRunFlag()},
       .examples = {{"theses consent m2-017 yes --embargo-until 2029-01-01T00:00",
                     {"in two years", "dans deux ans"}}},
       .run = ConsentTo},
      {.verb = "notices",
       .summary = {"List who is to be told what", "Lister qui doit être prévenu de quoi"},
       .flags = {ResourceFlag("--programme", "PROGRAMME", "programmes",
                              {"all of a programme that you run; otherwise your own",
                               "toute une formation que vous gérez ; sinon les vôtres"})},
       .examples = {{"theses notices --programme m2", {"all of one programme", "toute une formation"}}},
       .run = Notices},
  };
}

}  // namespace soutenance::cli
