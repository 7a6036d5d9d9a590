#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_PROPOSAL_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_PROPOSAL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/assignment/jury.h"

namespace soutenance::assignment {

// Values of a proposal are in units of this part of a seat with perfect expertise.
inline constexpr int64_t kProposalUnits = 1'000'000;

// Somebody who could hold a proposed seat instead, with all else as it is.
struct SeatAlternative {
  std::string person;
  int64_t expertise = 0;  // in units
  int64_t loss = 0;
  int load_after = 0;

  friend bool operator==(const SeatAlternative&, const SeatAlternative&) = default;
};

// One seat of a proposed jury, and why.
struct ProposedSeat {
  Seat seat;
  bool is_held = false;  // before the proposal
  int64_t expertise = 0;
  std::vector<std::string> words;
  int load_after = 0;
  int load_max = 0;
  int load_elsewhere = 0;
  std::vector<SeatAlternative> alternatives;

  friend bool operator==(const ProposedSeat&, const ProposedSeat&) = default;
};

struct ProposedJury {
  std::string thesis;                  // id
  int64_t base_version = 0;            // of the jury when this was proposed; 0: there was none
  std::vector<ProposedSeat> seats;     // empty: none was found
  std::optional<absl::Time> accepted;  // when it was written
  std::vector<std::string> tight_rules;
  int common_starts = 0;  // at which all can come; 0 if time does not matter

  friend bool operator==(const ProposedJury&, const ProposedJury&) = default;
};

// Why theses have no jury.
struct ProposedShortage {
  std::string sentence;
  std::vector<std::string> theses;  // ids
  std::vector<std::string> people;
  std::vector<std::string> way_out;

  friend bool operator==(const ProposedShortage&, const ProposedShortage&) = default;
};

// Juries that could be. Kept apart from juries; accepting writes those.
struct Proposal {
  // The values are those of soutenance.assignment.v1.Proposal.Kind.
  enum class Kind { kJuries = 1, kReviewers };

  std::string id;
  int64_t version = 0;    // counts its changes from 1; 0: not stored
  std::string programme;  // "programmes/{id}"
  Kind kind = Kind::kJuries;
  absl::Time created;
  std::string author;  // "accounts/{id}"
  std::vector<ProposedJury> juries;
  std::vector<ProposedShortage> shortages;
  int64_t value = 0;  // in units
  int64_t value_max = 0;
  bool is_best = false;
  int64_t worst_off = 0;
  int without_start = 0;  // juries that no start is left for

  // "proposals/{id}".
  std::string Name() const;
  int CountComplete() const;
  int CountAccepted() const;
  // Null if it is not about this thesis.
  const ProposedJury* Find(absl::string_view thesis) const;

  // All of it as bytes, for storage and for the result that is kept under a request id, and back. DATA_LOSS
  // if `bytes` does not come from Serialize.
  std::string Serialize() const;
  static absl::StatusOr<Proposal> Parse(absl::string_view bytes);

  friend bool operator==(const Proposal&, const Proposal&) = default;
};

// What accepting `proposed` writes.
Jury JuryOf(const Proposal& proposal, const ProposedJury& proposed);

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_PROPOSAL_H_
