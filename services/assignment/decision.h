#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_DECISION_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_DECISION_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/assignment/jury.h"
#include "services/base/error.h"

// Who decided what about which jury, when and why; and what was decided at once.
namespace soutenance::assignment {

// How a decision was made. The values are those of soutenance.assignment.v1.JuryDecisionWay.
enum class DecisionWay { kManual = 1, kFile, kProposal, kBatch, kUndo, kReplacement };

inline constexpr DecisionWay kDecisionWays[] = {DecisionWay::kManual,   DecisionWay::kFile,
                                                DecisionWay::kProposal, DecisionWay::kBatch,
                                                DecisionWay::kUndo,     DecisionWay::kReplacement};

// "manual", "file": how they are stored.
absl::string_view DecisionWayName(DecisionWay way);

// Why a jury is changed, as far as whoever asks for it says so.
struct Grounds {
  static constexpr std::size_t kReasonBytesMax = 2000;

  DecisionWay way = DecisionWay::kManual;
  std::string reason;  // may be empty
  std::string source;  // what it follows: "proposals/x", the name of a file; may be empty
};

// Appends to `problems`, under `field`, if `reason` is too long or not text.
void CheckReason(absl::string_view reason, absl::string_view field, std::vector<FieldViolation>& problems);

// One change of one jury. Never changes once it is made.
struct JuryDecision {
  std::string thesis;     // id
  int64_t version = 0;    // of the jury after it, or of the jury that was dissolved plus one
  int64_t number = 0;     // its place among all decisions, from 1; 0: not stored
  std::string programme;  // "programmes/{id}" of the jury after it, or before it if there is none after
  DecisionWay way = DecisionWay::kManual;
  std::string account;  // "accounts/{id}"; empty: a service for itself
  absl::Time time;
  std::string reason;
  std::string source;
  std::string batch;           // id, or empty
  std::optional<Jury> before;  // nothing: there was no jury
  std::optional<Jury> after;   // nothing: it was dissolved

  std::string ThesisName() const;
  // Those whose seat it gave, took or changed ("people/{id}"), in order.
  std::vector<std::string> People() const;

  friend bool operator==(const JuryDecision&, const JuryDecision&) = default;
};

// Decisions that were made at once, without themselves.
struct JuryBatch {
  // How long it can be undone.
  static constexpr absl::Duration kUndoFor = absl::Hours(24 * 30);

  std::string id;  // begins with its time; empty: nothing changed, or it was only tried
  DecisionWay way = DecisionWay::kFile;
  std::string account;
  absl::Time time;
  std::string reason;
  std::string source;
  std::vector<std::string> programmes;  // of its decisions, in order, each once
  int created = 0;
  int updated = 0;
  int removed = 0;
  int unchanged = 0;
  std::string undoes;                  // id of the batch that it undoes, or empty
  std::vector<std::string> undone_by;  // ids, the oldest first; filled in by those who read

  // "juryBatches/{id}".
  std::string Name() const;
  // Counts `decision` and its programme.
  void Count(const JuryDecision& decision);

  // All of it but `undone_by` as bytes, for the result that is kept under a request id, and back. DATA_LOSS
  // if `bytes` does not come from Serialize.
  std::string Serialize() const;
  static absl::StatusOr<JuryBatch> Parse(absl::string_view bytes);

  friend bool operator==(const JuryBatch&, const JuryBatch&) = default;
};

// Sorted by time, and no two alike.
std::string NewBatchId(absl::Time now);

// Whether two juries are the same to people: programme and seats, whatever their versions. Nothing is the
// same as nothing.
bool AreAlike(const std::optional<Jury>& a, const std::optional<Jury>& b);

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_DECISION_H_
