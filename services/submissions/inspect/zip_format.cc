#include "services/submissions/inspect/zip_format.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/match.h"

namespace soutenance::submissions::inspect {
namespace {

constexpr std::size_t kEndBytes = 22;
constexpr std::size_t kCommentBytesMax = 65535;
constexpr std::size_t kZip64EndBytes = 56;
constexpr std::size_t kZip64LocatorBytes = 20;
constexpr uint32_t kFourSaysSeeZip64 = 0xffffffff;

uint64_t Number(absl::string_view bytes, std::size_t at, std::size_t count) {
  uint64_t number = 0;
  if (at > bytes.size() || bytes.size() - at < count) return 0;
  for (std::size_t i = count; i > 0; --i)
    number = number << 8 | static_cast<unsigned char>(bytes[at + i - 1]);
  return number;
}

// Replaces what the ordinary fields say is too large for them by what the ZIP64 field says.
void ReadZip64(absl::string_view extra, ZipEntry& entry, bool with_offset) {
  while (extra.size() >= 4) {
    const std::size_t size = Two(extra, 2);
    absl::string_view field = extra.substr(4, size);
    if (Two(extra, 0) == 1) {
      const auto take = [&](uint64_t& value) {
        if (value != kFourSaysSeeZip64 || field.size() < 8) return;
        value = Eight(field, 0);
        field.remove_prefix(8);
      };
      take(entry.unpacked);
      take(entry.packed);
      if (with_offset) take(entry.offset);
      return;
    }
    extra.remove_prefix(std::min(extra.size(), 4 + size));
  }
}

// The ZIP64 end before the ordinary one at `at`, if there is one.
void ReadZip64End(const Source& source, ZipEnd& end) {
  const int64_t locator_at = end.at - static_cast<int64_t>(kZip64LocatorBytes);
  const std::string locator = source.Read(locator_at, kZip64LocatorBytes);
  if (locator_at < 0 || !absl::StartsWith(locator, "PK\x06\x07")) return;
  // It says where the end record is, but that is wrong in an archive with something before it: it usually
  // stands right before its locator.
  for (const int64_t at :
       {locator_at - static_cast<int64_t>(kZip64EndBytes), static_cast<int64_t>(Eight(locator, 8))}) {
    if (at < 0 || at >= locator_at) continue;
    const std::string record = source.Read(at, kZip64EndBytes);
    if (record.size() < kZip64EndBytes || !absl::StartsWith(record, "PK\x06\x06")) continue;
    end.at = at;
    end.several_volumes = Four(record, 16) != 0 || Four(record, 20) != 0 || Four(locator, 16) > 1;
    end.entries = Eight(record, 32);
    end.directory_bytes = Eight(record, 40);
    end.directory_offset = Eight(record, 48);
    return;
  }
}

}  // namespace

uint32_t Two(absl::string_view bytes, std::size_t at) { return static_cast<uint32_t>(Number(bytes, at, 2)); }
uint32_t Four(absl::string_view bytes, std::size_t at) { return static_cast<uint32_t>(Number(bytes, at, 4)); }
uint64_t Eight(absl::string_view bytes, std::size_t at) { return Number(bytes, at, 8); }

std::optional<ZipEnd> FindZipEnd(const Source& source) {
  const int64_t from =
      std::max<int64_t>(0, source.size() - static_cast<int64_t>(kEndBytes + kCommentBytesMax));
  const std::string tail = source.Read(from, kEndBytes + kCommentBytesMax);
  if (tail.size() < kEndBytes) return std::nullopt;
  for (std::size_t at = tail.size() - kEndBytes + 1; at > 0;) {
    const absl::string_view record = absl::string_view(tail).substr(--at);
    if (!absl::StartsWith(record, "PK\x05\x06")) continue;
    const std::size_t with_comment = kEndBytes + Two(record, 20);
    if (with_comment > record.size()) continue;
    ZipEnd end{.at = from + static_cast<int64_t>(at),
               .entries = Two(record, 10),
               .directory_bytes = Four(record, 12),
               .directory_offset = Four(record, 16),
               .several_volumes = Two(record, 4) != 0 || Two(record, 6) != 0,
               .trailing = with_comment < record.size()};
    const bool trailing = end.trailing;
    ReadZip64End(source, end);
    end.trailing = trailing;
    return end;
  }
  return std::nullopt;
}

std::optional<ZipEntry> ReadDirectoryEntry(absl::string_view bytes) {
  constexpr std::size_t kFixed = 46;
  if (bytes.size() < kFixed || !absl::StartsWith(bytes, "PK\x01\x02")) return std::nullopt;
  const std::size_t name = Two(bytes, 28);
  const std::size_t extra = Two(bytes, 30);
  ZipEntry entry{.flags = Two(bytes, 8),
                 .method = Two(bytes, 10),
                 .crc = Four(bytes, 16),
                 .packed = Four(bytes, 20),
                 .unpacked = Four(bytes, 24),
                 .offset = Four(bytes, 42),
                 .record = kFixed + name + extra + Two(bytes, 32)};
  if (entry.record > bytes.size()) return std::nullopt;
  const bool made_by_unix = Two(bytes, 4) >> 8 == 3 || Two(bytes, 4) >> 8 == 19;
  if (made_by_unix) entry.unix_mode = Four(bytes, 38) >> 16;
  entry.name = std::string(bytes.substr(kFixed, name));
  ReadZip64(bytes.substr(kFixed + name, extra), entry, true);
  return entry;
}

std::optional<ZipEntry> ReadLocalHeader(absl::string_view bytes) {
  constexpr std::size_t kFixed = 30;
  if (bytes.size() < kFixed || !absl::StartsWith(bytes, "PK\x03\x04")) return std::nullopt;
  const std::size_t name = Two(bytes, 26);
  const std::size_t extra = Two(bytes, 28);
  ZipEntry entry{.flags = Two(bytes, 6),
                 .method = Two(bytes, 8),
                 .crc = Four(bytes, 14),
                 .packed = Four(bytes, 18),
                 .unpacked = Four(bytes, 22),
                 .record = kFixed + name + extra};
  if (entry.record > bytes.size()) return std::nullopt;
  entry.name = std::string(bytes.substr(kFixed, name));
  ReadZip64(bytes.substr(kFixed + name, extra), entry, false);
  return entry;
}

}  // namespace soutenance::submissions::inspect
