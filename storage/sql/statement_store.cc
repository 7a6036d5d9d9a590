#include "storage/sql/statement_store.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "storage/sql/draft_rows.h"
#include "storage/sql/requests.h"
#include "storage/sql/thesis_rows.h"

namespace soutenance::storage::sql {
namespace {

using submissions::Draft;
using submissions::SimilarityReading;
using submissions::Statement;
using submissions::StatementKey;
using submissions::Thesis;

std::string SelectStatements(absl::string_view rest) {
  return absl::StrCat(
      "SELECT thesis, author, kind, version, state, text, legal_basis, controller, until_date, made_us, "
      "decided_by, reason "
      "FROM statements ",
      rest);
}

absl::StatusOr<Statement> ToStatement(const Row& row) {
  const auto kind = submissions::StatementKindOf(row.Text(2));
  const auto state = submissions::StatementStateOf(row.Text(4));
  if (!kind || !state) return absl::DataLossError("a stored statement is of no known kind or state");
  return Statement{.key = {.thesis = row.Text(0), .author = row.Text(1), .kind = *kind},
                   .version = row.Integer(3),
                   .state = *state,
                   .text = row.Text(5),
                   .legal_basis = row.Text(6),
                   .controller = row.Text(7),
                   .until_date = row.Text(8),
                   .made = row.Time(9),
                   .decided_by = row.Text(10),
                   .reason = row.Text(11)};
}

absl::StatusOr<SimilarityReading> ToReading(const Row& row) {
  const auto conclusion = submissions::ConclusionOf(row.Text(7));
  if (!conclusion) return absl::DataLossError("a stored similarity reading has no known conclusion");
  return SimilarityReading{.thesis = row.Text(0),
                           .number = row.Integer(1),
                           .draft = row.Integer(2),
                           .tool = row.Text(3),
                           .rate_per_mille = row.Int(4),
                           .excluded_sources = row.Text(5),
                           .indexed = row.Bool(6),
                           .conclusion = *conclusion,
                           .comment = row.Text(8),
                           .reader = row.Text(9),
                           .read = row.Time(10)};
}

// Both halves of the port on one session. Its life is one call of Read or Write.
class Transaction final : public submissions::StatementStore::Writer {
 public:
  explicit Transaction(Session& session) : session_(session) {}

  absl::StatusOr<std::optional<Thesis>> FindThesis(absl::string_view id) const override {
    static const std::string& sql = *new std::string(SelectTheses("WHERE id = :id"));
    std::optional<Thesis> found;
    RETURN_IF_ERROR(session_.Query(sql, {id}, [&](const Row& row) { found = ToThesis(row); }));
    return found;
  }

  absl::StatusOr<std::optional<Draft>> FindDraft(absl::string_view thesis, int64_t number) const override {
    static const std::string& sql =
        *new std::string(SelectDrafts("WHERE d.thesis = :thesis AND d.number = :number"));
    std::optional<Draft> found;
    RETURN_IF_ERROR(session_.Query(sql, {thesis, number}, [&](const Row& row) { found = ToDraft(row); }));
    return found;
  }

  absl::StatusOr<std::optional<Statement>> FindStatement(const StatementKey& key) const override {
    static const std::string& sql =
        *new std::string(SelectStatements("WHERE thesis = :thesis AND author = :author AND kind = :kind"));
    ASSIGN_OR_RETURN(auto found,
                     All<Statement>(sql, {key.thesis, key.author, KindName(key.kind)}, ToStatement));
    return found.empty() ? std::optional<Statement>() : std::move(found.front());
  }

  absl::StatusOr<std::vector<Statement>> ListStatements(absl::string_view thesis) const override {
    static const std::string& sql =
        *new std::string(SelectStatements("WHERE thesis = :thesis ORDER BY author, kind"));
    return All<Statement>(sql, {thesis}, ToStatement);
  }

