#include "storage/sql/check_store.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/base/status.h"
#include "storage/sql/requests.h"

namespace soutenance::storage::sql {
namespace {

using submissions::CheckPolicy;
using submissions::DraftChecks;
using submissions::Finding;

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

  absl::StatusOr<std::string> ProgrammeOf(absl::string_view thesis) const override {
    std::string programme;
    RETURN_IF_ERROR(session_.Query("SELECT programme FROM theses WHERE id = :id", {thesis},
                                   [&](const Row& row) { programme = row.Text(0); }));
    return programme;
  }

  absl::StatusOr<std::vector<submissions::CheckStore::Pending>> FindPending(int count) const override {
    std::vector<submissions::CheckStore::Pending> pending;
    RETURN_IF_ERROR(session_.Query(
        "SELECT d.thesis, d.number, d.file_name, d.sha256, d.size FROM drafts d LEFT JOIN draft_checks c ON "
        "c.thesis = d.thesis AND c.number = d.number WHERE c.pending IS NULL OR c.pending = 1 "
        "ORDER BY d.received_us, d.thesis, d.number LIMIT :count",
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
