#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_RPC_INSTANTS_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_RPC_INSTANTS_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"
#include "services/base/error.h"

namespace soutenance::submissions {

// Instants on the wire, with microseconds.
void SetTime(absl::Time time, google::protobuf::Timestamp* message);
absl::Time TimeOf(const google::protobuf::Timestamp& message);

// An instant of the years in which people write theses, 1970 to 2200; others are mistakes, and numbers that
// could overflow: appended to `problems`.
absl::Time ReadTime(const google::protobuf::Timestamp& message, absl::string_view field,
                    std::vector<FieldViolation>& problems);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_RPC_INSTANTS_H_
