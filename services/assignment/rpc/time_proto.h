#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RPC_TIME_PROTO_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RPC_TIME_PROTO_H_

#include <cstdint>

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace soutenance::assignment {

// An instant after 1970 on the wire.
inline void SetTime(absl::Time time, google::protobuf::Timestamp* message) {
  const int64_t micros = absl::ToUnixMicros(time);
  message->set_seconds(micros / 1'000'000);
  message->set_nanos(static_cast<int32_t>(micros % 1'000'000 * 1000));
}

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RPC_TIME_PROTO_H_
