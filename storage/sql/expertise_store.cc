#include "storage/sql/expertise_store.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "storage/sql/in_list.h"
#include "storage/sql/requests.h"

namespace soutenance::storage::sql {
namespace {

using assignment::ExpertiseOverride;

constexpr char kColumns[] = "thesis, person, version, score, reason, account, time_us";

ExpertiseOverride ToOverride(const Row& row) {
  ExpertiseOverride found{.thesis = row.Text(0),
                          .person = row.Text(1),
                          .version = row.Integer(2),
                          .reason = row.Text(4),
                          .account = row.Text(5),
                          .time = row.Time(6)};
  if (!row.IsNull(3)) found.score = row.Real(3);
  return found;
}

// Both halves of the port on one session. Its life is one call of Read or Write.
class Transaction final : public assignment::ExpertiseStore::Writer {
 public:
  explicit Transaction(Session& session) : session_(session) {}

  absl::StatusOr<std::vector<ExpertiseOverride>> LastOverrides(
      absl::Span<const std::string> theses) const override {
    static const InList& sql =
        *new InList(absl::StrCat("SELECT ", kColumns, " FROM expertise_overrides WHERE thesis IN (:ids)"));
    std::map<std::pair<std::string, std::string>, ExpertiseOverride> last;
    RETURN_IF_ERROR(sql.Query(session_, theses, [&](const Row& row) {
      ExpertiseOverride found = ToOverride(row);
      ExpertiseOverride& kept = last[{found.thesis, found.person}];
      if (found.version > kept.version) kept = std::move(found);
    }));
    std::vector<ExpertiseOverride> overrides;
    for (auto& [pair, found] : last) overrides.push_back(std::move(found));
    return overrides;
  }

  absl::StatusOr<std::vector<ExpertiseOverride>> Overrides(absl::string_view thesis,
                                                           absl::string_view person) const override {
    static const std::string& sql = *new std::string(absl::StrCat(
        "SELECT ", kColumns,
        " FROM expertise_overrides WHERE thesis = :thesis AND person = :person ORDER BY version"));
    std::vector<ExpertiseOverride> overrides;
    RETURN_IF_ERROR(
        session_.Query(sql, {thesis, person}, [&](const Row& row) { overrides.push_back(ToOverride(row)); }));
    return overrides;
  }

  absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const override {
    return sql::FindRequest(session_, key);
  }

  absl::Status AddOverride(const ExpertiseOverride& added) override {
    // Writers exclude each other, so that what is read here is what there is.
    ASSIGN_OR_RETURN(const std::vector<ExpertiseOverride> before, Overrides(added.thesis, added.person));
    if (static_cast<int64_t>(before.size()) + 1 != added.version) {
      return StaleEtag(absl::StrCat("theses/", added.thesis, "/expertise/",
                                    added.person.substr(added.person.rfind('/') + 1)));
    }
    return session_.Execute(
        "INSERT INTO expertise_overrides (thesis, person, version, score, reason, account, time_us) VALUES "
        "(:thesis, :person, :version, :score, :reason, :account, :time)",
        {added.thesis, added.person, added.version, added.score, added.reason, added.account, added.time});
  }

  absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) override {
    return sql::RememberRequest(session_, key, result, now);
  }

 private:
  Session& session_;
};

}  // namespace

absl::Status ExpertiseStore::Write(absl::FunctionRef<absl::Status(Writer&)> work) {
  return database_.Write([&](Session& session) {
    Transaction transaction(session);
    return work(transaction);
  });
}

absl::Status ExpertiseStore::Read(absl::FunctionRef<absl::Status(const Reader&)> look) const {
  return database_.Read([&](Session& session) {
    const Transaction transaction(session);
    return look(transaction);
  });
}

}  // namespace soutenance::storage::sql
