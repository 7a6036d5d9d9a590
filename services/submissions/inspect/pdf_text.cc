#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-global.h>
#include <poppler/cpp/poppler-page.h>

#include <limits>
#include <memory>
#include <string>

#include "services/submissions/inspect/pdf_inspector.h"

namespace soutenance::submissions::inspect {
namespace {

constexpr int kPagesMax = 5000;

void Ignore(const std::string&, void*) {}

std::string Utf8(const poppler::ustring& text) {
  const poppler::byte_array bytes = text.to_utf8();
  return {bytes.begin(), bytes.end()};
}

}  // namespace

void PreparePdfText() {
  poppler::set_debug_error_function(Ignore, nullptr);
  // Makes the C library load the converters that poppler goes through.
  Utf8(poppler::ustring::from_utf8("é"));
}

void ExtractPdfText(absl::string_view bytes, Report& report) {
  report.Stage("text");
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return;
  const std::unique_ptr<poppler::document> document(
      poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  if (document == nullptr || document->is_locked()) return;
  std::string text;
  bool cut_off = document->pages() > kPagesMax;
  for (int i = 0; i < document->pages() && i < kPagesMax; ++i) {
    const std::unique_ptr<poppler::page> page(document->create_page(i));
    if (page != nullptr)
      text += Utf8(page->text(poppler::rectf(), poppler::page::non_raw_non_physical_layout));
    // Poppler may end a page itself.
    if (text.empty() || text.back() != '\f') text += '\f';
    if (text.size() < Inspection::kTextBytesMax) continue;
    cut_off = true;
    break;
  }
  if (text.find_first_not_of("\f\n\r\t ") == std::string::npos) return report.Found("TEXT_NONE");
  report.Done("text");
  if (text.size() > Inspection::kTextBytesMax) {
    text.resize(Inspection::kTextBytesMax);
    // Not inside of a character.
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xc0) == 0x80) text.pop_back();
    if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xc0) text.pop_back();
  }
  report.Text(text, cut_off);
}

}  // namespace soutenance::submissions::inspect
