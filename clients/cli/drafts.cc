#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "clients/cli/dates.h"
#include "clients/cli/draft_checks.h"
#include "clients/cli/fields.h"
#include "clients/cli/file_to_send.h"
#include "clients/cli/files.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/nouns.h"
#include "clients/cli/resource.h"
#include "clients/cli/school_clock.h"
#include "clients/cli/words.h"
#include "services/base/error.h"
#include "services/base/status.h"

namespace soutenance::cli {
namespace {

namespace pb = submissions::v1;
using clients::Column;

constexpr int64_t kPieceBytes = 256 << 10;
constexpr absl::Duration kRedraw = absl::Milliseconds(100);
// How long nothing may get through before it is given up; the same command goes on where it stopped.
constexpr absl::Duration kPatience = absl::Minutes(5);
constexpr absl::Duration kPauseMax = absl::Seconds(10);

Flag ThesisFlag() {
  return ResourceFlag(
      "--thesis", "THESIS", "theses",
      {"the thesis; default: yours, or the only one", "le mémoire ; par défaut le vôtre, ou le seul"});
}

// The thesis meant: --thesis, or the only one there is.
absl::StatusOr<pb::Thesis> ThesisFor(Session& session, const Input& input) {
  if (input.Has("--thesis")) {
    pb::GetThesisRequest request;
    request.set_name(TopName("theses", input.Get("--thesis")));
    return session.Call<pb::Thesis>(request);
  }
  ASSIGN_OR_RETURN(const auto all, session.List<pb::ListThesesResponse>(pb::ListThesesRequest()));
  if (all.theses_size() == 1) return all.theses(0);
  std::vector<std::string> names;
  for (const pb::Thesis& thesis : all.theses()) {
    if (names.size() < 5) names.push_back(ShortName(thesis.name()));
  }
  return clients::UsageError(
      absl::StrCat(session.Say({"say which thesis with --thesis: ", "indiquez le mémoire avec --thesis : "}),
                   absl::StrJoin(names, ", ")));
}

std::string VerdictText(const Session& session, pb::Verdict verdict, int64_t late_minutes) {
  const std::string word = WordFor(verdict, session.language());
  return late_minutes == 0 ? word : absl::StrCat(word, " (", late_minutes, " min)");
}

// What says whose clock counts for a version.
const std::string& ClockOf(const pb::Draft& draft) {
  return draft.milestone().empty() ? draft.name() : draft.milestone();
}

std::string DraftText(Session& session, const pb::Draft& draft) {
  SchoolClock clock(session);
  return FactsText(draft.file_name(),
                   {{{"version", "version"}, draft.name()},
                    {{"kind", "nature"}, WordFor(draft.kind(), session.language())},
                    {{"milestone", "jalon"}, draft.milestone()},
                    {{"begun", "commencé"}, clock.Show(ClockOf(draft), draft.begin_time())},
                    {{"received", "reçu"}, clock.Show(ClockOf(draft), draft.receive_time())},
                    {{"verdict", "verdict"}, VerdictText(session, draft.verdict(), draft.late_minutes())},
                    {{"type", "type"}, draft.media_type()},
                    {{"size", "taille"}, absl::StrCat(draft.size())},
                    {{"SHA-256", "SHA-256"}, draft.sha256()}},
                   session.language(), session.out());
}

// Sends what the server does not have yet.
class Sender {
 public:
  Sender(Session& session, const FileToSend& file, std::string upload)
      : session_(session), file_(file), upload_(std::move(upload)), bar_(file.size(), absl::Now()) {}

  // Until everything is there, across cuts of every kind.
  absl::Status SendAll(pb::Upload upload) {
    SetReceived(upload.received());
    before_ = done_;
    absl::Time progress = absl::Now();
    absl::Duration pause = absl::Milliseconds(200);
    for (int64_t reached = done_; !missing_.empty();) {
      const absl::Status status = SendOnce();
      if (status.ok() && missing_.empty()) break;
      if (!status.ok() && !IsWorthGoingOn(status)) return status;
      const absl::StatusOr<pb::Upload> now = Ask();
      if (now.ok()) SetReceived(now->received());
      if (done_ > reached) {
        reached = done_;
        progress = absl::Now();
        pause = absl::Milliseconds(200);
      } else if (absl::Now() - progress > kPatience) {
        return status.ok() ? now.status() : status;
      }
      if (!status.ok() || !now.ok()) {
        session_.ShowProgress(session_.Say({"interrupted; going on…", "interrompu ; reprise…"}));
        absl::SleepFor(pause);
        pause = std::min(2 * pause, kPauseMax);
      }
    }
    session_.ShowProgress("");
    return absl::OkStatus();
  }

