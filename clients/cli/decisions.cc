#include "clients/cli/decisions.h"

#include <filesystem>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/dates.h"
#include "clients/cli/fields.h"
#include "clients/cli/files.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/people_names.h"
#include "clients/cli/resource.h"
#include "clients/cli/session.h"
#include "clients/cli/words.h"
#include "clients/lib/display_text.h"
#include "clients/lib/failure.h"
#include "clients/lib/json.h"
#include "services/base/status.h"
#include "soutenance/assignment/v1/decisions.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = assignment::v1;
using clients::Column;
using google::protobuf::RepeatedPtrField;
using Decisions = RepeatedPtrField<pb::JuryDecision>;

// More than the server takes; it says how much that is.
constexpr int64_t kFileBytesMax = 16 << 20;

// ---- Views ----

Text WayWords(pb::JuryDecisionWay way) {
  switch (way) {
    case pb::JURY_DECISION_WAY_MANUAL:
      return {"by hand", "à la main"};
    case pb::JURY_DECISION_WAY_FILE:
      return {"file", "fichier"};
    case pb::JURY_DECISION_WAY_PROPOSAL:
      return {"proposal", "proposition"};
    case pb::JURY_DECISION_WAY_BATCH:
      return {"many at once", "en nombre"};
    case pb::JURY_DECISION_WAY_UNDO:
      return {"undo", "annulation"};
    case pb::JURY_DECISION_WAY_REPLACEMENT:
      return {"replacement", "remplacement"};
    default:
      return {"", ""};
  }
}

void AddPeople(const Decisions& decisions, std::set<std::string>& people) {
  for (const pb::JuryDecision& decision : decisions) {
    for (const pb::Seat& seat : decision.seats_before()) people.insert(seat.person());
    for (const pb::Seat& seat : decision.seats_after()) people.insert(seat.person());
  }
}

std::string SeatText(const Session& session, const pb::Seat& seat, const PeopleNames& names) {
  return absl::StrCat(names.Name(seat.person()), " (", WordFor(seat.role(), session.language()),
                      seat.mode() == pb::Seat::MODE_REMOTE ? session.Say({", on video", ", en visio"}) : "",
                      ")");
}

bool IsAmong(const pb::Seat& seat, const RepeatedPtrField<pb::Seat>& seats) {
  for (const pb::Seat& other : seats) {
    if (other.person() == seat.person() && other.role() == seat.role() && other.mode() == seat.mode()) {
      return true;
    }
  }
  return false;
}

// "+ Ana Martin (president)", "- Bob Petit (guest)".
std::string DifferenceText(const Session& session, const pb::JuryDecision& decision,
                           const PeopleNames& names) {
  std::vector<std::string> parts;
  if (!decision.existed_before()) parts.push_back(session.Say({"new jury", "nouveau jury"}));
  if (!decision.exists_after()) parts.push_back(session.Say({"no jury any more", "plus de jury"}));
  for (const pb::Seat& seat : decision.seats_before()) {
    if (!IsAmong(seat, decision.seats_after())) {
      parts.push_back(absl::StrCat("- ", SeatText(session, seat, names)));
    }
  }
  for (const pb::Seat& seat : decision.seats_after()) {
    if (!IsAmong(seat, decision.seats_before())) {
      parts.push_back(absl::StrCat("+ ", SeatText(session, seat, names)));
    }
  }
  if (parts.empty()) parts.push_back(session.Say({"another order", "autre ordre"}));
  return absl::StrJoin(parts, ", ");
}

std::string BatchCounts(const Session& session, const pb::JuryBatch& batch) {
  return absl::StrCat(batch.created_count(), session.Say({" created, ", " créés, "}), batch.updated_count(),
                      session.Say({" changed, ", " modifiés, "}), batch.removed_count(),
                      session.Say({" removed, ", " supprimés, "}), batch.unchanged_count(),
                      session.Say({" unchanged", " inchangés"}));
}

std::string ChangesText(const Session& session, const Decisions& decisions, const PeopleNames& names) {
  std::string text;
  for (const pb::JuryDecision& decision : decisions) {
    absl::StrAppend(&text, Paragraph(absl::StrCat(ShortName(decision.thesis()), session.Say({": ", " : "}),
                                                  DifferenceText(session, decision, names)),
                                     2, "", session.out()));
  }
  return text;
}

