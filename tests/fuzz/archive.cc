// Whatever comes as an archive: it is looked at in bounded memory and time, and the report can be read. Here
// without the sandbox, so that the sanitizers see our own code; inspector.cc has it.
#include <cstddef>
#include <cstdint>
#include <string>

#include "services/submissions/checks/utf8.h"
#include "services/submissions/inspect/document_text.h"
#include "services/submissions/inspect/media_type.h"
#include "services/submissions/inspect/report.h"
#include "services/submissions/inspect/zip_inspector.h"
#include "tests/fuzz/expect.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace soutenance::submissions;  // NOLINT: one function
  using soutenance::fuzz::Expect;
  const inspect::MemorySource source(absl::string_view(reinterpret_cast<const char*>(data), size));
  std::string said;
  inspect::Report report([&](absl::string_view line) { said.append(line.data(), line.size()); });
  report.MediaType(inspect::MediaTypeOfContent(source));
  const auto entries =
      inspect::InspectZip(source, size % 2 == 0, {.entries_max = 100, .tried_bytes_max = 1 << 20}, report);
  // Whatever type it is taken for.
  inspect::ExtractDocumentText(
      source, entries,
      size % 3 == 0 ? "application/vnd.oasis.opendocument" : "application/vnd.openxmlformats-officedocument",
      report);
  report.End();
  const inspect::ReadReport read = inspect::ParseReport(said);
  Expect(read.complete, "the report has no end");
  Expect(!read.inspection.media_type.empty(), "the type cannot be read");
  Expect(!read.inspection.findings.empty(), "nothing at all is said");
  for (const Finding& finding : read.inspection.findings) {
    Expect(FindReason(finding.reason) != nullptr, "an unknown reason");
    Expect(IsUtf8(finding.detail) && finding.detail.size() <= Finding::kDetailBytesMax,
           "a detail that is no text");
  }
  return 0;
}
