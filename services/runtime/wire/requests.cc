#include "services/runtime/wire/requests.h"

#include <openssl/sha.h>

#include <cstddef>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"

namespace soutenance::runtime {
namespace {

using google::protobuf::FieldDescriptor;

constexpr std::size_t kRequestIdBytesMax = 63;

std::string Sha256Hex(const std::string& bytes) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest);
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(digest), SHA256_DIGEST_LENGTH));
}

bool IsValidateOnly(const google::protobuf::Message& request) {
  const FieldDescriptor* const field = request.GetDescriptor()->FindFieldByName("validate_only");
  return field != nullptr && request.GetReflection()->GetBool(request, field);
}

}  // namespace

void CheckRequestId(absl::string_view request_id, std::vector<FieldViolation>& problems) {
  if (request_id.size() <= kRequestIdBytesMax) return;
  problems.push_back(
      {.field = "request_id",
       .description = absl::StrCat("has ", request_id.size(), " bytes; at most ", kRequestIdBytesMax)});
}

RequestKey MakeRequestKey(const Caller& caller, absl::string_view method,
                          const google::protobuf::Message& request) {
  const google::protobuf::Descriptor& type = *request.GetDescriptor();
  const google::protobuf::Reflection& reflection = *request.GetReflection();
  const FieldDescriptor* const id = type.FindFieldByName("request_id");
  RequestKey key;
  if (id == nullptr || IsValidateOnly(request)) return key;
  key.request_id = reflection.GetString(request, id);
  if (key.request_id.empty()) return key;
  key.account = caller.account.empty() ? absl::StrCat("services/", caller.service) : caller.account;
  key.method = std::string(method);
  key.fingerprint = Sha256Hex(request.SerializeAsString());
  return key;
}

Mutation MakeMutation(const Caller& caller, absl::string_view method,
                      const google::protobuf::Message& request) {
  return {.request = MakeRequestKey(caller, method, request), .validate_only = IsValidateOnly(request)};
}

}  // namespace soutenance::runtime