 private:
  static bool IsWorthGoingOn(const absl::Status& status) {
    return status.code() == absl::StatusCode::kUnavailable ||
           status.code() == absl::StatusCode::kDeadlineExceeded ||
           status.code() == absl::StatusCode::kCancelled || FactsOf(status).reason == "SERVER_BUSY";
  }

  absl::StatusOr<pb::Upload> Ask() {
    pb::GetUploadRequest request;
    request.set_name(upload_);
    return session_.Call<pb::Upload>(request);
  }

  void SetReceived(const google::protobuf::RepeatedPtrField<pb::ByteRange>& received) {
    missing_.clear();
    int64_t next = 0;
    done_ = 0;
    for (const pb::ByteRange& range : received) {
      if (range.begin() > next) missing_.push_back({next, range.begin()});
      next = range.end();
      done_ += range.end() - range.begin();
    }
    if (next < file_.size()) missing_.push_back({next, file_.size()});
  }

  absl::Status SendOnce() {
    pb::UploadContentRequest piece;
    piece.set_name(upload_);
    pb::UploadContentResponse response;
    std::size_t hole = 0;
    int64_t offset = missing_.front().begin;
    int64_t sent = done_;
    absl::Status read;
    const absl::Status status = session_.server().Send(piece, response, [&] {
      if (hole < missing_.size() && offset == missing_[hole].end) {
        if (++hole < missing_.size()) offset = missing_[hole].begin;
      }
      if (hole == missing_.size()) return false;
      piece.set_offset(offset);
      read = file_.Read(offset, std::min(kPieceBytes, missing_[hole].end - offset), *piece.mutable_content());
      // A file that became shorter is no longer what was committed to; the server will say so.
      if (!read.ok() || piece.content().empty()) return false;
      offset += static_cast<int64_t>(piece.content().size());
      sent += static_cast<int64_t>(piece.content().size());
      Draw(sent);
      return true;
    });
    RETURN_IF_ERROR(read);
    RETURN_IF_ERROR(status);
    SetReceived(response.received());
    return absl::OkStatus();
  }

  void Draw(int64_t sent) {
    const absl::Time now = absl::Now();
    if (now - drawn_ < kRedraw) return;
    drawn_ = now;
    session_.ShowProgress(bar_.Text(sent, before_, now));
  }

