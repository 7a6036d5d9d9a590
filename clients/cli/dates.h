#ifndef SOUTENANCE_CLIENTS_CLI_DATES_H_
#define SOUTENANCE_CLIENTS_CLI_DATES_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "clients/lib/language.h"

namespace google::protobuf {
class Timestamp;
}

// Days and times, as the contract writes them ("2027-06-14", "2027-06-14T09:30") and as people read and type
// them.
namespace soutenance::cli {

// "lundi 14 juin 2027", "Monday 14 June 2027"; `date` itself if it is not a day of the contract.
std::string LongDay(absl::string_view date, clients::Language language);

// "lun. 14 juin", "Mon 14 Jun".
std::string ShortDay(absl::string_view date, clients::Language language);

// The day and the time of "2027-06-14T09:30".
std::string DayOf(absl::string_view start);
std::string TimeOf(absl::string_view start);

// "10:30" for "09:30" and 60 minutes.
std::string TimeAfter(absl::string_view time, int minutes);

// An instant in this machine's zone: "2027-06-14 09:30". Empty if it is not set.
std::string InstantText(const google::protobuf::Timestamp& instant);

// Reads "2027-06-01T23:59" as the clocks of `zone_name` show it, or "2027-06-01T21:59:00Z". Returns what is wrong,
// in a sentence without its subject, or "".
std::string ReadInstant(const std::string& text, const std::string& zone_name, clients::Language language,
                        google::protobuf::Timestamp& instant);

// A day typed as "2027-06-14" or "14/06/2027".
std::optional<absl::CivilDay> ParseDay(absl::string_view text);

// What a span of days stands for.
enum class Span { kMondaysToFridays, kEveryDay };

// Days typed as "2027-06-14..2027-06-18,2027-06-21". Nothing if it cannot be understood, or for more than 366
// days.
std::optional<std::vector<std::string>> ParseDays(absl::string_view text, Span span);

// A time span typed as "09:00-12:30"; both ends are passed on as they are.
struct TimeSpan {
  std::string from;
  std::string to;
};
std::optional<TimeSpan> ParseTimeSpan(absl::string_view text);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_DATES_H_
