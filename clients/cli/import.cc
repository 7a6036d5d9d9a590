#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/cli/dates.h"
#include "clients/cli/fields.h"
#include "clients/cli/files.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/nouns.h"
#include "clients/cli/resource.h"
#include "clients/cli/words.h"
#include "clients/lib/display_text.h"
#include "clients/lib/failure.h"
#include "clients/lib/json.h"
#include "services/base/status.h"
#include "soutenance/directory/v1/imports.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = directory::v1;
using clients::Column;

// What is refused here is only what this program or the connection could not carry; the server says what else
// is too much.
constexpr int64_t kFolderBytesMax = 64 << 20;
constexpr int64_t kSendBytesMax = 16 << 20;
constexpr int kFilesMax = 1000;
constexpr int kChangesShown = 10;
constexpr absl::Duration kPollInterval = absl::Milliseconds(300);
constexpr absl::Duration kApplyTimeMax = absl::Minutes(10);

absl::StatusOr<std::vector<std::filesystem::path>> FilesIn(const std::string& folder, Language language) {
  std::error_code error;
  std::vector<std::filesystem::path> files;
  std::filesystem::directory_iterator entry(folder, error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    std::error_code ignored;
    // Hidden files are what editors and file managers leave behind.
    if (entry->path().filename().string().front() == '.' || !entry->is_regular_file(ignored)) continue;
    files.push_back(entry->path());
  }
  if (error) {
    const Text words{": not a folder that can be read: ", " : pas un dossier lisible : "};
    return clients::LocalError("FOLDER_UNREADABLE",
                               absl::StrCat(folder, words.In(language), error.message()));
  }
  std::sort(files.begin(), files.end());
  return files;
}

// More than one message carries: names the file that is largest.
absl::Status CheckSize(const std::string& folder, Language language, const pb::CreateImportRequest& request) {
  const auto bytes = static_cast<int64_t>(request.ByteSizeLong());
  if (bytes <= kSendBytesMax) return absl::OkStatus();
  const auto largest = std::max_element(request.files().begin(), request.files().end(),
                                        [](const pb::ImportFile& a, const pb::ImportFile& b) {
                                          return a.content().size() < b.content().size();
                                        });
  const Text words{" has too many bytes for one import: ", " a trop d’octets pour un seul import : "};
  const Text most{" of at most ", " sur au plus "};
  const Text biggest{"; the largest file is ", " ; le plus grand fichier est "};
  const Text way_out{". Split it into folders by cohort, and leave out what is not to be imported",
                     ". Répartissez-le en dossiers par promotion, sans ce qui n’est pas à importer"};
  return clients::LocalError("FOLDER_TOO_LARGE",
                             absl::StrCat(folder, words.In(language), bytes, most.In(language), kSendBytesMax,
                                          biggest.In(language), clients::Printable(largest->name()), " (",
                                          largest->content().size(), ")", way_out.In(language)));
}

absl::Status ReadFolder(const std::string& folder, Language language, pb::CreateImportRequest& request) {
  ASSIGN_OR_RETURN(const auto files, FilesIn(folder, language));
  if (files.size() > kFilesMax) {
    const Text words{" has more than 1,000 files; is it the right folder?",
                     " compte plus de 1 000 fichiers ; est-ce le bon dossier ?"};
    return clients::LocalError("FOLDER_TOO_LARGE", absl::StrCat(folder, words.In(language)));
  }
  int64_t total = 0;
  for (const std::filesystem::path& path : files) {
    const std::string name = path.filename().string();
    if (!clients::IsUtf8(name)) {
      const Text words{": the name of this file is not UTF-8; rename it",
                       " : le nom de ce fichier n’est pas en UTF-8 ; renommez-le"};
      return clients::LocalError("FILE_NAME_INVALID",
                                 absl::StrCat(clients::Printable(path.string()), words.In(language)));
    }
    std::error_code ignored;
    total += static_cast<int64_t>(std::filesystem::file_size(path, ignored));
    if (total > kFolderBytesMax) {
      const Text words{" has far more than the 16 MiB that an import may have; is it the right folder?",
                       " dépasse de loin les 16 Mio qu’un import peut avoir ; est-ce le bon dossier ?"};
      return clients::LocalError("FOLDER_TOO_LARGE", absl::StrCat(folder, words.In(language)));
    }
    pb::ImportFile& file = *request.add_files();
    file.set_name(name);
    ASSIGN_OR_RETURN(*file.mutable_content(), ReadFile(path.string(), kFolderBytesMax, language));
  }
  return CheckSize(folder, language, request);
}

