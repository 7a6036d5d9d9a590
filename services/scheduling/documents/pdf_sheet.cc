#include "services/scheduling/documents/pdf_sheet.h"

#include <cairo-pdf.h>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"

namespace soutenance::scheduling::documents {
namespace {

constexpr char kFontFamily[] = "DejaVu Sans";

cairo_status_t Append(void* bytes, const unsigned char* data, unsigned int size) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), size);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

PdfSheet::PdfSheet(absl::string_view title, absl::string_view language) {
  surface_ = cairo_pdf_surface_create_for_stream(Append, &bytes_, kWidth, kHeight);
  cairo_pdf_surface_set_metadata(surface_, CAIRO_PDF_METADATA_TITLE, std::string(title).c_str());
  cairo_pdf_surface_set_metadata(surface_, CAIRO_PDF_METADATA_CREATOR, "Soutenance");
  cairo_ = cairo_create(surface_);
  // A font map of our own, at one unit per point: Pango's default one belongs to the thread and to the
  // screen.
  fonts_ = pango_cairo_font_map_new();
  pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(fonts_), 72);
  context_ = pango_font_map_create_context(fonts_);
  pango_context_set_language(context_, pango_language_from_string(std::string(language).c_str()));
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context_, options);
  cairo_font_options_destroy(options);
  layout_ = pango_layout_new(context_);
  Open("Document");
}

PdfSheet::~PdfSheet() {
  g_object_unref(layout_);
  g_object_unref(context_);
  g_object_unref(fonts_);
  cairo_destroy(cairo_);
  cairo_surface_destroy(surface_);
}

void PdfSheet::Prepare(const std::string& markup, const TextStyle& style, double width) {
  PangoFontDescription* font = pango_font_description_new();
  pango_font_description_set_family(font, kFontFamily);
  pango_font_description_set_absolute_size(font, style.size * PANGO_SCALE);
  pango_font_description_set_weight(font, style.is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description(layout_, font);
  pango_font_description_free(font);
  pango_layout_set_width(layout_, static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_wrap(layout_, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(layout_, style.is_right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  pango_layout_set_line_spacing(layout_, 1.08F);
  pango_layout_set_markup(layout_, markup.data(), static_cast<int>(markup.size()));
}

double PdfSheet::HeightOf(const std::string& markup, const TextStyle& style, double width) {
  if (markup.empty()) return 0;
  Prepare(markup, style, width);
  int height = 0;
  pango_layout_get_size(layout_, nullptr, &height);
  return static_cast<double>(height) / PANGO_SCALE;
}

void PdfSheet::Text(const std::string& markup, const TextStyle& style, double x, double y, double width) {
  if (markup.empty()) return;
  Prepare(markup, style, width);
  cairo_set_source_rgb(cairo_, style.grey, style.grey, style.grey);
  cairo_move_to(cairo_, x, y);
  pango_cairo_show_layout(cairo_, layout_);
}

void PdfSheet::Line(double x, double y, double width, double thickness, double grey) {
  cairo_set_source_rgb(cairo_, grey, grey, grey);
  cairo_rectangle(cairo_, x, y, width, thickness);
  cairo_fill(cairo_);
}

void PdfSheet::Open(const char* tag) { cairo_tag_begin(cairo_, tag, nullptr); }

void PdfSheet::Close(const char* tag) { cairo_tag_end(cairo_, tag); }

void PdfSheet::NextPage() { cairo_show_page(cairo_); }

absl::StatusOr<std::string> PdfSheet::Finish() {
  Close("Document");
  cairo_show_page(cairo_);
  cairo_surface_finish(surface_);
  cairo_status_t status = cairo_status(cairo_);
  if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_status(surface_);
  if (status != CAIRO_STATUS_SUCCESS) {
    return Error(absl::StatusCode::kInternal, absl::StrCat("Cairo failed: ", cairo_status_to_string(status)),
                 {.reason = "INTERNAL"});
  }
  return std::move(bytes_);
}

std::string EscapeMarkup(absl::string_view text) {
  char* escaped = g_markup_escape_text(text.data(), static_cast<gssize>(text.size()));
  std::string markup(escaped);
  g_free(escaped);
  return markup;
}

}  // namespace soutenance::scheduling::documents
