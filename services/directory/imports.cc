#include "services/directory/imports.h"

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/base/error.h"
#include "services/base/id.h"
#include "services/base/programme_roles.h"
#include "services/base/status.h"
#include "services/directory/fill_page.h"
#include "services/directory/import_directory.h"
#include "services/directory/import_refusals.h"
#include "services/directory/in_transaction.h"
#include "services/directory/permissions.h"

namespace soutenance::directory {
namespace {

using import_folder::FolderReading;
using import_folder::ImportBatch;
using import_folder::SourceFile;
using sheets::ImportProblem;
using Reader = ImportStore::Reader;
using Writer = ImportStore::Writer;

constexpr std::size_t kRandomCharacters = 6;

// Ids grow with time, so that lists by name begin with the oldest.
std::string NewImportId(absl::Time now) {
  return absl::StrCat(absl::FormatTime("%Y%m%dT%H%M%E6S", now, absl::UTCTimeZone()), "-",
                      NewId().substr(0, kRandomCharacters));
}

absl::Status CheckSize(const std::vector<SourceFile>& files) {
  std::size_t bytes = 0;
  for (const SourceFile& file : files) bytes += file.bytes.size();
  if (bytes <= import_folder::kFolderBytesMax) return absl::OkStatus();
  return Error(absl::StatusCode::kResourceExhausted,
               absl::StrCat("the files have ", bytes, " bytes in all, more than ",
                            import_folder::kFolderBytesMax, "; split the folder"),
               {.reason = "FOLDER_TOO_LARGE",
                .metadata = {{"bytes", absl::StrCat(bytes)},
                             {"bytes_max", absl::StrCat(import_folder::kFolderBytesMax)}}});
}

absl::Status InProgress(const Import& other) {
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat(ImportName(other.id), " is being carried out; wait until it is done"),
               {.reason = "IMPORT_IN_PROGRESS", .metadata = {{"import", ImportName(other.id)}}});
}

// The import that the same request made before, or nothing if there is none and no other one is being carried
// out.
absl::StatusOr<std::optional<Import>> EarlierOrNothing(Writer& writer, const Mutation& mutation) {
  ASSIGN_OR_RETURN(const std::optional<std::string> id, writer.FindRequest(mutation.request));
  if (id) return writer.FindImport(*id);
  ASSIGN_OR_RETURN(const std::optional<Import> other, writer.FindApplying());
  if (other) return InProgress(*other);
  return std::nullopt;
}

// Whether the same step may succeed later without anybody correcting anything.
bool MayPass(const absl::Status& status) {
  return !IsAboutContent(status) && !absl::IsPermissionDenied(status) && !absl::IsUnimplemented(status);
}

// Errors first. Those already listed are warnings only, or nothing would have been asked of the services.
void AddErrors(const sheets::Problems& errors, const import_folder::FileNames& names, Import& import) {
  std::vector<std::string> order;
  for (const auto& [kind, name] : names) order.push_back(name);
  std::vector<ImportProblem> problems = errors.Listed(order);
  problems.insert(problems.end(), import.problems.begin(), import.problems.end());
  if (problems.size() > sheets::Problems::kListedMax) problems.resize(sheets::Problems::kListedMax);
  import.problems = std::move(problems);
  import.error_count += static_cast<int>(errors.error_count());
}

// A calendar belongs to a cohort; without one it was only compared with the days of the campaign.
void WarnAboutCalendarOfNobody(const ImportBatch& batch, const import_folder::FileNames& names,
                               Import& import) {
  if (!batch.calendar || batch.calendar->empty() || !batch.campaign.cohort.empty()) return;
  const auto file = names.find(import_folder::SheetKind::kCalendar);
  import.problems.push_back(
      {.severity = sheets::Severity::kWarning,
       .kind = "calendar_without_cohort",
       .place = {.file = file == names.end() ? "" : file->second},
       .sentence = {
         "the campaign names no cohort, so this calendar is not kept; add the setting cohort",
         "la campagne ne nomme pas de promotion, ce calendrier n'est donc pas conservé ; ajoutez le "
         "réglage promotion"
       }});
  ++import.warning_count;
}

ImportStep Step(const Import& import, absl::string_view name) {
  return {.request_id = absl::StrCat("import-", import.id, "-", name)};
}

// The step of the directory itself, which goes through no wire.
Mutation OwnStep(const Import& import) {
  return {.request = {.request_id = Step(import, "directory").request_id,
                      .account = "services/directory",
                      .method = "ApplyImport",
                      .fingerprint = import.id}};
}

}  // namespace

