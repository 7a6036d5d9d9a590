#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_DEROGATION_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_DEROGATION_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace soutenance::assignment {

// A rule lifted for the jury of one thesis, by the head of its programme, with a reason.
struct Derogation {
  static constexpr std::size_t kReasonBytesMax = 2000;

  std::string thesis;     // id
  std::string rule;       // id of the rule in its set
  std::string programme;  // id
  std::string reason;
  std::string account;  // "accounts/7f3a"
  absl::Time granted_at = absl::UnixEpoch();
  std::string demand;    // rules::Rule::Demand then: holds as long as the rule asks for the same
  std::string required;  // the same in words

  // "theses/{thesis}/jury/derogations/{rule}".
  std::string Name() const;

  // All of it as bytes, for the result that is kept under a request id, and back. DATA_LOSS if `bytes` does
  // not come from Serialize.
  std::string Serialize() const;
  static absl::StatusOr<Derogation> Parse(absl::string_view bytes);

  friend bool operator==(const Derogation&, const Derogation&) = default;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_DEROGATION_H_
