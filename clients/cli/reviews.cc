#include <algorithm>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/cli/conflict_warnings.h"
#include "clients/cli/dates.h"
#include "clients/cli/fields.h"
#include "clients/cli/file_to_send.h"
#include "clients/cli/files.h"
#include "clients/cli/instants.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/nouns.h"
#include "clients/cli/people_names.h"
#include "clients/cli/resource.h"
#include "clients/cli/school_clock.h"
#include "clients/cli/words.h"
#include "services/base/status.h"
#include "soutenance/submissions/v1/reviews.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = submissions::v1;
using clients::Column;

constexpr char kZone[] = "Europe/Paris";
constexpr int64_t kPieceBytes = 256 << 10;

// "42/ana" and "theses/42/reviews/ana" are the latter.
std::string ReviewName(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos || absl::StartsWith(text, "theses/")) return text;
  return absl::StrCat("theses/", text.substr(0, slash), "/reviews/", text.substr(slash + 1));
}

Argument ReviewArgument() {
  return {.value = {.word = "REVIEW"},
          .help = {"THESIS/PERSON of the review", "MÉMOIRE/PERSONNE du rapport"}};
}

Flag ReasonFlag() { return TextFlag("--reason", "TEXT", {"why", "pourquoi"}); }

std::string MarkLines(const pb::Review& review) {
  std::vector<std::string> lines;
  for (const pb::Mark& mark : review.marks()) {
    lines.push_back(absl::StrCat(mark.criterion(), " ", mark.points(),
                                 mark.comment().empty() ? "" : absl::StrCat(" (", mark.comment(), ")")));
  }
  return absl::StrJoin(lines, "; ");
}

// What says whose clock counts for a review.
const std::string& ClockOf(const pb::Review& review) {
  return review.grid().empty() ? review.name() : review.grid();
}

std::string ReviewText(Session& session, const pb::Review& review) {
  SchoolClock clock(session);
  const PeopleNames names = PeopleNames::Of(session, {review.reviewer()});
  std::string state = WordFor(review.state(), session.language());
  if (review.overdue()) absl::StrAppend(&state, session.Say({", overdue", ", en retard"}));
  return FactsText(names.Label(review.reviewer()),
                   {{{"review", "rapport"}, review.name()},
                    {{"state", "état"}, state},
                    {{"answer by", "réponse avant"}, clock.Show(ClockOf(review), review.respond_by_time())},
                    {{"due", "attendu le"}, clock.Show(ClockOf(review), review.due_time())},
                    {{"submitted", "rendu le"}, clock.Show(ClockOf(review), review.submit_time())},
                    {{"version", "version"}, review.draft()},
                    {{"grid", "grille"}, review.grid()},
                    {{"opinion", "avis"}, WordFor(review.opinion(), session.language())},
                    {{"marks", "notes"}, MarkLines(review)},
                    {{"to the authors", "aux auteurs"}, review.student_comment()},
                    {{"to staff only", "à la scolarité seule"}, review.staff_comment()},
                    {{"file", "fichier"}, review.file().file_name()},
                    {{"reason", "motif"}, review.reason()},
                    {{"etag", "etag"}, review.etag()}},
                   session.language(), session.out());
}

absl::StatusOr<pb::Review> Get(Session& session, const Input& input) {
  pb::GetReviewRequest request;
  request.set_name(ReviewName(input.Get("REVIEW")));
  return session.Call<pb::Review>(request);
}

bool IsWanted(const Input& input, const pb::Review& review) {
  if (!input.Has("--only")) return true;
  const std::vector<std::string> only = input.GetAll("--only");
  return std::any_of(only.begin(), only.end(), [&](const std::string& word) {
    if (word == "overdue") return review.overdue();
    return pb::Review::State_Name(review.state()) == absl::StrCat("STATE_", absl::AsciiStrToUpper(word));
  });
}

