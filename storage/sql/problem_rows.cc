#include "storage/sql/problem_rows.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "storage/sql/thesis_rows.h"

namespace soutenance::storage::sql {
namespace {

using submissions::Problem;
using submissions::Wish;

std::string SelectProblems(absl::string_view rest) {
  return absl::StrCat(
      "SELECT id, version, programme, title, statement, teaser, data, conditions, level, "
      "confidential_until_us, capacity, owner, company, supervisor, company_tutor, keywords, language, "
      "closed, "
      "taken, (SELECT COUNT(*) FROM wishes WHERE problem = problems.id AND state = 1) FROM problems ",
      rest);
}

Problem ToProblem(const Row& row) {
  Problem problem{.id = row.Text(0), .version = row.Integer(1)};
  problem.programme = row.Text(2);
  problem.title = row.Text(3);
  problem.statement = row.Text(4);
  problem.teaser = row.Text(5);
  problem.data = row.Text(6);
  problem.conditions = row.Text(7);
  // What is not known is closed.
  problem.level = ConfidentialityOf(row.Text(8)).value_or(Confidentiality::kClosedSession);
  problem.confidential_until = row.OptionalTime(9);
  problem.capacity = row.Int(10);
  problem.owner = row.Text(11);
  problem.company = row.Text(12);
  problem.supervisor = row.Text(13);
  problem.company_tutor = row.Text(14);
  problem.keywords = SplitLines(row.Text(15));
  problem.language = row.Text(16);
  problem.is_closed = row.Bool(17);
  problem.taken = row.Int(18);
  problem.wishes = row.Int(19);
  return problem;
}

constexpr char kSelectWishes[] =
    "SELECT problem, student, partner, motivation, rank, state, reason, thesis, time_us FROM wishes ";

Wish ToWish(const Row& row) {
  return {.problem = row.Text(0),
          .student = row.Text(1),
          .partner = row.Text(2),
          .motivation = row.Text(3),
          .rank = row.Int(4),
          .state = static_cast<Wish::State>(row.Int(5)),
          .reason = row.Text(6),
          .thesis = row.Text(7),
          .time = row.Time(8)};
}

// The values of a problem as both writing statements name them, in this order.
std::vector<Value> ValuesOf(const Problem& problem, const std::string& keywords) {
  return {problem.programme,
          problem.title,
          problem.statement,
          problem.teaser,
          problem.data,
          problem.conditions,
          ConfidentialityName(problem.level),
          problem.confidential_until,
          problem.capacity,
          problem.owner,
          problem.company,
          problem.supervisor,
          problem.company_tutor,
          keywords,
          problem.language,
          problem.is_closed,
          problem.taken,
          problem.id};
}

}  // namespace

absl::StatusOr<std::optional<Problem>> FindProblem(Session& session, absl::string_view id) {
  static const std::string& sql = *new std::string(SelectProblems("WHERE id = :id"));
  std::optional<Problem> problem;
  RETURN_IF_ERROR(session.Query(sql, {id}, [&](const Row& row) { problem = ToProblem(row); }));
  return problem;
}

absl::StatusOr<Page<Problem>> ListProblems(Session& session, absl::string_view only_programme,
                                           const PageRequest& page) {
  static const std::string& all =
      *new std::string(SelectProblems("WHERE id > :after ORDER BY id LIMIT :limit"));
  static const std::string& some = *new std::string(
      SelectProblems("WHERE id > :after AND programme = :programme ORDER BY id LIMIT :limit"));
  Page<Problem> problems;
  const auto add = [&](const Row& row) { problems.items.push_back(ToProblem(row)); };
  const int limit = page.size + 1;
  RETURN_IF_ERROR(only_programme.empty() ? session.Query(all, {page.after, limit}, add)
                                         : session.Query(some, {page.after, only_programme, limit}, add));
  if (problems.items.size() > static_cast<std::size_t>(page.size)) {
    problems.items.pop_back();
    problems.next = problems.items.back().id;
  }
  return problems;
}

absl::StatusOr<std::optional<Wish>> FindWish(Session& session, absl::string_view problem,
                                             absl::string_view student) {
  static const std::string& sql =
      *new std::string(absl::StrCat(kSelectWishes, "WHERE problem = :problem AND student = :student"));
  std::optional<Wish> wish;
  RETURN_IF_ERROR(session.Query(sql, {problem, student}, [&](const Row& row) { wish = ToWish(row); }));
  return wish;
}

absl::StatusOr<std::vector<Wish>> ListWishes(Session& session, absl::string_view problem) {
  static const std::string& sql =
      *new std::string(absl::StrCat(kSelectWishes, "WHERE problem = :problem ORDER BY student"));
  std::vector<Wish> wishes;
  RETURN_IF_ERROR(session.Query(sql, {problem}, [&](const Row& row) { wishes.push_back(ToWish(row)); }));
  return wishes;
}

absl::Status InsertProblem(Session& session, const Problem& problem) {
  const std::string keywords = JoinLines(problem.keywords);
  ASSIGN_OR_RETURN(
      const int64_t inserted,
      session.ExecuteCounting(
          "INSERT INTO problems (programme, title, statement, teaser, data, conditions, level, "
          "confidential_until_us, capacity, owner, company, supervisor, company_tutor, keywords, language, "
          "closed, taken, id, version) VALUES (:programme, :title, :statement, :teaser, :data, :conditions, "
          ":level, :confidential_until, :capacity, :owner, :company, :supervisor, :company_tutor, :keywords, "
          ":language, :closed, :taken, :id, 1) ON CONFLICT (id) DO NOTHING",
          ValuesOf(problem, keywords)));
  return inserted == 1 ? absl::OkStatus() : submissions::ProblemExists(problem.id);
}

absl::Status UpdateProblem(Session& session, const Problem& problem) {
  const std::string keywords = JoinLines(problem.keywords);
  std::vector<Value> values = ValuesOf(problem, keywords);
  values.push_back(problem.version);
  ASSIGN_OR_RETURN(
      const int64_t updated,
      session.ExecuteCounting(
          "UPDATE problems SET programme = :programme, title = :title, statement = :statement, teaser = "
          ":teaser, data = :data, conditions = :conditions, level = :level, confidential_until_us = "
          ":confidential_until, capacity = :capacity, owner = :owner, company = :company, supervisor = "
          ":supervisor, company_tutor = :company_tutor, keywords = :keywords, language = :language, closed = "
          ":closed, taken = :taken, version = version + 1 WHERE id = :id AND version = :version",
          values));
  return updated == 1 ? absl::OkStatus() : StaleEtag(problem.Name());
}

absl::Status PutWish(Session& session, const Wish& wish) {
  return session.Execute(
      "INSERT INTO wishes (problem, student, partner, motivation, rank, state, reason, thesis, time_us) "
      "VALUES "
      "(:problem, :student, :partner, :motivation, :rank, :state, :reason, :thesis, :time) ON CONFLICT "
      "(problem, "
      "student) DO UPDATE SET partner = :partner, motivation = :motivation, rank = :rank, state = :state, "
      "reason = :reason, thesis = :thesis, time_us = :time",
      {wish.problem, wish.student, wish.partner, wish.motivation, wish.rank, static_cast<int>(wish.state),
       wish.reason, wish.thesis, wish.time});
}

}  // namespace soutenance::storage::sql
