#include "storage/sql/assignment_store.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "storage/sql/decision_rows.h"
#include "storage/sql/in_list.h"
#include "storage/sql/profile_store.h"
#include "storage/sql/requests.h"
#include "storage/sql/rule_store.h"
#include "storage/sql/words_of_enums.h"

namespace soutenance::storage::sql {
namespace {

using assignment::Jury;
using assignment::JurySelection;
using assignment::Seat;
using JuriesByThesis = std::map<std::string, Jury>;

// Every statement that reads juries: one row for each seat, or one without seat, in the order of theses and
// seats. `which` selects from the table juries.
std::string Select(absl::string_view which) {
  return absl::StrCat(
      "SELECT j.thesis, j.version, j.programme, s.person, s.role, s.mode FROM (SELECT thesis, version, "
      "programme "
      "FROM juries WHERE dissolved = 0 AND ",
      which, ") AS j LEFT JOIN seats AS s ON s.thesis = j.thesis ORDER BY j.thesis, s.place");
}

absl::Status Add(const Row& row, JuriesByThesis& juries) {
  Jury& jury = juries[row.Text(0)];
  jury.thesis = row.Text(0);
  jury.version = row.Integer(1);
  jury.programme = row.Text(2);
  if (row.IsNull(3)) return absl::OkStatus();
  ASSIGN_OR_RETURN(const Seat::Role role,
                   ByName(assignment::kSeatRoles, assignment::SeatRoleName, row.Text(4)));
  ASSIGN_OR_RETURN(const Seat::Mode mode,
                   ByName(assignment::kSeatModes, assignment::SeatModeName, row.Text(5)));
  jury.seats.push_back({.person = row.Text(3), .role = role, .mode = mode});
  return absl::OkStatus();
}

// The statement that inserts `count` seats of one jury at once: a jury costs two statements, however large it
// is.
const std::string& InsertSeats(std::size_t count) {
  static const std::vector<std::string>& statements = *[] {
    auto* const made = new std::vector<std::string>(1);
    std::string rows;
    for (std::size_t i = 0; i < Jury::kSeatsMax; ++i) {
      absl::StrAppend(&rows, i == 0 ? "" : ", ", "(:thesis, ", i, ", :person", i, ", :role", i, ", :mode", i,
                      ")");
      made->push_back(absl::StrCat("INSERT INTO seats (thesis, place, person, role, mode) VALUES ", rows));
    }
    return made;
  }();
  return statements[count];
}

// Both halves of the port on one session. Its life is one call of Read or Write.
class Transaction final : public assignment::AssignmentStore::Writer {
 public:
  explicit Transaction(Session& session) : session_(session) {}

  absl::StatusOr<std::optional<Jury>> Find(absl::string_view thesis) const override {
    static const std::string& sql = *new std::string(Select("thesis = :thesis"));
    JuriesByThesis found;
    RETURN_IF_ERROR(session_.Query(sql, {thesis}, [&](const Row& row) { return Add(row, found); }));
    if (found.empty()) return std::nullopt;
    return std::move(found.begin()->second);
  }

  absl::StatusOr<std::vector<Jury>> FindAll(absl::Span<const std::string> theses) const override {
    ASSIGN_OR_RETURN(JuriesByThesis found, OfTheses(theses));
    std::vector<Jury> juries;
    for (const std::string& thesis : theses) {
      auto jury = found.extract(thesis);
      if (!jury.empty()) juries.push_back(std::move(jury.mapped()));
    }
    return juries;
  }

  absl::StatusOr<Page<Jury>> List(const JurySelection& selection, const PageRequest& page) const override {
    // Each source gives its first entries after the page's beginning, one more than the page holds: together
    // they contain the page, and tell whether there is another one.
    JuriesByThesis found;
    const int64_t limit = int64_t{page.size} + 1;
    const std::string& only = selection.only_programme;
    const bool has_only = std::count(selection.programmes.begin(), selection.programmes.end(), only) > 0;
    if (selection.all && only.empty()) {
      static const std::string& sql =
          *new std::string(Select("thesis > :after ORDER BY thesis LIMIT :limit"));
      RETURN_IF_ERROR(Merge(sql, {page.after, limit}, found));
    } else if (selection.all || has_only) {
      RETURN_IF_ERROR(OfProgramme(only, page.after, limit, found));
    } else {
      for (const std::string& programme : selection.programmes) {
        if (only.empty()) RETURN_IF_ERROR(OfProgramme(programme, page.after, limit, found));
      }
      if (!selection.person.empty()) RETURN_IF_ERROR(OfPerson(selection, page.after, limit, found));
      RETURN_IF_ERROR(OfSelectedTheses(selection, page.after, found));
    }

    Page<Jury> result;
    for (auto& [thesis, jury] : found) {
      if (result.items.size() == static_cast<std::size_t>(page.size)) {
        result.next = result.items.back().thesis;
        break;
      }
      result.items.push_back(std::move(jury));
    }
    return result;
  }