absl::Status List(Session& session, const Input& input) {
  pb::ListReviewsRequest request;
  if (input.Has("--thesis")) request.set_parent(TopName("theses", input.Get("--thesis")));
  if (input.Has("--programme")) request.set_parent(TopName("programmes", input.Get("--programme")));
  ASSIGN_OR_RETURN(const auto all, session.List<pb::ListReviewsResponse>(request));
  pb::ListReviewsResponse list;
  std::set<std::string> people;
  for (const pb::Review& each : all.reviews()) {
    if (!IsWanted(input, each)) continue;
    people.insert(each.reviewer());
    *list.add_reviews() = each;
  }
  const PeopleNames names = session.json() ? PeopleNames::Of(session, {}) : PeopleNames::Of(session, people);
  clients::Table table({{session.Say({"Thesis", "Mémoire"})},
                        {session.Say({"Reviewer", "Rapporteur"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"State", "État"})},
                        {session.Say({"Due", "Attendu le"})},
                        {session.Say({"Opinion", "Avis"})},
                        {session.Say({"Overdue", "En retard"})}});
  SchoolClock clock(session);
  for (const pb::Review& each : list.reviews()) {
    table.Row({ShortName(ParentIn("theses", each.name())), names.Name(each.reviewer()),
               WordFor(each.state(), session.language()), clock.Show(ClockOf(each), each.due_time()),
               WordFor(each.opinion(), session.language()),
               each.overdue() ? session.Say({"yes", "oui"}) : ""});
  }
  ShowTable(session, list, table, {"no review", "aucun rapport"});
  return absl::OkStatus();
}

absl::Status Show(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(const pb::Review review, Get(session, input));
  session.Show(review, [&] { return ReviewText(session, review); });
  return absl::OkStatus();
}

absl::Status ReadTime(const Session& session, const Input& input, const char* flag,
                      google::protobuf::Timestamp& instant) {
  const std::string problem = ReadInstant(input.Get(flag), kZone, session.language(), instant);
  return problem.empty() ? absl::OkStatus() : clients::UsageError(absl::StrCat(flag, " ", problem));
}

absl::Status Invite(Session& session, const Input& input) {
  pb::InviteReviewerRequest request;
  request.set_parent(TopName("theses", input.Get("THESIS")));
  pb::Review& review = *request.mutable_review();
  review.set_reviewer(TopName("people", input.Get("PERSON")));
  review.set_grid(input.Get("--grid"));
  RETURN_IF_ERROR(ReadTime(session, input, "--due", *review.mutable_due_time()));
  if (input.Has("--respond-by")) {
    RETURN_IF_ERROR(ReadTime(session, input, "--respond-by", *review.mutable_respond_by_time()));
  }
  if (input.Has("--version")) review.set_draft(ChildName(request.parent(), "drafts", input.Get("--version")));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto invited, session.Call<pb::Review>(request));
  ShowOutcome(session, input, {"Invited.", "Invité."}, invited, ReviewText(session, invited));
  WarnOfConflicts(session, request.parent(), review.reviewer());
  return absl::OkStatus();
}

// "method=15", "method=15:well argued", or "method=", which takes the mark back.
absl::Status ReadMark(const Session& session, const std::string& text, pb::Review& review) {
  const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits('=', 1));
  const std::pair<std::string, std::string> value = absl::StrSplit(parts.second, absl::MaxSplits(':', 1));
  if (!parts.first.empty() && absl::EndsWith(text, "=") && parts.second.empty()) {
    auto& marks = *review.mutable_marks();
    marks.erase(std::remove_if(marks.begin(), marks.end(),
                               [&](const pb::Mark& mark) { return mark.criterion() == parts.first; }),
                marks.end());
    return absl::OkStatus();
  }
  int points = 0;
  if (parts.first.empty() || !absl::SimpleAtoi(value.first, &points)) {
    return clients::UsageError(absl::StrCat(
        "--mark ", text,
        session.Say({": is not CRITERION=POINTS[:COMMENT]", " : n’est pas CRITÈRE=POINTS[:COMMENTAIRE]"})));
  }
  pb::Mark* mark = nullptr;
  for (pb::Mark& each : *review.mutable_marks()) {
    if (each.criterion() == parts.first) mark = &each;
  }
  if (mark == nullptr) mark = review.add_marks();
  mark->set_criterion(parts.first);
  mark->set_points(points);
  mark->set_comment(value.second);
  return absl::OkStatus();
}

const std::vector<Field>& ContentFields() {
  static const auto& fields = *new std::vector<Field>{
      {.flag = ChoiceFlag("--opinion", {"favourable", "reserved", "unfavourable"},
                          {"what you advise", "votre avis"}),
       .name = "opinion"},
      {.flag = TextFlag("--comment", "TEXT", {"for the authors too", "pour les auteurs aussi"}),
       .name = "student_comment"},
      {.flag = TextFlag("--staff-comment", "TEXT", {"for staff only", "pour la scolarité seule"}),
       .name = "staff_comment"},
  };
  return fields;
}

