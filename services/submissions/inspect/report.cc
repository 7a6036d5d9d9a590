#include "services/submissions/inspect/report.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/submissions/checks/utf8.h"

namespace soutenance::submissions::inspect {
namespace {

constexpr std::size_t kFindingsMax = 100;
constexpr int kPagesMax = 10'000'000;

bool IsCheck(absl::string_view name) {
  const auto all = AllChecks();
  return std::find(all.begin(), all.end(), name) != all.end();
}

bool IsMediaType(absl::string_view text) {
  return text.size() <= 100 && absl::StrContains(text, '/') &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isalnum(static_cast<unsigned char>(c)) || absl::StrContains("/.+-", c);
         });
}

// Text that can be kept and shown: what is no character becomes "?", and control characters but those of
// layout go.
std::string CleanText(absl::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  while (!text.empty()) {
    const Utf8Character next = FirstCharacter(text);
    if (!next.valid) {
      clean += '?';
    } else if (!IsControl(next.code) || next.code == '\n' || next.code == '\f' || next.code == '\t') {
      clean.append(text.data(), next.bytes);
    }
    text.remove_prefix(next.bytes);
  }
  return clean;
}

void ReadFinding(absl::string_view line, std::vector<Finding>& findings) {
  const std::vector<std::string> words = absl::StrSplit(std::string(line), absl::MaxSplits(' ', 2));
  if (words.size() < 2 || findings.size() == kFindingsMax || !IsCheck(words[0])) return;
  const CheckReason* const reason = FindReason(words[1]);
  if (reason == nullptr || (!reason->check.empty() && reason->check != words[0])) return;
  findings.push_back(
      {words[0], words[1], words.size() > 2 ? Shown(words[2], Finding::kDetailBytesMax) : std::string()});
}

}  // namespace

void Report::Stage(absl::string_view check) {
  stage_ = std::string(check);
  out_(absl::StrCat("stage ", check, "\n"));
}

void Report::MediaType(absl::string_view type) { out_(absl::StrCat("type ", type, "\n")); }

void Report::Pages(int pages) { out_(absl::StrCat("pages ", pages, "\n")); }

void Report::Found(absl::string_view reason, absl::string_view detail) {
  if (!reasons_.insert(std::string(reason)).second) return;
  const CheckReason* const known = FindReason(reason);
  const absl::string_view check =
      known == nullptr || known->check.empty() ? absl::string_view(stage_) : known->check;
  checks_.insert(std::string(check));
  const std::string shown = Shown(detail, Finding::kDetailBytesMax);
  out_(absl::StrCat("finding ", check, " ", reason, shown.empty() ? "" : " ", shown, "\n"));
}

void Report::Done(absl::string_view check) {
  if (checks_.count(std::string(check)) == 0) out_(absl::StrCat("finding ", check, " OK\n"));
}

void Report::Text(absl::string_view text, bool cut_off) {
  out_(absl::StrCat("text ", text.size(), cut_off ? " 1\n" : " 0\n"));
  out_(text);
  out_("\n");
}

void Report::End() { out_("end\n"); }

ReadReport ParseReport(absl::string_view bytes) {
  ReadReport report;
  Inspection& inspection = report.inspection;
  while (!bytes.empty() && !report.complete) {
    const std::size_t end = bytes.find('\n');
    if (end == absl::string_view::npos) break;
    const std::pair<std::string, std::string> line =
        absl::StrSplit(std::string(bytes.substr(0, end)), absl::MaxSplits(' ', 1));
    const auto& [word, rest] = line;
    bytes.remove_prefix(end + 1);
    if (word == "stage" && IsCheck(rest)) {
      report.stage = rest;
    } else if (word == "type" && IsMediaType(rest)) {
      inspection.media_type = rest;
    } else if (word == "pages") {
      int pages = 0;
      if (absl::SimpleAtoi(rest, &pages) && pages >= 0 && pages <= kPagesMax) inspection.pages = pages;
    } else if (word == "finding") {
      ReadFinding(rest, inspection.findings);
    } else if (word == "text") {
      const std::pair<std::string, std::string> numbers = absl::StrSplit(rest, absl::MaxSplits(' ', 1));
      std::size_t size = 0;
      if (!absl::SimpleAtoi(numbers.first, &size) || size > bytes.size()) break;
      const std::size_t kept = std::min(size, Inspection::kTextBytesMax);
      inspection.text = CleanText(bytes.substr(0, kept));
      inspection.text_cut_off = numbers.second == "1" || kept < size;
      bytes.remove_prefix(std::min(bytes.size(), size + 1));
    } else if (word == "end") {
      report.complete = true;
    }
  }
  return report;
}

}  // namespace soutenance::submissions::inspect