  absl::StatusOr<std::vector<Jury>> FindJuriesOf(absl::Span<const std::string> people) const override {
    static const InList& sql =
        *new InList(Select("thesis IN (SELECT thesis FROM seats WHERE person IN (:ids))"));
    // A jury can come with two parts of the list: then its seats would come twice.
    const std::set<std::string> once(people.begin(), people.end());
    std::set<std::string> theses;
    RETURN_IF_ERROR(sql.Query(session_, std::vector<std::string>(once.begin(), once.end()),
                              [&](const Row& row) { theses.insert(row.Text(0)); }));
    return FindAll(std::vector<std::string>(theses.begin(), theses.end()));
  }

  absl::StatusOr<std::vector<assignment::Profile>> FindProfiles(
      absl::Span<const std::string> people) const override {
    return sql::FindProfiles(session_, people);
  }

  absl::StatusOr<std::optional<assignment::rules::RuleSet>> FindRuleSet(
      absl::string_view programme) const override {
    return sql::FindRuleSet(session_, programme);
  }

  absl::StatusOr<std::vector<assignment::Derogation>> FindDerogations(
      absl::Span<const std::string> theses) const override {
    return sql::FindDerogations(session_, theses);
  }

  absl::StatusOr<Page<assignment::JuryDecision>> ListDecisions(const assignment::DecisionSelection& selection,
                                                               const PageRequest& page) const override {
    return sql::ListDecisions(session_, selection, page);
  }

  absl::StatusOr<std::optional<assignment::JuryBatch>> FindBatch(absl::string_view id) const override {
    return sql::FindBatch(session_, id);
  }

  absl::StatusOr<std::vector<assignment::JuryDecision>> DecisionsOf(absl::string_view batch) const override {
    return sql::DecisionsOf(session_, batch);
  }

  absl::StatusOr<std::vector<assignment::JuryDecision>> DecisionsAfter(
      absl::string_view batch) const override {
    return sql::DecisionsAfter(session_, batch);
  }

  absl::StatusOr<Page<assignment::JuryBatch>> ListBatches(absl::string_view programme,
                                                          const PageRequest& page) const override {
    return sql::ListBatches(session_, programme, page);
  }

  absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const override {
    return sql::FindRequest(session_, key);
  }

  absl::StatusOr<int64_t> Insert(const Jury& jury) override {
    std::optional<int64_t> version;
    RETURN_IF_ERROR(session_.Query(
        "INSERT INTO juries (thesis, version, programme, dissolved) VALUES (:thesis, 1, :programme, 0) "
        "ON CONFLICT (thesis) DO UPDATE SET version = juries.version + 1, programme = "
        "excluded.programme, dissolved = 0 WHERE juries.dissolved = 1 RETURNING version",
        {jury.thesis, jury.programme}, [&](const Row& row) { version = row.Integer(0); }));
    if (!version) return assignment::JuryExists(jury.thesis);
    RETURN_IF_ERROR(WriteSeats(jury));
    return *version;
  }

  absl::Status Update(const Jury& jury) override {
    ASSIGN_OR_RETURN(
        const int64_t updated,
        session_.ExecuteCounting("UPDATE juries SET programme = :programme, version = version + 1 "
                                 "WHERE thesis = :thesis AND version = :version AND dissolved = 0",
                                 {jury.programme, jury.thesis, jury.version}));
    if (updated != 1) return StaleEtag(jury.Name());
    RETURN_IF_ERROR(session_.Execute("DELETE FROM seats WHERE thesis = :thesis", {jury.thesis}));
    return WriteSeats(jury);
  }