absl::Status Save(Session& session, const Input& input) {
  pb::SaveReviewRequest request;
  ASSIGN_OR_RETURN(*request.mutable_review(), Get(session, input));
  const std::string name = request.review().name();
  RETURN_IF_ERROR(
      FillResource(input, ContentFields(), session.language(), *request.mutable_review()).status());
  request.mutable_review()->set_name(name);
  for (const std::string& mark : input.GetAll("--mark")) {
    RETURN_IF_ERROR(ReadMark(session, mark, *request.mutable_review()));
  }
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto saved, session.Call<pb::Review>(request));
  ShowOutcome(session, input, {"Saved; not submitted yet.", "Enregistré ; pas encore rendu."}, saved,
              ReviewText(session, saved));
  return absl::OkStatus();
}

absl::Status Change(Session& session, const Input& input, pb::TransitionReviewRequest::Event event,
                    Text done) {
  pb::TransitionReviewRequest request;
  request.set_name(ReviewName(input.Get("REVIEW")));
  request.set_event(event);
  request.set_reason(input.Get("--reason"));
  request.set_etag(input.Get("--etag"));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto review, session.Call<pb::Review>(request));
  ShowOutcome(session, input, done, review, ReviewText(session, review));
  return absl::OkStatus();
}

using Event = pb::TransitionReviewRequest;
absl::Status Accept(Session& session, const Input& input) {
  return Change(session, input, Event::EVENT_ACCEPT, {"Accepted.", "Accepté."});
}
absl::Status Decline(Session& session, const Input& input) {
  return Change(session, input, Event::EVENT_DECLINE, {"Declined.", "Décliné."});
}
absl::Status Submit(Session& session, const Input& input) {
  return Change(session, input, Event::EVENT_SUBMIT, {"Submitted.", "Rendu."});
}
absl::Status Validate(Session& session, const Input& input) {
  return Change(session, input, Event::EVENT_VALIDATE,
                {"Validated: the authors see it.", "Validé : les auteurs le voient."});
}
absl::Status Reopen(Session& session, const Input& input) {
  return Change(session, input, Event::EVENT_REOPEN, {"Reopened.", "Rouvert."});
}
absl::Status Cancel(Session& session, const Input& input) {
  return Change(session, input, Event::EVENT_CANCEL, {"Cancelled.", "Annulé."});
}

absl::Status Attach(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(const FileToSend file, FileToSend::Open(input.Get("FILE"), session.language()));
  pb::UploadReviewFileRequest piece;
  piece.set_name(ReviewName(input.Get("REVIEW")));
  piece.mutable_file()->set_file_name(file.name());
  piece.mutable_file()->set_size(file.size());
  ASSIGN_OR_RETURN(*piece.mutable_file()->mutable_sha256(), file.Digest([](int64_t) {}));
  pb::Review review;
  int64_t offset = 0;
  absl::Status read;
  const absl::Status status = session.server().Send(piece, review, [&] {
    if (offset > 0) {
      piece.clear_name();
      piece.clear_file();
    }
    if (offset == file.size()) return false;
    read = file.Read(offset, std::min(kPieceBytes, file.size() - offset), *piece.mutable_content());
    if (!read.ok() || piece.content().empty()) return false;
    offset += static_cast<int64_t>(piece.content().size());
    return true;
  });
  RETURN_IF_ERROR(read);
  RETURN_IF_ERROR(status);
  session.Show(review, [&] {
    return absl::StrCat(session.Say({"Attached.", "Joint."}), "\n", ReviewText(session, review));
  });
  return absl::OkStatus();
}

absl::Status Download(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(const pb::Review review, Get(session, input));
  const std::string path = input.Has("--out") ? input.Get("--out") : review.file().file_name();
  pb::DownloadReviewFileRequest request;
  request.set_name(review.name());
  pb::DownloadReviewFileResponse piece;
  std::string content;
  RETURN_IF_ERROR(session.server().Follow(request, piece,
                                          {.on_message =
                                               [&] {
                                                 content += piece.content();
                                                 return clients::Connection::Next::kGoOn;
                                               },
                                           .reconnect_time_max = absl::ZeroDuration()}));
  RETURN_IF_ERROR(WriteFile(path, content, session.language()));
  session.Show(review, [&] { return absl::StrCat(path, "\n"); });
  return absl::OkStatus();
}

