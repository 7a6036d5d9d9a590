#include "services/submissions/inspect/zip_inspector.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/submissions/inspect/media_type.h"
#include "services/submissions/inspect/zip_format.h"
#include "services/submissions/inspect/zip_names.h"
#include "services/submissions/inspect/zip_unpack.h"

namespace soutenance::submissions::inspect {
namespace {

constexpr uint32_t kStored = 0;
constexpr uint32_t kDeflated = 8;
// Kinds of files in a Unix mode.
constexpr uint32_t kKindMask = 0170000;
constexpr uint32_t kRegular = 0100000;
constexpr uint32_t kFolder = 0040000;
constexpr uint32_t kLink = 0120000;

class Inspection {
 public:
  Inspection(const Source& source, bool is_document, const ZipLimits& limits, Report& report)
      : source_(source), is_document_(is_document), limits_(limits), report_(report), names_(report) {}

  // The entries, if all of them can be read; nothing otherwise.
  std::vector<PlacedEntry> Run() {
    report_.Stage("archive_structure");
    const std::optional<ZipEnd> end = FindZipEnd(source_);
    if (!end) {
      report_.Found("ARCHIVE_CUT_OFF");
      return {};
    }
    if (!ReadDirectory(*end)) return {};
    report_.Stage("archive_names");
    for (const PlacedEntry& placed : entries_) names_.Check(placed.entry.name);
    report_.Done("archive_names");
    report_.Stage("archive_entries");
    for (const PlacedEntry& placed : entries_) CheckKind(placed.entry);
    report_.Stage("archive_structure");
    if (!ReadHeaders() || !CheckPlaces()) return {};
    report_.Stage("archive_size");
    if (!CheckDeclaredSizes()) return {};
    const bool is_sound = UnpackAll();
    // What an early return left open is not said to be well.
    for (const absl::string_view check : {"archive_structure", "archive_entries", "archive_size"}) {
      report_.Done(check);
    }
    if (!is_sound) entries_.clear();
    return std::move(entries_);
  }

 private:
  // False if the rest cannot be looked at.
  bool ReadDirectory(const ZipEnd& end) {
    if (end.several_volumes) {
      report_.Found("ARCHIVE_BROKEN", "several volumes");
      return false;
    }
    if (end.trailing) report_.Found("ARCHIVE_JUNK", "after the end");
    if (end.entries > static_cast<uint64_t>(limits_.entries_max) ||
        end.directory_bytes > static_cast<uint64_t>(limits_.directory_bytes_max)) {
      report_.Found("TOO_MANY_ENTRIES", absl::StrCat(end.entries));
      return false;
    }
    directory_ = end.at - static_cast<int64_t>(end.directory_bytes);
    shift_ = directory_ - static_cast<int64_t>(std::min<uint64_t>(end.directory_offset, kFar));
    if (directory_ < 0 || shift_ < 0) {
      report_.Found("ARCHIVE_BROKEN", "its directory is not where it is said to be");
      return false;
    }
    if (shift_ > 0) report_.Found("ARCHIVE_JUNK", absl::StrCat(shift_, " bytes before it begins"));
    return ReadEntries(end);
  }

  bool ReadEntries(const ZipEnd& end) {
    const std::string directory = source_.Read(directory_, static_cast<std::size_t>(end.directory_bytes));
    absl::string_view rest = directory;
    while (!rest.empty()) {
      std::optional<ZipEntry> entry = ReadDirectoryEntry(rest);
      if (!entry) break;
      rest.remove_prefix(entry->record);
      entries_.push_back({*std::move(entry)});
      if (entries_.size() > static_cast<std::size_t>(limits_.entries_max)) {
        report_.Found("TOO_MANY_ENTRIES");
        return false;
      }
    }
    if (!rest.empty() && !absl::StartsWith(rest, "PK\x05\x05")) {  // a signature may follow
      report_.Found("ARCHIVE_BROKEN", absl::StrCat("after entry ", entries_.size(), " of its directory"));
      return false;
    }
    if (entries_.size() != end.entries) {
      report_.Found("ARCHIVE_CONTRADICTION",
                    absl::StrCat(end.entries, " entries are said, ", entries_.size(), " are there"));
      return false;
    }
    if (entries_.empty()) report_.Found("ARCHIVE_EMPTY");
    return true;
  }

  void CheckKind(const ZipEntry& entry) {
    const uint32_t kind = entry.unix_mode & kKindMask;
    if (kind == kLink) {
      report_.Found("ENTRY_LINK", entry.name);
    } else if (kind != 0 && kind != kRegular && kind != kFolder) {
      report_.Found("ENTRY_SPECIAL", entry.name);
    }
    if (entry.IsEncrypted()) report_.Found("ENTRY_ENCRYPTED", entry.name);
    if (absl::EndsWithIgnoreCase(entry.name, "vbaProject.bin")) report_.Found("ENTRY_MACROS", entry.name);
    if (entry.method != kStored && entry.method != kDeflated) {
      report_.Found("ARCHIVE_METHOD", absl::StrCat(entry.name, ": ", entry.method));
    }
    if (entry.IsFolder() && entry.unpacked > 0) report_.Found("ARCHIVE_CONTRADICTION", entry.name);
  }

