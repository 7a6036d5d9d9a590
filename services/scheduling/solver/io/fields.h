#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_IO_FIELDS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_IO_FIELDS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "services/scheduling/solver/io/lines.h"
#include "services/scheduling/solver/model/time.h"

namespace soutenance::scheduling::solver {

// Takes the fields of one line, in order. The first thing that is not as expected is kept as the fault; what
// is taken after it is empty or 0, so that a caller looks at fault() once at the end.
class Fields {
 public:
  // `words` must outlive this.
  explicit Fields(absl::Span<const Word> words) : rest_(words) {}

  // A bare word, a word between quotes.
  std::string BareWord(absl::string_view what);
  std::string Text(absl::string_view what);
  // Decimal digits, with a minus or none, within 32 bits.
  int32_t Number(absl::string_view what);
  // "2027-06-14".
  absl::CivilDay Date();
  // "09:30", in minutes; up to "24:00".
  Minute Time();
  // A date and a time, in minutes since midnight of the first date; 0 if that is not known.
  Minute Moment(std::optional<absl::CivilDay> first_date);
  // "2027-06-14 09:00 to 12:00", "2027-06-14 00:00 to 2027-06-19 00:00".
  Interval Period(std::optional<absl::CivilDay> first_date);

  // Takes the next word if it is this bare one.
  bool Takes(absl::string_view word);
  bool IsAtEnd() const { return rest_.empty(); }

  // Whether everything taken so far is as expected.
  bool ok() const { return fault_.empty(); }

  // Notes that what was taken last cannot be.
  void Refuse(std::string fault);

  // The first thing that is wrong, a word too many included; empty if nothing is.
  std::string Fault() const;

 private:
  const Word* Take(absl::string_view what, bool quoted);
  Minute MinuteOf(std::optional<absl::CivilDay> first_date, absl::CivilDay date, Minute time);

  absl::Span<const Word> rest_;
  std::string fault_;
};

// The forms that Fields reads.
std::string DateForm(absl::CivilDay date);
std::string TimeForm(Minute minute);
std::string MomentForm(absl::CivilDay first_date, Minute minute);
std::string PeriodForm(absl::CivilDay first_date, const Interval& interval);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_IO_FIELDS_H_