  absl::StatusOr<Page<Thesis>> ListTheses(absl::string_view programme, absl::string_view cohort,
                                          const PageRequest& page) const override {
    static const std::string& sql = *new std::string(SelectTheses(
        "WHERE programme = :programme AND (:cohort = '' OR cohort = :cohort) AND id > :after "
        "AND state NOT IN ('withdrawn', 'abandoned', 'suspended', 'subject_refused') ORDER BY id LIMIT "
        ":limit"));
    Page<Thesis> found;
    RETURN_IF_ERROR(session_.Query(sql, {programme, cohort, page.after, int64_t{page.size} + 1},
                                   [&](const Row& row) { found.items.push_back(ToThesis(row)); }));
    if (found.items.size() > static_cast<std::size_t>(page.size)) {
      found.items.pop_back();
      found.next = found.items.back().id;
    }
    return found;
  }

  absl::StatusOr<std::vector<SimilarityReading>> ListReadings(absl::string_view thesis) const override {
    return All<SimilarityReading>(
        "SELECT thesis, number, draft, tool, rate_per_mille, excluded_sources, indexed, conclusion, comment, "
        "reader, "
        "read_us FROM similarity_readings WHERE thesis = :thesis ORDER BY number",
        {thesis}, ToReading);
  }

  absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const override {
    return sql::FindRequest(session_, key);
  }

  absl::Status PutStatement(const Statement& statement) override {
    const StatementKey& key = statement.key;
    ASSIGN_OR_RETURN(
        const int64_t changed,
        statement.version == 0
            ? session_.ExecuteCounting(
                  "INSERT INTO statements (thesis, author, kind, version, state, text, legal_basis, "
                  "controller, until_date, "
                  "made_us, decided_by, reason) VALUES (:thesis, :author, :kind, 1, :state, :text, "
                  ":legal_basis, "
                  ":controller, :until, :made, :decided_by, :reason) ON CONFLICT (thesis, author, kind) DO "
                  "NOTHING",
                  {key.thesis, key.author, KindName(key.kind), StateName(statement.state), statement.text,
                   statement.legal_basis, statement.controller, statement.until_date, statement.made,
                   statement.decided_by, statement.reason})
            : session_.ExecuteCounting(
                  "UPDATE statements SET state = :state, text = :text, legal_basis = :legal_basis, "
                  "controller = "
                  ":controller, until_date = :until, made_us = :made, decided_by = :decided_by, reason = "
                  ":reason, version "
                  "= version + 1 WHERE thesis = :thesis AND author = :author AND kind = :kind AND version = "
                  ":version",
                  {StateName(statement.state), statement.text, statement.legal_basis, statement.controller,
                   statement.until_date, statement.made, statement.decided_by, statement.reason, key.thesis,
                   key.author, KindName(key.kind), statement.version}));
    return changed == 1 ? absl::OkStatus() : StaleEtag(key.Name());
  }

  absl::Status InsertReading(const SimilarityReading& reading) override {
    return session_.Execute(
        "INSERT INTO similarity_readings (thesis, number, draft, tool, rate_per_mille, excluded_sources, "
        "indexed, "
        "conclusion, comment, reader, read_us) VALUES (:thesis, :number, :draft, :tool, :rate, :excluded, "
        ":indexed, "
        ":conclusion, :comment, :reader, :read)",
        {reading.thesis, reading.number, reading.draft, reading.tool, reading.rate_per_mille,
         reading.excluded_sources, reading.indexed, ConclusionName(reading.conclusion), reading.comment,
         reading.reader, reading.read});
  }

  absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) override {
    return sql::RememberRequest(session_, key, result, now);
  }

 private:
  template <typename T>
  absl::StatusOr<std::vector<T>> All(absl::string_view sql, absl::Span<const Value> values,
                                     absl::StatusOr<T> (*to)(const Row&)) const {
    std::vector<T> found;
    RETURN_IF_ERROR(session_.Query(sql, values, [&](const Row& row) -> absl::Status {
      ASSIGN_OR_RETURN(T value, to(row));
      found.push_back(std::move(value));
      return absl::OkStatus();
    }));
    return found;
  }

  Session& session_;
};

}  // namespace

absl::Status StatementStore::Write(absl::FunctionRef<absl::Status(Writer&)> work) {
  return database_.Write([&](Session& session) {
    Transaction transaction(session);
    return work(transaction);
  });
}

absl::Status StatementStore::Read(absl::FunctionRef<absl::Status(const Reader&)> look) const {
  return database_.Read([&](Session& session) {
    const Transaction transaction(session);
    return look(transaction);
  });
}

}  // namespace soutenance::storage::sql
