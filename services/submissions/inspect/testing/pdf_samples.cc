#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "services/submissions/inspect/testing/samples.h"
#include "services/submissions/inspect/testing/zip_builder.h"

namespace soutenance::submissions::inspect::testing {
namespace {

std::string Stream(const std::string& bytes, const std::string& entries = "") {
  return absl::StrCat("<</Length ", bytes.size(), entries, ">>\nstream\n", bytes, "\nendstream");
}

std::string Encrypted(const std::string& password) {
  const std::string pdf = MakePagePdf();
  QPDF document;
  document.processMemoryFile("PDF", pdf.data(), pdf.size());
  QPDFWriter writer(document);
  writer.setOutputMemory();
  writer.setStaticID(true);
  writer.setStaticAesIV(true);
  writer.setR6EncryptionParameters(password.c_str(), "owner", true, false, false, false, false, false,
                                   qpdf_r3p_none, true);
  writer.write();
  const std::shared_ptr<Buffer> buffer = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

std::vector<Sample> Active() {
  const auto with_action = [](const std::string& action) {
    return MakePagePdf({.catalogue = absl::StrCat("/OpenAction<<", action, ">>")});
  };
  return {
      {"pdf_script_at_opening", with_action("/S/JavaScript/JS(app.alert(1))"), {"PDF_JAVASCRIPT"}},
      {"pdf_script_by_name",
       MakePagePdf({.catalogue = "/Names<</JavaScript<</Names[(a) 7 0 R]>>>>",
                    .objects = {"<</S/JavaScript/JS(1)>>"}}),
       {"PDF_JAVASCRIPT"}},
      {"pdf_script_nobody_leads_to",
       MakePagePdf({.objects = {"<</S/JavaScript/JS(1)>>"}}),
       {"PDF_JAVASCRIPT"}},
      {"pdf_script_spelled_otherwise", with_action("/S/J#61vaScript/JS(1)"), {"PDF_JAVASCRIPT"}},
      {"pdf_starts_a_program", with_action("/S/Launch/F(cmd.exe)"), {"PDF_LAUNCH"}},
      {"pdf_sends_a_form", with_action("/S/SubmitForm/F(http://x)"), {"PDF_SENDS"}},
      {"pdf_leads_elsewhere", with_action("/S/GoToR/F(other.pdf)"), {"PDF_REMOTE"}},
      {"pdf_with_a_file",
       MakePagePdf({.objects = {"<</Type/Filespec/F(data.csv)/EF<</F 8 0 R>>>>",
                                Stream("1,2", "/Type/EmbeddedFile")}}),
       {"PDF_EMBEDDED_FILE"}},
      {"pdf_with_xfa", MakePagePdf({.catalogue = "/AcroForm<</XFA(x)>>"}), {"PDF_XFA"}},
      {"pdf_with_a_film",
       MakePagePdf({.page = "/Annots[<</Type/Annot/Subtype/Movie/Rect[0 0 1 1]>>]"}),
       {"PDF_MULTIMEDIA"}},
  };
}

std::vector<Sample> Damaged() {
  const std::string sound = MakePagePdf();
  const std::string deep(20'000, '[');
  return {
      {"pdf_header_alone", "%PDF-1.7\n", {"PDF_BROKEN"}},
      {"pdf_of_noise", absl::StrCat("%PDF-1.7\n", std::string(5000, '\xa7')), {"PDF_BROKEN"}},
      {"pdf_without_table", absl::StrReplaceAll(sound, {{"xref\n", "xxxx\n"}}), {"PDF_DAMAGED"}},
      {"pdf_with_wrong_table",
       absl::StrReplaceAll(sound, {{"startxref\n", "startxref\n9"}}),
       {"PDF_DAMAGED"}},
      {"pdf_cut_off", sound.substr(0, sound.size() - 120), {"PDF_BROKEN"}},
      {"pdf_after_something", absl::StrCat("something else\n", sound), {"PDF_JUNK_BEFORE"}},
      {"pdf_without_pages",
       MakePdf({"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>"}),
       {"PAGES_NONE"}},
      {"pdf_without_catalogue", MakePdf({"<</Type/Nothing>>"}), {"PAGES_NONE", "PDF_DAMAGED"}},
      {"pdf_with_pages_in_a_circle",
       MakePdf({"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]/Count 1>>"}),
       {"PDF_BROKEN"}},
      {"pdf_with_deep_objects", MakePagePdf({.objects = {deep}}), {"PDF_DAMAGED"}},
      {"pdf_with_a_wrong_length",
       MakePagePdf({.objects = {"<</Length 999999>>\nstream\nx\nendstream"}}),
       {"PDF_DAMAGED"}},
      {"pdf_with_a_negative_length",
       MakePagePdf({.objects = {"<</Length -1>>\nstream\nx\nendstream"}}),
       {"PDF_DAMAGED"}},
  };
}

}  // namespace

std::string MakePdf(const std::vector<std::string>& objects, const std::string& trailer) {
  std::string pdf = "%PDF-1.7\n";
  std::string table = absl::StrFormat("xref\n0 %d\n0000000000 65535 f \n", objects.size() + 1);
  for (std::size_t i = 0; i < objects.size(); ++i) {
    absl::StrAppendFormat(&table, "%010d 00000 n \n", pdf.size());
    absl::StrAppend(&pdf, i + 1, " 0 obj\n", objects[i], "\nendobj\n");
  }
  return absl::StrCat(pdf, table, "trailer\n<</Size ", objects.size() + 1, "/Root 1 0 R", trailer,
                      ">>\nstartxref\n", pdf.size(), "\n%%EOF\n");
}

std::string MakePagePdf(const PdfParts& parts) {
  // A font whose letters are drawn in the file: each is an empty box, and ToUnicode is not needed for ASCII.
  std::string letters;
  std::string names;
  std::string widths;
  for (char c = 'A'; c <= 'z'; ++c) {
    const bool is_letter = c <= 'Z' || c >= 'a';
    absl::StrAppend(&letters, is_letter ? absl::StrCat("/", std::string(1, c), " 6 0 R") : "");
    absl::StrAppend(&names, is_letter ? absl::StrCat("/", std::string(1, c)) : "/.notdef");
    widths += "500 ";
  }
  std::vector<std::string> objects = {
      absl::StrCat("<</Type/Catalog/Pages 2 0 R", parts.catalogue, ">>"),
      "<</Type/Pages/Kids[3 0 R]/Count 1>>",
      absl::StrCat(
          "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>",
          parts.page, ">>"),
      Stream(absl::StrCat("BT /F 12 Tf 72 700 Td (", parts.text, ") Tj ET")),
      absl::StrCat(
          "<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[0.001 0 0 0.001 0 0]/FirstChar 65/"
          "LastChar 122/Widths[",
          widths, "]/CharProcs<<", letters, ">>/Encoding<</Type/Encoding/Differences[65", names,
          "]>>/Resources<<>>>>"),
      Stream("500 0 0 0 400 700 d1 0 0 400 700 re f"),
  };
  objects.insert(objects.end(), parts.objects.begin(), parts.objects.end());
  return MakePdf(objects);
}

std::vector<Sample> PdfSamples() {
  std::vector<Sample> all = {
      {"pdf_sound", MakePagePdf(), {}},
      {"pdf_without_text", MakePagePdf({.text = ""}), {"TEXT_NONE"}},
      {"pdf_with_a_font_from_elsewhere",
       MakePagePdf({.objects = {"<</Type/Font/Subtype/TrueType/BaseFont/Arial>>"}}),
       {"FONTS_NOT_EMBEDDED"}},
      {"pdf_with_password", Encrypted("secret"), {"PDF_ENCRYPTED"}},
      {"pdf_with_restrictions", Encrypted(""), {"PDF_RESTRICTED"}},
      {"pdf_and_zip_in_one", MakePagePdf() + MakeZip({{.name = "x", .data = "x"}}), {}},
      {"pdf_with_a_bomb",
       MakePagePdf({.objects = {Stream(Deflated(std::string(1 << 20, 'x')), "/Filter/FlateDecode")}}),
       {}},
  };
  for (const auto& some : {Active(), Damaged()}) all.insert(all.end(), some.begin(), some.end());
  return all;
}

std::vector<Sample> OtherSamples() {
  return {
      {"text", "Un mémoire en texte.\n", {}},
      {"text_in_latin1", "Un m\xe9moire en texte.\n", {}},
      {"script", "#!/bin/sh\nrm -rf /\n", {}},
      {"page", "<!DOCTYPE html><script>alert(1)</script>", {"TYPE_WEB_PAGE"}},
      {"drawing_with_script",
       "<?xml version=\"1.0\"?><svg><script>alert(1)</script></svg>",
       {"TYPE_WEB_PAGE"}},
      {"program",
       "\x7f"
       "ELF\x02\x01\x01",
       {"TYPE_PROGRAM"}},
      {"program_of_windows", "MZ\x90", {"TYPE_PROGRAM"}},
      {"picture", "\x89PNG\r\n\x1a\n", {"TYPE_NOT_LOOKED_INTO"}},
      {"rar", "Rar!\x1a\x07\x01", {"TYPE_NOT_LOOKED_INTO"}},
      {"noise", std::string("\x01\x02\x00\xff\xfe", 5), {"TYPE_UNKNOWN"}},
      {"one_byte", std::string(1, '\0'), {"TYPE_UNKNOWN"}},
  };
}

}  // namespace soutenance::submissions::inspect::testing
