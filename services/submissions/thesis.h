#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_THESIS_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_THESIS_H_

#include <cstddef>
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
#include "services/submissions/thesis_life.h"

namespace soutenance::submissions {

// Why, when and by whom a thesis was withdrawn.
struct Withdrawal {
  std::string reason;
  std::string account;  // "accounts/ana", or "services/directory"
  absl::Time time;

  friend bool operator==(const Withdrawal&, const Withdrawal&) = default;
};

// The written work of a master's year, by one or two students. References to other things are their resource
// names, "people/ana", because that is what a Caller carries and what people read in the database.
struct Thesis {
  static constexpr std::size_t kAuthorsMax = 2;
  static constexpr std::size_t kTitleBytesMax = 2000;
  static constexpr std::size_t kAbstractBytesMax = 10'000;
  static constexpr std::size_t kKeywordsMax = 20;
  static constexpr std::size_t kKeywordBytesMax = 100;

  std::string id;
  int64_t version = 0;  // counts its changes from 1; 0: not stored yet
  std::string title;
  std::vector<std::string> authors;  // "people/{id}": one or two
  std::string supervisor;            // "people/{id}"
  std::string company_tutor;         // "people/{id}", or empty
  std::string programme;             // "programmes/{id}"
  std::string cohort;                // "programmes/{programme}/cohorts/{id}", or empty
  Confidentiality level = Confidentiality::kInternal;
  std::string language = "fr";           // "fr" or "en"
  std::optional<Withdrawal> withdrawal;  // if the state is kWithdrawn
  std::string abstract;
  std::vector<std::string> keywords;
  std::optional<absl::Time> confidential_until;  // when a level above kInternal ends
  std::optional<absl::Time> embargo_until;       // before it, dissemination opens no file
  std::vector<std::string> consents;             // the authors who agree that it is disseminated
  ThesisState state = ThesisState::kActive;
  std::optional<ThesisState> state_before;  // of one that is suspended or out
  std::optional<absl::Time> state_until;    // until when the state is to last
  std::string problem;                      // "problems/{id}" that its subject comes from, or empty

  // "theses/{id}".
  std::string Name() const;
  bool IsWithdrawn() const { return withdrawal.has_value(); }
  // Whether `person` wrote, supervises or tutors it. The empty person never does.
  bool HasPart(absl::string_view person) const;
  bool IsAuthor(absl::string_view person) const;
  bool HasAllConsents() const;
  Secrecy secrecy() const;

  // All of it as bytes, for the result that is kept under a request id, and back. DATA_LOSS if `bytes` does
  // not come from Serialize.
  std::string Serialize() const;
  static absl::StatusOr<Thesis> Parse(absl::string_view bytes);

  friend bool operator==(const Thesis&, const Thesis&) = default;
};

// ALREADY_EXISTS, reason THESIS_EXISTS: the id is taken.
absl::Status ThesisExists(absl::string_view id);

// Appends to `problems`, under the path `field`, if `text` is longer than `bytes_max` or has a control
// character; line ends are possible if `may_have_lines`.
void CheckText(absl::string_view text, std::size_t bytes_max, bool may_have_lines, absl::string_view field,
               std::vector<FieldViolation>& problems);
// The same for a list of keywords.
void CheckKeywords(const std::vector<std::string>& keywords, absl::string_view field,
                   std::vector<FieldViolation>& problems);

// Whether `wanted` is in `text`. Capitals of the Latin alphabet without accents do not matter.
bool HasText(absl::string_view text, absl::string_view wanted);

// What a person filled in that may not be: a missing title, three authors, an author who supervises, a cohort
// of another programme, a name that is none. Appends each to `problems` under the path `at`: "thesis.title".
void CheckThesis(const Thesis& thesis, absl::string_view at, std::vector<FieldViolation>& problems);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_THESIS_H_
