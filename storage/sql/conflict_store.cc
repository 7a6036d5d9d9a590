#include "storage/sql/conflict_store.h"

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "storage/sql/in_list.h"
#include "storage/sql/requests.h"

namespace soutenance::storage::sql {
namespace {

using assignment::ConflictAnswer;
using assignment::ConflictDecision;
using assignment::ConflictPolicy;
using assignment::conflicts::Declaration;
using assignment::conflicts::Kind;

// Returns the value whose name is `name`. DATA_LOSS if there is none.
template <typename Enum, std::size_t n>
absl::StatusOr<Enum> ByName(const Enum (&values)[n], absl::string_view (*name_of)(Enum),
                            absl::string_view name) {
  for (const Enum value : values) {
    if (name_of(value) == name) return value;
  }
  return absl::DataLossError(absl::StrCat("the database holds the unknown word \"", name, "\""));
}

constexpr char kDeclarationColumns[] = "programme, declarer, other, kind, reason, year, time_us";

absl::StatusOr<Declaration> ToDeclaration(const Row& row) {
  ASSIGN_OR_RETURN(const Kind kind,
                   ByName(assignment::conflicts::kKinds, assignment::conflicts::KindName, row.Text(3)));
  Declaration declaration{.programme = row.Text(0),
                          .declarer = row.Text(1),
                          .other = row.Text(2),
                          .kind = kind,
                          .reason = row.Text(4),
                          .time = row.Time(6)};
  if (const std::optional<int64_t> year = row.OptionalInteger(5)) declaration.year = static_cast<int>(*year);
  return declaration;
}

ConflictAnswer ToAnswer(const Row& row) {
  return {.programme = row.Text(0),
          .person = row.Text(1),
          .asked = row.OptionalTime(2),
          .answered = row.OptionalTime(3)};
}

constexpr char kDecisionColumns[] = "thesis, person, version, verdict, reason, account, time_us, authors";

absl::StatusOr<ConflictDecision> ToDecision(const Row& row) {
  ASSIGN_OR_RETURN(const ConflictDecision::Verdict verdict,
                   ByName(assignment::kConflictVerdicts, assignment::VerdictName, row.Text(3)));
  return ConflictDecision{.thesis = row.Text(0),
                          .person = row.Text(1),
                          .version = row.Integer(2),
                          .verdict = verdict,
                          .reason = row.Text(4),
                          .account = row.Text(5),
                          .time = row.Time(6),
                          .authors = absl::StrSplit(row.Text(7), '\n', absl::SkipEmpty())};
}

// Both halves of the port on one session. Its life is one call of Read or Write.
class Transaction final : public assignment::ConflictStore::Writer {
 public:
  explicit Transaction(Session& session) : session_(session) {}

  absl::StatusOr<std::optional<Declaration>> FindDeclaration(absl::string_view programme,
                                                             absl::string_view declarer,
                                                             absl::string_view other) const override {
    static const std::string& sql = *new std::string(
        absl::StrCat("SELECT ", kDeclarationColumns,
                     " FROM conflict_declarations WHERE programme = :programme AND declarer = :declarer AND "
                     "other = :other"));
    std::optional<Declaration> found;
    RETURN_IF_ERROR(session_.Query(sql, {programme, declarer, other}, [&](const Row& row) -> absl::Status {
      ASSIGN_OR_RETURN(found, ToDeclaration(row));
      return absl::OkStatus();
    }));
    return found;
  }

  absl::StatusOr<std::vector<Declaration>> DeclarationsIn(absl::string_view programme,
                                                          absl::string_view declarer) const override {
    static const std::string& of_all = *new std::string(
        absl::StrCat("SELECT ", kDeclarationColumns,
                     " FROM conflict_declarations WHERE programme = :programme ORDER BY declarer, other"));
    static const std::string& of_one = *new std::string(
        absl::StrCat("SELECT ", kDeclarationColumns,
                     " FROM conflict_declarations WHERE programme = :programme AND declarer = :declarer "
                     "ORDER BY other"));
    std::vector<Declaration> found;
    const auto add = [&](const Row& row) -> absl::Status {
      ASSIGN_OR_RETURN(Declaration declaration, ToDeclaration(row));
      found.push_back(std::move(declaration));
      return absl::OkStatus();
    };
    if (declarer.empty()) {
      RETURN_IF_ERROR(session_.Query(of_all, {programme}, add));
    } else {
      RETURN_IF_ERROR(session_.Query(of_one, {programme, declarer}, add));
    }
    return found;
  }