absl::StatusOr<Import> Imports::CreateImport(const Caller& caller, const std::vector<SourceFile>& files,
                                             sheets::Language language, const Mutation& mutation) {
  RETURN_IF_ERROR(AllowStaffWork(caller));
  RETURN_IF_ERROR(CheckSize(files));
  if (!mutation.validate_only) {
    ASSIGN_OR_RETURN(std::optional<Import> earlier, FindEarlier(mutation));
    if (earlier) return *std::move(earlier);
  }
  FolderReading reading = import_folder::ReadFolder(files);
  Import import = {.campaign = reading.batch.campaign.id,
                   .programme = reading.batch.campaign.programme,
                   .language = language,
                   .problems = std::move(reading.problems),
                   .error_count = static_cast<int>(reading.error_count),
                   .warning_count = static_cast<int>(reading.warning_count),
                   .create_time = StoredNow(parts_.clock),
                   .account = caller.account};
  if (!reading.IsAcceptable()) return import;
  RETURN_IF_ERROR(CheckRunsProgramme(caller, ProgrammeName(import.programme)));
  const import_folder::FileNames names = NamesOf(files);
  WarnAboutCalendarOfNobody(reading.batch, names, import);
  RETURN_IF_ERROR(Check(caller, reading.batch, names, import));
  if (import.error_count > 0) return import;
  import.state = Import::State::kValidated;
  if (mutation.validate_only) return import;

  import.id = NewImportId(import.create_time);
  import.state = Import::State::kApplying;
  Claim(import.id);
  const absl::Cleanup release = [this, id = import.id] { Release(id); };
  ASSIGN_OR_RETURN(std::optional<Import> earlier, Accept(import, files, mutation));
  if (earlier) return *std::move(earlier);
  // Accepted is accepted: what keeps it from being finished now is no error of this call.
  if (!Apply(import, reading.batch).ok()) resume_soon_();
  return import;
}

bool Imports::Claim(const std::string& id) {
  const std::lock_guard lock(mutex_);
  return claimed_.insert(id).second;
}

void Imports::Release(const std::string& id) {
  const std::lock_guard lock(mutex_);
  claimed_.erase(id);
}

absl::StatusOr<std::optional<Import>> Imports::FindEarlier(const Mutation& mutation) {
  return WriteTo<std::optional<Import>>(parts_.store,
                                        [&](Writer& writer) { return EarlierOrNothing(writer, mutation); });
}

