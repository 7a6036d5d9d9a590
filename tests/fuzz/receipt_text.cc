// Whatever bytes come as a receipt or as an exported log: they are read without a fault, and accepted only if
// they are exactly what was issued. The keys are those of no institution.
#include <cstddef>
#include <cstdint>
#include <string>

#include "services/base/error.h"
#include "services/submissions/receipts/log_file.h"
#include "services/submissions/receipts/receipt.h"
#include "tests/fuzz/expect.h"

namespace {

using namespace soutenance::submissions::receipts;  // NOLINT: one function
using soutenance::fuzz::Expect;

struct Issued {
  Issued() {
    LogTree log;
    const Statement first{.institution = "Université",
                          .event = "committed",
                          .thesis = "theses/42",
                          .upload = "theses/42/uploads/u",
                          .kind = "deposit",
                          .file_name = "mémoire.pdf",
                          .sha256 = std::string(64, 'a'),
                          .size = "1",
                          .account = "accounts/ana",
                          .begun = "2027-06-01T21:59:59.123456Z",
                          .verdict = "on_time",
                          .nonce = std::string(32, '0')};
    Statement second = first;
    second.event = "received";
    second.version = "theses/42/drafts/1";
    second.received = "2027-06-01T22:00:00Z";
    Issue(first, log, key);
    receipt = Issue(second, log, key);
    const std::string leaves[] = {LeafOf(first), LeafOf(second)};
    exported = *WriteLog(SignHead("Université", log, key), key.public_key(), leaves);
  }
  const SigningKey key = *SigningKey::Create(std::string(64, '7'));
  std::string receipt;
  std::string exported;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  static const auto& issued = *new Issued();
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  // What is small is a change of what was issued: where, and what is written there.
  if (size >= 3 && size <= 16) {
    for (const bool of_log : {false, true}) {
      std::string changed = of_log ? issued.exported : issued.receipt;
      const std::size_t at = (std::size_t{data[0]} << 8 | data[1]) % changed.size();
      changed.replace(at, data[2] % 16, std::string(text.substr(3)));
      const bool same = changed == (of_log ? issued.exported : issued.receipt);
      const bool accepted = of_log ? AuditLog(changed, issued.key.public_key()).ok()
                                   : Verify(changed, issued.key.public_key()).ok();
      Expect(accepted == same, "a changed receipt or log is accepted, or the issued one refused");
    }
  }
  const auto receipt = Verify(text, issued.key.public_key());
  if (receipt.ok()) {
    Expect(text == absl::string_view(issued.receipt), "a receipt is accepted that nobody issued");
  } else {
    Expect(soutenance::FactsOf(receipt.status()).reason == "RECEIPT_REFUSED", "refused without the reason");
  }
  Expect(Read(text).ok() || !receipt.ok(), "a receipt is accepted that cannot be read");
  Expect(!AuditLog(text, issued.key.public_key()).ok() || text == absl::string_view(issued.exported),
         "a log is accepted that nobody exported");
  return 0;
}
