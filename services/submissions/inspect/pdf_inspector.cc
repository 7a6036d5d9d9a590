#include "services/submissions/inspect/pdf_inspector.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <new>
#include <qpdf/InputSource.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace soutenance::submissions::inspect {
namespace {

// Direct objects in each other are looked at this deep. qpdf itself reads no deeper than 500.
constexpr int kDepthMax = 500;
constexpr std::size_t kFontsShown = 8;

// Our bytes as qpdf wants them.
class PdfInput final : public InputSource {
 public:
  explicit PdfInput(const Source& source) : source_(source) {}

  std::string const& getName() const override { return name_; }
  qpdf_offset_t tell() override { return at_; }
  void seek(qpdf_offset_t offset, int whence) override {
    const int64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? at_ : source_.size();
    if (offset < -base) throw std::runtime_error("seek before the beginning");
    at_ = base + offset;
  }
  void rewind() override { at_ = 0; }
  size_t read(char* to, size_t length) override {
    last_offset = at_;
    const std::size_t bytes = source_.ReadInto(at_, to, length);
    at_ += static_cast<int64_t>(bytes);
    if (bytes == 0 && length > 0) at_ = std::max(at_, source_.size());
    return bytes;
  }
  void unreadCh(char) override {
    if (at_ > 0) --at_;
  }
  qpdf_offset_t findAndSkipNextEOL() override {
    std::string piece;
    for (; !(piece = source_.Read(at_, 4096)).empty(); at_ += static_cast<int64_t>(piece.size())) {
      const std::size_t end = piece.find_first_of("\r\n");
      if (end == std::string::npos) continue;
      const qpdf_offset_t found = at_ + static_cast<int64_t>(end);
      at_ = found + 1;
      for (char c = 0; source_.ReadInto(at_, &c, 1) == 1 && (c == '\r' || c == '\n');) ++at_;
      return found;
    }
    return at_;
  }

 private:
  const Source& source_;
  const std::string name_ = "PDF";
  int64_t at_ = 0;
};

// Looks at every dictionary of a file.
class Walk {
 public:
  explicit Walk(Report& report) : report_(report) {}

  void Look(const QPDFObjectHandle& object) { Look(object, 0); }

  void ReportFonts() {
    if (fonts_.empty()) return;
    std::vector<std::string> shown;
    for (const std::string& font : fonts_) {
      if (shown.size() < kFontsShown) shown.push_back(font);
    }
    const std::size_t more = fonts_.size() - shown.size();
    report_.Found("FONTS_NOT_EMBEDDED", absl::StrCat(absl::StrJoin(shown, ", "),
                                                     more > 0 ? absl::StrCat(" and ", more, " more") : ""));
  }

 private:
  void Look(QPDFObjectHandle object, int depth) {
    if (depth > kDepthMax) return;
    if (object.isStream()) object = object.getDict();
    if (object.isDictionary()) {
      LookAtDictionary(object);
      // Names of keys, not the map itself: an object that is indirect is looked at on its own.
      for (const std::string& key : object.getKeys()) {
        const QPDFObjectHandle value = object.getKey(key);
        if (!value.isIndirect()) Look(value, depth + 1);
      }
    } else if (object.isArray()) {
      for (int i = 0; i < object.getArrayNItems(); ++i) {
        const QPDFObjectHandle value = object.getArrayItem(i);
        if (!value.isIndirect()) Look(value, depth + 1);
      }
    }
  }

  static std::string NameOf(QPDFObjectHandle dictionary, const std::string& key) {
    QPDFObjectHandle value = dictionary.getKey(key);
    return value.isName() ? value.getName() : "";
  }