std::string ProblemsText(const Session& session, const pb::JuryBatchResult& result) {
  std::string text;
  for (const pb::JuryProblem& problem : result.problems()) {
    const bool is_error = problem.severity() == pb::JuryProblem::SEVERITY_ERROR;
    const Text kind = is_error ? Text{"error", "erreur"} : Text{"warning", "avertissement"};
    const clients::Mark mark = is_error ? clients::Mark::kBad : clients::Mark::kWarning;
    absl::StrAppend(&text, clients::Marked(session.Say(kind), mark, session.out()),
                    session.Say({": ", " : "}), clients::Printable(problem.message()), "\n");
  }
  const int unlisted = result.error_count() + result.warning_count() - result.problems_size();
  if (unlisted > 0) absl::StrAppend(&text, "… ", unlisted, session.Say({" more", " de plus"}), "\n");
  return text;
}

// Who decided since, when and what: what stands in the way of an undo.
std::string ConflictsText(const Session& session, const pb::JuryBatchResult& result,
                          const PeopleNames& names) {
  std::string text;
  for (const pb::JuryDecision& decision : result.conflicts()) {
    absl::StrAppend(
        &text,
        Paragraph(absl::StrCat(ShortName(decision.thesis()),
                               session.Say({": decided since, ", " : décidé depuis, "}),
                               InstantText(decision.time()), ", ", ShortName(decision.account()), ", ",
                               session.Say(WayWords(decision.way())), session.Say({": ", " : "}),
                               DifferenceText(session, decision, names),
                               decision.reason().empty() ? "" : absl::StrCat(" (", decision.reason(), ")")),
                  2, "! ", session.out()));
  }
  return text;
}

std::string ResultText(Session& session, const pb::JuryBatchResult& result) {
  std::set<std::string> people;
  AddPeople(result.batch().decisions(), people);
  AddPeople(result.conflicts(), people);
  const PeopleNames names = PeopleNames::Of(session, people);
  const std::string counts = BatchCounts(session, result.batch());
  std::string text = absl::StrCat(ProblemsText(session, result), ConflictsText(session, result, names),
                                  ChangesText(session, result.batch().decisions(), names));
  switch (result.state()) {
    case pb::JuryBatchResult::STATE_REFUSED:
      absl::StrAppend(&text, session.Say({"Refused, nothing was written.", "Refusé, rien n’a été écrit."}));
      break;
    case pb::JuryBatchResult::STATE_VALIDATED:
      absl::StrAppend(&text, session.Say({"Possible: ", "Possible : "}), counts,
                      session.Say({". Nothing was written.", ". Rien n’a été écrit."}));
      break;
    default:
      absl::StrAppend(&text, session.Say({"Done: ", "Fait : "}), counts, ".");
  }
  if (!result.batch().name().empty()) {
    absl::StrAppend(&text,
                    session.Say({"\nTo take it back: soutenance juries undo ",
                                 "\nPour revenir en arrière : soutenance juries undo "}),
                    ShortName(result.batch().name()));
  }
  if (result.conflicts_size() > 0) {
    absl::StrAppend(&text, session.Say({"\nThe others can be undone alone, with --thesis.",
                                        "\nLes autres peuvent être annulés seuls, avec --thesis."}));
  }
  return absl::StrCat(text, "\n");
}

void ShowResult(Session& session, const pb::JuryBatchResult& result) {
  session.Show(result, [&] { return ResultText(session, result); });
  if (result.state() == pb::JuryBatchResult::STATE_REFUSED) session.set_exit_code(clients::kRefused);
}

// ---- Commands ----

absl::Status Import(Session& session, const Input& input, pb::JuryFileKind kind) {
  pb::ImportJuriesRequest request;
  const std::filesystem::path path(input.Get("FILE"));
  ASSIGN_OR_RETURN(*request.mutable_content(), ReadFile(path.string(), kFileBytesMax, session.language()));
  request.set_file(path.filename().string());
  if (!clients::IsUtf8(request.file())) request.set_file("file.csv");
  request.set_kind(kind);
  request.set_reason(input.Get("--reason"));
  request.set_language(CodeOf(session.language()));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto result, session.Call<pb::JuryBatchResult>(std::move(request)));
  ShowResult(session, result);
  return absl::OkStatus();
}

absl::Status ImportJuries(Session& session, const Input& input) {
  return Import(session, input, pb::JURY_FILE_KIND_JURIES);
}
absl::Status ImportReviewers(Session& session, const Input& input) {
  return Import(session, input, pb::JURY_FILE_KIND_REVIEWERS);
}

