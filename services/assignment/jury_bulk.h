#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_JURY_BULK_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_JURY_BULK_H_

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/assignment/assignment_store.h"
#include "services/assignment/conflict_gate.h"
#include "services/assignment/decision.h"
#include "services/assignment/jury_file.h"
#include "services/assignment/people_lookup.h"
#include "services/assignment/thesis_lookup.h"
#include "services/base/caller.h"
#include "services/base/clock.h"
#include "services/base/mutation.h"
#include "services/base/page.h"
#include "services/sheets/problem.h"

namespace soutenance::assignment {

// A file of juries or reviewers that is to be written.
struct JuryImport {
  JuryFileKind kind = JuryFileKind::kJuries;
  std::string file;  // without path
  std::string bytes;
  std::string reason;
};

struct JuryUndo {
  std::string batch;             // id
  std::set<std::string> theses;  // ids; empty: all of the batch
  std::string reason;
};

struct JuryExport {
  static constexpr std::size_t kThesesMax = 1000;

  std::string programme;  // "programmes/{id}"
  JuryFileKind kind = JuryFileKind::kJuries;
  std::vector<std::string> theses;  // ids; empty: all; at most kThesesMax
  sheets::Language language = sheets::Language::kFrench;
};

struct ExportedJuries {
  std::string file;
  std::string bytes;
  int juries = 0;
};

struct DecisionQuery {
  std::string thesis;     // id, or empty
  std::string person;     // "people/{id}", or empty
  std::string programme;  // "programmes/{id}", or empty
  PageRequest page;
};

// Something that is wrong with a bulk operation, or that deserves a look.
struct BulkProblem {
  sheets::ImportProblem problem;  // its place is empty if it is not about a file
  std::string thesis;             // id, or empty
  std::string rule;               // of the kind "rule": its name

  friend bool operator==(const BulkProblem&, const BulkProblem&) = default;
};

// What became of a bulk operation. Invariant: refused exactly if there is an error or a conflict.
struct BulkResult {
  // The values are those of soutenance.assignment.v1.JuryBatchResult.State.
  enum class State { kRefused = 1, kValidated, kDone };
  static constexpr std::size_t kListedMax = 1000;

  State state = State::kRefused;
  JuryBatch batch;
  std::vector<JuryDecision> decisions;  // by thesis
  std::vector<BulkProblem> problems;    // errors, then warnings, by line; the first kListedMax
  int errors = 0;
  int warnings = 0;
  std::vector<JuryDecision> conflicts;  // of an undo: what was decided since, the oldest first

  // All of it but the decisions and conflicts as bytes, and back.
  std::string Serialize() const;
  static absl::StatusOr<BulkResult> Parse(absl::string_view bytes);
};

// The use cases about many juries at once and about the history of decisions; decisions.proto says what each
// does and refuses. Callers have passed the call pipeline. Safe for concurrent use.
//
// What is tried out goes the same way as what is written, up to the last statement. Every path passes the
// gates of Assignment: ConflictGate and JudgeJuries; what stays as it is passes, and is told.
//
// All return what the store and the other services return when they cannot be reached: UNAVAILABLE. Those
// with a Mutation return INVALID_ARGUMENT, reason REQUEST_ID_REUSED, for the id of another request, and
// ABORTED, reason STALE_ETAG, if juries change faster than they can be looked at.
class JuryBulk {
 public:
  // All must outlive it.
  struct Parts {
    AssignmentStore& store;
    const ThesisLookup& theses;
    const PeopleLookup& people;
    const ConflictGate& conflicts;
    const Clock& clock;
  };
  explicit JuryBulk(const Parts& parts) : parts_(parts) {}

  // INVALID_ARGUMENT, reason FIELD_INVALID, for a reason that is too long; all else that is wrong is in the
  // result.
  absl::StatusOr<BulkResult> Import(const Caller& caller, const JuryImport& import, const Mutation& mutation);
  // NOT_FOUND, reason BATCH_NOT_FOUND; FAILED_PRECONDITION, reason BATCH_TOO_OLD; INVALID_ARGUMENT for theses
  // that the batch is not about.
  absl::StatusOr<BulkResult> Undo(const Caller& caller, const JuryUndo& undo, const Mutation& mutation);

  // PERMISSION_DENIED if `caller` does not run the programme.
  absl::StatusOr<ExportedJuries> Export(const Caller& caller, const JuryExport& wanted) const;

  // A batch and its decisions, by thesis. NOT_FOUND, reason BATCH_NOT_FOUND.
  struct BatchWithDecisions {
    JuryBatch batch;
    std::vector<JuryDecision> decisions;
  };
  absl::StatusOr<BatchWithDecisions> GetBatch(const Caller& caller, const std::string& id) const;
  absl::StatusOr<Page<JuryBatch>> ListBatches(const Caller& caller, const std::string& programme,
                                              const PageRequest& page) const;
  absl::StatusOr<Page<JuryDecision>> ListDecisions(const Caller& caller, const DecisionQuery& query) const;

 private:
  // One jury as it is and as it is to be.
  struct Planned {
    std::string thesis;
    std::optional<Jury> before;
    std::optional<Jury> after;
    sheets::Place place;
    std::map<std::string, FiledSeat> filed;  // by person

    bool Changes() const { return !AreAlike(before, after); }
  };
  struct Plan {
    std::vector<Planned> juries;
    std::vector<BulkProblem> problems;
    int unlisted = 0;  // further errors of the file
    std::vector<JuryDecision> conflicts;
  };
  using Theses = std::map<std::string, ThesisFacts>;
  // Called on a snapshot, with what is known of the theses; again if the snapshot has changed.
  using Planner = absl::FunctionRef<absl::StatusOr<Plan>(const AssignmentStore::Reader&, const Theses&)>;
  // Who asks for what.
  struct Work {
    const Caller& caller;
    Grounds grounds;
    std::string undoes;            // id of a batch, or empty
    std::set<std::string> theses;  // ids of all that can be concerned
  };
  class Findings;

  absl::StatusOr<BulkResult> Carry(const Work& work, Planner planner, const Mutation& mutation);
  static absl::Status CheckTheReason(const std::string& reason);
  // Fills in the decisions of what was written.
  absl::Status FindDecisions(BulkResult& result) const;
  absl::Status Ask(const Work& work, const Plan& plan, Theses& theses, Findings& findings) const;
  static absl::Status Judge(const AssignmentStore::Reader& reader, const Plan& plan, const Theses& theses,
                            Findings& findings);

  const Parts parts_;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_JURY_BULK_H_
