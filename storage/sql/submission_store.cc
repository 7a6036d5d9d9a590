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
#include "storage/sql/kept_bytes.h"
#include "storage/sql/life_rows.h"
#include "storage/sql/problem_rows.h"
#include "storage/sql/requests.h"
#include "storage/sql/thesis_rows.h"

namespace soutenance::storage::sql {
namespace {

using submissions::Thesis;
using submissions::ThesisSelection;

std::optional<absl::string_view> OrNull(absl::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

// The values of a thesis as both writing statements name them, in this order. Values refer to texts: those
// that are made here live in `lists`.
struct Lists {
  std::string keywords;
  std::string consents;
};
std::vector<Value> ValuesOf(const Thesis& thesis, Lists& lists) {
  const submissions::Withdrawal* const withdrawal = thesis.withdrawal ? &*thesis.withdrawal : nullptr;
  std::optional<absl::string_view> reason, account;
  std::optional<absl::Time> time;
  if (withdrawal != nullptr) {
    reason = withdrawal->reason;
    account = withdrawal->account;
    time = withdrawal->time;
  }
  lists = {.keywords = JoinLines(thesis.keywords), .consents = JoinLines(thesis.consents)};
  return {thesis.title,
          thesis.authors.front(),
          OrNull(thesis.authors.size() > 1 ? absl::string_view(thesis.authors[1]) : ""),
          thesis.supervisor,
          OrNull(thesis.company_tutor),
          thesis.programme,
          OrNull(thesis.cohort),
          IsConfidential(thesis.level),
          ConfidentialityName(thesis.level),
          thesis.language,
          reason,
          account,
          time,
          thesis.abstract,
          lists.keywords,
          thesis.confidential_until,
          thesis.embargo_until,
          lists.consents,
          submissions::StateName(thesis.state),
          thesis.state_before ? submissions::StateName(*thesis.state_before) : absl::string_view(),
          thesis.state_until,
          thesis.problem,
          thesis.id};
}

// Which states a list may contain, as text: "|active|deposited|"; empty: all.
std::string StatesText(submissions::States states) {
  std::string text;
  for (int i = static_cast<int>(submissions::kFirstThesisState);
       i <= static_cast<int>(submissions::kLastThesisState); ++i) {
    const auto state = static_cast<submissions::ThesisState>(i);
    if (states.Has(state))
      absl::StrAppend(&text, text.empty() ? "|" : "", submissions::StateName(state), "|");
  }
  return text;
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

  absl::StatusOr<std::vector<std::string>> IdsByAuthors(absl::Span<const std::string> people) const override {
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
    const Part part{.after = page.after,
                    .limit = int64_t{page.size} + 1,
                    .cohort = selection.only_cohort,
                    .states = StatesText(selection.only_states)};
    const std::string& only = selection.only_programme;
    const bool has_only = std::count(selection.programmes.begin(), selection.programmes.end(), only) > 0;
    if (selection.all && only.empty()) {
      static const std::string& sql = *new std::string(SelectPart("id > :after"));
      RETURN_IF_ERROR(Select(sql, {part.after}, part, add));
    } else if (selection.all || has_only) {
      RETURN_IF_ERROR(OfProgramme(only, part, add));
    } else {
      for (const std::string& programme : selection.programmes) {
        if (only.empty()) RETURN_IF_ERROR(OfProgramme(programme, part, add));
      }
      if (!selection.person.empty()) RETURN_IF_ERROR(OfPerson(selection, part, add));
      if (selection.has_disseminated) RETURN_IF_ERROR(Disseminated(only, part, add));
      RETURN_IF_ERROR(Named(selection, part, add));
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

  absl::StatusOr<submissions::LifeFacts> FindLifeFacts(absl::string_view thesis) const override {
    return sql::FindLifeFacts(session_, thesis);
  }
  absl::StatusOr<std::vector<submissions::Opinion>> ListOpinions(absl::string_view thesis) const override {
    return sql::ListOpinions(session_, thesis);
  }
  absl::StatusOr<Page<submissions::ThesisChange>> ListChanges(absl::string_view thesis,
                                                              const PageRequest& page) const override {
    return sql::ListChanges(session_, thesis, page);
  }
  absl::StatusOr<Page<submissions::Notice>> ListNotices(const submissions::NoticeSelection& selection,
                                                        const PageRequest& page) const override {
    return sql::ListNotices(session_, selection, page);
  }
  absl::StatusOr<std::optional<submissions::Problem>> FindProblem(absl::string_view id) const override {
    return sql::FindProblem(session_, id);
  }
  absl::StatusOr<Page<submissions::Problem>> ListProblems(absl::string_view only_programme,
                                                          const PageRequest& page) const override {
    return sql::ListProblems(session_, only_programme, page);
  }
  absl::StatusOr<std::optional<submissions::Wish>> FindWish(absl::string_view problem,
                                                            absl::string_view person) const override {
    return sql::FindWish(session_, problem, person);
  }
  absl::StatusOr<std::vector<submissions::Wish>> ListWishes(absl::string_view problem) const override {
    return sql::ListWishes(session_, problem);
  }

  absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const override {
    return sql::FindRequest(session_, key);
  }

  absl::Status Insert(const Thesis& thesis) override {
    Lists lists;
    ASSIGN_OR_RETURN(
        const int64_t inserted,
        session_.ExecuteCounting(
            "INSERT INTO theses (title, first_author, second_author, supervisor, company_tutor, programme, "
            "cohort, confidential, level, language, withdrawn_reason, withdrawn_by, withdrawn_time_us, "
            "abstract, "
            "keywords, confidential_until_us, embargo_until_us, consents, state, state_before, "
            "state_until_us, "
            "problem, id, version) "
            "VALUES (:title, :first_author, :second_author, :supervisor, :company_tutor, :programme, "
            ":cohort, :confidential, :level, :language, :withdrawn_reason, :withdrawn_by, :withdrawn_time, "
            ":abstract, :keywords, :confidential_until, :embargo_until, :consents, :state, :state_before, "
            ":state_until, :problem, :id, 1) "
            "ON CONFLICT (id) DO NOTHING",
            ValuesOf(thesis, lists)));
    return inserted == 1 ? absl::OkStatus() : submissions::ThesisExists(thesis.id);
  }

  absl::Status Update(const Thesis& thesis) override {
    RETURN_IF_ERROR(MoveKeptBytes(session_, thesis.id, thesis.programme));
    Lists lists;
    std::vector<Value> values = ValuesOf(thesis, lists);
    values.push_back(thesis.version);
    ASSIGN_OR_RETURN(
        const int64_t updated,
        session_.ExecuteCounting(
            "UPDATE theses SET title = :title, first_author = :first_author, second_author = :second_author, "
            "supervisor = :supervisor, company_tutor = :company_tutor, programme = :programme, cohort = "
            ":cohort, confidential = :confidential, level = :level, language = :language, "
            "withdrawn_reason = :withdrawn_reason, withdrawn_by = :withdrawn_by, "
            "withdrawn_time_us = :withdrawn_time, abstract = :abstract, keywords = :keywords, "
            "confidential_until_us = :confidential_until, embargo_until_us = :embargo_until, "
            "consents = :consents, state = :state, state_before = :state_before, "
            "state_until_us = :state_until, problem = :problem, version = version + 1 "
            "WHERE id = :id AND version = :version",
            values));
    return updated == 1 ? absl::OkStatus() : StaleEtag(thesis.Name());
  }

  absl::Status PutOpinion(const submissions::Opinion& opinion) override {
    return sql::PutOpinion(session_, opinion);
  }
  absl::StatusOr<int64_t> AddChange(const submissions::ThesisChange& change) override {
    return sql::AddChange(session_, change);
  }
  absl::Status AddNotice(const submissions::Notice& notice) override {
    return sql::AddNotice(session_, notice);
  }
  absl::Status InsertProblem(const submissions::Problem& problem) override {
    return sql::InsertProblem(session_, problem);
  }
  absl::Status UpdateProblem(const submissions::Problem& problem) override {
    return sql::UpdateProblem(session_, problem);
  }
  absl::Status PutWish(const submissions::Wish& wish) override { return sql::PutWish(session_, wish); }

  absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) override {
    return sql::RememberRequest(session_, key, result, now);
  }

 private:
  // What all sources of a list have in common.
  struct Part {
    const std::string& after;
    const int64_t limit;
    const std::string& cohort;
    const std::string states;
  };
  using Add = absl::FunctionRef<void(const Row&)>;

  static std::string SelectPart(absl::string_view where) {
    return SelectTheses(
        absl::StrCat("WHERE ", where,
                     " AND (:cohort = '' OR cohort = :cohort) AND (:states = '' OR :states LIKE "
                     "'%|' || state || '|%') ORDER BY id LIMIT :limit"));
  }
  absl::Status Select(const std::string& sql, std::vector<Value> values, const Part& part, Add add) const {
    values.insert(values.end(), {part.cohort, part.states, part.limit});
    return session_.Query(sql, values, add);
  }

  absl::Status OfProgramme(const std::string& programme, const Part& part, Add add) const {
    static const std::string& sql = *new std::string(SelectPart("programme = :programme AND id > :after"));
    return Select(sql, {programme, part.after}, part, add);
  }

  absl::Status OfPerson(const ThesisSelection& selection, const Part& part, Add add) const {
    static const std::string& sql = *new std::string(
        SelectPart("(first_author = :person OR second_author = :person OR supervisor = :person "
                   "OR company_tutor = :person) AND (:only = '' OR programme = :only) AND id > :after"));
    return Select(sql, {selection.person, selection.only_programme, part.after}, part, add);
  }

  absl::Status Disseminated(const std::string& only, const Part& part, Add add) const {
    static const std::string& sql = *new std::string(
        SelectPart("state = 'disseminated' AND (:only = '' OR programme = :only) AND id > :after"));
    return Select(sql, {only, part.after}, part, add);
  }

  // Those of the ids that come next and are wanted.
  absl::Status Named(const ThesisSelection& selection, const Part& part, Add add) const {
    const auto first = std::upper_bound(selection.ids.begin(), selection.ids.end(), part.after);
    const std::vector<std::string> ids(first, selection.ids.end());
    if (ids.empty()) return absl::OkStatus();
    static const InList& sql = *new InList(SelectTheses("WHERE id IN (:ids)"));
    return sql.Query(session_, ids, [&](const Row& row) {
      const Thesis thesis = ToThesis(row);
      if (!selection.only_programme.empty() && thesis.programme != selection.only_programme) return;
      if (!part.cohort.empty() && thesis.cohort != part.cohort) return;
      if (!selection.only_states.IsEmpty() && !selection.only_states.Has(thesis.state)) return;
      add(row);
    });
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