absl::Status Export(Session& session, const Input& input, pb::JuryFileKind kind) {
  pb::ExportJuriesRequest request;
  request.set_programme(TopName("programmes", input.Get("PROGRAMME")));
  request.set_kind(kind);
  for (const std::string& thesis : input.GetAll("--thesis")) request.add_theses(TopName("theses", thesis));
  request.set_language(CodeOf(session.language()));
  ASSIGN_OR_RETURN(const auto exported, session.Call<pb::ExportJuriesResponse>(request));
  const std::string path = input.Get("--out");
  if (path.empty() || path == "-") {
    if (session.json()) {
      session.Show(exported, [] { return std::string(); });
    } else {
      session.Print(exported.content());
    }
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(WriteFile(path, exported.content(), session.language()));
  if (session.json()) {
    session.Print(absl::StrCat(
        clients::JsonObject().Raw("files", clients::JsonArray({clients::JsonQuoted(path)})).Done(), "\n"));
    return absl::OkStatus();
  }
  session.Tell(path);
  return absl::OkStatus();
}

absl::Status ExportJuries(Session& session, const Input& input) {
  return Export(session, input, pb::JURY_FILE_KIND_JURIES);
}
absl::Status ExportReviewers(Session& session, const Input& input) {
  return Export(session, input, pb::JURY_FILE_KIND_REVIEWERS);
}

absl::Status ListBatches(Session& session, const Input& input) {
  pb::ListJuryBatchesRequest request;
  request.set_programme(TopName("programmes", input.Get("PROGRAMME")));
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListJuryBatchesResponse>(request));
  clients::Table table({{session.Say({"Batch", "Lot"})},
                        {session.Say({"When", "Quand"})},
                        {session.Say({"By", "Par"})},
                        {session.Say({"How", "Comment"})},
                        {session.Say({"Juries", "Jurys"}), Column::Align::kRight},
                        {session.Say({"Undone", "Annulé"})},
                        {session.Say({"Why", "Pourquoi"}), Column::Align::kLeft, Column::Fit::kShrink}});
  for (const pb::JuryBatch& batch : list.batches()) {
    const int juries = batch.created_count() + batch.updated_count() + batch.removed_count();
    table.Row({ShortName(batch.name()), InstantText(batch.create_time()), ShortName(batch.account()),
               session.Say(WayWords(batch.way())), absl::StrCat(juries),
               batch.undone_by_size() > 0 ? session.Say({"yes", "oui"}) : "", batch.reason()});
  }
  ShowTable(session, list, table, {"no batch", "aucun lot"});
  return absl::OkStatus();
}

std::string BatchName(const Input& input) { return TopName("juryBatches", input.Get("BATCH")); }

absl::Status ShowBatch(Session& session, const Input& input) {
  pb::GetJuryBatchRequest request;
  request.set_name(BatchName(input));
  ASSIGN_OR_RETURN(const auto batch, session.Call<pb::JuryBatch>(request));
  session.Show(batch, [&] {
    std::set<std::string> people;
    AddPeople(batch.decisions(), people);
    const PeopleNames names = PeopleNames::Of(session, people);
    std::vector<std::string> undone_by;
    for (const std::string& name : batch.undone_by()) undone_by.push_back(ShortName(name));
    const Facts facts{{{"when", "quand"}, InstantText(batch.create_time())},
                      {{"by", "par"}, ShortName(batch.account())},
                      {{"how", "comment"}, session.Say(WayWords(batch.way()))},
                      {{"from", "d’après"}, batch.source()},
                      {{"why", "pourquoi"}, batch.reason()},
                      {{"juries", "jurys"}, BatchCounts(session, batch)},
                      {{"undoes", "annule"}, ShortName(batch.undoes())},
                      {{"undone by", "annulé par"}, absl::StrJoin(undone_by, ", ")},
                      {{"can be undone until", "annulable jusqu’au"}, InstantText(batch.undo_until_time())}};
    return absl::StrCat(FactsText(absl::StrCat(session.Say({"Batch ", "Lot "}), ShortName(batch.name())),
                                  facts, session.language(), session.out()),
                        ChangesText(session, batch.decisions(), names));
  });
  return absl::OkStatus();
}

absl::Status Undo(Session& session, const Input& input) {
  pb::UndoJuryBatchRequest request;
  request.set_name(BatchName(input));
  for (const std::string& thesis : input.GetAll("--thesis")) request.add_theses(TopName("theses", thesis));
  request.set_reason(input.Get("--reason"));
  request.set_language(CodeOf(session.language()));
  request.set_validate_only(input.Has("--dry-run"));
  if (!request.validate_only()) {
    RETURN_IF_ERROR(
        session.Confirm(input, absl::StrCat(session.Say({"Put the juries back as they were before ",
                                                         "Remettre les jurys comme avant "}),
                                            ShortName(request.name()), session.Say({"?", " ?"}))));
  }
  ASSIGN_OR_RETURN(const auto result, session.Call<pb::JuryBatchResult>(request));
  ShowResult(session, result);
  return absl::OkStatus();
}