  absl::Status Dissolve(const Jury& jury) override {
    ASSIGN_OR_RETURN(
        const int64_t dissolved,
        session_.ExecuteCounting("UPDATE juries SET dissolved = 1, version = version + 1 "
                                 "WHERE thesis = :thesis AND version = :version AND dissolved = 0",
                                 {jury.thesis, jury.version}));
    if (dissolved != 1) return StaleEtag(jury.Name());
    return session_.Execute("DELETE FROM seats WHERE thesis = :thesis", {jury.thesis});
  }

  absl::Status AddDecision(const assignment::JuryDecision& decision) override {
    return sql::AddDecision(session_, decision);
  }

  absl::Status AddBatch(const assignment::JuryBatch& batch) override {
    return sql::AddBatch(session_, batch);
  }

  absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) override {
    return sql::RememberRequest(session_, key, result, now);
  }

 private:
  // Adds the juries that a statement of Select returns. A jury that another statement found already is the
  // same one.
  absl::Status Merge(absl::string_view sql, absl::Span<const Value> values, JuriesByThesis& found) const {
    JuriesByThesis juries;
    RETURN_IF_ERROR(session_.Query(sql, values, [&](const Row& row) { return Add(row, juries); }));
    found.merge(juries);
    return absl::OkStatus();
  }

  absl::Status OfProgramme(const std::string& programme, const std::string& after, int64_t limit,
                           JuriesByThesis& found) const {
    static const std::string& sql =
        *new std::string(Select("programme = :programme AND thesis > :after ORDER BY thesis LIMIT :limit"));
    return Merge(sql, {programme, after, limit}, found);
  }

  absl::Status OfPerson(const JurySelection& selection, const std::string& after, int64_t limit,
                        JuriesByThesis& found) const {
    static const std::string& sql = *new std::string(Select(
        "thesis IN (SELECT thesis FROM seats WHERE person = :person) AND (:only = '' OR programme = :only) "
        "AND thesis > :after ORDER BY thesis LIMIT :limit"));
    return Merge(sql, {selection.person, selection.only_programme, after, limit}, found);
  }

  absl::Status OfSelectedTheses(const JurySelection& selection, const std::string& after,
                                JuriesByThesis& found) const {
    std::vector<std::string> theses;
    for (const std::string& thesis : selection.theses) {
      if (thesis > after) theses.push_back(thesis);
    }
    ASSIGN_OR_RETURN(JuriesByThesis juries, OfTheses(theses));
    for (auto& [thesis, jury] : juries) {
      if (!selection.only_programme.empty() && jury.programme != selection.only_programme) continue;
      found.emplace(thesis, std::move(jury));
    }
    return absl::OkStatus();
  }

  absl::StatusOr<JuriesByThesis> OfTheses(absl::Span<const std::string> theses) const {
    static const InList& sql = *new InList(Select("thesis IN (:ids)"));
    // Each once, because a thesis in two parts of the list would give its seats twice.
    const std::set<std::string> once(theses.begin(), theses.end());
    JuriesByThesis found;
    RETURN_IF_ERROR(sql.Query(session_, std::vector<std::string>(once.begin(), once.end()),
                              [&](const Row& row) { return Add(row, found); }));
    return found;
  }

  absl::Status WriteSeats(const Jury& jury) {
    if (jury.seats.empty()) return absl::OkStatus();
    std::vector<Value> values = {jury.thesis};
    for (const Seat& seat : jury.seats) {
      values.insert(values.end(),
                    {seat.person, assignment::SeatRoleName(seat.role), assignment::SeatModeName(seat.mode)});
    }
    return session_.Execute(InsertSeats(jury.seats.size()), values);
  }

  Session& session_;
};

}  // namespace

std::unique_ptr<assignment::AssignmentStore::Writer> JuriesOn(Session& session) {
  return std::make_unique<Transaction>(session);
}

absl::Status AssignmentStore::Write(absl::FunctionRef<absl::Status(Writer&)> work) {
  return database_.Write([&](Session& session) {
    Transaction transaction(session);
    return work(transaction);
  });
}

absl::Status AssignmentStore::Read(absl::FunctionRef<absl::Status(const Reader&)> look) const {
  return database_.Read([&](Session& session) {
    const Transaction transaction(session);
    return look(transaction);
  });
}

}  // namespace soutenance::storage::sql
