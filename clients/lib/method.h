#ifndef SOUTENANCE_CLIENTS_LIB_METHOD_H_
#define SOUTENANCE_CLIENTS_LIB_METHOD_H_

#include <string>

#include "absl/time/time.h"

namespace google::protobuf {
class Descriptor;
class Message;
class MethodDescriptor;
}  // namespace google::protobuf

// What the contract says about a method, read from its descriptor, so that no client repeats it.
namespace soutenance::clients {

// The method of the contract that takes `request`; each request message belongs to one method. Null if there
// is none.
const google::protobuf::MethodDescriptor* MethodTaking(const google::protobuf::Descriptor& request);

// "/soutenance.directory.v1.DirectoryService/GetRoom"
std::string PathOf(const google::protobuf::MethodDescriptor& method);

// The longest a call may take according to its `access` option.
absl::Duration TimeMaxOf(const google::protobuf::MethodDescriptor& method);

// Whether repeating a call can do no harm: it reads only, or its request_id is set.
bool MayRepeat(const google::protobuf::Message& request);

// Gives `request` a fresh random request_id, if it has such a field and it is empty.
void ProtectAgainstRepetition(google::protobuf::Message& request);

// 128 random bits in hexadecimal.
std::string NewRequestId();

}  // namespace soutenance::clients

#endif  // SOUTENANCE_CLIENTS_LIB_METHOD_H_
