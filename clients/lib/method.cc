#include "clients/lib/method.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <random>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "soutenance/access/v1/access.pb.h"

namespace soutenance::clients {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

constexpr absl::Duration kDefaultTimeMax = absl::Seconds(10);  // as access.proto says for 0

const FieldDescriptor* RequestIdField(const Message& request) {
  const FieldDescriptor* field = request.GetDescriptor()->FindFieldByName("request_id");
  return field != nullptr && field->type() == FieldDescriptor::TYPE_STRING ? field : nullptr;
}

}  // namespace

const MethodDescriptor* MethodTaking(const Descriptor& request) {
  const auto& file = *request.file();
  for (int i = 0; i < file.service_count(); ++i) {
    for (int j = 0; j < file.service(i)->method_count(); ++j) {
      if (file.service(i)->method(j)->input_type() == &request) return file.service(i)->method(j);
    }
  }
  return nullptr;
}

std::string PathOf(const MethodDescriptor& method) {
  return absl::StrCat("/", method.service()->full_name(), "/", method.name());
}

absl::Duration TimeMaxOf(const MethodDescriptor& method) {
  const int64_t time_ms = method.options().GetExtension(access::v1::access).time_ms_max();
  return time_ms > 0 ? absl::Milliseconds(time_ms) : kDefaultTimeMax;
}

bool MayRepeat(const Message& request) {
  const FieldDescriptor* field = RequestIdField(request);
  return field == nullptr || !request.GetReflection()->GetString(request, field).empty();
}

void ProtectAgainstRepetition(Message& request) {
  const FieldDescriptor* field = RequestIdField(request);
  if (field == nullptr || !request.GetReflection()->GetString(request, field).empty()) return;
  request.GetReflection()->SetString(&request, field, NewRequestId());
}

std::string NewRequestId() {
  std::random_device device;
  return absl::StrFormat("%08x%08x%08x%08x", device(), device(), device(), device());
}

}  // namespace soutenance::clients