  absl::StatusOr<std::vector<Declaration>> DeclarationsAbout(
      absl::Span<const std::string> people) const override {
    static const InList& by_declarer = *new InList(
        absl::StrCat("SELECT ", kDeclarationColumns, " FROM conflict_declarations WHERE declarer IN (:ids)"));
    static const InList& by_other = *new InList(
        absl::StrCat("SELECT ", kDeclarationColumns, " FROM conflict_declarations WHERE other IN (:ids)"));
    // Both sides may be among `people`.
    std::map<std::tuple<std::string, std::string, std::string>, Declaration> found;
    const auto add = [&](const Row& row) -> absl::Status {
      ASSIGN_OR_RETURN(Declaration declaration, ToDeclaration(row));
      found.emplace(std::make_tuple(row.Text(0), row.Text(1), row.Text(2)), std::move(declaration));
      return absl::OkStatus();
    };
    RETURN_IF_ERROR(by_declarer.Query(session_, people, add));
    RETURN_IF_ERROR(by_other.Query(session_, people, add));
    std::vector<Declaration> declarations;
    for (auto& [key, declaration] : found) declarations.push_back(std::move(declaration));
    return declarations;
  }

  absl::StatusOr<std::vector<ConflictAnswer>> AnswersIn(absl::string_view programme) const override {
    std::vector<ConflictAnswer> answers;
    RETURN_IF_ERROR(session_.Query(
        "SELECT programme, person, asked_us, answered_us FROM conflict_answers WHERE programme = :programme "
        "ORDER BY person",
        {programme}, [&](const Row& row) { answers.push_back(ToAnswer(row)); }));
    return answers;
  }

  absl::StatusOr<std::optional<ConflictAnswer>> FindAnswer(absl::string_view programme,
                                                           absl::string_view person) const override {
    std::optional<ConflictAnswer> answer;
    RETURN_IF_ERROR(session_.Query(
        "SELECT programme, person, asked_us, answered_us FROM conflict_answers WHERE programme = :programme "
        "AND person = :person",
        {programme, person}, [&](const Row& row) { answer = ToAnswer(row); }));
    return answer;
  }

  absl::StatusOr<std::vector<ConflictDecision>> LastDecisions(
      absl::Span<const std::string> theses) const override {
    static const InList& sql = *new InList(
        absl::StrCat("SELECT ", kDecisionColumns, " FROM conflict_decisions WHERE thesis IN (:ids)"));
    std::map<std::pair<std::string, std::string>, ConflictDecision> last;
    RETURN_IF_ERROR(sql.Query(session_, theses, [&](const Row& row) -> absl::Status {
      ASSIGN_OR_RETURN(ConflictDecision decision, ToDecision(row));
      ConflictDecision& kept = last[{decision.thesis, decision.person}];
      if (decision.version > kept.version) kept = std::move(decision);
      return absl::OkStatus();
    }));
    std::vector<ConflictDecision> decisions;
    for (auto& [pair, decision] : last) decisions.push_back(std::move(decision));
    return decisions;
  }

  absl::StatusOr<std::vector<ConflictDecision>> Decisions(absl::string_view thesis,
                                                          absl::string_view person) const override {
    static const std::string& sql = *new std::string(absl::StrCat(
        "SELECT ", kDecisionColumns,
        " FROM conflict_decisions WHERE thesis = :thesis AND person = :person ORDER BY version"));
    std::vector<ConflictDecision> decisions;
    RETURN_IF_ERROR(session_.Query(sql, {thesis, person}, [&](const Row& row) -> absl::Status {
      ASSIGN_OR_RETURN(ConflictDecision decision, ToDecision(row));
      decisions.push_back(std::move(decision));
      return absl::OkStatus();
    }));
    return decisions;
  }

