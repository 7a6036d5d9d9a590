#include "storage/sql/import_store.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/base/status.h"
#include "services/directory/import_record.h"
#include "storage/sql/requests.h"

namespace soutenance::storage::sql {
namespace {

using directory::Import;
using directory::import_folder::SourceFile;
using sheets::Language;

absl::string_view StateName(Import::State state) {
  switch (state) {
    case Import::State::kRefused:
      return "refused";
    case Import::State::kValidated:
      return "validated";
    case Import::State::kApplying:
      return "applying";
    case Import::State::kDone:
      return "done";
  }
  return "";
}

absl::StatusOr<Import::State> ParseState(absl::string_view name) {
  for (const Import::State state :
       {Import::State::kRefused, Import::State::kValidated, Import::State::kApplying, Import::State::kDone}) {
    if (StateName(state) == name) return state;
  }
  return absl::DataLossError(absl::StrCat("not a state of an import: ", name));
}

absl::StatusOr<std::string> FromBase64(const std::string& text) {
  std::string bytes;
  if (!absl::Base64Unescape(text, &bytes)) return absl::DataLossError("part of an import is not in base 64");
  return bytes;
}

// Ten columns: everything but problems and changes.
absl::StatusOr<Import> ReadImport(const Row& row) {
  ASSIGN_OR_RETURN(const Import::State state, ParseState(row.Text(1)));
  return Import{.id = row.Text(0),
                .state = state,
                .campaign = row.Text(2),
                .programme = row.Text(3),
                .language = row.Text(4) == "en" ? Language::kEnglish : Language::kFrench,
                .error_count = row.Int(5),
                .warning_count = row.Int(6),
                .create_time = row.Time(7),
                .done_time = row.OptionalTime(8),
                .account = row.Text(9)};
}

// The reading half of both Reader and Writer.
template <typename Base>
class Reading : public Base {
 public:
  explicit Reading(Session& session) : session_(session) {}

  absl::StatusOr<std::optional<Import>> FindImport(absl::string_view id) const override {
    std::optional<Import> import;
    RETURN_IF_ERROR(session_.Query(
        "SELECT id, state, campaign, programme, language, error_count, warning_count, create_time_us, "
        "done_time_us, account, problems, collections FROM imports WHERE id = :id",
        {id}, [&](const Row& row) -> absl::Status {
          ASSIGN_OR_RETURN(import, ReadImport(row));
          ASSIGN_OR_RETURN(const std::string problems, FromBase64(row.Text(10)));
          ASSIGN_OR_RETURN(import->problems, directory::ProblemsFromBytes(problems));
          ASSIGN_OR_RETURN(const std::string collections, FromBase64(row.Text(11)));
          ASSIGN_OR_RETURN(import->collections, directory::CollectionsFromBytes(collections));
          return absl::OkStatus();
        }));
    return import;
  }

  absl::StatusOr<Page<Import>> ListImports(const PageRequest& page) const override {
    Page<Import> result;
    RETURN_IF_ERROR(session_.Query(
        "SELECT id, state, campaign, programme, language, error_count, warning_count, create_time_us, "
        "done_time_us, account FROM imports WHERE id > :after ORDER BY id LIMIT :count",
        {page.after, page.size + 1}, [&](const Row& row) -> absl::Status {
          ASSIGN_OR_RETURN(Import import, ReadImport(row));
          result.items.push_back(std::move(import));
          return absl::OkStatus();
        }));
    // One more row than wanted was read: whether there is a next page, needs no second query.
    if (result.items.size() > static_cast<std::size_t>(page.size)) {
      result.items.resize(static_cast<std::size_t>(page.size));
      result.next = result.items.back().id;
    }
    return result;
  }

  absl::StatusOr<std::optional<Import>> FindApplying() const override {
    std::optional<Import> import;
    RETURN_IF_ERROR(session_.Query(
        "SELECT id, state, campaign, programme, language, error_count, warning_count, create_time_us, "
        "done_time_us, account FROM imports WHERE state = 'applying' ORDER BY id LIMIT 1",
        {}, [&](const Row& row) -> absl::Status {
          ASSIGN_OR_RETURN(import, ReadImport(row));
          return absl::OkStatus();
        }));
    return import;
  }

  absl::StatusOr<std::vector<SourceFile>> Files(absl::string_view import) const override {
    std::vector<SourceFile> files;
    RETURN_IF_ERROR(
        session_.Query("SELECT name, content FROM import_files WHERE import = :import ORDER BY position",
                       {import}, [&](const Row& row) -> absl::Status {
                         ASSIGN_OR_RETURN(std::string bytes, FromBase64(row.Text(1)));
                         files.push_back({.name = row.Text(0), .bytes = std::move(bytes)});
                         return absl::OkStatus();
                       }));
    return files;
  }

 protected:
  Session& session_;
};

class Writing final : public Reading<directory::ImportStore::Writer> {
 public:
  using Reading::Reading;

  absl::Status InsertImport(const Import& import, const std::vector<SourceFile>& files) override {
    RETURN_IF_ERROR(PutImport(import));
    int position = 0;
    for (const SourceFile& file : files) {
      RETURN_IF_ERROR(
          session_.Execute("INSERT INTO import_files (import, position, name, content) "
                           "VALUES (:import, :position, :name, :content)",
                           {import.id, position++, file.name, absl::Base64Escape(file.bytes)}));
    }
    return absl::OkStatus();
  }

  absl::Status FinishImport(const Import& import) override {
    RETURN_IF_ERROR(PutImport(import));
    return session_.Execute("DELETE FROM import_files WHERE import = :id", {import.id});
  }

  absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) override {
    return sql::FindRequest(session_, key);
  }
  absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) override {
    return sql::RememberRequest(session_, key, result, now);
  }

 private:
  absl::Status PutImport(const Import& import) {
    const std::string problems = absl::Base64Escape(directory::ProblemsToBytes(import.problems));
    const std::string collections = absl::Base64Escape(directory::CollectionsToBytes(import.collections));
    return session_.Execute(
        "INSERT INTO imports (id, state, campaign, programme, language, problems, error_count, "
        "warning_count, collections, create_time_us, done_time_us, account) VALUES (:id, :state, :campaign, "
        ":programme, :language, :problems, :error_count, :warning_count, :collections, :create_time, "
        ":done_time, :account) "
        "ON CONFLICT (id) DO UPDATE SET state = excluded.state, problems = excluded.problems, "
        "error_count = excluded.error_count, warning_count = excluded.warning_count, "
        "collections = excluded.collections, done_time_us = excluded.done_time_us",
        {import.id, StateName(import.state), import.campaign, import.programme,
         import.language == Language::kEnglish ? "en" : "fr", problems, import.error_count,
         import.warning_count, collections, import.create_time, import.done_time, import.account});
  }
};

}  // namespace

absl::Status ImportStore::Write(absl::FunctionRef<absl::Status(Writer&)> work) {
  return database_.Write([&](Session& session) {
    Writing writer(session);
    return work(writer);
  });
}

absl::Status ImportStore::Read(absl::FunctionRef<absl::Status(const Reader&)> look) const {
  return database_.Read([&](Session& session) {
    const Reading<Reader> reader(session);
    return look(reader);
  });
}

}  // namespace soutenance::storage::sql
