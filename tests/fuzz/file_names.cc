// Whatever a file is called: a name that is accepted leads nowhere, comes back from the store and from its
// receipt as it was; the names of entries of archives are looked at without a fault; and what is shown of a
// name cannot harm a terminal.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "services/submissions/checks/utf8.h"
#include "services/submissions/draft.h"
#include "services/submissions/draft_statement.h"
#include "services/submissions/inspect/report.h"
#include "services/submissions/inspect/zip_names.h"
#include "services/submissions/receipts/receipt.h"
#include "tests/fuzz/expect.h"

namespace {

using namespace soutenance;  // NOLINT: one function
using fuzz::Expect;

void CheckAccepted(const submissions::Upload& upload) {
  const std::string& name = upload.file_name;
  Expect(!name.empty() && name.size() <= 255 && name != "." && name != ".." && name != "-",
         "a name that is none is accepted");
  for (const char c : name) {
    Expect(c != '/' && c != '\\' && static_cast<unsigned char>(c) >= 0x20 && c != 0x7f,
           "a name that leads elsewhere is accepted");
  }
  const auto again = submissions::Upload::Parse(upload.Serialize());
  Expect(again.ok() && *again == upload, "an upload changes when it is remembered");
  static const auto& key = *new submissions::receipts::SigningKey(
      *submissions::receipts::SigningKey::Create(std::string(64, '7')));
  submissions::receipts::LogTree log;
  const std::string receipt =
      Issue(submissions::StatementOf(upload, std::nullopt, "U", std::string(32, '0')), log, key);
  const auto read = submissions::receipts::Verify(receipt, key.public_key());
  Expect(read.ok(), "a receipt that was issued is refused");
  Expect(read->statement.file_name == name, "the name on the receipt is another");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  const std::string name(reinterpret_cast<const char*>(data), size);
  const submissions::Upload upload{.thesis = "42",
                                   .id = "u",
                                   .content = {std::string(64, 'a'), 1},
                                   .file_name = name,
                                   .account = "accounts/ana"};
  std::vector<FieldViolation> problems;
  CheckUpload(upload, problems);
  if (problems.empty()) CheckAccepted(upload);

  std::string said;
  submissions::inspect::Report report([&](absl::string_view line) { said.append(line.data(), line.size()); });
  submissions::inspect::NameCheck names(report);
  names.Check(name);
  names.Check(name);
  report.End();
  const auto read = submissions::inspect::ParseReport(said);
  Expect(read.complete, "a report about a name cannot be read");
  Expect(!read.inspection.findings.empty(), "a name that comes twice is not told");

  const std::string shown = submissions::Shown(name, 100);
  Expect(shown.size() <= 100 && submissions::IsUtf8(shown), "what is shown is too long, or no text");
  for (absl::string_view rest = shown; !rest.empty();) {
    const auto next = submissions::FirstCharacter(rest);
    Expect(!submissions::IsControl(next.code) && !submissions::ChangesDirection(next.code),
           "what is shown has an effect");
    rest.remove_prefix(next.bytes);
  }
  return 0;
}
