#include "services/submissions/rpc/instants.h"

#include <cstdint>
#include <string>

namespace soutenance::submissions {

using google::protobuf::Timestamp;

void SetTime(absl::Time time, Timestamp* message) {
  const int64_t micros = absl::ToUnixMicros(time);
  int64_t seconds = micros / 1'000'000;
  int64_t rest = micros % 1'000'000;
  if (rest < 0) {
    rest += 1'000'000;
    --seconds;
  }
  message->set_seconds(seconds);
  message->set_nanos(static_cast<int32_t>(rest * 1000));
}

absl::Time TimeOf(const Timestamp& message) {
  return absl::FromUnixMicros(message.seconds() * 1'000'000 + message.nanos() / 1000);
}

absl::Time ReadTime(const Timestamp& message, absl::string_view field,
                    std::vector<FieldViolation>& problems) {
  constexpr int64_t kLatest = 7'258'118'400;  // the year 2200
  if (message.seconds() > 0 && message.seconds() < kLatest && message.nanos() >= 0 &&
      message.nanos() < 1'000'000'000) {
    return TimeOf(message);
  }
  problems.push_back({.field = std::string(field), .description = "is not an instant between 1970 and 2200"});
  return absl::Time();
}

}  // namespace soutenance::submissions
