#include "services/submissions/receipts/log_file.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/base/error.h"
#include "services/base/status.h"

namespace soutenance::submissions::receipts {
namespace {

constexpr absl::string_view kFirstLine = "soutenance-log: 1";
constexpr std::size_t kHeadLines = 6;

absl::Status Refused(std::map<std::string, std::string> metadata, absl::string_view why) {
  return Error(absl::StatusCode::kInvalidArgument, absl::StrCat("the log is not genuine: ", why),
               {.reason = "LOG_REFUSED", .metadata = std::move(metadata)});
}

absl::Status RefusedField(absl::string_view field, absl::string_view why) {
  return Refused({{"field", std::string(field)}}, why);
}

absl::Status RefusedEntry(std::size_t entry, absl::string_view why) {
  return Refused({{"entry", absl::StrCat(entry)}}, absl::StrCat("entry ", entry, " ", why));
}

std::string SignedText(const LogHead& head) {
  return absl::StrCat("soutenance log head 1\n", head.institution, "\n", head.size, "\n", head.root, "\n");
}

absl::StatusOr<std::string> LineOf(absl::string_view line, absl::string_view name) {
  if (!absl::ConsumePrefix(&line, name) || !absl::ConsumePrefix(&line, ": ")) {
    return RefusedField(name, absl::StrCat("the line \"", name, "\" is not where it belongs"));
  }
  return std::string(line);
}

absl::Status CheckHead(const Log& log, absl::string_view public_key) {
  if (log.key != public_key)
    return RefusedField("key", "it was signed with another key than the institution's");
  if (IsSignature(SignedText(log.head), log.head.signature, public_key)) return absl::OkStatus();
  return RefusedField("signature", "the signature does not fit institution, size and root");
}

absl::StatusOr<LogHead> ReadHead(const std::vector<absl::string_view>& lines) {
  LogHead head;
  ASSIGN_OR_RETURN(head.institution, LineOf(lines[1], "institution"));
  ASSIGN_OR_RETURN(const std::string size, LineOf(lines[3], "size"));
  ASSIGN_OR_RETURN(head.root, LineOf(lines[4], "root"));
  ASSIGN_OR_RETURN(head.signature, LineOf(lines[5], "signature"));
  if (!absl::SimpleAtoi(size, &head.size) || head.size < 0 || absl::StrCat(head.size) != size) {
    return RefusedField("size", "\"size\" is not a number");
  }
  return head;
}

// One entry, "INDEX LEAF ROOT", appended to `log` and to `tree`.
absl::Status ReadEntry(absl::string_view line, std::size_t index, LogTree& tree, Log& log) {
  const std::vector<absl::string_view> words = absl::StrSplit(line, ' ');
  if (words.size() != 3 || !IsHex(words[1], 2 * kHashBytes) || !IsHex(words[2], 2 * kHashBytes)) {
    return RefusedEntry(index, "is not an index and two hashes");
  }
  if (words[0] != absl::StrCat(index)) {
    return RefusedEntry(index, absl::StrCat("is called ", words[0], ": one was removed, added or moved"));
  }
  log.leaves.push_back(absl::HexStringToBytes(words[1]));
  tree.Append(log.leaves.back());
  log.roots.push_back(tree.Root());
  if (absl::BytesToHexString(log.roots.back()) != words[2]) {
    return RefusedEntry(index, "does not lead to the root beside it: it, or one before it, was altered");
  }
  return absl::OkStatus();
}

}  // namespace

LogHead SignHead(absl::string_view institution, const LogTree& log, const SigningKey& key) {
  LogHead head{.institution = std::string(institution),
               .size = log.size(),
               .root = absl::BytesToHexString(log.Root())};
  head.signature = key.Sign(SignedText(head));
  return head;
}

absl::StatusOr<std::string> WriteLog(const LogHead& head, absl::string_view public_key,
                                     absl::Span<const std::string> leaves) {
  std::string text =
      absl::StrCat(kFirstLine, "\ninstitution: ", head.institution, "\nkey: ", public_key,
                   "\nsize: ", head.size, "\nroot: ", head.root, "\nsignature: ", head.signature, "\n");
  LogTree tree;
  for (const std::string& leaf : leaves) {
    absl::StrAppend(&text, tree.size(), " ", absl::BytesToHexString(leaf), " ");
    tree.Append(leaf);
    absl::StrAppend(&text, absl::BytesToHexString(tree.Root()), "\n");
  }
  if (tree.size() != head.size || absl::BytesToHexString(tree.Root()) != head.root) {
    return RefusedField("root", "the server's entries are not those of its signed head");
  }
  return text;
}

absl::StatusOr<Log> AuditLog(absl::string_view text, absl::string_view public_key) {
  if (!absl::ConsumeSuffix(&text, "\n")) return RefusedField("form", "its last line has no end");
  const std::vector<absl::string_view> lines = absl::StrSplit(text, '\n');
  if (lines.front() != kFirstLine) return RefusedField("form", "its first line is not \"soutenance-log: 1\"");
  if (lines.size() < kHeadLines) return RefusedField("form", "lines of its head are missing");
  Log log;
  ASSIGN_OR_RETURN(log.head, ReadHead(lines));
  ASSIGN_OR_RETURN(log.key, LineOf(lines[2], "key"));
  RETURN_IF_ERROR(CheckHead(log, public_key));
  LogTree tree;
  for (std::size_t i = kHeadLines; i < lines.size(); ++i) {
    RETURN_IF_ERROR(ReadEntry(lines[i], i - kHeadLines, tree, log));
  }
  if (tree.size() != log.head.size) {
    return RefusedEntry(static_cast<std::size_t>(std::min(tree.size(), log.head.size)),
                        absl::StrCat("is where it ends or should end: there are ", tree.size(),
                                     " entries, and the head says ", log.head.size));
  }
  if (absl::BytesToHexString(tree.Root()) != log.head.root) {
    return RefusedField("root", "the entries are not those of the signed root");
  }
  return log;
}

absl::Status CheckReceipt(const Log& log, const Receipt& receipt) {
  const auto index = static_cast<std::size_t>(receipt.log_index);
  if (receipt.log_size < 1 || static_cast<std::size_t>(receipt.log_size) > log.leaves.size()) {
    return RefusedEntry(index, "has a receipt, and the log ends before it");
  }
  if (log.leaves[index] != LeafOf(receipt.statement)) {
    return RefusedEntry(index, "has a receipt that states something else");
  }
  if (absl::BytesToHexString(log.roots[static_cast<std::size_t>(receipt.log_size) - 1]) != receipt.log_root) {
    return RefusedEntry(index, "has a receipt that was issued with other entries before it");
  }
  return absl::OkStatus();
}

absl::Status CheckContinues(const Log& log, const Log& earlier) {
  for (std::size_t i = 0; i < earlier.leaves.size(); ++i) {
    if (i >= log.leaves.size()) return RefusedEntry(i, "was there before and is missing now");
    if (log.leaves[i] != earlier.leaves[i]) return RefusedEntry(i, "is another one than before");
  }
  return absl::OkStatus();
}

}  // namespace soutenance::submissions::receipts
