#ifndef SOUTENANCE_SERVICES_SCHEDULING_JURY_WRITER_H_
#define SOUTENANCE_SERVICES_SCHEDULING_JURY_WRITER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/base/change.h"
#include "services/scheduling/jury_lookup.h"

namespace soutenance::scheduling {

// A jury as it shall be.
struct JuryToSet {
  std::string thesis;     // "theses/42"
  std::string programme;  // of the thesis: "programmes/msi"
  std::vector<JurySeat> seats;

  friend bool operator==(const JuryToSet&, const JuryToSet&) = default;
};

// PORT: changes juries in the name of the caller of the current call, who must be allowed to. Safe for
// concurrent use.
class JuryWriter {
 public:
  virtual ~JuryWriter() = default;

  // Sets these juries, each as a whole; all of them or none. A repetition with the same `request_id`, unless
  // it is empty, returns the first result. What the service of juries refuses is returned as it says it.
  // UNAVAILABLE, reason PEER_DOWN.
  virtual absl::StatusOr<ChangeList> SetJuries(absl::Span<const JuryToSet> juries,
                                               absl::string_view request_id, bool validate_only) = 0;
};

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_JURY_WRITER_H_