absl::Status History(Session& session, const Input& input) {
  pb::ListJuryDecisionsRequest request;
  if (input.Has("THESIS")) request.set_thesis(TopName("theses", ShortName(JuryName(input.Get("THESIS")))));
  request.set_person(TopName("people", input.Has("PERSON") ? input.Get("PERSON") : input.Get("--person")));
  request.set_programme(TopName("programmes", input.Get("--programme")));
  if (request.thesis().empty() && request.person().empty() && request.programme().empty()) {
    return clients::UsageError(session.Say(
        {"name a thesis, or --person, or --programme", "indiquez un mémoire, ou --person, ou --programme"}));
  }
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListJuryDecisionsResponse>(request));
  std::set<std::string> people;
  AddPeople(list.decisions(), people);
  const PeopleNames names = PeopleNames::Of(session, people);
  clients::Table table({{session.Say({"When", "Quand"})},
                        {session.Say({"Thesis", "Mémoire"})},
                        {session.Say({"By", "Par"})},
                        {session.Say({"How", "Comment"})},
                        {session.Say({"What", "Quoi"}), Column::Align::kLeft, Column::Fit::kShrinkFirst},
                        {session.Say({"Why", "Pourquoi"}), Column::Align::kLeft, Column::Fit::kShrink}});
  for (const pb::JuryDecision& decision : list.decisions()) {
    table.Row({InstantText(decision.time()), ShortName(decision.thesis()), ShortName(decision.account()),
               session.Say(WayWords(decision.way())), DifferenceText(session, decision, names),
               decision.reason()});
  }
  ShowTable(session, list, table, {"no decision", "aucune décision"});
  return absl::OkStatus();
}

Argument FileArgument() {
  return {.value = {.word = "FILE", .kind = Value::Kind::kFile},
          .help = {"the spreadsheet, saved as CSV", "le tableur, enregistré en CSV"}};
}
Argument ProgrammeArgument() {
  return NameArgument("PROGRAMME", "programmes", {"the programme", "la formation"});
}
Argument BatchArgument() {
  return NameArgument("BATCH", "juryBatches", {"id of a batch", "identifiant d’un lot"});
}
std::vector<Flag> ExportFlags() {
  return {
      Repeated(ResourceFlag("--thesis", "THESIS", "theses", {"only this thesis", "seulement ce mémoire"})),
      {.name = "--out",
       .value = {.word = "FILE", .kind = Value::Kind::kFile},
       .help = {"where to; default: standard output", "où ; par défaut la sortie standard"}}};
}

}  // namespace

Flag ReasonFlag() {
  return TextFlag("--reason", "TEXT", {"why, for the history", "pourquoi, pour l’historique"});
}

