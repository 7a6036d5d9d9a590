#ifndef SOUTENANCE_SERVICES_HOST_RECEIPT_KEY_H_
#define SOUTENANCE_SERVICES_HOST_RECEIPT_KEY_H_

#include <string>

#include "absl/status/statusor.h"
#include "services/submissions/receipts/signing_key.h"

namespace soutenance::host {

// The key that signs receipts: the file receipts.key in `data_dir`, made with mode 0600 when there is none.
// The public half is in receipts.pub beside it, for everybody who verifies receipts. FAILED_PRECONDITION,
// reason RECEIPT_KEY_INVALID, if the file holds something else: a new key would leave all earlier receipts
// without proof, so nothing is replaced.
absl::StatusOr<submissions::receipts::SigningKey> OpenReceiptKey(const std::string& data_dir);

}  // namespace soutenance::host

#endif  // SOUTENANCE_SERVICES_HOST_RECEIPT_KEY_H_
