#include "services/submissions/inspect/media_type.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/submissions/checks/utf8.h"

namespace soutenance::submissions::inspect {
namespace {

constexpr std::size_t kStartBytes = 4096;
constexpr std::size_t kLocalHeaderBytes = 30;

// What files begin with. NUL bytes are part of some.
struct Magic {
  absl::string_view bytes;
  std::size_t offset;
  absl::string_view media_type;
};
constexpr Magic kMagics[] = {
    {"\x7f"
     "ELF",
     0, "application/x-executable"},
    {"MZ", 0, "application/vnd.microsoft.portable-executable"},
    {"\xcf\xfa\xed\xfe", 0, "application/x-mach-binary"},
    {"\xce\xfa\xed\xfe", 0, "application/x-mach-binary"},
    {"#!", 0, "text/x-script"},
    {"Rar!\x1a\x07", 0, "application/vnd.rar"},
    {"7z\xbc\xaf\x27\x1c", 0, "application/x-7z-compressed"},
    {"\x1f\x8b", 0, "application/gzip"},
    {"BZh", 0, "application/x-bzip2"},
    {absl::string_view("\xfd"
                       "7zXZ\0",
                       6),
     0, "application/x-xz"},
    {"\x28\xb5\x2f\xfd", 0, "application/zstd"},
    {"ustar", 257, "application/x-tar"},
    {"\x89PNG\r\n\x1a\n", 0, "image/png"},
    {"\xff\xd8\xff", 0, "image/jpeg"},
    {"GIF8", 0, "image/gif"},
    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, "application/x-ole-storage"},
    {"{\\rtf", 0, "application/rtf"},
    {"%!PS", 0, "application/postscript"},
    {"ID3", 0, "audio/mpeg"},
    {"ftyp", 4, "video/mp4"},
};

// UTF-8, or, as from older programs, one byte a character: then most of them are ASCII.
bool IsText(absl::string_view bytes) {
  if (bytes.empty()) return false;
  std::size_t ascii = 0;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f') return false;
    if (byte < 0x80) ++ascii;
  }
  // The last character may be cut in two.
  absl::string_view whole = bytes;
  for (int i = 0; i < 3 && !IsUtf8(whole) && whole.size() > 3; ++i) whole.remove_suffix(1);
  return IsUtf8(whole) || ascii * 10 >= bytes.size() * 8;
}

bool IsWebPage(absl::string_view bytes) {
  const std::string start = absl::AsciiStrToLower(absl::StripLeadingAsciiWhitespace(bytes.substr(0, 1024)));
  return absl::StartsWith(start, "<!doctype html") || absl::StartsWith(start, "<html") ||
         absl::StrContains(start, "<script") || absl::StartsWith(start, "<svg") ||
         (absl::StartsWith(start, "<?xml") &&
          (absl::StrContains(start, "<svg") || absl::StrContains(start, "<html")));
}

// The type of a ZIP archive, from the name and content of its first entry.
std::string ZipTypeOf(absl::string_view bytes) {
  if (bytes.size() < kLocalHeaderBytes) return "application/zip";
  const auto two = [&](std::size_t at) {
    return static_cast<std::size_t>(static_cast<unsigned char>(bytes[at])) |
           static_cast<std::size_t>(static_cast<unsigned char>(bytes[at + 1])) << 8;
  };
  const absl::string_view after = bytes.substr(kLocalHeaderBytes);
  const absl::string_view name = after.substr(0, two(26));
  if (name == "mimetype" && two(8) == 0) {  // stored
    const absl::string_view type = after.substr(std::min(after.size(), two(26) + two(28)));
    if (absl::StartsWith(type, "application/epub+zip")) return "application/epub+zip";
    if (absl::StartsWith(type, "application/vnd.oasis.opendocument"))
      return "application/vnd.oasis.opendocument";
  }
  if (name == "[Content_Types].xml" || absl::StartsWith(name, "_rels/")) {
    return "application/vnd.openxmlformats-officedocument";
  }
  if (absl::StartsWith(name, "META-INF/")) return "application/java-archive";
  return "application/zip";
}

}  // namespace

std::string MediaTypeOfStart(absl::string_view first_bytes) {
  // A PDF may begin with up to a kibibyte of something else; readers look there, and so do we.
  if (absl::StrContains(first_bytes.substr(0, 1024), "%PDF-")) return "application/pdf";
  for (const absl::string_view zip : {"PK\x03\x04", "PK\x05\x06"}) {
    if (absl::StartsWith(first_bytes, zip)) return ZipTypeOf(first_bytes);
  }
  for (const Magic& magic : kMagics) {
    if (first_bytes.size() >= magic.offset &&
        absl::StartsWith(first_bytes.substr(magic.offset), magic.bytes)) {
      return std::string(magic.media_type);
    }
  }
  if (IsWebPage(first_bytes)) return "text/html";
  return IsText(first_bytes) ? "text/plain" : "application/octet-stream";
}

std::string MediaTypeOfContent(const Source& source) {
  std::string type = MediaTypeOfStart(source.Read(0, kStartBytes));
  if (type != "application/octet-stream" && !IsProgramType(type)) return type;
  // An archive that begins with something else, such as a program that unpacks it, is still unpacked as an
  // archive.
  const std::size_t tail_bytes = 22;
  const std::string tail =
      source.Read(std::max<int64_t>(0, source.size() - static_cast<int64_t>(tail_bytes)), tail_bytes);
  if (type == "application/octet-stream" && absl::StartsWith(tail, "PK\x05\x06")) return "application/zip";
  return type;
}

bool IsArchiveType(absl::string_view media_type) {
  return media_type == "application/zip" || media_type == "application/vnd.rar" ||
         media_type == "application/x-7z-compressed" || media_type == "application/x-tar";
}

bool IsZipType(absl::string_view media_type) {
  return media_type == "application/zip" || media_type == "application/epub+zip" ||
         media_type == "application/java-archive" ||
         absl::StartsWith(media_type, "application/vnd.oasis.opendocument") ||
         absl::StartsWith(media_type, "application/vnd.openxmlformats-officedocument");
}

bool IsProgramType(absl::string_view media_type) {
  return media_type == "application/x-executable" || media_type == "application/x-mach-binary" ||
         media_type == "application/vnd.microsoft.portable-executable";
}

}  // namespace soutenance::submissions::inspect
