#include "storage/sql/check_store.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/base/status.h"
#include "storage/sql/draft_rows.h"
#include "storage/sql/requests.h"
#include "storage/sql/thesis_rows.h"

namespace soutenance::storage::sql {
namespace {

using submissions::CheckPolicy;
using submissions::DraftChecks;
using submissions::Finding;
using submissions::FindingDecision;
using submissions::Thesis;

constexpr absl::string_view NameOf(FindingDecision::Kind kind) {
  return kind == FindingDecision::Kind::kOverride ? "override" : "withdraw";
}

// Both halves of the port on one session. Its life is one call of Read or Write.
class Transaction final : public submissions::CheckStore::Writer {
 public:
  explicit Transaction(Session& session) : session_(session) {}

  absl::StatusOr<DraftChecks> Find(absl::string_view thesis, int64_t number) const override {
    DraftChecks checks{.thesis = std::string(thesis), .number = number};
    RETURN_IF_ERROR(session_.Query(
        "SELECT pending, media_type, pages, text_bytes, text_cut_off, checked_us FROM draft_checks "
        "WHERE thesis = :thesis AND number = :number",
        {thesis, number}, [&](const Row& row) {
          checks.pending = row.Int(0) != 0;
          checks.media_type = row.Text(1);
          checks.pages = row.Int(2);
          checks.text_bytes = row.Integer(3);
          checks.text_cut_off = row.Int(4) != 0;
          checks.checked = row.Time(5);
        }));
    RETURN_IF_ERROR(session_.Query(
        "SELECT check_name, reason, detail FROM draft_findings WHERE thesis = :thesis AND number = :number "
        "ORDER BY position",
        {thesis, number}, [&](const Row& row) {
          checks.findings.push_back({row.Text(0), row.Text(1), row.Text(2)});
        }));
    return checks;
  }

  absl::StatusOr<std::vector<FindingDecision>> ListDecisions(absl::string_view thesis,
                                                             int64_t number) const override {
    std::vector<FindingDecision> decisions;
    RETURN_IF_ERROR(session_.Query(
        "SELECT kind, check_name, reason, detail, why, account, decided_us FROM finding_decisions "
        "WHERE thesis = :thesis AND number = :number ORDER BY position",
        {thesis, number}, [&](const Row& row) {
          decisions.push_back({.kind = row.Text(0) == NameOf(FindingDecision::Kind::kOverride)
                                           ? FindingDecision::Kind::kOverride
                                           : FindingDecision::Kind::kWithdraw,
                               .finding = {row.Text(1), row.Text(2), row.Text(3)},
                               .why = row.Text(4),
                               .account = row.Text(5),
                               .decided = row.Time(6)});
        }));
    return decisions;
  }

  absl::StatusOr<std::optional<Thesis>> FindThesis(absl::string_view thesis) const override {
    static const std::string& sql = *new std::string(SelectTheses("WHERE id = :id"));
    std::optional<Thesis> found;
    RETURN_IF_ERROR(session_.Query(sql, {thesis}, [&](const Row& row) { found = ToThesis(row); }));
    return found;
  }

  absl::StatusOr<std::optional<submissions::CheckStore::Deposit>> FindDeposit(
      absl::string_view thesis) const override {
    std::optional<submissions::CheckStore::Deposit> deposit;
    RETURN_IF_ERROR(session_.Query(
        "SELECT number, milestone FROM drafts WHERE thesis = :thesis AND kind = :kind "
        "ORDER BY number DESC LIMIT 1",
        {thesis, KindName(submissions::DraftKind::kDeposit)}, [&](const Row& row) {
          deposit = submissions::CheckStore::Deposit{.number = row.Integer(0), .milestone = row.Text(1)};
        }));
    return deposit;
  }

  absl::StatusOr<std::string> ProgrammeOf(absl::string_view thesis) const override {
    std::string programme;
    RETURN_IF_ERROR(session_.Query("SELECT programme FROM theses WHERE id = :id", {thesis},
                                   [&](const Row& row) { programme = row.Text(0); }));
    return programme;
  }