  void LookAtDictionary(QPDFObjectHandle dictionary) {
    const std::string action = NameOf(dictionary, "/S");
    if (action == "/JavaScript" || dictionary.hasKey("/JS")) report_.Found("PDF_JAVASCRIPT");
    if (action == "/Launch") report_.Found("PDF_LAUNCH");
    if (action == "/SubmitForm" || action == "/ImportData") report_.Found("PDF_SENDS");
    if (action == "/GoToR" || action == "/GoToE") report_.Found("PDF_REMOTE");
    const std::string type = NameOf(dictionary, "/Type");
    if (type == "/EmbeddedFile" || dictionary.hasKey("/EF") || dictionary.hasKey("/EmbeddedFiles")) {
      report_.Found("PDF_EMBEDDED_FILE", FileNameOf(dictionary));
    }
    if (dictionary.hasKey("/XFA")) report_.Found("PDF_XFA");
    const std::string subtype = NameOf(dictionary, "/Subtype");
    for (const absl::string_view medium : {"/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}) {
      if (subtype == medium && type != "/XObject") report_.Found("PDF_MULTIMEDIA", medium.substr(1));
    }
    if (type == "/Font") LookAtFont(dictionary, subtype);
  }

  static std::string FileNameOf(QPDFObjectHandle dictionary) {
    for (const char* key : {"/UF", "/F"}) {
      QPDFObjectHandle name = dictionary.getKey(key);
      if (name.isString()) return name.getUTF8Value();
    }
    return "";
  }

  void LookAtFont(QPDFObjectHandle font, const std::string& subtype) {
    // Type 3 fonts are drawn in the file; composite ones have their parts, which are fonts of their own.
    if (subtype == "/Type3" || subtype == "/Type0") return;
    QPDFObjectHandle descriptor = font.getKey("/FontDescriptor");
    const bool embedded =
        descriptor.isDictionary() && (descriptor.hasKey("/FontFile") || descriptor.hasKey("/FontFile2") ||
                                      descriptor.hasKey("/FontFile3"));
    if (embedded || fonts_.size() >= 1000) return;
    std::string name = NameOf(font, "/BaseFont");
    fonts_.insert(name.empty() ? "?" : name.substr(1, 100));
  }

  Report& report_;
  std::set<std::string> fonts_;
};

// What qpdf had to guess.
void ReportWarnings(QPDF& pdf, Report& report) {
  const std::vector<QPDFExc> warnings = pdf.getWarnings();
  if (!warnings.empty()) report.Found("PDF_DAMAGED", warnings.front().getMessageDetail());
}

void LookAtObjects(QPDF& pdf, Report& report) {
  report.Stage("pdf_active_content");
  Walk walk(report);
  walk.Look(pdf.getTrailer());
  for (const auto& [id, entry] : pdf.getXRefTable()) {
    try {
      const QPDFObjectHandle object = pdf.getObject(id);
      walk.Look(object);
    } catch (const std::bad_alloc&) {
      throw;
    } catch (const std::exception& error) {
      report.Found("PDF_DAMAGED", error.what());
    }
  }
  report.Done("pdf_active_content");
  walk.ReportFonts();
  report.Done("pdf_fonts");
}

bool LookAt(QPDF& pdf, const Source& source, Report& report) {
  pdf.setSuppressWarnings(true);
  pdf.processInputSource(std::make_shared<PdfInput>(source));
  report.Stage("pdf_encryption");
  if (pdf.isEncrypted()) report.Found("PDF_RESTRICTED");
  report.Done("pdf_encryption");
  report.Stage("pages");
  const std::size_t pages = pdf.getAllPages().size();
  report.Pages(static_cast<int>(std::min<std::size_t>(pages, 10'000'000)));
  if (pages == 0) report.Found("PAGES_NONE");
  report.Done("pages");
  LookAtObjects(pdf, report);
  report.Stage("pdf_structure");
  ReportWarnings(pdf, report);
  report.Done("pdf_structure");
  return pages > 0;
}

}  // namespace

bool InspectPdf(const Source& source, Report& report) {
  report.Stage("pdf_structure");
  if (!absl::StartsWith(source.Read(0, 5), "%PDF-")) report.Found("PDF_JUNK_BEFORE");
  QPDF pdf;
  try {
    return LookAt(pdf, source, report);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const QPDFExc& error) {
    if (error.getErrorCode() == qpdf_e_password) {
      report.Found("PDF_ENCRYPTED");
    } else {
      report.Found("PDF_BROKEN", error.getMessageDetail());
    }
  } catch (const std::exception& error) {
    report.Found("PDF_BROKEN", error.what());
  }
  return false;
}

}  // namespace soutenance::submissions::inspect
