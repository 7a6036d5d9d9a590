#ifndef SOUTENANCE_SERVICES_DIRECTORY_RPC_TIME_PROTO_H_
#define SOUTENANCE_SERVICES_DIRECTORY_RPC_TIME_PROTO_H_

#include <cstdint>

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace soutenance::directory {

// An instant as the contract writes it, in whole microseconds.
inline google::protobuf::Timestamp TimestampToProto(absl::Time time) {
  const int64_t micros = absl::ToUnixMicros(time);
  google::protobuf::Timestamp message;
  // Rounded down also before 1970: nanoseconds are never negative.
  const int64_t rest = (micros % 1'000'000 + 1'000'000) % 1'000'000;
  message.set_seconds((micros - rest) / 1'000'000);
  message.set_nanos(static_cast<int32_t>(rest * 1000));
  return message;
}

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_RPC_TIME_PROTO_H_
