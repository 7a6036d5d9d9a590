#include "storage/sql/decision_rows.h"

#include <cstddef>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/status.h"
#include "storage/sql/words_of_enums.h"

namespace soutenance::storage::sql {
namespace {

using assignment::DecisionSelection;
using assignment::DecisionWay;
using assignment::Jury;
using assignment::JuryBatch;
using assignment::JuryDecision;

// Ids begin with their time, so this is after all of them.
constexpr char kAfterAll[] = "~";

std::string Select(absl::string_view rest) {
  return absl::StrCat(
      "SELECT d.number, d.thesis, d.version, d.programme, d.way, d.account, d.time_us, d.reason, d.source, "
      "d.batch, d.seats_before, d.seats_after FROM ",
      rest);
}

std::string ToText(const std::optional<Jury>& jury) {
  return jury ? absl::Base64Escape(jury->Serialize()) : "";
}

absl::StatusOr<std::optional<Jury>> ToJury(const std::string& text) {
  if (text.empty()) return std::nullopt;
  std::string bytes;
  if (!absl::Base64Unescape(text, &bytes)) return absl::DataLossError("a stored jury is not in base 64");
  ASSIGN_OR_RETURN(Jury jury, Jury::Parse(bytes));
  return jury;
}

absl::StatusOr<JuryDecision> ToDecision(const Row& row) {
  JuryDecision decision;
  decision.number = row.Integer(0);
  decision.thesis = row.Text(1);
  decision.version = row.Integer(2);
  decision.programme = row.Text(3);
  ASSIGN_OR_RETURN(decision.way, ByName(assignment::kDecisionWays, assignment::DecisionWayName, row.Text(4)));
  decision.account = row.Text(5);
  decision.time = row.Time(6);
  decision.reason = row.Text(7);
  decision.source = row.Text(8);
  decision.batch = row.Text(9);
  ASSIGN_OR_RETURN(decision.before, ToJury(row.Text(10)));
  ASSIGN_OR_RETURN(decision.after, ToJury(row.Text(11)));
  return decision;
}

absl::Status Collect(Session& session, absl::string_view sql, absl::Span<const Value> values,
                     std::vector<JuryDecision>& found) {
  return session.Query(sql, values, [&](const Row& row) -> absl::Status {
    ASSIGN_OR_RETURN(JuryDecision decision, ToDecision(row));
    found.push_back(std::move(decision));
    return absl::OkStatus();
  });
}

absl::StatusOr<JuryBatch> ToBatch(const Row& row) {
  std::string bytes;
  if (!absl::Base64Unescape(row.Text(0), &bytes)) {
    return absl::DataLossError("a stored batch is not in base 64");
  }
  return JuryBatch::Parse(bytes);
}

absl::Status AddUndos(Session& session, JuryBatch& batch) {
  return session.Query("SELECT id FROM jury_batches WHERE undoes = :id ORDER BY id", {batch.id},
                       [&](const Row& row) { batch.undone_by.push_back(row.Text(0)); });
}

// All people of a decision cost one statement.
absl::Status AddPeople(Session& session, int64_t number, const std::vector<std::string>& people) {
  static const std::vector<std::string>& statements = *[] {
    auto* const made = new std::vector<std::string>(1);
    std::string rows;
    for (std::size_t i = 0; i < 2 * Jury::kSeatsMax; ++i) {
      absl::StrAppend(&rows, i == 0 ? "" : ", ", "(:number, :person", i, ")");
      made->push_back(absl::StrCat("INSERT INTO jury_decision_people (number, person) VALUES ", rows));
    }
    return made;
  }();
  if (people.empty()) return absl::OkStatus();
  std::vector<Value> values = {number};
  values.insert(values.end(), people.begin(), people.end());
  return session.Execute(statements[people.size()], values);
}

// The selected decisions of one programme, or of all.
absl::Status OfProgramme(Session& session, const DecisionSelection& selection, absl::string_view programme,
                         int64_t before, int64_t limit, std::vector<JuryDecision>& found) {
  static const auto statement = [](absl::string_view from) {
    return Select(absl::StrCat(from,
                               " AND d.number < :before AND (:programme = '' OR d.programme = :programme) "
                               "ORDER BY d.number DESC LIMIT :limit"));
  };
  static const std::string& of_person =
      *new std::string(statement("jury_decision_people AS p JOIN jury_decisions AS d ON d.number = p.number "
                                 "WHERE p.person = :person AND (:thesis = '' OR d.thesis = :thesis)"));
  static const std::string& of_thesis =
      *new std::string(statement("jury_decisions AS d WHERE d.thesis = :thesis"));
  static const std::string& of_any = *new std::string(statement("jury_decisions AS d WHERE 1 = 1"));
  if (!selection.person.empty()) {
    return Collect(session, of_person, {selection.person, selection.thesis, before, programme, limit}, found);
  }
  if (!selection.thesis.empty()) {
    return Collect(session, of_thesis, {selection.thesis, before, programme, limit}, found);
  }
  return Collect(session, of_any, {before, programme, limit}, found);
}

}  // namespace

absl::StatusOr<Page<JuryDecision>> ListDecisions(Session& session, const DecisionSelection& selection,
                                                 const PageRequest& page) {
  int64_t before = std::numeric_limits<int64_t>::max();
  if (!page.after.empty() && !absl::SimpleAtoi(page.after, &before)) before = 0;
  const int64_t limit = int64_t{page.size} + 1;
  // Each programme gives its newest, one more than the page holds: together they contain the page.
  std::map<int64_t, JuryDecision, std::greater<>> by_number;
  const std::vector<std::string> all = {""};
  for (const std::string& programme : selection.all ? all : selection.programmes) {
    std::vector<JuryDecision> found;
    RETURN_IF_ERROR(OfProgramme(session, selection, programme, before, limit, found));
    for (JuryDecision& decision : found) by_number.emplace(decision.number, std::move(decision));
  }
  Page<JuryDecision> list;
  for (auto& [number, decision] : by_number) {
    if (list.items.size() == static_cast<std::size_t>(page.size)) {
      list.next = absl::StrCat(list.items.back().number);
      break;
    }
    list.items.push_back(std::move(decision));
  }
  return list;
}

absl::StatusOr<std::vector<JuryDecision>> DecisionsOf(Session& session, absl::string_view batch) {
  static const std::string& sql =
      *new std::string(Select("jury_decisions AS d WHERE d.batch = :batch ORDER BY d.thesis"));
  std::vector<JuryDecision> found;
  RETURN_IF_ERROR(Collect(session, sql, {batch}, found));
  return found;
}

absl::StatusOr<std::vector<JuryDecision>> DecisionsAfter(Session& session, absl::string_view batch) {
  static const std::string& sql = *new std::string(
      Select("jury_decisions AS b JOIN jury_decisions AS d ON d.thesis = b.thesis AND d.version > b.version "
             "WHERE b.batch = :batch ORDER BY d.number"));
  std::vector<JuryDecision> found;
  RETURN_IF_ERROR(Collect(session, sql, {batch}, found));
  return found;
}

absl::StatusOr<std::optional<JuryBatch>> FindBatch(Session& session, absl::string_view id) {
  std::optional<JuryBatch> found;
  RETURN_IF_ERROR(session.Query("SELECT content FROM jury_batches WHERE id = :id", {id},
                                [&](const Row& row) -> absl::Status {
                                  ASSIGN_OR_RETURN(found, ToBatch(row));
                                  return absl::OkStatus();
                                }));
  if (found) RETURN_IF_ERROR(AddUndos(session, *found));
  return found;
}

absl::StatusOr<Page<JuryBatch>> ListBatches(Session& session, absl::string_view programme,
                                            const PageRequest& page) {
  const std::string after = page.after.empty() ? kAfterAll : page.after;
  Page<JuryBatch> list;
  RETURN_IF_ERROR(session.Query(
      "SELECT b.content FROM jury_batch_programmes AS p JOIN jury_batches AS b ON b.id = p.batch "
      "WHERE p.programme = :programme AND p.batch < :after ORDER BY p.batch DESC LIMIT :limit",
      {programme, after, int64_t{page.size} + 1}, [&](const Row& row) -> absl::Status {
        ASSIGN_OR_RETURN(JuryBatch batch, ToBatch(row));
        list.items.push_back(std::move(batch));
        return absl::OkStatus();
      }));
  if (list.items.size() > static_cast<std::size_t>(page.size)) {
    list.items.pop_back();
    list.next = list.items.back().id;
  }
  for (JuryBatch& batch : list.items) RETURN_IF_ERROR(AddUndos(session, batch));
  return list;
}

absl::Status AddDecision(Session& session, const JuryDecision& decision) {
  const std::string before = ToText(decision.before);
  const std::string after = ToText(decision.after);
  // Writers exclude each other, so that numbers grow in the order of commits.
  int64_t number = 0;
  RETURN_IF_ERROR(session.Query("SELECT COALESCE(MAX(number), 0) + 1 FROM jury_decisions", {},
                                [&](const Row& row) { number = row.Integer(0); }));
  RETURN_IF_ERROR(session.Execute(
      "INSERT INTO jury_decisions (number, thesis, version, programme, way, account, time_us, reason, "
      "source, "
      "batch, seats_before, seats_after) VALUES (:number, :thesis, :version, :programme, :way, :account, "
      ":time, :reason, :source, :batch, :before, :after)",
      {number, decision.thesis, decision.version, decision.programme,
       assignment::DecisionWayName(decision.way), decision.account, decision.time, decision.reason,
       decision.source, decision.batch, before, after}));
  return AddPeople(session, number, decision.People());
}

absl::Status AddBatch(Session& session, const JuryBatch& batch) {
  const std::string content = absl::Base64Escape(batch.Serialize());
  RETURN_IF_ERROR(
      session.Execute("INSERT INTO jury_batches (id, undoes, content) VALUES (:id, :undoes, :content)",
                      {batch.id, batch.undoes, content}));
  for (const std::string& programme : batch.programmes) {
    RETURN_IF_ERROR(
        session.Execute("INSERT INTO jury_batch_programmes (programme, batch) VALUES (:programme, :batch)",
                        {programme, batch.id}));
  }
  return absl::OkStatus();
}

}  // namespace soutenance::storage::sql
