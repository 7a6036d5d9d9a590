#ifndef SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_PDF_SHEET_H_
#define SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_PDF_SHEET_H_

#include <cairo.h>
#include <pango/pangocairo.h>

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace soutenance::scheduling::documents {

// How a text looks. Lengths are in points.
struct TextStyle {
  double size = 9;
  double grey = 0;  // 0 black to 1 white
  bool is_bold = false;
  bool is_right = false;  // aligned to the right edge of its box
};

// A4 portrait pages under construction, top left origin, lengths in points. Texts are Pango markup, so that a
// word can be bold; EscapeMarkup makes plain text safe. Not safe for concurrent use; several sheets may be
// made at the same time.
class PdfSheet {
 public:
  static constexpr double kWidth = 595.28;
  static constexpr double kHeight = 841.89;

  // `title` and `language` ("fr") go into the document's metadata.
  PdfSheet(absl::string_view title, absl::string_view language);
  ~PdfSheet();
  PdfSheet(const PdfSheet&) = delete;
  PdfSheet& operator=(const PdfSheet&) = delete;

  // Height of `markup` set in lines of at most `width`.
  double HeightOf(const std::string& markup, const TextStyle& style, double width);

  // Draws `markup` with its top left corner at (x, y).
  void Text(const std::string& markup, const TextStyle& style, double x, double y, double width);

  // Draws a horizontal line.
  void Line(double x, double y, double width, double thickness, double grey);

  // Opens and closes an element of the document's structure: "H1", "Table", "TR", "TD".
  void Open(const char* tag);
  void Close(const char* tag);

  // Ends the page; what follows is drawn on the next one.
  void NextPage();

  // Ends the last page and returns the PDF. INTERNAL if Cairo failed on the way. Call once.
  absl::StatusOr<std::string> Finish();

 private:
  void Prepare(const std::string& markup, const TextStyle& style, double width);

  std::string bytes_;
  cairo_surface_t* surface_;
  cairo_t* cairo_;
  PangoFontMap* fonts_;
  PangoContext* context_;
  PangoLayout* layout_;
};

// `text` with the characters that markup gives a meaning escaped.
std::string EscapeMarkup(absl::string_view text);

}  // namespace soutenance::scheduling::documents

#endif  // SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_PDF_SHEET_H_