// "error: personnes.csv, line 12, ...": the server's sentence says where.
std::string ProblemText(const pb::ImportProblem& problem, const Session& session) {
  const bool is_error = problem.severity() == pb::ImportProblem::SEVERITY_ERROR;
  const Text kind = is_error ? Text{"error", "erreur"} : Text{"warning", "avertissement"};
  const clients::Mark mark = is_error ? clients::Mark::kBad : clients::Mark::kWarning;
  return absl::StrCat(clients::Marked(session.Say(kind), mark, session.out()), session.Say({": ", " : "}),
                      clients::Printable(problem.message()), "\n");
}

std::string ImportText(const pb::Import& import, const Session& session) {
  const Language language = session.language();
  std::string text;
  for (const pb::ImportProblem& problem : import.problems())
    absl::StrAppend(&text, ProblemText(problem, session));
  const int unlisted = import.error_count() + import.warning_count() - import.problems_size();
  if (unlisted > 0 && import.problems_size() > 0) {
    absl::StrAppend(&text, "… ", unlisted, session.Say({" more", " de plus"}), "\n");
  }
  for (const pb::CollectionChanges& collection : import.collections()) {
    absl::StrAppend(&text, clients::PaddedRight(WordFor(collection.collection(), language), 16), " ",
                    ChangeCounts(collection.changes(), language), "\n",
                    ChangeLines(collection.changes(), kChangesShown, language));
  }
  const std::string counts =
      absl::StrCat(Counted(import.error_count(), {"error", "erreur"}, {"errors", "erreurs"}, language), ", ",
                   Counted(import.warning_count(), {"warning", "avertissement"},
                           {"warnings", "avertissements"}, language));
  switch (import.state()) {
    case pb::Import::STATE_REFUSED:
      return absl::StrCat(text,
                          session.Say({"Refused, nothing was written: ", "Refusé, rien n’a été écrit : "}),
                          counts, ".\n");
    case pb::Import::STATE_VALIDATED:
      return absl::StrCat(text,
                          session.Say({"The folder can be imported: ", "Le dossier peut être importé : "}),
                          counts, session.Say({". Nothing was written.", ". Rien n’a été écrit."}), "\n");
    case pb::Import::STATE_APPLYING:
      return absl::StrCat(text,
                          session.Say({"Accepted; the server is still writing.",
                                       "Accepté ; le serveur est en train d’écrire."}),
                          "\n");
    case pb::Import::STATE_DONE:
      return absl::StrCat(text, session.Say({"Imported", "Importé"}),
                          import.campaign().empty() ? "" : session.Say({", campaign ", ", campagne "}),
                          ShortName(import.campaign()), session.Say({": ", " : "}), counts, ".\n");
    default:
      return text;
  }
}

absl::StatusOr<pb::Import> GetImport(Session& session, const std::string& name) {
  pb::GetImportRequest request;
  request.set_name(name);
  return session.Call<pb::Import>(request);
}

enum class Effect { kWrite, kCheckOnly };

absl::Status Create(Session& session, const Input& input, Effect effect) {
  pb::CreateImportRequest request;
  RETURN_IF_ERROR(ReadFolder(input.Get("DIR"), session.language(), request));
  request.set_validate_only(effect == Effect::kCheckOnly);
  request.set_language(CodeOf(session.language()));
  session.ShowProgress(absl::StrCat(session.Say({"reading ", "lecture de "}), request.files_size(),
                                    session.Say({" files…", " fichiers…"})));
  ASSIGN_OR_RETURN(pb::Import import, session.Call<pb::Import>(std::move(request)));
  const absl::Time give_up = absl::Now() + kApplyTimeMax;
  while (import.state() == pb::Import::STATE_APPLYING && absl::Now() < give_up) {
    session.ShowProgress(session.Say({"writing…", "écriture…"}));
    absl::SleepFor(kPollInterval);
    ASSIGN_OR_RETURN(import, GetImport(session, import.name()));
  }
  session.ShowProgress("");
  session.Show(import, [&] { return ImportText(import, session); });
  if (import.state() == pb::Import::STATE_REFUSED) session.set_exit_code(clients::kRefused);
  if (import.state() == pb::Import::STATE_APPLYING) session.set_exit_code(clients::kUnavailable);
  return absl::OkStatus();
}

absl::Status Check(Session& session, const Input& input) {
  return Create(session, input, Effect::kCheckOnly);
}

absl::Status Run(Session& session, const Input& input) {
  return Create(session, input, input.Has("--dry-run") ? Effect::kCheckOnly : Effect::kWrite);
}