  struct Hole {
    int64_t begin;
    int64_t end;
  };
  Session& session_;
  const FileToSend& file_;
  const std::string upload_;
  const ProgressBar bar_;
  std::vector<Hole> missing_;
  int64_t done_ = 0;
  int64_t before_ = 0;
  absl::Time drawn_ = absl::InfinitePast();
};

// The kind that is meant: --kind, or that of the milestone, or a draft.
absl::StatusOr<pb::DraftKind> KindFor(Session& session, const Input& input, const std::string& milestone) {
  pb::DraftKind kind = pb::DRAFT_KIND_DRAFT;
  if (input.Has("--kind")) {
    pb::DraftKind_Parse(absl::StrCat("DRAFT_KIND_", absl::AsciiStrToUpper(input.Get("--kind"))), &kind);
  } else if (!milestone.empty()) {
    pb::GetMilestoneRequest request;
    request.set_name(milestone);
    ASSIGN_OR_RETURN(const auto found, session.Call<pb::Milestone>(request));
    kind = found.kind();
  }
  return kind;
}

// Writes the receipt of `name` to `path` and says where it is.
absl::Status SaveReceipt(Session& session, const std::string& name, const std::string& path) {
  pb::GetReceiptRequest request;
  request.set_name(name);
  ASSIGN_OR_RETURN(const auto receipt, session.Call<pb::GetReceiptResponse>(request));
  RETURN_IF_ERROR(WriteFile(path, receipt.receipt(), session.language()));
  session.Tell(absl::StrCat(session.Say({"Receipt: ", "Reçu : "}), path));
  return absl::OkStatus();
}

absl::StatusOr<pb::Upload> Commit(Session& session, const Input& input, const FileToSend& file) {
  ASSIGN_OR_RETURN(const pb::Thesis thesis, ThesisFor(session, input));
  pb::CreateUploadRequest request;
  request.set_parent(thesis.name());
  pb::Upload& upload = *request.mutable_upload();
  upload.set_milestone(ChildName(thesis.programme(), "milestones", input.Get("--milestone")));
  if (!input.Has("--milestone")) upload.clear_milestone();
  ASSIGN_OR_RETURN(const pb::DraftKind kind, KindFor(session, input, upload.milestone()));
  upload.set_kind(kind);
  upload.set_size(file.size());
  upload.set_file_name(file.name());
  const ProgressBar bar(file.size(), absl::Now());
  ASSIGN_OR_RETURN(*upload.mutable_sha256(), file.Digest([&](int64_t done) {
    if (done % (64 << 20) == 0 && done > 0)
      session.ShowProgress(absl::StrCat("SHA-256 ", bar.Text(done, 0, absl::Now())));
  }));
  session.ShowProgress("");
  return session.Call<pb::Upload>(request);
}

absl::Status Submit(Session& session, const Input& input) {
  const std::string path = input.Get("FILE");
  const std::string receipt_path =
      input.Has("--receipt") ? input.Get("--receipt") : absl::StrCat(path, ".receipt");
  ASSIGN_OR_RETURN(const FileToSend file, FileToSend::Open(path, session.language()));
  ASSIGN_OR_RETURN(const pb::Upload upload, Commit(session, input, file));
  if (input.Has("--commit-only") && upload.state() == pb::Upload::STATE_OPEN) {
    session.Show(upload, [&] {
      return absl::StrCat(session.Say({"Committed at ", "Engagement pris le "}),
                          InstantText(upload.begin_time()), ", ",
                          VerdictText(session, upload.verdict(), upload.late_minutes()),
                          session.Say({"; send the file before ", " ; envoyez le fichier avant le "}),
                          InstantText(upload.expire_time()), "\n");
    });
    return SaveReceipt(session, upload.name(), receipt_path);
  }
  if (upload.state() == pb::Upload::STATE_OPEN) {
    RETURN_IF_ERROR(Sender(session, file, upload.name()).SendAll(upload));
  }
  pb::SubmitDraftRequest request;
  request.set_upload(upload.name());
  session.ShowProgress(session.Say({"being verified…", "vérification…"}));
  const auto draft = session.Call<pb::Draft>(request);
  session.ShowProgress("");
  RETURN_IF_ERROR(draft.status());
  session.Show(*draft, [&] {
    return absl::StrCat(session.Say({"Received.", "Reçu."}), "\n", DraftText(session, *draft));
  });
  RETURN_IF_ERROR(SaveReceipt(session, draft->name(), receipt_path));
  // Only after the receipt: whatever is found, the version has been received.
  if (!session.json()) ShowChecksWhenDone(session, draft->name());
  return absl::OkStatus();
}

absl::Status List(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(const pb::Thesis thesis, ThesisFor(session, input));
  pb::ListDraftsRequest request;
  request.set_parent(thesis.name());
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListDraftsResponse>(request));
  clients::Table table({{session.Say({"No.", "N°"}), Column::Align::kRight},
                        {session.Say({"Kind", "Nature"})},
                        {session.Say({"Milestone", "Jalon"})},
                        {session.Say({"File", "Fichier"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"Bytes", "Octets"}), Column::Align::kRight},
                        {session.Say({"Received", "Reçu"})},
                        {session.Say({"Verdict", "Verdict"})},
                        {session.Say({"Current", "Courante"})}});
  SchoolClock clock(session);
  for (const pb::Draft& draft : list.drafts()) {
    table.Row({ShortName(draft.name()), WordFor(draft.kind(), session.language()),
               ShortName(draft.milestone()), draft.file_name(), absl::StrCat(draft.size()),
               clock.Show(thesis.programme(), draft.receive_time()),
               VerdictText(session, draft.verdict(), draft.late_minutes()),
               draft.current() ? session.Say({"yes", "oui"}) : ""});
  }
  ShowTable(session, list, table, {"no version", "aucune version"});
  return absl::OkStatus();
}

// The version meant: a full name, or a number of --thesis; without it the latest.
absl::StatusOr<pb::Draft> DraftFor(Session& session, const Input& input) {
  pb::GetDraftRequest request;
  if (absl::StartsWith(input.Get("VERSION"), "theses/")) {
    request.set_name(input.Get("VERSION"));
    return session.Call<pb::Draft>(request);
  }
  ASSIGN_OR_RETURN(const pb::Thesis thesis, ThesisFor(session, input));
  if (input.Has("VERSION")) {
    request.set_name(ChildName(thesis.name(), "drafts", input.Get("VERSION")));
    return session.Call<pb::Draft>(request);
  }
  pb::ListDraftsRequest all;
  all.set_parent(thesis.name());
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListDraftsResponse>(all));
  if (list.drafts_size() > 0) return list.drafts(list.drafts_size() - 1);
  return clients::LocalError("DRAFT_NOT_FOUND", session.Say({"the thesis has no version yet",
                                                             "le mémoire n’a pas encore de version"}));
}

