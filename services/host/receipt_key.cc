#include "services/host/receipt_key.h"

#include <unistd.h>

#include <fstream>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/host/data_dir.h"

namespace soutenance::host {

using submissions::receipts::SigningKey;

absl::StatusOr<SigningKey> OpenReceiptKey(const std::string& data_dir) {
  const std::string path = absl::StrCat(data_dir, "/receipts.key");
  if (::access(path.c_str(), F_OK) != 0) RETURN_IF_ERROR(WriteSecretFile(path, SigningKey::NewSeed()));
  std::ifstream file(path);
  const std::string content((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  auto key = SigningKey::Create(absl::StripAsciiWhitespace(content));
  if (!key.ok()) {
    return Error(
        absl::StatusCode::kFailedPrecondition,
        absl::StrCat(path,
                     " is not a key for receipts (64 hexadecimal digits): put the key back from a backup; "
                     "without it earlier receipts cannot be proven"),
        {.reason = "RECEIPT_KEY_INVALID", .metadata = {{"path", path}}});
  }
  RETURN_IF_ERROR(WriteSecretFile(absl::StrCat(data_dir, "/receipts.pub"), key->public_key()));
  return key;
}

}  // namespace soutenance::host
