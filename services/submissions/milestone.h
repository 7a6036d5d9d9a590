#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_MILESTONE_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_MILESTONE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/error.h"
#include "services/submissions/deadline.h"
#include "services/submissions/thesis.h"

namespace soutenance::submissions {

// What a version is for. The names are those of receipts and of the database.
enum class DraftKind { kDraft, kDeposit, kCorrected, kArchive, kDissemination };

inline constexpr DraftKind kDraftKinds[] = {DraftKind::kDraft, DraftKind::kDeposit, DraftKind::kCorrected,
                                            DraftKind::kArchive, DraftKind::kDissemination};

// "dissemination".
absl::string_view KindName(DraftKind kind);
// Nothing if `name` is no kind.
std::optional<DraftKind> KindOf(absl::string_view name);

// One date by which a version is expected from every thesis of a programme, or of one cohort. Instants have
// microseconds.
struct Milestone {
  static constexpr std::size_t kTitleBytesMax = 500;
  static constexpr int kMinutesMax = 60 * 24 * 366;  // of grace and of the upload window
  static constexpr int kUploadWindowMinutes = 60 * 24;

  std::string programme;  // "programmes/msi"
  std::string id;
  int64_t version = 0;  // counts its changes from 1; 0: not stored yet
  std::string title;
  std::string cohort;  // "programmes/msi/cohorts/2027", or empty: all of the programme
  DraftKind kind = DraftKind::kDraft;
  absl::Time due;
  int grace_minutes = 0;
  std::optional<absl::Time> hard;
  std::string time_zone;  // "Europe/Paris"
  int upload_window_minutes = kUploadWindowMinutes;

  // "programmes/msi/milestones/final".
  std::string Name() const;
  // Whether it is for `thesis`.
  bool IsFor(const Thesis& thesis) const;
  // The limits for everybody, or for those whose deadline is `extended_until`.
  Limits LimitsWith(std::optional<absl::Time> extended_until) const;

  std::string Serialize() const;
  static absl::StatusOr<Milestone> Parse(absl::string_view bytes);

  friend bool operator==(const Milestone&, const Milestone&) = default;
};

// The fields that people change. Their names are those of the contract.
enum class MilestoneField { kTitle, kCohort, kKind, kDue, kGrace, kHard, kTimeZone, kUploadWindow };
inline constexpr MilestoneField kMilestoneFields[] = {
    MilestoneField::kTitle, MilestoneField::kCohort, MilestoneField::kKind,     MilestoneField::kDue,
    MilestoneField::kGrace, MilestoneField::kHard,   MilestoneField::kTimeZone, MilestoneField::kUploadWindow,
};
absl::string_view FieldName(MilestoneField field);
void CopyField(MilestoneField field, const Milestone& from, Milestone& to);

// More time for one person.
struct Extension {
  static constexpr std::size_t kReasonBytesMax = 2000;

  std::string programme;  // of the milestone
  std::string milestone;  // its id
  std::string person;     // "people/ana"
  absl::Time until;
  std::string reason;
  std::string granted_by;  // "accounts/staff"
  absl::Time granted;

  std::string Serialize() const;
  static absl::StatusOr<Extension> Parse(absl::string_view bytes);

  friend bool operator==(const Extension&, const Extension&) = default;
};

// Appends what may not be filled in to `problems`, under the path "milestone".
void CheckMilestone(const Milestone& milestone, std::vector<FieldViolation>& problems);

// ALREADY_EXISTS, reason MILESTONE_EXISTS.
absl::Status MilestoneExists(absl::string_view name);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_MILESTONE_H_