absl::Status Receive(Session& session, const pb::Draft& draft, const std::string& part) {
  std::error_code error;
  const auto there = std::filesystem::file_size(part, error);
  int64_t offset = error ? 0 : static_cast<int64_t>(there);
  if (offset > draft.size()) offset = 0;
  std::ofstream out(part, std::ios::binary | (offset == 0 ? std::ios::trunc : std::ios::app));
  const ProgressBar bar(draft.size(), absl::Now());
  const int64_t before = offset;
  absl::Status status = absl::UnavailableError("not begun");
  for (int attempts = 0; attempts < 20 && offset < draft.size(); ++attempts) {
    pb::DownloadDraftRequest request;
    request.set_name(draft.name());
    request.set_offset(offset);
    pb::DownloadDraftResponse piece;
    status = session.server().Follow(request, piece,
                                     {.on_message =
                                          [&] {
                                            out << piece.content();
                                            offset += static_cast<int64_t>(piece.content().size());
                                            session.ShowProgress(bar.Text(offset, before, absl::Now()));
                                            attempts = 0;
                                            return out ? clients::Connection::Next::kGoOn
                                                       : clients::Connection::Next::kStop;
                                          },
                                      .reconnect_time_max = absl::ZeroDuration()});
    if (!out) return clients::LocalError("FILE_UNWRITABLE", absl::StrCat(part, ": ", std::strerror(errno)));
    if (!status.ok() && status.code() != absl::StatusCode::kUnavailable) break;
    if (!status.ok()) absl::SleepFor(absl::Seconds(1));
  }
  session.ShowProgress("");
  out.close();
  if (offset == draft.size() && out) return absl::OkStatus();
  return status;
}

absl::Status Download(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(const pb::Draft draft, DraftFor(session, input));
  // A server's file name is only a name: it cannot lead out of the folder.
  std::string path = std::filesystem::path(draft.file_name()).filename().string();
  if (path.empty() || path == "." || path == "..") path = "version";
  if (input.Has("--out")) path = input.Get("--out");
  if (std::filesystem::exists(path) && !input.Has("--yes")) {
    return clients::LocalError(
        "FILE_EXISTS",
        absl::StrCat(path, session.Say({" exists already; choose another name with --out",
                                        " existe déjà ; choisissez un autre nom avec --out"})));
  }
  const std::string part = absl::StrCat(path, ".part");
  RETURN_IF_ERROR(Receive(session, draft, part));
  ASSIGN_OR_RETURN(const FileToSend file, FileToSend::Open(part, session.language()));
  ASSIGN_OR_RETURN(const std::string sha256, file.Digest([](int64_t) {}));
  if (sha256 != draft.sha256()) {
    std::filesystem::remove(part);
    return clients::LocalError("DIGEST_MISMATCH",
                               session.Say({"what arrived is not the version; try again",
                                            "ce qui est arrivé n’est pas la version ; réessayez"}));
  }
  std::error_code error;
  std::filesystem::rename(part, path, error);
  if (error) return clients::LocalError("FILE_UNWRITABLE", absl::StrCat(path, ": ", error.message()));
  session.Show(draft, [&] { return absl::StrCat(path, "\n"); });
  return absl::OkStatus();
}

