#include "services/directory/rpc/imports_proto.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/directory/checks.h"
#include "services/directory/rpc/time_proto.h"
#include "services/directory/rpc/unless.h"
#include "services/runtime/wire/changes.h"
#include "services/runtime/wire/fields.h"
#include "services/runtime/wire/pages.h"
#include "services/runtime/wire/requests.h"

namespace soutenance::directory {
namespace {

using sheets::ImportProblem;
using sheets::Language;
using sheets::Severity;
using Problems = std::vector<FieldViolation>;

Language LanguageFromProto(const std::string& language, Problems& problems) {
  if (language == "en") return Language::kEnglish;
  if (!language.empty() && language != "fr") {
    problems.push_back({"language", "is neither \"fr\" nor \"en\""});
  }
  return Language::kFrench;
}

v1::Import::State ToProto(Import::State state) {
  switch (state) {
    case Import::State::kRefused:
      return v1::Import::STATE_REFUSED;
    case Import::State::kValidated:
      return v1::Import::STATE_VALIDATED;
    case Import::State::kApplying:
      return v1::Import::STATE_APPLYING;
    case Import::State::kDone:
      return v1::Import::STATE_DONE;
  }
  return v1::Import::STATE_UNSPECIFIED;
}

v1::ImportProblem ToProto(const ImportProblem& problem, Language language) {
  v1::ImportProblem message;
  message.set_severity(problem.severity == Severity::kError ? v1::ImportProblem::SEVERITY_ERROR
                                                            : v1::ImportProblem::SEVERITY_WARNING);
  message.set_file(problem.place.file);
  message.set_line(problem.place.line);
  message.set_column(problem.place.column);
  message.set_found(problem.found);
  message.set_expected(problem.sentence.In(language));
  message.set_message(sheets::Describe(problem, language));
  message.set_kind(problem.kind);
  return message;
}

}  // namespace

absl::StatusOr<FolderToImport> FromProto(const v1::CreateImportRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  FolderToImport folder = {.language = LanguageFromProto(request.language(), problems)};
  folder.files.reserve(static_cast<std::size_t>(request.files_size()));
  for (int i = 0; i < request.files_size(); ++i) {
    const v1::ImportFile& file = request.files(i);
    const std::string path = absl::StrCat("files[", i, "].name");
    CheckText(file.name(), Presence::kRequired, kNameCharactersMax, path, problems);
    if (file.name().find_first_of("/\\") != std::string::npos) {
      problems.push_back({path, "contains a path; send the name of the file only"});
    }
    folder.files.push_back({.name = file.name(), .bytes = file.content()});
  }
  return Unless(problems, std::move(folder));
}

absl::StatusOr<std::string> FromProto(const v1::GetImportRequest& request) {
  Problems problems;
  return Unless(problems, runtime::IdFromName(request.name(), "imports", "name", problems));
}

absl::StatusOr<PageRequest> FromProto(const v1::ListImportsRequest& request) {
  Problems problems;
  return Unless(problems, runtime::PageFromProto(request.page_size(), request.page_token(), problems));
}

absl::StatusOr<Language> FromProto(const v1::GetImportTemplatesRequest& request) {
  Problems problems;
  return Unless(problems, LanguageFromProto(request.language(), problems));
}

v1::Import ToProto(const Import& import) {
  v1::Import message;
  if (!import.id.empty()) message.set_name(ImportName(import.id));
  message.set_state(ToProto(import.state));
  if (!import.campaign.empty()) message.set_campaign(absl::StrCat("campaigns/", import.campaign));
  for (const ImportProblem& problem : import.problems) {
    *message.add_problems() = ToProto(problem, import.language);
  }
  message.set_error_count(import.error_count);
  message.set_warning_count(import.warning_count);
  for (const CollectionChanges& collection : import.collections) {
    v1::CollectionChanges& entry = *message.add_collections();
    entry.set_collection(collection.collection);
    *entry.mutable_changes() = runtime::ToProto(collection.changes);
  }
  *message.mutable_create_time() = TimestampToProto(import.create_time);
  if (import.done_time) *message.mutable_done_time() = TimestampToProto(*import.done_time);
  message.set_account(import.account);
  return message;
}

v1::ListImportsResponse ToProto(const Page<Import>& page) {
  v1::ListImportsResponse message;
  for (const Import& import : page.items) *message.add_imports() = ToProto(import);
  message.set_next_page_token(runtime::PageToken(page.next));
  return message;
}

v1::GetImportTemplatesResponse ToProto(const std::vector<import_folder::SourceFile>& files) {
  v1::GetImportTemplatesResponse message;
  for (const import_folder::SourceFile& file : files) {
    v1::ImportFile& entry = *message.add_files();
    entry.set_name(file.name);
    entry.set_content(file.bytes);
  }
  return message;
}

}  // namespace soutenance::directory
