#include "services/submissions/deadline.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace soutenance::submissions {
namespace {

constexpr Verdict kVerdicts[] = {Verdict::kNoDeadline, Verdict::kOnTime, Verdict::kGrace, Verdict::kLate};

}  // namespace

absl::string_view VerdictName(Verdict verdict) {
  switch (verdict) {
    case Verdict::kNoDeadline:
      return "no_deadline";
    case Verdict::kOnTime:
      return "on_time";
    case Verdict::kGrace:
      return "grace";
    case Verdict::kLate:
      return "late";
  }
  return "";
}

std::optional<Verdict> VerdictOf(absl::string_view name) {
  for (const Verdict verdict : kVerdicts) {
    if (VerdictName(verdict) == name) return verdict;
  }
  return std::nullopt;
}

std::string Punctuality::Text() const {
  return late_minutes == 0 ? std::string(VerdictName(verdict))
                           : absl::StrCat(VerdictName(verdict), " ", late_minutes, " min");
}

Punctuality Limits::Judge(absl::Time begun) const {
  if (begun <= due) return {.verdict = Verdict::kOnTime};
  const absl::Duration late = absl::Ceil(begun - due, absl::Minutes(1));
  return {.verdict = begun <= grace_end ? Verdict::kGrace : Verdict::kLate,
          .late_minutes = absl::ToInt64Minutes(late)};
}

Punctuality Better(const Punctuality& a, const Punctuality& b) {
  const auto rank = [](const Punctuality& each) {
    return std::pair(static_cast<int>(each.verdict), each.late_minutes);
  };
  return std::min(a, b, [&](const Punctuality& x, const Punctuality& y) { return rank(x) < rank(y); });
}

std::string InstantText(absl::Time instant) {
  return absl::FormatTime("%Y-%m-%d%ET%H:%M:%E*SZ", instant, absl::UTCTimeZone());
}

std::string CivilText(absl::Time instant, const std::string& time_zone) {
  absl::TimeZone zone;
  if (!absl::LoadTimeZone(time_zone, &zone)) return InstantText(instant);
  // In the hour that comes twice, which of them: "02:30:00 CET".
  const bool twice = zone.At(absl::ToCivilSecond(instant, zone)).kind == absl::TimeZone::TimeInfo::REPEATED;
  return absl::StrCat(absl::FormatTime(twice ? "%Y-%m-%d %H:%M:%S %Z" : "%Y-%m-%d %H:%M:%S", instant, zone),
                      " (", time_zone, ")");
}

absl::Time ToMicroseconds(absl::Time instant) { return absl::FromUnixMicros(absl::ToUnixMicros(instant)); }

}  // namespace soutenance::submissions
