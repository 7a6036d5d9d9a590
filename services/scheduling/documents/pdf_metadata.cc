#include "services/scheduling/documents/pdf_metadata.h"

// Asked for by qpdf: we use std::shared_ptr, never PointerHolder.
#define POINTERHOLDER_TRANSITION 4

#include <exception>
#include <memory>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"

namespace soutenance::scheduling::documents {
namespace {

void SetDates(QPDFObjectHandle info, absl::Time created) {
  info.removeKey("/ModDate");
  info.removeKey("/CreationDate");
  if (created == absl::InfinitePast()) return;
  const std::string date = absl::FormatTime("D:%Y%m%d%H%M%SZ", created, absl::UTCTimeZone());
  info.replaceKey("/CreationDate", QPDFObjectHandle::newString(date));
}

std::string Complete(const std::string& pdf, absl::string_view language, absl::Time created) {
  QPDF document;
  document.setSuppressWarnings(true);
  document.processMemoryFile("timetable", pdf.data(), pdf.size());
  QPDFObjectHandle root = document.getRoot();
  root.replaceKey("/Lang", QPDFObjectHandle::newString(std::string(language)));
  QPDFObjectHandle preferences = QPDFObjectHandle::newDictionary();
  preferences.replaceKey("/DisplayDocTitle", QPDFObjectHandle::newBool(true));
  root.replaceKey("/ViewerPreferences", preferences);
  QPDFObjectHandle info = document.getTrailer().getKey("/Info");
  if (info.isDictionary()) SetDates(info, created);

  QPDFWriter writer(document);
  writer.setOutputMemory();
  writer.setDeterministicID(true);
  writer.write();
  const std::shared_ptr<Buffer> buffer = writer.getBufferSharedPointer();
  return std::string(reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize());
}

}  // namespace

absl::StatusOr<std::string> CompletePdf(const std::string& pdf, absl::string_view language,
                                        absl::Time created) {
  try {
    return Complete(pdf, language, created);
  } catch (const std::exception& error) {
    return Error(absl::StatusCode::kInternal, absl::StrCat("qpdf failed: ", error.what()),
                 {.reason = "INTERNAL"});
  }
}

}  // namespace soutenance::scheduling::documents
