#include "storage/sql/submission_store.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "storage/sql/in_list.h"
#include "storage/sql/requests.h"
#include "storage/sql/thesis_rows.h"

namespace soutenance::storage::sql {
namespace {

using submissions::Thesis;
using submissions::ThesisSelection;

std::optional<absl::string_view> OrNull(absl::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

// The values of a thesis as both writing statements name them, in this order.
std::vector<Value> ValuesOf(const Thesis& thesis) {
  const submissions::Withdrawal* const withdrawal = thesis.withdrawal ? &*thesis.withdrawal : nullptr;
  std::optional<absl::string_view> reason, account;
  std::optional<absl::Time> time;
  if (withdrawal != nullptr) {
    reason = withdrawal->reason;
    account = withdrawal->account;
    time = withdrawal->time;
  }
  return {thesis.title,
          thesis.authors.front(),
          OrNull(thesis.authors.size() > 1 ? absl::string_view(thesis.authors[1]) : ""),
          thesis.supervisor,
          OrNull(thesis.company_tutor),
          thesis.programme,
          OrNull(thesis.cohort),
          thesis.confidential,
          thesis.language,
          reason,
          account,
          time,
          thesis.id};
}

// Both halves of the port on one session. Its life is one call of Read or Write.
class Transaction final : public submissions::SubmissionStore::Writer {
 public:
  explicit Transaction(Session& session) : session_(session) {}

  absl::StatusOr<std::optional<Thesis>> Find(absl::string_view id) const override {
    static const std::string& sql = *new std::string(SelectTheses("WHERE id = :id"));
    std::optional<Thesis> thesis;
    RETURN_IF_ERROR(session_.Query(sql, {id}, [&](const Row& row) { thesis = ToThesis(row); }));
    return thesis;
  }

  absl::StatusOr<std::vector<Thesis>> FindAll(absl::Span<const std::string> ids) const override {
    static const InList& sql = *new InList(SelectTheses("WHERE id IN (:ids)"));
    std::map<std::string, Thesis> found;
    RETURN_IF_ERROR(
        sql.Query(session_, ids, [&](const Row& row) { found.emplace(row.Text(0), ToThesis(row)); }));
    std::vector<Thesis> theses;
    for (const std::string& id : ids) {
      auto thesis = found.extract(id);
      if (!thesis.empty()) theses.push_back(std::move(thesis.mapped()));
    }
    return theses;
  }

  absl::StatusOr<std::vector<std::string>> IdsByAuthors(
      absl::Span<const std::string> people) const override {
    static const InList& first = *new InList("SELECT id FROM theses WHERE first_author IN (:ids)");
    static const InList& second = *new InList("SELECT id FROM theses WHERE second_author IN (:ids)");
    std::set<std::string> ids;
    const auto add = [&](const Row& row) { ids.insert(row.Text(0)); };
    RETURN_IF_ERROR(first.Query(session_, people, add));
    RETURN_IF_ERROR(second.Query(session_, people, add));
    return std::vector<std::string>(ids.begin(), ids.end());
  }
  absl::StatusOr<Page<Thesis>> List(const ThesisSelection& selection,
                                    const PageRequest& page) const override {
    // Each source gives its first entries after the page's beginning, one more than the page holds: together
    // they contain the page, and tell whether there is another one.
    std::map<std::string, Thesis> found;
    const auto add = [&](const Row& row) { found.emplace(row.Text(0), ToThesis(row)); };
    const int64_t limit = int64_t{page.size} + 1;
    const std::string& only = selection.only_programme;
    const bool has_only = std::count(selection.programmes.begin(), selection.programmes.end(), only) > 0;
    if (selection.all && only.empty()) {
      static const std::string& sql =
          *new std::string(SelectTheses("WHERE id > :after ORDER BY id LIMIT :limit"));
      RETURN_IF_ERROR(session_.Query(sql, {page.after, limit}, add));
    } else if (selection.all || has_only) {
      RETURN_IF_ERROR(OfProgramme(only, page.after, limit, add));
    } else {
      for (const std::string& programme : selection.programmes) {
        if (only.empty()) RETURN_IF_ERROR(OfProgramme(programme, page.after, limit, add));
      }
      if (!selection.person.empty()) RETURN_IF_ERROR(OfPerson(selection, page.after, limit, add));
    }

    Page<Thesis> result;
    for (auto& [id, thesis] : found) {
      if (result.items.size() == static_cast<std::size_t>(page.size)) {
        result.next = result.items.back().id;
        break;
      }
      result.items.push_back(std::move(thesis));
    }
    return result;
  }

  absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const override {
    return sql::FindRequest(session_, key);
  }

  absl::Status Insert(const Thesis& thesis) override {
    ASSIGN_OR_RETURN(
        const int64_t inserted,
        session_.ExecuteCounting(
            "INSERT INTO theses (title, first_author, second_author, supervisor, company_tutor, programme, "
            "cohort, "
            "confidential, language, withdrawn_reason, withdrawn_by, withdrawn_time_us, id, version) "
            "VALUES (:title, :first_author, :second_author, :supervisor, :company_tutor, :programme, "
            ":cohort, "
            ":confidential, :language, :withdrawn_reason, :withdrawn_by, :withdrawn_time, :id, 1) "
            "ON CONFLICT (id) DO NOTHING",
            ValuesOf(thesis)));
    return inserted == 1 ? absl::OkStatus() : submissions::ThesisExists(thesis.id);
  }

  absl::Status Update(const Thesis& thesis) override {
    std::vector<Value> values = ValuesOf(thesis);
    values.push_back(thesis.version);
    ASSIGN_OR_RETURN(
        const int64_t updated,
        session_.ExecuteCounting(
            "UPDATE theses SET title = :title, first_author = :first_author, second_author = :second_author, "
            "supervisor = :supervisor, company_tutor = :company_tutor, programme = :programme, cohort = "
            ":cohort, "
            "confidential = :confidential, language = :language, withdrawn_reason = :withdrawn_reason, "
            "withdrawn_by = :withdrawn_by, withdrawn_time_us = :withdrawn_time, version = version + 1 "
            "WHERE id = :id AND version = :version",
            values));
    return updated == 1 ? absl::OkStatus() : StaleEtag(thesis.Name());
  }

  absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) override {
    return sql::RememberRequest(session_, key, result, now);
  }

 private:
  absl::Status OfProgramme(const std::string& programme, const std::string& after, int64_t limit,
                           absl::FunctionRef<void(const Row&)> add) const {
    static const std::string& sql = *new std::string(
        SelectTheses("WHERE programme = :programme AND id > :after ORDER BY id LIMIT :limit"));
    return session_.Query(sql, {programme, after, limit}, add);
  }

  absl::Status OfPerson(const ThesisSelection& selection, const std::string& after, int64_t limit,
                        absl::FunctionRef<void(const Row&)> add) const {
    static const std::string& sql = *new std::string(
        SelectTheses("WHERE (first_author = :person OR second_author = :person OR supervisor = :person "
                     "OR company_tutor = :person) AND (:only = '' OR programme = :only) AND id > :after "
                     "ORDER BY id LIMIT :limit"));
    return session_.Query(sql, {selection.person, selection.only_programme, after, limit}, add);
  }

  Session& session_;
};

}  // namespace

absl::Status SubmissionStore::Write(absl::FunctionRef<absl::Status(Writer&)> work) {
  return database_.Write([&](Session& session) {
    Transaction transaction(session);
    return work(transaction);
  });
}

absl::Status SubmissionStore::Read(absl::FunctionRef<absl::Status(const Reader&)> look) const {
  return database_.Read([&](Session& session) {
    const Transaction transaction(session);
    return look(transaction);
  });
}

}  // namespace soutenance::storage::sql
