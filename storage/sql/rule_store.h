#ifndef SOUTENANCE_STORAGE_SQL_RULE_STORE_H_
#define SOUTENANCE_STORAGE_SQL_RULE_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/assignment/rule_store.h"
#include "storage/sql/database.h"

namespace soutenance::storage::sql {

// RuleStore in a SQL database. Safe for concurrent use.
class RuleStore final : public assignment::RuleStore {
 public:
  // `database` is that of the service "assignment", and must outlive the store.
  explicit RuleStore(Database& database) : database_(database) {}

  absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) override;
  absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const override;

 private:
  Database& database_;
};

// RuleStore::Reader::FindRuleSet and FindDerogations inside a transaction of the same database.
absl::StatusOr<std::optional<assignment::rules::RuleSet>> FindRuleSet(Session& session,
                                                                      absl::string_view programme);
absl::StatusOr<std::vector<assignment::Derogation>> FindDerogations(Session& session,
                                                                    absl::Span<const std::string> theses);

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_RULE_STORE_H_
