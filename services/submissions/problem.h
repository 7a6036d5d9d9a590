#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_PROBLEM_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_PROBLEM_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/confidentiality.h"
#include "services/base/error.h"

namespace soutenance::submissions {

// A problem that a company or a teacher offers, and that can become the subject of theses.
struct Problem {
  static constexpr int kCapacityMax = 100;
  static constexpr std::size_t kTextBytesMax = 10'000;  // of the statement
  static constexpr std::size_t kLineBytesMax = 2000;    // of the other texts

  // The numbers are those of the contract.
  enum class State { kOffered = 1, kTaken, kClosed };

  std::string id;
  int64_t version = 0;  // counts its changes from 1; 0: not stored yet
  std::string title;
  std::string statement;
  std::string teaser;  // what may be read whatever the level
  std::string data;
  std::string conditions;
  Confidentiality level = Confidentiality::kInternal;
  std::optional<absl::Time> confidential_until;
  int capacity = 1;
  std::string programme;      // "programmes/msi"
  std::string owner;          // "people/eve"
  std::string company;        // a name, or empty
  std::string supervisor;     // "people/sam", or empty: decided with the wish
  std::string company_tutor;  // "people/tom", or empty
  std::vector<std::string> keywords;
  std::string language = "fr";
  bool is_closed = false;
  int taken = 0;   // theses that have it
  int wishes = 0;  // that wait; says the store, is not stored

  std::string Name() const;  // "problems/{id}"
  State state() const;
  Secrecy secrecy() const;

  std::string Serialize() const;
  static absl::StatusOr<Problem> Parse(absl::string_view bytes);

  friend bool operator==(const Problem&, const Problem&) = default;
};

// The fields that people change. Their names are those of the contract.
enum class ProblemField {
  kTitle,
  kStatement,
  kTeaser,
  kData,
  kConditions,
  kLevel,
  kConfidentialUntil,
  kCapacity,
  kOwner,
  kCompany,
  kSupervisor,
  kCompanyTutor,
  kKeywords,
  kLanguage,
};
inline constexpr ProblemField kProblemFields[] = {
    ProblemField::kTitle,
    ProblemField::kStatement,
    ProblemField::kTeaser,
    ProblemField::kData,
    ProblemField::kConditions,
    ProblemField::kLevel,
    ProblemField::kConfidentialUntil,
    ProblemField::kCapacity,
    ProblemField::kOwner,
    ProblemField::kCompany,
    ProblemField::kSupervisor,
    ProblemField::kCompanyTutor,
    ProblemField::kKeywords,
    ProblemField::kLanguage,
};
absl::string_view FieldName(ProblemField field);
void CopyField(ProblemField field, const Problem& from, Problem& to);

// That a student wishes for a problem, alone or with another one.
struct Wish {
  static constexpr std::size_t kMotivationBytesMax = 4000;
  static constexpr std::size_t kReasonBytesMax = 2000;
  static constexpr int kRankMax = 100;

  // The numbers are those of the contract.
  enum class State { kWaiting = 1, kAccepted, kDeclined, kCancelled };

  std::string problem;  // the id
  std::string student;  // "people/ana", who wished
  std::string partner;  // "people/bob", or empty
  std::string motivation;
  int rank = 1;
  State state = State::kWaiting;
  std::string reason;  // why it was declined
  std::string thesis;  // "theses/42" that it became
  absl::Time time;

  std::string Name() const;  // "problems/{id}/wishes/ana"

  std::string Serialize() const;
  static absl::StatusOr<Wish> Parse(absl::string_view bytes);

  friend bool operator==(const Wish&, const Wish&) = default;
};

// Appends what may not be filled in to `problems`, under the path "problem", or "wish".
void CheckProblem(const Problem& problem, std::vector<FieldViolation>& problems);
void CheckWish(const Wish& wish, std::vector<FieldViolation>& problems);

// ALREADY_EXISTS, reason PROBLEM_EXISTS: the id is taken.
absl::Status ProblemExists(absl::string_view id);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_PROBLEM_H_
