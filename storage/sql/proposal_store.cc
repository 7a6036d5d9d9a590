#include "storage/sql/proposal_store.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "storage/sql/requests.h"

namespace soutenance::storage::sql {
namespace {

using assignment::Proposal;

// Ids begin with their time, so this is after all of them.
constexpr char kAfterAll[] = "~";

absl::StatusOr<Proposal> ToProposal(const Row& row) {
  std::string bytes;
  if (!absl::Base64Unescape(row.Text(1), &bytes)) {
    return absl::DataLossError("a stored proposal is not in base 64");
  }
  ASSIGN_OR_RETURN(Proposal proposal, Proposal::Parse(bytes));
  proposal.version = row.Integer(0);
  return proposal;
}

// Both halves of the port on one session. Its life is one call of Read or Write.
class Transaction final : public assignment::ProposalStore::Writer {
 public:
  explicit Transaction(Session& session) : session_(session) {}

  absl::StatusOr<std::optional<Proposal>> FindProposal(absl::string_view id) const override {
    std::optional<Proposal> found;
    RETURN_IF_ERROR(session_.Query("SELECT version, content FROM proposals WHERE id = :id", {id},
                                   [&](const Row& row) -> absl::Status {
                                     ASSIGN_OR_RETURN(found, ToProposal(row));
                                     return absl::OkStatus();
                                   }));
    return found;
  }

  absl::StatusOr<Page<Proposal>> ListProposals(absl::string_view programme,
                                               const PageRequest& page) const override {
    Page<Proposal> list;
    const std::string after = page.after.empty() ? kAfterAll : page.after;
    RETURN_IF_ERROR(
        session_.Query("SELECT version, content FROM proposals WHERE programme = :programme AND id < :after "
                       "ORDER BY id DESC LIMIT :limit",
                       {programme, after, int64_t{page.size} + 1}, [&](const Row& row) -> absl::Status {
                         ASSIGN_OR_RETURN(Proposal proposal, ToProposal(row));
                         list.items.push_back(std::move(proposal));
                         return absl::OkStatus();
                       }));
    if (list.items.size() > static_cast<std::size_t>(page.size)) {
      list.items.pop_back();
      list.next = list.items.back().id;
    }
    return list;
  }

  absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const override {
    return sql::FindRequest(session_, key);
  }

  absl::Status PutProposal(const Proposal& proposal) override {
    const std::string content = absl::Base64Escape(proposal.Serialize());
    if (proposal.version == 0) {
      ASSIGN_OR_RETURN(
          const int64_t inserted,
          session_.ExecuteCounting("INSERT INTO proposals (id, version, programme, content) VALUES (:id, 1, "
                                   ":programme, :content) ON CONFLICT DO NOTHING",
                                   {proposal.id, proposal.programme, content}));
      return inserted == 1 ? absl::OkStatus() : StaleEtag(proposal.Name());
    }
    ASSIGN_OR_RETURN(
        const int64_t changed,
        session_.ExecuteCounting("UPDATE proposals SET version = version + 1, content = :content "
                                 "WHERE id = :id AND version = :version",
                                 {content, proposal.id, proposal.version}));
    return changed == 1 ? absl::OkStatus() : StaleEtag(proposal.Name());
  }

  absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) override {
    return sql::RememberRequest(session_, key, result, now);
  }

 private:
  Session& session_;
};

}  // namespace

absl::Status ProposalStore::Write(absl::FunctionRef<absl::Status(Writer&)> work) {
  return database_.Write([&](Session& session) {
    Transaction transaction(session);
    return work(transaction);
  });
}

absl::Status ProposalStore::Read(absl::FunctionRef<absl::Status(const Reader&)> look) const {
  return database_.Read([&](Session& session) {
    const Transaction transaction(session);
    return look(transaction);
  });
}

}  // namespace soutenance::storage::sql