absl::Status Cancel(Session& session, const Input& input) {
  pb::CancelUploadRequest request;
  request.set_name(input.Get("UPLOAD"));
  ASSIGN_OR_RETURN(const auto upload, session.Call<pb::Upload>(request));
  session.Show(upload, [&] { return absl::StrCat(session.Say({"Given up.", "Abandonné."}), "\n"); });
  return absl::OkStatus();
}

}  // namespace

Noun DraftsNoun() {
  const Argument version{.value = {.word = "VERSION"},
                         .help = {"a number, or a full name; default: the latest",
                                  "un numéro, ou un nom complet ; par défaut la dernière"},
                         .need = Argument::Need::kOptional};
  return {
      .name = "drafts",
      .summary = {"versions of theses: submit, list, download, check, compare",
                  "versions des mémoires : déposer, lister, télécharger, vérifier, comparer"},
      .commands = {
          {.verb = "submit",
           .summary = {"Submit a version of a thesis and keep its receipt",
                       "Déposer une version d’un mémoire et garder son reçu"},
           .details = {"What counts is when the command began, not when the last byte arrives. After a cut, "
                       "it goes on "
                       "by itself; after the end of the program, the same command goes on where it stopped.",
                       "Ce qui compte est le début de la commande, non l’arrivée du dernier octet. Après une "
                       "coupure, "
                       "elle reprend d’elle-même ; si le programme s’est arrêté, la même commande reprend où "
                       "elle en "
                       "était."},
           .arguments = {{.value = {.word = "FILE", .kind = Value::Kind::kFile},
                          .help = {"the file", "le fichier"}}},
           .flags =
               {ThesisFlag(),
                TextFlag("--milestone", "MILESTONE",
                         {"the milestone of the programme it is for", "le jalon de la formation visé"}),
                ChoiceFlag("--kind", {"draft", "deposit", "corrected", "archive", "dissemination"},
                           {"default: that of the milestone, or a draft",
                            "par défaut celle du jalon, ou une version de travail"}),
                {.name = "--commit-only",
                 .value = {},
                 .help =
                     {"only commit to the file now; send it later with the same command without this flag",
                      "prendre seulement date maintenant ; envoyer ensuite avec la même commande sans cette "
                      "option"}},
                {.name = "--receipt",
                 .value = {.word = "FILE", .kind = Value::Kind::kFile},
                 .help = {"where the receipt goes; default: FILE.receipt",
                          "où va le reçu ; par défaut FICHIER.receipt"}}},
           .examples = {{"drafts submit memoire.pdf --milestone final",
                         {"the final version", "la version finale"}},
                        {"drafts submit memoire.pdf --milestone final --commit-only",
                         {"the receipt now, the file later", "le reçu maintenant, le fichier ensuite"}}},
           .run = Submit},
          {.verb = "list",
           .summary = {"List the versions of a thesis", "Lister les versions d’un mémoire"},
           .flags = {ThesisFlag()},
           .examples = {{"drafts list --thesis m2-017", {"all of one thesis", "toutes celles d’un mémoire"}}},
           .run = List},
          {.verb = "download",
           .summary = {"Download a version", "Télécharger une version"},
           .arguments = {version},
           .flags = {ThesisFlag(),
                     {.name = "--out",
                      .value = {.word = "FILE", .kind = Value::Kind::kFile},
                      .help = {"where to; default: the file's own name, here",
                               "où ; par défaut le nom du fichier, ici"}},
                     YesFlag()},
           .examples = {{"drafts download 3 --thesis m2-017", {"the third version", "la troisième version"}}},
           .run = Download},
          DraftsChecksCommand(),
          DraftsRecheckCommand(),
          DraftsOverrideCommand(),
          DraftsCompareCommand(),
          {.verb = "cancel",
           .summary = {"Give up an upload that was begun", "Abandonner un envoi commencé"},
           .arguments = {{.value = {.word = "UPLOAD"},
                          .help = {"theses/ID/uploads/ID, as its receipt names it",
                                   "theses/ID/uploads/ID, tel que son reçu le nomme"}}},
           .examples = {{"drafts cancel theses/m2-017/uploads/abc", {"one upload", "un envoi"}}},
           .run = Cancel},
      }};
}

}  // namespace soutenance::cli