  // Finds the data of every entry by the header before it, which must say what the directory says.
  bool ReadHeaders() {
    for (PlacedEntry& placed : entries_) {
      const ZipEntry& entry = placed.entry;
      placed.begin = shift_ + static_cast<int64_t>(std::min<uint64_t>(entry.offset, kFar));
      const std::optional<ZipEntry> header = HeaderAt(placed.begin);
      if (!header) {
        report_.Found("ARCHIVE_BROKEN", entry.name);
        return false;
      }
      placed.data = placed.begin + static_cast<int64_t>(header->record);
      placed.end = placed.data + static_cast<int64_t>(std::min<uint64_t>(entry.packed, kFar));
      if (placed.end > directory_) {
        report_.Found("ARCHIVE_BROKEN", absl::StrCat(entry.name, " reaches beyond the entries"));
        return false;
      }
      const bool sizes_agree =
          header->HasDescriptor() ||
          (header->packed == entry.packed && header->unpacked == entry.unpacked && header->crc == entry.crc);
      if (header->name != entry.name || header->method != entry.method || !sizes_agree ||
          header->IsEncrypted() != entry.IsEncrypted()) {
        report_.Found("ARCHIVE_CONTRADICTION", entry.name);
      }
      if (entry.method == kStored && !entry.IsEncrypted() && entry.packed != entry.unpacked) {
        report_.Found("ARCHIVE_SIZE_LIE", entry.name);
      }
    }
    return true;
  }

  std::optional<ZipEntry> HeaderAt(int64_t at) const {
    // Most names are short; the longest header is read only where it is needed.
    for (const std::size_t bytes : {std::size_t{512}, kLocalHeaderBytesMax}) {
      if (std::optional<ZipEntry> header = ReadLocalHeader(source_.Read(at, bytes))) return header;
    }
    return std::nullopt;
  }

  // That no two entries share bytes.
  bool CheckPlaces() {
    std::vector<const PlacedEntry*> by_place;
    for (const PlacedEntry& placed : entries_) by_place.push_back(&placed);
    std::sort(by_place.begin(), by_place.end(),
              [](const PlacedEntry* left, const PlacedEntry* right) { return left->begin < right->begin; });
    int64_t end = shift_;
    for (const PlacedEntry* placed : by_place) {
      if (placed->begin < end) {
        report_.Found("ARCHIVE_OVERLAP", placed->entry.name);
        return false;
      }
      // Sizes after the data take up to 24 bytes; programs that align entries leave less than a page.
      if (placed->begin - end > kGapMax)
        report_.Found("ARCHIVE_JUNK", absl::StrCat("before ", placed->entry.name));
      end = placed->end;
    }
    return true;
  }

  bool CheckDeclaredSizes() {
    uint64_t total = 0;
    for (const PlacedEntry& placed : entries_) {
      const ZipEntry& entry = placed.entry;
      if (entry.unpacked > static_cast<uint64_t>(limits_.small_bytes) &&
          entry.unpacked / static_cast<uint64_t>(limits_.ratio_max) > entry.packed) {
        report_.Found("ARCHIVE_BOMB",
                      absl::StrCat(entry.name, ": ", entry.packed, " bytes unpack to ", entry.unpacked));
        return false;
      }
      total += std::min<uint64_t>(entry.unpacked, kFar);
      if (total <= static_cast<uint64_t>(limits_.unpacked_bytes_max)) continue;
      report_.Found("ARCHIVE_TOO_LARGE", absl::StrCat(total, " bytes"));
      return false;
    }
    // Many entries that are small bombs together.
    const uint64_t size = static_cast<uint64_t>(std::max<int64_t>(1, source_.size()));
    if (total > static_cast<uint64_t>(limits_.small_bytes) &&
        total / static_cast<uint64_t>(limits_.ratio_max) > size) {
      report_.Found("ARCHIVE_BOMB", absl::StrCat(size, " bytes unpack to ", total));
      return false;
    }
    return true;
  }

  // False if an entry has no end that is near.
  bool UnpackAll() {
    int64_t left = limits_.tried_bytes_max;
    for (const PlacedEntry& placed : entries_) {
      const ZipEntry& entry = placed.entry;
      if (entry.IsFolder() || !CanUnpack(entry)) continue;
      const int64_t declared = static_cast<int64_t>(entry.unpacked);
      const bool whole = declared <= left;
      const int64_t bytes_max =
          whole ? declared : std::min<int64_t>(left, static_cast<int64_t>(Unpacked::kStartBytes));
      const Unpacked unpacked = Unpack(source_, placed, bytes_max, [](absl::string_view) { return true; });
      left -= std::min(left, unpacked.bytes);
      CheckStart(entry, unpacked.start);
      if (!whole) continue;
      if (unpacked.too_much || (unpacked.sound && unpacked.bytes != declared)) {
        report_.Found("ARCHIVE_SIZE_LIE", entry.name);
        if (unpacked.too_much) return false;
      } else if (!unpacked.sound || unpacked.crc != entry.crc) {
        report_.Found("ARCHIVE_BROKEN", entry.name);
      }
    }
    return true;
  }

  void CheckStart(const ZipEntry& entry, absl::string_view start) {
    const std::string type = MediaTypeOfStart(start);
    if (IsProgramType(type)) report_.Found("ENTRY_PROGRAM", entry.name);
    if (IsArchiveType(type) && !is_document_) report_.Found("ENTRY_ARCHIVE", entry.name);
  }

  static constexpr uint64_t kFar = std::numeric_limits<int64_t>::max() / 4;
  static constexpr int64_t kGapMax = 64 << 10;

  const Source& source_;
  const bool is_document_;
  const ZipLimits& limits_;
  Report& report_;
  NameCheck names_;
  std::vector<PlacedEntry> entries_;
  int64_t directory_ = 0;  // where it begins
  int64_t shift_ = 0;      // how far everything is from where it is said to be
};

}  // namespace

std::vector<PlacedEntry> InspectZip(const Source& source, bool is_document, const ZipLimits& limits,
                                    Report& report) {
  return Inspection(source, is_document, limits, report).Run();
}

}  // namespace soutenance::submissions::inspect