absl::Status Template(Session& session, const Input& input) {
  const std::string folder = input.Get("DIR");
  pb::GetImportTemplatesRequest request;
  request.set_language(CodeOf(session.language()));
  ASSIGN_OR_RETURN(const auto templates, session.Call<pb::GetImportTemplatesResponse>(request));
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  // All or nothing: a folder that somebody has begun to fill in is left alone.
  for (const pb::ImportFile& file : templates.files()) {
    const std::filesystem::path path =
        std::filesystem::path(folder) / std::filesystem::path(file.name()).filename();
    if (std::filesystem::exists(path, error)) {
      const Text words{" exists already; choose a new folder",
                       " existe déjà ; choisissez un nouveau dossier"};
      return clients::LocalError("FILE_EXISTS", absl::StrCat(path.string(), words.In(session.language())));
    }
  }
  std::vector<std::string> written;
  for (const pb::ImportFile& file : templates.files()) {
    const std::filesystem::path path =
        std::filesystem::path(folder) / std::filesystem::path(file.name()).filename();
    RETURN_IF_ERROR(WriteFile(path.string(), file.content(), session.language()));
    written.push_back(path.string());
  }
  if (session.json()) {
    std::vector<std::string> quoted;
    for (const std::string& path : written) quoted.push_back(clients::JsonQuoted(path));
    session.Print(absl::StrCat(clients::JsonObject().Raw("files", clients::JsonArray(quoted)).Done(), "\n"));
    return absl::OkStatus();
  }
  for (const std::string& path : written) session.Tell(path);
  session.Tell(absl::StrCat(session.Say({"Fill them in, then: soutenance import check ",
                                         "Remplissez-les, puis : soutenance import check "}),
                            folder));
  return absl::OkStatus();
}

absl::Status List(Session& session, const Input&) {
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListImportsResponse>(pb::ListImportsRequest()));
  clients::Table table({{session.Say({"Id", "Identifiant"})},
                        {session.Say({"When", "Quand"})},
                        {session.Say({"State", "État"})},
                        {session.Say({"Campaign", "Campagne"})},
                        {session.Say({"By", "Par"})}});
  for (const pb::Import& import : list.imports()) {
    table.Row({ShortName(import.name()), InstantText(import.create_time()),
               WordFor(import.state(), session.language()), ShortName(import.campaign()),
               ShortName(import.account())});
  }
  ShowTable(session, list, table, {"no import", "aucun import"});
  return absl::OkStatus();
}

absl::Status Show(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(const pb::Import import, GetImport(session, TopName("imports", input.Get("IMPORT"))));
  session.Show(import, [&] { return ImportText(import, session); });
  return absl::OkStatus();
}

}  // namespace

Noun ImportNoun() {
  const Argument folder{.value = {.word = "DIR", .kind = Value::Kind::kFolder},
                        .help = {"the folder of spreadsheets", "le dossier de tableurs"}};
  return {
      .name = "import",
      .summary = {"spreadsheets into people, rooms, theses, juries, campaign",
                  "des tableurs aux personnes, salles, mémoires, jurys, campagne"},
      .commands = {
          {.verb = "template",
           .summary = {"Write example spreadsheets with comments", "Écrire des tableurs d’exemple commentés"},
           .arguments = {folder},
           .examples = {{"import template campaign-2027", {"in a new folder", "dans un nouveau dossier"}}},
           .run = Template},
          {.verb = "check",
           .summary = {"Read a folder and say what is wrong or would change",
                       "Lire un dossier et dire ce qui ne va pas ou changerait"},
           .details = {"Writes nothing. Reports every problem at once, with file, line and column; ends with "
                       "1 if there are errors.",
                       "N’écrit rien. Signale tous les problèmes d’un coup, avec fichier, ligne et colonne ; "
                       "se termine par 1 s’il y a des erreurs."},
           .arguments = {folder},
           .examples = {{"import check campaign-2027", {"before importing", "avant d’importer"}}},
           .run = Check},
          {.verb = "run",
           .summary = {"Import a folder, all or nothing", "Importer un dossier, tout ou rien"},
           .details = {"Importing the same folder twice changes nothing; importing a corrected one updates.",
                       "Importer deux fois le même dossier ne change rien ; importer un dossier corrigé met "
                       "à jour."},
           .arguments = {folder},
           .flags = {DryRunFlag()},
           .examples = {{"import run campaign-2027",
                         {"write what the folder says", "écrire ce que dit le dossier"}},
                        {"import run campaign-2027 --dry-run",
                         {"the same as \"import check\"", "comme « import check »"}}},
           .run = Run},
          {.verb = "list",
           .summary = {"List imports", "Lister les imports"},
           .examples = {{"import list", {"oldest first", "du plus ancien au plus récent"}}},
           .run = List},
          {.verb = "show",
           .summary = {"Show an import with its changes", "Montrer un import et ses changements"},
           .arguments =
               {{.value = {.word = "IMPORT", .kind = Value::Kind::kResource, .collection = "imports"},
                 .help = {"id of the import", "identifiant de l’import"}}},
           .examples = {{"import show 3f2a", {"one import", "un import"}}},
           .run = Show},
      }};
}

}  // namespace soutenance::cli
