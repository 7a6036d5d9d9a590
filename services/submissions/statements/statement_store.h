#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_STATEMENTS_STATEMENT_STORE_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_STATEMENTS_STATEMENT_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/page.h"
#include "services/base/request_key.h"
#include "services/submissions/draft.h"
#include "services/submissions/statements/statement.h"
#include "services/submissions/thesis.h"

namespace soutenance::submissions {

// PORT: remembers statements and similarity readings, beside the theses. Safe for concurrent use; a write
// must not be started from inside a read or a write. Errors as SubmissionStore.
class StatementStore {
 public:
  // What can be asked, on one consistent snapshot.
  class Reader {
   public:
    virtual ~Reader() = default;

    // Nothing if there is none.
    virtual absl::StatusOr<std::optional<Thesis>> FindThesis(absl::string_view id) const = 0;
    virtual absl::StatusOr<std::optional<Draft>> FindDraft(absl::string_view thesis,
                                                           int64_t number) const = 0;
    virtual absl::StatusOr<std::optional<Statement>> FindStatement(const StatementKey& key) const = 0;
    // All of one thesis, by author and kind.
    virtual absl::StatusOr<std::vector<Statement>> ListStatements(absl::string_view thesis) const = 0;
    // The theses of a programme that somebody works on, by id; of one cohort if it is not empty.
    virtual absl::StatusOr<Page<Thesis>> ListTheses(absl::string_view programme, absl::string_view cohort,
                                                    const PageRequest& page) const = 0;
    // All of one thesis, by number.
    virtual absl::StatusOr<std::vector<SimilarityReading>> ListReadings(absl::string_view thesis) const = 0;
    // As SubmissionStore.
    virtual absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const = 0;
  };

  // What can be changed, together with what has been asked.
  class Writer : public Reader {
   public:
    // Adds it with version 1 if its version is 0, otherwise replaces it and counts the version up. ABORTED,
    // reason STALE_ETAG.
    virtual absl::Status PutStatement(const Statement& statement) = 0;
    virtual absl::Status InsertReading(const SimilarityReading& reading) = 0;
    virtual absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) = 0;
  };

  virtual ~StatementStore() = default;

  // As SubmissionStore.
  virtual absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) = 0;
  virtual absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const = 0;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_STATEMENTS_STATEMENT_STORE_H_