  absl::StatusOr<std::vector<submissions::CheckStore::Pending>> FindPending(int count) const override {
    std::vector<submissions::CheckStore::Pending> pending;
    RETURN_IF_ERROR(
        session_.Query("SELECT thesis, number, file_name, sha256, size FROM drafts WHERE checked = 0 "
                       "ORDER BY received_us, thesis, number LIMIT :count",
                       {count}, [&](const Row& row) {
                         pending.push_back({.thesis = row.Text(0),
                                            .number = row.Integer(1),
                                            .file_name = row.Text(2),
                                            .content = {.sha256 = row.Text(3), .size = row.Integer(4)}});
                       }));
    return pending;
  }

  absl::StatusOr<CheckPolicy> FindPolicy(absl::string_view milestone) const override {
    std::optional<std::string> bytes;
    RETURN_IF_ERROR(session_.Query("SELECT policy FROM check_policies WHERE milestone = :milestone",
                                   {milestone}, [&](const Row& row) { bytes = row.Text(0); }));
    if (!bytes) return CheckPolicy{.milestone = std::string(milestone)};
    return CheckPolicy::Parse(*bytes);
  }

  absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const override {
    return sql::FindRequest(session_, key);
  }

  absl::Status Put(const DraftChecks& checks) override {
    RETURN_IF_ERROR(session_.Execute("DELETE FROM draft_findings WHERE thesis = :thesis AND number = :number",
                                     {checks.thesis, checks.number}));
    RETURN_IF_ERROR(session_.Execute(
        "INSERT INTO draft_checks (thesis, number, pending, media_type, pages, text_bytes, text_cut_off, "
        "checked_us) VALUES (:thesis, :number, :pending, :media_type, :pages, :text_bytes, :text_cut_off, "
        ":checked) ON CONFLICT (thesis, number) DO UPDATE SET pending = excluded.pending, media_type = "
        "excluded.media_type, pages = excluded.pages, text_bytes = excluded.text_bytes, text_cut_off = "
        "excluded.text_cut_off, checked_us = excluded.checked_us",
        {checks.thesis, checks.number, checks.pending, checks.media_type, checks.pages, checks.text_bytes,
         checks.text_cut_off, checks.checked}));
    RETURN_IF_ERROR(
        session_.Execute("UPDATE drafts SET checked = :checked WHERE thesis = :thesis AND number = :number",
                         {!checks.pending, checks.thesis, checks.number}));
    int position = 0;
    for (const Finding& finding : checks.findings) {
      RETURN_IF_ERROR(session_.Execute(
          "INSERT INTO draft_findings (thesis, number, position, check_name, reason, detail) VALUES "
          "(:thesis, "
          ":number, :position, :check_name, :reason, :detail)",
          {checks.thesis, checks.number, position++, finding.check, finding.reason, finding.detail}));
    }
    return absl::OkStatus();
  }

  absl::Status AddDecision(absl::string_view thesis, int64_t number,
                           const FindingDecision& decision) override {
    return session_.Execute(
        "INSERT INTO finding_decisions (thesis, number, position, kind, check_name, reason, detail, why, "
        "account, decided_us) VALUES (:thesis, :number, (SELECT COUNT(*) FROM finding_decisions WHERE thesis "
        "= :thesis AND number = :number), :kind, :check_name, :reason, :detail, :why, :account, :decided)",
        {thesis, number, NameOf(decision.kind), decision.finding.check, decision.finding.reason,
         decision.finding.detail, decision.why, decision.account, decision.decided});
  }

  absl::Status PutPolicy(const CheckPolicy& policy) override {
    return session_.Execute(
        "INSERT INTO check_policies (milestone, policy) VALUES (:milestone, :policy) ON CONFLICT (milestone) "
        "DO UPDATE SET policy = excluded.policy",
        {policy.milestone, policy.Serialize()});
  }

  absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) override {
    return sql::RememberRequest(session_, key, result, now);
  }

 private:
  Session& session_;
};

}  // namespace

absl::Status CheckStore::Write(absl::FunctionRef<absl::Status(Writer&)> work) {
  return database_.Write([&](Session& session) {
    Transaction transaction(session);
    return work(transaction);
  });
}

absl::Status CheckStore::Read(absl::FunctionRef<absl::Status(const Reader&)> look) const {
  return database_.Read([&](Session& session) {
    const Transaction transaction(session);
    return look(transaction);
  });
}

}  // namespace soutenance::storage::sql
