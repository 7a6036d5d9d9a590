#include <filesystem>
#include <set>
#include <string>
#include <system_error>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/fields.h"
#include "clients/cli/files.h"
#include "clients/cli/names.h"
#include "clients/cli/resource.h"
#include "clients/cli/timetables.h"
#include "clients/lib/json.h"
#include "services/base/error.h"
#include "services/base/status.h"

namespace soutenance::cli {
namespace {

namespace pb = scheduling::v1;
using pb::ExportTimetableRequest;

struct Format {
  const char* word;
  ExportTimetableRequest::Format format;
  enum class Audience { kEverybody, kStaff } audience = Audience::kEverybody;
  const char* distinction = "other";  // ends the file's name if another document has the same
};

constexpr Format kFormats[] = {
    {"html", ExportTimetableRequest::FORMAT_HTML},
    {"csv-fr", ExportTimetableRequest::FORMAT_CSV_FR},
    {"csv", ExportTimetableRequest::FORMAT_CSV, Format::Audience::kEverybody, "machine"},
    {"ics", ExportTimetableRequest::FORMAT_ICS},
    {"pdf", ExportTimetableRequest::FORMAT_PDF},
    {"problem", ExportTimetableRequest::FORMAT_PROBLEM, Format::Audience::kStaff},
    {"timetable", ExportTimetableRequest::FORMAT_TIMETABLE, Format::Audience::kStaff},
};

std::vector<Format> ChosenFormats(const Input& input) {
  std::vector<Format> chosen;
  for (const Format& format : kFormats) {
    const bool in_all = input.Has("--all") && format.audience == Format::Audience::kEverybody;
    bool is_named = false;
    for (const std::string& word : input.GetAll("--format")) is_named = is_named || word == format.word;
    if (in_all || is_named) chosen.push_back(format);
  }
  return chosen;
}

// The timetable to export: the one named; else the published one; else, if nothing is published, the latest.
absl::StatusOr<pb::Timetable> Choose(Session& session, const Input& input) {
  if (input.Has("TIMETABLE")) return GetTimetable(session, input, input.Get("TIMETABLE"));
  auto published = GetTimetable(session, input, "published");
  if (published.ok() || published.status().code() != absl::StatusCode::kNotFound) return published;
  return GetTimetable(session, input, "latest");
}

// Where in `folder` a document goes. A server's file name is only a name: it cannot lead out of the folder.
// Two formats with one name are told apart.
std::filesystem::path PathFor(const std::string& folder, const std::string& file_name, const Format& format,
                              std::set<std::string>& taken) {
  std::filesystem::path name = std::filesystem::path(file_name).filename();
  if (name.empty() || name == "." || name == "..") name = absl::StrCat("timetable.", format.word);
  if (!taken.insert(name.string()).second) {
    name = absl::StrCat(name.stem().string(), "-", format.distinction, name.extension().string());
    taken.insert(name.string());
  }
  return std::filesystem::path(folder) / name;
}

absl::Status Export(Session& session, const Input& input) {
  const std::vector<Format> formats = ChosenFormats(input);
  const std::string folder = input.Has("--out") ? input.Get("--out") : ".";
  const bool to_output = folder == "-";
  if (formats.empty()) {
    return clients::UsageError(session.Say(
        {"say which documents: --all, or --format with html, csv-fr, csv, ics, pdf or problem",
         "indiquez quels documents : --all, ou --format avec html, csv-fr, csv, ics, pdf ou problem"}));
  }
  if (to_output && (formats.size() > 1 || session.json())) {
    return clients::UsageError(session.Say(
        {"--out - takes one format, without --json", "--out - accepte un seul format, sans --json"}));
  }
  ASSIGN_OR_RETURN(const pb::Timetable timetable, Choose(session, input));
  if (!to_output) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) return clients::LocalError("FILE_UNWRITABLE", absl::StrCat(folder, ": ", error.message()));
  }
  // A name without a collection is a person's: most documents for one are for people.
  const std::string given = input.Get("--only");
  const std::string only = given.empty() || absl::StrContains(given, '/') ? given : TopName("people", given);
  std::set<std::string> taken;
  std::vector<std::string> files;
  if (!to_output) session.Tell(TimetableTitle(timetable, StyleOf(session)));
  for (const Format& format : formats) {
    ExportTimetableRequest request;
    request.set_name(timetable.name());
    request.set_format(format.format);
    request.set_language(session.chosen_language());
    request.set_only(only);
    session.ShowProgress(absl::StrCat(format.word, "…"));
    ASSIGN_OR_RETURN(const auto document, session.Call<pb::ExportTimetableResponse>(request));
    session.ShowProgress("");
    if (to_output) {
      session.Print(document.content());
      return absl::OkStatus();
    }
    const std::string path = PathFor(folder, document.file_name(), format, taken).string();
    RETURN_IF_ERROR(WriteFile(path, document.content(), session.language()));
    session.Tell(absl::StrCat("  ", path));
    files.push_back(clients::JsonObject()
                        .Text("format", format.word)
                        .Text("path", path)
                        .Text("mediaType", document.media_type())
                        .Raw("bytes", absl::StrCat(document.content().size()))
                        .Done());
  }
  if (session.json()) {
    session.Print(absl::StrCat(clients::JsonObject()
                                   .Text("timetable", timetable.name())
                                   .Raw("files", clients::JsonArray(files))
                                   .Done(),
                               "\n"));
  }
  return absl::OkStatus();
}

}  // namespace

std::vector<Command> TimetableExportCommands() {
  return {
      {.verb = "export",
       .summary = {"Write a timetable as documents", "Écrire un planning sous forme de documents"},
       .details =
           {"html: a page that prints well. csv-fr: for French spreadsheets. csv: for programs. ics: "
            "calendars. pdf. problem: the exact problem, "
            "for soutenance-solve. Documents are in the campaign's language unless --language is given.",
            "html : une page qui s’imprime bien. csv-fr : pour les tableurs français. csv : pour les "
            "programmes. ics : agendas. pdf. problem : le "
            "problème exact, pour soutenance-solve. Les documents sont dans la langue de la campagne, sauf "
            "avec --language."},
       .arguments = {NameArgument(
           "TIMETABLE", "timetables",
           {"a number, \"latest\" or \"published\"; default: the published one, or the latest if there is "
            "none",
            "un numéro, « latest » ou « published » ; par défaut le publié, ou le dernier s’il n’y en a pas"},
           Argument::Need::kOptional)},
       .flags = {{.name = "--all",
                  .value = {},
                  .help = {"every document except the problem", "tous les documents sauf le problème"}},
                 Repeated(ChoiceFlag("--format",
                                     {"html", "csv-fr", "csv", "ics", "pdf", "problem", "timetable"},
                                     {"which document", "quel document"})),
                 {.name = "--out",
                  .value = {.word = "DIR", .kind = Value::Kind::kFolder},
                  .help = {"where to; default: here; \"-\": standard output",
                           "où ; par défaut ici ; « - » : sortie standard"}},
                 TextFlag("--only", "NAME",
                          {"only the defences of this person, or of rooms/ID",
                           "seulement les soutenances de cette personne, ou de rooms/ID"}),
                 CampaignFlag()},
       .examples = {{"timetables export --all --out documents", {"everything", "tout"}},
                    {"timetables export --format ics --only people/bruno --out -",
                     {"one juror's calendar", "l’agenda d’un membre de jury"}}},
       .run = Export},
  };
}

}  // namespace soutenance::cli
