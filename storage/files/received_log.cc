#include "storage/files/received_log.h"

#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/base/status.h"

namespace soutenance::storage::files {
namespace {

using submissions::ByteRange;
using submissions::ByteRanges;

constexpr absl::string_view kBoot = "boot ";
// A log has one short line for each mebibyte or so; more than this is not ours.
constexpr int64_t kLogBytesMax = 16 << 20;

// FNV-1a: tells torn lines apart, no more.
uint32_t Check(absl::string_view text) {
  uint32_t hash = 2166136261u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash;
}

std::string Line(absl::string_view text) { return absl::StrCat(text, " ", absl::Hex(Check(text)), "\n"); }

// The text of a line that is whole; empty otherwise.
absl::string_view Whole(absl::string_view line) {
  const std::size_t space = line.rfind(' ');
  if (space == absl::string_view::npos) return "";
  const absl::string_view text = line.substr(0, space);
  return line.substr(space + 1) == absl::StrCat(absl::Hex(Check(text))) ? text : "";
}

std::string BootLine(const FileSystem& file_system) {
  return Line(absl::StrCat(kBoot, file_system.BootId()));
}

absl::StatusOr<std::string> ReadAll(const File& file) {
  ASSIGN_OR_RETURN(const int64_t size, file.Size());
  if (size > kLogBytesMax) return std::string();
  std::string text(static_cast<std::size_t>(size), '\0');
  ASSIGN_OR_RETURN(const std::size_t read, file.Read(0, text.data(), text.size()));
  text.resize(read);
  return text;
}

}  // namespace

absl::StatusOr<ByteRanges> ReceivedLog::Read(const FileSystem& file_system, const std::string& path,
                                             int64_t file_size) {
  ByteRanges ranges;
  const auto file = file_system.OpenToRead(path);
  if (absl::IsNotFound(file.status())) return ranges;
  RETURN_IF_ERROR(file.status());
  ASSIGN_OR_RETURN(const std::string text, ReadAll(**file));
  bool same_boot = false;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    const absl::string_view whole = Whole(line);
    if (whole.empty()) continue;
    if (absl::StrCat(whole) == absl::StrCat(kBoot, file_system.BootId())) {
      same_boot = true;
      continue;
    }
    const std::vector<absl::string_view> words = absl::StrSplit(whole, ' ');
    ByteRange range;
    if (words.size() != 3 || !absl::SimpleAtoi(words[1], &range.begin) ||
        !absl::SimpleAtoi(words[2], &range.end) || range.begin < 0 || range.end > file_size) {
      continue;
    }
    if (words[0] == "disk" || (words[0] == "file" && same_boot)) ranges.Add(range);
  }
  return ranges;
}

absl::StatusOr<ReceivedLog> ReceivedLog::Begin(FileSystem& file_system, const std::string& path,
                                               const ByteRanges& ranges) {
  RETURN_IF_ERROR(file_system.Remove(path));
  ASSIGN_OR_RETURN(std::unique_ptr<File> file, file_system.OpenToWrite(path));
  const std::string line = BootLine(file_system);
  RETURN_IF_ERROR(file->Write(0, line));
  ReceivedLog log(std::move(file), static_cast<int64_t>(line.size()));
  RETURN_IF_ERROR(log.Add(ranges, Where::kInFile));
  return log;
}

absl::Status ReceivedLog::Add(const ByteRanges& ranges, Where where) {
  std::string text;
  for (const ByteRange& range : ranges.All()) {
    text += Line(absl::StrCat(where == Where::kOnDisk ? "disk " : "file ", range.begin, " ", range.end));
  }
  if (text.empty()) return absl::OkStatus();
  RETURN_IF_ERROR(file_->Write(size_, text));
  size_ += static_cast<int64_t>(text.size());
  return absl::OkStatus();
}

}  // namespace soutenance::storage::files
