#include "services/submissions/inspect/inspect.h"

#include <algorithm>
#include <string>

#include "services/submissions/checks/utf8.h"
#include "services/submissions/inspect/document_text.h"
#include "services/submissions/inspect/media_type.h"
#include "services/submissions/inspect/pdf_inspector.h"
#include "services/submissions/inspect/zip_inspector.h"

namespace soutenance::submissions::inspect {
namespace {

// Text of older programs as UTF-8: one byte a character, as in Latin-1.
std::string FromLatin1(absl::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) text += static_cast<char>(0xc0 | byte >> 6);
    text += byte < 0x80 ? c : static_cast<char>(0x80 | (byte & 0x3f));
  }
  return text;
}

void InspectText(absl::string_view bytes, Report& report) {
  report.Stage("text");
  report.Done("text");
  std::string text(bytes.substr(0, Inspection::kTextBytesMax));
  bool cut_off = bytes.size() > text.size();
  if (!IsUtf8(text) && !cut_off) text = FromLatin1(text);
  if (text.size() > Inspection::kTextBytesMax) {
    text.resize(Inspection::kTextBytesMax);
    cut_off = true;
  }
  report.Text(text, cut_off);
}

void ReportType(absl::string_view type, Report& report) {
  report.MediaType(type);
  const bool is_read =
      type == "application/pdf" || type == "text/plain" || type == "text/x-script" || IsZipType(type);
  if (IsProgramType(type)) {
    report.Found("TYPE_PROGRAM", type);
  } else if (type == "text/html") {
    report.Found("TYPE_WEB_PAGE");
  } else if (type == "application/octet-stream") {
    report.Found("TYPE_UNKNOWN");
  } else if (!is_read) {
    report.Found("TYPE_NOT_LOOKED_INTO", type);
  }
  report.Done("file_type");
}

}  // namespace

void InspectFile(const Source& source, absl::string_view bytes, Report& report) {
  report.Stage("file_type");
  const std::string type = MediaTypeOfContent(source);
  ReportType(type, report);
  if (type == "application/pdf") {
    if (InspectPdf(source, report)) ExtractPdfText(bytes, report);
  } else if (IsZipType(type)) {
    const auto entries = InspectZip(source, type != "application/zip", ZipLimits(), report);
    ExtractDocumentText(source, entries, type, report);
  } else if (type == "text/plain" || type == "text/x-script") {
    InspectText(bytes, report);
  }
  report.End();
}

}  // namespace soutenance::submissions::inspect
