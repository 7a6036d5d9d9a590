#include "services/directory/import/read_folder.h"

#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/directory/import/cross_checks.h"
#include "services/directory/import/format.h"
#include "services/directory/import/sheet.h"
#include "services/directory/import/sheets.h"
#include "services/sheets/text.h"

namespace soutenance::directory::import_folder {
namespace {

std::string FileList(Language language) {
  return absl::StrJoin(SheetFormats(), ", ", [&](std::string* out, const SheetFormat& format) {
    absl::StrAppend(out, language == Language::kFrench ? format.name.fr : format.name.en, ".csv");
  });
}

class FolderReader {
 public:
  explicit FolderReader(const std::vector<SourceFile>& files) : files_(files) {}

  FolderReading Read();

 private:
  bool CheckLimits();
  void ChooseFiles();
  void OpenSheet(const SourceFile& file, const SheetFormat& format);
  void RefuseMissingFiles();
  void RefuseUnknownFile(const std::string& name);
  const Sheet* Readable(SheetKind kind) const;
  void ReadSheets();
  FolderReading Result();

  const std::vector<SourceFile>& files_;
  Folder folder_;
  FileNames names_;
  std::map<SheetKind, std::unique_ptr<Sheet>> sheets_;
  ImportBatch batch_;
};

bool FolderReader::CheckLimits() {
  size_t total = 0;
  for (const SourceFile& file : files_) total += file.bytes.size();
  if (total > kFolderBytesMax) {
    folder_.problems.AddError("folder_too_large", {}, absl::StrCat(total),
                              {"the files have more than 16 MiB in all; split the folder",
                               "les fichiers dépassent 16 Mio au total ; divisez le dossier"});
    return false;
  }
  if (files_.size() > kFilesMax) {
    folder_.problems.AddError("files_too_many", {}, absl::StrCat(files_.size()),
                              {absl::StrCat("the folder has more than ", kFilesMax, " files"),
                               absl::StrCat("le dossier compte plus de ", kFilesMax, " fichiers")});
    return false;
  }
  return true;
}

void FolderReader::RefuseUnknownFile(const std::string& name) {
  folder_.problems.AddError("file_unknown", {.file = Shortened(name, 80)}, "",
                            {absl::StrCat("this file is not part of the format; the files are ",
                                          FileList(Language::kEnglish), " (or their French names)"),
                             absl::StrCat("ce fichier ne fait pas partie du format ; les fichiers sont ",
                                          FileList(Language::kFrench), " (ou leurs noms anglais)")});
}

void FolderReader::OpenSheet(const SourceFile& file, const SheetFormat& format) {
  const auto [name, added] = names_.try_emplace(format.kind, file.name);
  if (!added) {
    folder_.problems.AddError(
        "file_repeated", {.file = file.name}, "",
        {absl::StrCat(name->second, " is the same spreadsheet; keep one of them"),
         absl::StrCat(name->second, " est la même feuille ; ne gardez que l'une des deux")});
    return;
  }
  std::optional<Sheet> sheet = ReadSheet(file.name, file.bytes, format.columns, folder_.problems);
  if (sheet) sheets_[format.kind] = std::make_unique<Sheet>(*std::move(sheet));
}

void FolderReader::ChooseFiles() {
  for (const SourceFile& file : files_) {
    if (IsIgnoredFile(file.name)) continue;
    const SheetFormat* const format = FindSheet(file.name);
    if (format == nullptr) {
      RefuseUnknownFile(file.name);
    } else {
      OpenSheet(file, *format);
    }
  }
}

void FolderReader::RefuseMissingFiles() {
  for (const SheetFormat& format : SheetFormats()) {
    if (format.need == Need::kOptional || names_.count(format.kind) > 0) continue;
    folder_.problems.AddError(
        "file_missing", {}, "",
        {absl::StrCat("the file ", format.name.en, ".csv (in French ", format.name.fr,
                      ".csv) is missing; if there is nothing to say, its header alone will do"),
         absl::StrCat("le fichier ", format.name.fr, ".csv (en anglais ", format.name.en,
                      ".csv) manque ; s'il n'y a rien à dire, son en-tête seul suffit")});
  }
}

const Sheet* FolderReader::Readable(SheetKind kind) const {
  const auto sheet = sheets_.find(kind);
  return sheet != sheets_.end() && sheet->second->IsReadable() ? sheet->second.get() : nullptr;
}

// Files that others refer to come first.
void FolderReader::ReadSheets() {
  if (const Sheet* sheet = Readable(SheetKind::kPeople)) {
    batch_.people = ReadPeople(*sheet, folder_);
  } else {
    folder_.people.SetUnknowable();
  }
  if (const Sheet* sheet = Readable(SheetKind::kRooms)) {
    batch_.rooms = ReadRooms(*sheet, folder_);
  } else {
    folder_.rooms.SetUnknowable();
  }
  if (const Sheet* sheet = Readable(SheetKind::kCampaign)) batch_.campaign = ReadCampaign(*sheet, folder_);
  if (const Sheet* sheet = Readable(SheetKind::kCalendar)) batch_.calendar = ReadCalendar(*sheet, folder_);
  if (const Sheet* sheet = Readable(SheetKind::kOpenings)) batch_.openings = ReadOpenings(*sheet, folder_);
  if (const Sheet* sheet = Readable(SheetKind::kTheses)) {
    batch_.theses = ReadTheses(*sheet, folder_);
  } else {
    folder_.theses.SetUnknowable();
  }
  if (const Sheet* sheet = Readable(SheetKind::kJuries)) batch_.juries = ReadJuries(*sheet, folder_);
  if (const Sheet* sheet = Readable(SheetKind::kAvailability)) {
    batch_.availability = ReadAvailability(*sheet, folder_);
  }
  if (batch_.campaign.rooms.empty()) {
    for (const RoomRow& room : batch_.rooms) batch_.campaign.rooms.push_back(room.id);
  }
}

FolderReading FolderReader::Result() {
  std::vector<std::string> order;
  for (const SheetFormat& format : SheetFormats()) {
    if (const auto name = names_.find(format.kind); name != names_.end()) order.push_back(name->second);
  }
  return {.batch = std::move(batch_),
          .problems = folder_.problems.Listed(order),
          .error_count = folder_.problems.error_count(),
          .warning_count = folder_.problems.warning_count()};
}

FolderReading FolderReader::Read() {
  if (CheckLimits()) {
    ChooseFiles();
    RefuseMissingFiles();
    ReadSheets();
    CheckAcrossFiles(batch_, names_, folder_.problems);
  }
  return Result();
}

}  // namespace

FolderReading ReadFolder(const std::vector<SourceFile>& files) { return FolderReader(files).Read(); }

}  // namespace soutenance::directory::import_folder