absl::Status Imports::Check(const Caller& caller, const ImportBatch& batch,
                            const import_folder::FileNames& names, Import& import) {
  sheets::Problems errors;
  // Everybody is asked, so that all problems are told at once. Returns what ends the whole import.
  const auto take = [&](const absl::Status& refusal) -> absl::Status {
    if (refusal.ok()) return refusal;
    if (!IsAboutContent(refusal)) return refusal;
    AddRefusal(refusal, batch, names, errors);
    return absl::OkStatus();
  };
  const auto add = [&](absl::string_view collection, const ChangeList& changes) {
    import.collections.push_back({std::string(collection), changes});
  };
  const ImportStep step = {.validate_only = true};

  ASSIGN_OR_RETURN(const DirectoryBatch own, ToDirectoryBatch(batch, parts_.directory));
  const absl::StatusOr<DirectoryChanges> directory =
      parts_.directory.BatchUpsert(caller, own, {.validate_only = true});
  RETURN_IF_ERROR(take(directory.status()));
  const absl::StatusOr<ChangeList> theses = parts_.targets.UpsertTheses(batch, step);
  RETURN_IF_ERROR(take(theses.status()));
  const absl::StatusOr<ChangeList> juries = parts_.targets.UpsertJuries(batch, step);
  RETURN_IF_ERROR(take(juries.status()));
  const absl::StatusOr<CampaignChanges> campaign = parts_.targets.UpsertCampaign(batch, step);
  RETURN_IF_ERROR(take(campaign.status()));

  AddErrors(errors, names, import);
  if (import.error_count > 0) return absl::OkStatus();
  add("people", directory->people);
  add("rooms", directory->rooms);
  add("programmes", directory->programmes);
  add("cohorts", directory->cohorts);
  add("theses", *theses);
  add("juries", *juries);
  add("campaigns", campaign->campaigns);
  add("defences", campaign->defences);
  add("availabilities", campaign->availabilities);
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Import>> Imports::Accept(const Import& import,
                                                      const std::vector<SourceFile>& files,
                                                      const Mutation& mutation) {
  using Earlier = std::optional<Import>;
  return WriteTo<Earlier>(parts_.store, [&](Writer& writer) -> absl::StatusOr<Earlier> {
    // Asked again: much may have happened while the files were read.
    ASSIGN_OR_RETURN(Earlier earlier, EarlierOrNothing(writer, mutation));
    if (earlier) return earlier;
    RETURN_IF_ERROR(writer.InsertImport(import, files));
    RETURN_IF_ERROR(writer.RememberRequest(mutation.request, import.id, import.create_time));
    return earlier;
  });
}

absl::Status Imports::CarryOutSteps(const Import& import, const ImportBatch& batch) {
  // Whether the caller may do this was asked before the import was accepted.
  const Caller self = {.service = "directory"};
  ASSIGN_OR_RETURN(const DirectoryBatch own, ToDirectoryBatch(batch, parts_.directory));
  RETURN_IF_ERROR(parts_.directory.BatchUpsert(self, own, OwnStep(import)).status());
  RETURN_IF_ERROR(parts_.targets.UpsertTheses(batch, Step(import, "theses")).status());
  RETURN_IF_ERROR(parts_.targets.UpsertJuries(batch, Step(import, "juries")).status());
  return parts_.targets.UpsertCampaign(batch, Step(import, "campaign")).status();
}

absl::Status Imports::Apply(Import& import, const ImportBatch& batch) {
  const absl::Status status = CarryOutSteps(import, batch);
  if (!status.ok() && MayPass(status)) return status;
  Import finished = import;
  finished.done_time = StoredNow(parts_.clock);
  finished.state = Import::State::kDone;
  if (!status.ok()) {
    // The world changed between checking and writing, in a way that no waiting undoes.
    sheets::Problems errors;
    AddRefusal(status, batch, {}, errors);
    AddErrors(errors, {}, finished);
    finished.state = Import::State::kRefused;
  }
  RETURN_IF_ERROR(parts_.store.Write([&](Writer& writer) { return writer.FinishImport(finished); }));
  import = std::move(finished);
  return absl::OkStatus();
}

absl::Status Imports::Resume(const std::string& id) {
  std::vector<SourceFile> files;
  ASSIGN_OR_RETURN(std::optional<Import> import,
                   ReadFrom<std::optional<Import>>(
                       parts_.store, [&](const Reader& reader) { return reader.FindImport(id); }));
  if (!import || import->state != Import::State::kApplying) return absl::OkStatus();
  ASSIGN_OR_RETURN(files, ReadFrom<std::vector<SourceFile>>(
                              parts_.store, [&](const Reader& reader) { return reader.Files(id); }));
  return Apply(*import, import_folder::ReadFolder(files).batch);
}

absl::Status Imports::ResumeUnfinished() {
  while (true) {
    ASSIGN_OR_RETURN(const std::optional<Import> import,
                     ReadFrom<std::optional<Import>>(
                         parts_.store, [](const Reader& reader) { return reader.FindApplying(); }));
    // A call that is at it asks to be resumed if it does not succeed.
    if (!import || !Claim(import->id)) return absl::OkStatus();
    const absl::Cleanup release = [&] { Release(import->id); };
    RETURN_IF_ERROR(Resume(import->id));
  }
}

absl::StatusOr<Import> Imports::GetImport(const Caller& caller, absl::string_view id) const {
  ASSIGN_OR_RETURN(std::optional<Import> import,
                   ReadFrom<std::optional<Import>>(
                       parts_.store, [&](const Reader& reader) { return reader.FindImport(id); }));
  if (!import || !RunsProgramme(caller, ProgrammeName(import->programme))) {
    return NotFound("import", ImportName(id));
  }
  return *std::move(import);
}

absl::StatusOr<Page<Import>> Imports::ListImports(const Caller& caller, const PageRequest& page) const {
  return ReadFrom<Page<Import>>(parts_.store, [&](const Reader& reader) {
    return FillPage<Import>(
        page, [&](const PageRequest& part) { return reader.ListImports(part); },
        [&](const Import& import) { return RunsProgramme(caller, ProgrammeName(import.programme)); });
  });
}

}  // namespace soutenance::directory