absl::Status History(Session& session, const Input& input) {
  pb::ListReviewEventsRequest request;
  request.set_parent(ReviewName(input.Get("REVIEW")));
  ASSIGN_OR_RETURN(const auto list, session.Call<pb::ListReviewEventsResponse>(request));
  clients::Table table({{session.Say({"Time", "Instant"})},
                        {session.Say({"What", "Quoi"})},
                        {session.Say({"By", "Par"})},
                        {session.Say({"Reason", "Motif"}), Column::Align::kLeft, Column::Fit::kShrink}});
  SchoolClock clock(session);
  for (const pb::ReviewEvent& each : list.events()) {
    table.Row(
        {clock.Show(request.parent(), each.time()), each.event(), ShortName(each.account()), each.reason()});
  }
  ShowTable(session, list, table, {"nothing yet", "rien encore"});
  return absl::OkStatus();
}

absl::Status Remind(Session& session, const Input& input) {
  pb::RemindReviewersRequest request;
  request.set_parent(TopName("programmes", input.Get("PROGRAMME")));
  for (const std::string& days : input.GetAll("--days-before")) {
    int value = 0;
    if (absl::SimpleAtoi(days, &value)) request.add_days_before(value);
  }
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto list, session.Call<pb::RemindReviewersResponse>(request));
  std::set<std::string> people;
  for (const pb::ReviewReminder& each : list.reminders()) people.insert(each.reviewer());
  const PeopleNames names = session.json() ? PeopleNames::Of(session, {}) : PeopleNames::Of(session, people);
  clients::Table table({{session.Say({"Thesis", "Mémoire"})},
                        {session.Say({"Reviewer", "Rapporteur"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"Missing", "Manque"})},
                        {session.Say({"Due", "Attendu le"})}});
  SchoolClock clock(session);
  for (const pb::ReviewReminder& each : list.reminders()) {
    table.Row({ShortName(ParentIn("theses", each.review())), names.Name(each.reviewer()),
               WordFor(each.missing(), session.language()), clock.Show(request.parent(), each.due_time())});
  }
  ShowTable(session, list, table, {"nobody to remind", "personne à relancer"});
  return absl::OkStatus();
}

std::vector<Command> StaffCommands() {
  const Argument review = ReviewArgument();
  return {
      {.verb = "invite",
       .summary = {"Invite a reviewer", "Solliciter un rapporteur"},
       .arguments = {NameArgument("THESIS", "theses", {"the thesis", "le mémoire"}),
                     NameArgument("PERSON", "people", {"who is to review it", "qui doit le rapporter"})},
       .flags = {TextFlag("--due", "INSTANT",
                          {"when the review is expected; required", "échéance du rapport ; obligatoire"}),
                 TextFlag("--respond-by", "INSTANT",
                          {"until when it can be accepted", "jusqu’à quand accepter"}),
                 TextFlag("--grid", "NAME",
                          {"programmes/P/grids/ID to judge by", "programmes/F/grids/ID à utiliser"}),
                 TextFlag("--version", "NUMBER", {"the version that is judged", "la version jugée"}),
                 DryRunFlag()},
       .examples =
           {{"reviews invite m2-017 bruno --due 2027-06-20T18:00 --respond-by 2027-06-05T18:00 --grid "
             "programmes/m2/grids/thesis",
             {"with a grid", "avec une grille"}}},
       .run = Invite},
      {.verb = "validate",
       .summary = {"Show a submitted review to the authors", "Montrer un rapport rendu aux auteurs"},
       .arguments = {review},
       .flags = {EtagFlag(), DryRunFlag()},
       .examples = {{"reviews validate m2-017/bruno", {"one review", "un rapport"}}},
       .run = Validate},
      {.verb = "reopen",
       .summary = {"Give a review back to be changed", "Rouvrir un rapport"},
       .arguments = {review},
       .flags = {ReasonFlag(), EtagFlag(), DryRunFlag()},
       .examples = {{"reviews reopen m2-017/bruno --reason \"wrong thesis\"",
                     {"by the head", "par le responsable"}}},
       .run = Reopen},
      {.verb = "cancel",
       .summary = {"Take back an invitation", "Annuler une sollicitation"},
       .arguments = {review},
       .flags = {ReasonFlag(), EtagFlag(), DryRunFlag()},
       .examples = {{"reviews cancel m2-017/bruno --reason \"on leave\"",
                     {"with a reason", "avec un motif"}}},
       .run = Cancel},
      {.verb = "history",
       .summary = {"Show what happened to a review", "Montrer l’histoire d’un rapport"},
       .arguments = {review},
       .examples = {{"reviews history m2-017/bruno", {"who did what", "qui a fait quoi"}}},
       .run = History},
      {.verb = "remind",
       .summary = {"List whom to remind, each threshold once", "Lister qui relancer, une fois par seuil"},
       .details = {"Only reviewers whose answer or review is missing.",
                   "Seulement ceux dont la réponse ou le rapport manque."},
       .arguments = {NameArgument("PROGRAMME", "programmes", {"the programme", "la formation"})},
       .flags = {Repeated(NumberFlag("--days-before", "DAYS",
                                     {"a threshold; default: 3 and 1", "un seuil ; par défaut 3 et 1"})),
                 DryRunFlag()},
       .examples = {{"reviews remind m2 --dry-run", {"without remembering", "sans mémoriser"}}},
       .run = Remind},
  };
}

}  // namespace

