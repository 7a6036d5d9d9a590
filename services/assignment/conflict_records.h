#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_CONFLICT_RECORDS_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_CONFLICT_RECORDS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/assignment/conflicts/conflicts.h"

// What is remembered about conflicts of interest besides declarations (conflicts::Declaration). Those that
// have Serialize are kept under request ids; their Parse returns DATA_LOSS for bytes that do not come from
// it.
namespace soutenance::assignment {

inline constexpr std::size_t kConflictReasonBytesMax = 2000;

// Whether somebody has told their conflicts. The values are those of soutenance.assignment.v1.AnswerState.
enum class AnswerState { kNotAsked = 1, kNotAnswered, kAnswered };

// Whether one person has told their conflicts in one programme. People about whom nothing is stored were not
// asked.
struct ConflictAnswer {
  std::string programme;  // "programmes/{id}"
  std::string person;     // "people/{id}"
  std::optional<absl::Time> asked;
  std::optional<absl::Time> answered;

  // Who asks again clears `answered`.
  AnswerState State() const;

  friend bool operator==(const ConflictAnswer&, const ConflictAnswer&) = default;
};

// One decision about a thesis and a person. Decisions are only ever added; the one with the highest version
// counts.
struct ConflictDecision {
  // The values are those of ConflictDecision.Verdict.
  enum class Verdict { kConflict = 1, kNoConflict, kTakenBack };

  std::string thesis;   // id
  std::string person;   // "people/{id}"
  int64_t version = 0;  // from 1
  Verdict verdict = Verdict::kConflict;
  std::string reason;
  std::string account;  // "accounts/{id}"
  absl::Time time;
  std::vector<std::string> authors;  // of the thesis at that time

  // As conflicts::Relations asks for it; nothing if it was taken back.
  std::optional<conflicts::Decision> Counting() const;

  std::string Serialize() const;
  static absl::StatusOr<ConflictDecision> Parse(absl::string_view bytes);

  friend bool operator==(const ConflictDecision&, const ConflictDecision&) = default;
};
inline constexpr ConflictDecision::Verdict kConflictVerdicts[] = {ConflictDecision::Verdict::kConflict,
                                                                  ConflictDecision::Verdict::kNoConflict,
                                                                  ConflictDecision::Verdict::kTakenBack};
// "no_conflict": how it is stored.
absl::string_view VerdictName(ConflictDecision::Verdict verdict);

// What a programme counts as a conflict.
struct ConflictPolicy {
  static constexpr int kYearsDefault = 3;
  static constexpr int kYearsMax = 50;

  std::string programme;  // "programmes/{id}"
  int64_t version = 0;    // 0: nobody has set it
  int years = kYearsDefault;

  std::string Serialize() const;
  static absl::StatusOr<ConflictPolicy> Parse(absl::string_view bytes);

  friend bool operator==(const ConflictPolicy&, const ConflictPolicy&) = default;
};

// A declaration, or nothing, as the result of a call.
struct DeclarationResult {
  conflicts::Declaration declaration;

  std::string Serialize() const;
  static absl::StatusOr<DeclarationResult> Parse(absl::string_view bytes);
};

// Answers as the result of a call.
struct AnswerResult {
  std::vector<ConflictAnswer> answers;

  std::string Serialize() const;
  static absl::StatusOr<AnswerResult> Parse(absl::string_view bytes);
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_CONFLICT_RECORDS_H_
