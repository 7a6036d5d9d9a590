#include "clients/cli/instants.h"

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "clients/cli/dates.h"

namespace soutenance::cli {

using clients::Text;
using google::protobuf::Timestamp;

std::string ReadInstant(const std::string& text, const std::string& zone_name, Language language,
                        Timestamp& instant) {
  absl::Time time;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, text, &time, &error)) {
    absl::TimeZone zone;
    if (!absl::LoadTimeZone(zone_name, &zone)) {
      return absl::StrCat(Text{"there is no time zone ", "il n’y a pas de fuseau "}.In(language), zone_name);
    }
    absl::CivilSecond civil;
    absl::CivilMinute minute;
    if (absl::ParseCivilTime(text, &minute)) {
      civil = absl::CivilSecond(minute);
    } else if (!absl::ParseCivilTime(text, &civil)) {
      return Text{"is not an instant such as 2027-06-01T23:59", "n’est pas un instant comme 2027-06-01T23:59"}
          .In(language);
    }
    const absl::TimeZone::TimeInfo info = zone.At(civil);
    if (info.kind != absl::TimeZone::TimeInfo::UNIQUE) {
      return Text{
          "does not exist, or twice, in the night when the hour changes; give it with its offset, as in "
          "2027-10-31T02:30:00+01:00",
          "n’existe pas, ou deux fois, la nuit du changement d’heure ; donnez-le avec son décalage, comme "
          "2027-10-31T02:30:00+01:00"}
          .In(language);
    }
    time = info.pre;
  }
  const int64_t micros = absl::ToUnixMicros(time);
  instant.set_seconds(micros / 1'000'000);
  instant.set_nanos(static_cast<int32_t>(micros % 1'000'000 * 1000));
  return "";
}

std::string InstantIn(const std::string& zone_name, const Timestamp& instant) {
  absl::TimeZone zone;
  if (instant.seconds() == 0) return "";
  if (!absl::LoadTimeZone(zone_name, &zone)) return InstantText(instant);
  const absl::Time time = absl::FromUnixSeconds(instant.seconds());
  // In the hour that comes twice, which of them.
  const bool twice = zone.At(absl::ToCivilSecond(time, zone)).kind == absl::TimeZone::TimeInfo::REPEATED;
  return absl::FormatTime(twice ? "%Y-%m-%d %H:%M:%S %Z" : "%Y-%m-%d %H:%M:%S", time, zone);
}

}  // namespace soutenance::cli