Noun ReviewsNoun() {
  const Argument review = ReviewArgument();
  Noun noun{
      .name = "reviews",
      .summary = {"what reviewers find about theses", "rapports sur les mémoires"},
      .commands = {
          {.verb = "list",
           .summary = {"List reviews: yours, of a thesis or of a programme",
                       "Lister les rapports : les vôtres, d’un mémoire ou d’une formation"},
           .flags = {ResourceFlag("--thesis", "THESIS", "theses", {"of this thesis", "de ce mémoire"}),
                     ResourceFlag("--programme", "PROGRAMME", "programmes",
                                  {"of this programme", "de cette formation"}),
                     Repeated(ChoiceFlag("--only",
                                         {"invited", "expired", "declined", "accepted", "submitted",
                                          "validated", "reopened", "cancelled", "overdue"},
                                         {"only those of which this is so", "seulement ceux-là"}))},
           .examples = {{"reviews list --programme m2 --only overdue", {"who is late", "qui est en retard"}}},
           .run = List},
          {.verb = "show",
           .summary = {"Show a review", "Montrer un rapport"},
           .arguments = {review},
           .examples = {{"reviews show m2-017/bruno", {"one review", "un rapport"}}},
           .run = Show},
          {.verb = "accept",
           .summary = {"Accept an invitation", "Accepter une sollicitation"},
           .arguments = {review},
           .flags = {DryRunFlag()},
           .examples = {{"reviews accept m2-017/bruno", {"you review it", "vous le rapporterez"}}},
           .run = Accept},
          {.verb = "decline",
           .summary = {"Decline an invitation", "Décliner une sollicitation"},
           .arguments = {review},
           .flags = {ReasonFlag(), DryRunFlag()},
           .examples = {{"reviews decline m2-017/bruno --reason \"conflict\"",
                         {"with a reason", "avec un motif"}}},
           .run = Decline},
          {.verb = "save",
           .summary = {"Keep what you have written so far", "Enregistrer ce que vous avez écrit"},
           .details = {"What is not given stays as it is; --mark CRITERION= takes a mark back.",
                       "Ce qui n’est pas donné reste inchangé ; --mark CRITÈRE= retire une note."},
           .arguments = {review},
           .flags = Flags(FlagsOf(ContentFields()), {Repeated(TextFlag("--mark", "CRITERION=POINTS[:COMMENT]",
                                                                       {"one mark", "une note"})),
                                                     DryRunFlag()}),
           .examples = {{"reviews save m2-017/bruno --opinion favourable --mark \"method=15:well argued\"",
                         {"an opinion and a mark", "un avis et une note"}}},
           .run = Save},
          {.verb = "attach",
           .summary = {"Attach an annotated file", "Joindre un fichier annoté"},
           .arguments = {review,
                         {.value = {.word = "FILE", .kind = Value::Kind::kFile},
                          .help = {"the file", "le fichier"}}},
           .examples = {{"reviews attach m2-017/bruno notes.pdf",
                         {"replaces the one before", "remplace le précédent"}}},
           .run = Attach},
          {.verb = "download",
           .summary = {"Fetch the annotated file", "Récupérer le fichier annoté"},
           .arguments = {review},
           .flags = {TextFlag("--out", "FILE", {"where to; default: its name", "où ; par défaut son nom"})},
           .examples = {{"reviews download m2-017/bruno --out notes.pdf", {"to a file", "dans un fichier"}}},
           .run = Download},
          {.verb = "submit",
           .summary = {"Hand in a review", "Rendre un rapport"},
           .arguments = {review},
           .flags = {EtagFlag(), DryRunFlag()},
           .examples = {{"reviews submit m2-017/bruno --dry-run", {"what is missing", "ce qui manque"}}},
           .run = Submit},
      }};
  for (Command& command : StaffCommands()) noun.commands.push_back(std::move(command));
  return noun;
}

}  // namespace soutenance::cli