std::vector<Command> JuryDecisionCommands() {
  return {
      {.verb = "import",
       .summary = {"Set many juries from a CSV file, all or none",
                   "Fixer de nombreux jurys d’après un fichier CSV, tout ou rien"},
       .details =
           {"Columns: thesis, person, role, mode, revision, in English or French; the lines of a thesis "
            "are its whole jury. Every problem is told at once, with line and column; rules and "
            "conflicts are checked as for \"juries set\". A jury whose revision is not the one of the "
            "file is refused. What was imported can be undone for 30 days.",
            "Colonnes : memoire, personne, role, mode, revision, en français ou en anglais ; les lignes "
            "d’un mémoire sont son jury entier. Tous les problèmes sont signalés d’un coup, avec ligne "
            "et colonne ; règles et conflits sont vérifiés comme pour « juries set ». Un jury dont la "
            "révision n’est plus celle du fichier est refusé. L’import s’annule pendant 30 jours."},
       .arguments = {FileArgument()},
       .flags = {ReasonFlag(), DryRunFlag()},
       .examples = {{"juries import juries.csv --dry-run",
                     {"what would change, and what is wrong", "ce qui changerait, et ce qui ne va pas"}},
                    {"juries import juries.csv --reason \"council of 3 May\"", {"write it", "l’écrire"}}},
       .run = ImportJuries},
      {.verb = "export",
       .summary = {"Write the juries of a programme as CSV", "Écrire les jurys d’une formation en CSV"},
       .details = {"The file can be imported again. In French with ; and French words, in English with ,",
                   "Le fichier peut être réimporté. En français avec ; et des mots français, en anglais "
                   "avec ,"},
       .arguments = {ProgrammeArgument()},
       .flags = ExportFlags(),
       .examples = {{"juries export m2 --out juries.csv", {"for a spreadsheet", "pour un tableur"}}},
       .run = ExportJuries},
      {.verb = "batches",
       .summary = {"List what was decided about many juries at once",
                   "Lister ce qui a été décidé pour plusieurs jurys à la fois"},
       .arguments = {ProgrammeArgument()},
       .examples = {{"juries batches m2", {"the newest first", "les plus récents d’abord"}}},
       .run = ListBatches},
      {.verb = "show-batch",
       .summary = {"Show a batch with its changes", "Montrer un lot et ses changements"},
       .arguments = {BatchArgument()},
       .examples = {{"juries show-batch 20261126-101500.123-k3x7q2ab", {"one batch", "un lot"}}},
       .run = ShowBatch},
      {.verb = "undo",
       .summary = {"Put the juries of a batch back as they were",
                   "Remettre les jurys d’un lot comme ils étaient"},
       .details =
           {"For 30 days, all or none. If somebody decided about one of the juries since, says who, when "
            "and what, and writes nothing. An undo is a batch and can be undone.",
            "Pendant 30 jours, tout ou rien. Si quelqu’un a décidé d’un des jurys depuis, dit qui, quand "
            "et quoi, et n’écrit rien. Une annulation est un lot et s’annule aussi."},
       .arguments = {BatchArgument()},
       .flags = {Repeated(ResourceFlag("--thesis", "THESIS", "theses",
                                       {"only the jury of this thesis", "seulement le jury de ce mémoire"})),
                 ReasonFlag(), DryRunFlag(), YesFlag()},
       .examples = {{"juries undo 20261126-101500.123-k3x7q2ab --dry-run",
                     {"what would come back", "ce qui reviendrait"}}},
       .run = Undo},
      {.verb = "history",
       .summary = {"Show who decided what about a jury, and why",
                   "Montrer qui a décidé quoi d’un jury, et pourquoi"},
       .arguments = {NameArgument("THESIS", "theses", {"the thesis", "le mémoire"},
                                  Argument::Need::kOptional)},
       .flags = {ResourceFlag(
                     "--person", "PERSON", "people",
                     {"only about this person’s seats", "seulement sur les sièges de cette personne"}),
                 ResourceFlag("--programme", "PROGRAMME", "programmes",
                              {"only in this programme", "seulement dans cette formation"})},
       .examples = {{"juries history m2-017", {"the newest first", "le plus récent d’abord"}},
                    {"juries history --person bruno", {"of one person", "d’une personne"}}},
       .run = History},
  };
}

std::vector<Command> ReviewerDecisionCommands() {
  return {
      {.verb = "import",
       .summary = {"Set many reviewers from a CSV file, all or none",
                   "Fixer de nombreux rapporteurs d’après un fichier CSV, tout ou rien"},
       .details =
           {"Columns: thesis, person, mode, revision, in English or French; the lines of a thesis are all "
            "of its reviewers, other members stay. Checked and undone as \"juries import\".",
            "Colonnes : memoire, personne, mode, revision, en français ou en anglais ; les lignes d’un "
            "mémoire sont tous ses rapporteurs, les autres membres restent. Vérifié et annulé comme "
            "« juries import »."},
       .arguments = {FileArgument()},
       .flags = {ReasonFlag(), DryRunFlag()},
       .examples = {{"reviewers import reviewers.csv --dry-run", {"what would change", "ce qui changerait"}}},
       .run = ImportReviewers},
      {.verb = "export",
       .summary = {"Write the reviewers of a programme as CSV",
                   "Écrire les rapporteurs d’une formation en CSV"},
       .arguments = {ProgrammeArgument()},
       .flags = ExportFlags(),
       .examples = {{"reviewers export m2 --out reviewers.csv", {"for a spreadsheet", "pour un tableur"}}},
       .run = ExportReviewers},
      {.verb = "history",
       .summary = {"Show who gave or took a person’s seats, and why",
                   "Montrer qui a donné ou repris les sièges d’une personne, et pourquoi"},
       .arguments = {NameArgument("PERSON", "people", {"the person", "la personne"})},
       .flags = {ResourceFlag("--programme", "PROGRAMME", "programmes",
                              {"only in this programme", "seulement dans cette formation"})},
       .examples = {{"reviewers history bruno", {"the newest first", "le plus récent d’abord"}}},
       .run = History},
  };
}

}  // namespace soutenance::cli
