#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_DRAFT_STATEMENT_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_DRAFT_STATEMENT_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/submissions/draft.h"
#include "services/submissions/receipts/receipt.h"

namespace soutenance::submissions {

// The deadline that a receipt names.
struct Deadline {
  absl::Time due;
  std::string time_zone;
};

// What the receipt of a commitment, and of a version, states.
receipts::Statement StatementOf(const Upload& upload, const std::optional<Deadline>& deadline,
                                absl::string_view institution, absl::string_view nonce);
receipts::Statement StatementOf(const Draft& draft, const std::optional<Deadline>& deadline,
                                absl::string_view institution, absl::string_view nonce);

// 32 random hexadecimal digits.
std::string NewNonce();

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_DRAFT_STATEMENT_H_
