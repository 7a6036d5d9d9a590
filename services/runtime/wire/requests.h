#ifndef SOUTENANCE_SERVICES_RUNTIME_WIRE_REQUESTS_H_
#define SOUTENANCE_SERVICES_RUNTIME_WIRE_REQUESTS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "services/base/caller.h"
#include "services/base/error.h"
#include "services/base/mutation.h"
#include "services/base/request_key.h"

namespace soutenance::runtime {

// Appends to `problems` if `request_id` is longer than 63 bytes.
void CheckRequestId(absl::string_view request_id, std::vector<FieldViolation>& problems);

// The key under which the result of a mutating call is remembered. `method` is unique in the service:
// "CreateThesis". The fingerprint is the SHA-256 of `request`. Not protected if the message's fields
// `request_id` is empty or `validate_only` is set: what writes nothing, is not remembered.
RequestKey MakeRequestKey(const Caller& caller, absl::string_view method,
                          const google::protobuf::Message& request);

// The same with the message's field `validate_only`: how the call is to be carried out.
Mutation MakeMutation(const Caller& caller, absl::string_view method,
                      const google::protobuf::Message& request);

}  // namespace soutenance::runtime

#endif  // SOUTENANCE_SERVICES_RUNTIME_WIRE_REQUESTS_H_