  absl::StatusOr<ConflictPolicy> FindPolicy(absl::string_view programme) const override {
    ConflictPolicy policy{.programme = std::string(programme)};
    RETURN_IF_ERROR(
        session_.Query("SELECT version, years FROM conflict_policies WHERE programme = :programme",
                       {programme}, [&](const Row& row) {
                         policy.version = row.Integer(0);
                         policy.years = row.Int(1);
                       }));
    return policy;
  }

  absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const override {
    return sql::FindRequest(session_, key);
  }

  absl::Status PutDeclaration(const Declaration& declaration) override {
    return session_.Execute(
        "INSERT INTO conflict_declarations (programme, declarer, other, kind, reason, year, time_us) VALUES "
        "(:programme, :declarer, :other, :kind, :reason, :year, :time) ON CONFLICT (programme, declarer, "
        "other) DO UPDATE SET kind = excluded.kind, reason = excluded.reason, year = excluded.year, time_us "
        "= excluded.time_us",
        {declaration.programme, declaration.declarer, declaration.other,
         assignment::conflicts::KindName(declaration.kind), declaration.reason, declaration.year,
         declaration.time});
  }

  absl::Status RemoveDeclaration(absl::string_view programme, absl::string_view declarer,
                                 absl::string_view other) override {
    return session_.Execute(
        "DELETE FROM conflict_declarations WHERE programme = :programme AND declarer = :declarer AND other = "
        ":other",
        {programme, declarer, other});
  }

  absl::Status PutAnswer(const ConflictAnswer& answer) override {
    return session_.Execute(
        "INSERT INTO conflict_answers (programme, person, asked_us, answered_us) VALUES (:programme, "
        ":person, "
        ":asked, :answered) ON CONFLICT (programme, person) DO UPDATE SET asked_us = excluded.asked_us, "
        "answered_us = excluded.answered_us",
        {answer.programme, answer.person, answer.asked, answer.answered});
  }

  absl::Status AddDecision(const ConflictDecision& decision) override {
    // Writers exclude each other, so that what is read here is what there is.
    ASSIGN_OR_RETURN(const std::vector<ConflictDecision> before, Decisions(decision.thesis, decision.person));
    if (static_cast<int64_t>(before.size()) + 1 != decision.version) {
      return StaleEtag(absl::StrCat("theses/", decision.thesis, "/conflicts/",
                                    decision.person.substr(decision.person.rfind('/') + 1)));
    }
    const std::string authors = absl::StrJoin(decision.authors, "\n");
    return session_.Execute(
        "INSERT INTO conflict_decisions (thesis, person, version, verdict, reason, account, time_us, "
        "authors) "
        "VALUES (:thesis, :person, :version, :verdict, :reason, :account, :time, :authors)",
        {decision.thesis, decision.person, decision.version, assignment::VerdictName(decision.verdict),
         decision.reason, decision.account, decision.time, authors});
  }

  absl::Status PutPolicy(const ConflictPolicy& policy) override {
    ASSIGN_OR_RETURN(
        const int64_t written,
        policy.version == 0
            ? session_.ExecuteCounting("INSERT INTO conflict_policies (programme, version, years) VALUES "
                                       "(:programme, 1, :years) ON CONFLICT DO NOTHING",
                                       {policy.programme, policy.years})
            : session_.ExecuteCounting("UPDATE conflict_policies SET version = version + 1, years = :years "
                                       "WHERE programme = :programme AND version = :version",
                                       {policy.years, policy.programme, policy.version}));
    if (written != 1) return StaleEtag(absl::StrCat(policy.programme, "/conflictPolicy"));
    return absl::OkStatus();
  }

  absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) override {
    return sql::RememberRequest(session_, key, result, now);
  }

 private:
  Session& session_;
};

}  // namespace

absl::Status ConflictStore::Write(absl::FunctionRef<absl::Status(Writer&)> work) {
  return database_.Write([&](Session& session) {
    Transaction transaction(session);
    return work(transaction);
  });
}

absl::Status ConflictStore::Read(absl::FunctionRef<absl::Status(const Reader&)> look) const {
  return database_.Read([&](Session& session) {
    const Transaction transaction(session);
    return look(transaction);
  });
}

}  // namespace soutenance::storage::sql
