#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_OUTAGE_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_OUTAGE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/error.h"
#include "services/submissions/deadline.h"

// When the service was down, and what that does to deadlines.
namespace soutenance::submissions {

// A sign of life.
struct Pulse {
  absl::Time at;              // by the clock, which somebody may set
  std::string boot;           // which start of the machine
  absl::Duration since_boot;  // by a clock that nobody sets and that counts while the machine sleeps

  friend bool operator==(const Pulse&, const Pulse&) = default;
};

// How long nothing was heard between two signs. Within one start of the machine, setting the clock changes
// nothing; across two, only the clock can tell. Never negative.
absl::Duration SilenceBetween(const Pulse& earlier, const Pulse& later);

// A time without signs of life. Instants have microseconds.
struct Outage {
  // Shorter silences are nothing.
  static constexpr absl::Duration kMin = absl::Minutes(1);

  std::string id;
  absl::Time begin;
  absl::Time end;
  std::string evidence;  // the text of its receipt

  // "outages/{id}".
  std::string Name() const;

  friend bool operator==(const Outage&, const Outage&) = default;
};

// Which outages lengthen the deadlines of a programme, and by how much.
struct OutageRule {
  static constexpr int kMinutesMax = 24 * 60;
  static constexpr int kWindowMinutesMax = 30 * 24 * 60;

  std::string programme;  // "programmes/msi"
  int64_t version = 0;    // 0: the default rule
  int minutes_min = 5;
  int window_minutes = 240;
  int step_minutes = 5;

  // The earliest end of an outage that can count for a deadline at `due`.
  absl::Time EarliestEnd(absl::Time due) const { return due - absl::Minutes(window_minutes); }

  std::string Serialize() const;
  static absl::StatusOr<OutageRule> Parse(absl::string_view bytes);

  friend bool operator==(const OutageRule&, const OutageRule&) = default;
};

// Appends what may not be so to `problems`, under the path "outage_rule".
void CheckOutageRule(const OutageRule& rule, std::vector<FieldViolation>& problems);

// An outage that counts, and by how much it moves a limit.
struct CountedOutage {
  Outage outage;
  absl::Duration by;

  friend bool operator==(const CountedOutage&, const CountedOutage&) = default;
};

// Those of `outages`, which are ordered by begin, that move a limit at `limit` of a deadline at `due` (with
// extensions, without outages).
std::vector<CountedOutage> CountedFor(absl::Time limit, absl::Time due, const OutageRule& rule,
                                      const std::vector<Outage>& outages);

// `limits` as `rule` lengthens them by `outages`, which are ordered by begin and may be more than count. Each
// of due, end of grace and closing moves by the outages that begin before it; none comes before an earlier
// one.
Limits Lengthened(const Limits& limits, const OutageRule& rule, const std::vector<Outage>& outages);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_OUTAGE_H_
