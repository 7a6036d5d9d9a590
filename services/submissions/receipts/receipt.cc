#include "services/submissions/receipts/receipt.h"

#include <cstddef>
#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/base/error.h"
#include "services/base/status.h"

namespace soutenance::submissions::receipts {
namespace {

constexpr absl::string_view kFirstLine = "soutenance-receipt: 1";
constexpr absl::string_view kNothing = "-";
constexpr absl::string_view kSignature = "signature: ";
constexpr std::size_t kReceiptBytesMax = 64 << 10;
constexpr std::size_t kProofMax = 62;

// The fields of a statement by name, in the order of the form.
struct NamedField {
  absl::string_view name;
  std::string Statement::*value;
};
constexpr NamedField kStatementFields[] = {
    {"institution", &Statement::institution}, {"event", &Statement::event},
    {"thesis", &Statement::thesis},           {"version", &Statement::version},
    {"upload", &Statement::upload},           {"kind", &Statement::kind},
    {"milestone", &Statement::milestone},     {"file", &Statement::file_name},
    {"sha256", &Statement::sha256},           {"size", &Statement::size},
    {"account", &Statement::account},         {"begun", &Statement::begun},
    {"received", &Statement::received},       {"deadline", &Statement::deadline},
    {"verdict", &Statement::verdict},         {"nonce", &Statement::nonce},
};
constexpr std::size_t kStatementCount = std::size(kStatementFields);
constexpr absl::string_view kLogFields[] = {"log-index", "log-size", "log-root", "log-proof", "key"};
constexpr std::size_t kFieldCount = kStatementCount + std::size(kLogFields);

absl::string_view NameOf(std::size_t field) {
  return field < kStatementCount ? kStatementFields[field].name : kLogFields[field - kStatementCount];
}

absl::Status Refused(absl::string_view field, absl::string_view why) {
  return Error(absl::StatusCode::kInvalidArgument, absl::StrCat("the receipt is not genuine: ", why),
               {.reason = "RECEIPT_REFUSED", .metadata = {{"field", std::string(field)}}});
}

absl::Status NoForm(absl::string_view why) { return Refused("form", why); }

std::string SealOf(absl::string_view nonce, absl::string_view name, absl::string_view value) {
  return absl::BytesToHexString(
      Sha256(absl::StrCat("soutenance receipt seal\n", nonce, "\n", name, "\n", value)));
}

// One line for each seal: what is signed, and of the statement's fields also what is in the log.
std::string SealLines(const std::vector<std::string>& seals, std::size_t count) {
  std::string lines;
  for (std::size_t i = 0; i < count; ++i) absl::StrAppend(&lines, "seal-", NameOf(i), ": ", seals[i], "\n");
  return lines;
}

// A value on one line, whatever it is.
std::string OnOneLine(absl::string_view value) {
  if (value.empty()) return std::string(kNothing);
  std::string line(value);
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = ' ';
  }
  return line;
}

std::vector<std::string> ValuesOf(const Statement& statement) {
  std::vector<std::string> values;
  for (const NamedField& field : kStatementFields) values.push_back(OnOneLine(statement.*field.value));
  return values;
}

std::vector<std::string> SealsOf(const std::vector<std::string>& values, absl::string_view nonce) {
  std::vector<std::string> seals;
  for (std::size_t i = 0; i < values.size(); ++i) seals.push_back(SealOf(nonce, NameOf(i), values[i]));
  return seals;
}

// What a file says, before anything is believed.
struct Text {
  std::vector<std::string> values;
  std::vector<std::string> seals;
  std::string signature;
};

// The value of the line "NAME: VALUE"; nothing if it is another line.
std::optional<std::string> ValueIn(absl::string_view line, absl::string_view prefix, absl::string_view name) {
  if (!absl::ConsumePrefix(&line, prefix) || !absl::ConsumePrefix(&line, name) ||
      !absl::ConsumePrefix(&line, ": ")) {
    return std::nullopt;
  }
  return std::string(line);
}

absl::StatusOr<Text> Split(absl::string_view bytes) {
  if (bytes.size() > kReceiptBytesMax) return NoForm("it is too long to be a receipt");
  if (!absl::ConsumeSuffix(&bytes, "\n")) return NoForm("its last line has no end");
  const std::vector<absl::string_view> lines = absl::StrSplit(bytes, '\n');
  if (lines.front() != kFirstLine) return NoForm("its first line is not \"soutenance-receipt: 1\"");
  if (lines.size() != 2 + 2 * kFieldCount) return NoForm("lines are missing, or there are too many");
  Text text;
  for (std::size_t i = 0; i < kFieldCount; ++i) {
    std::optional<std::string> value = ValueIn(lines[1 + i], "", NameOf(i));
    if (!value)
      return Refused(NameOf(i), absl::StrCat("the line \"", NameOf(i), "\" is not where it belongs"));
    text.values.push_back(*std::move(value));
  }
  for (std::size_t i = 0; i < kFieldCount; ++i) {
    std::optional<std::string> seal = ValueIn(lines[1 + kFieldCount + i], "seal-", NameOf(i));
    if (!seal)
      return Refused("seals", absl::StrCat("the seal of \"", NameOf(i), "\" is not where it belongs"));
    text.seals.push_back(*std::move(seal));
  }
  absl::string_view last = lines.back();
  if (!absl::ConsumePrefix(&last, kSignature))
    return Refused("signature", "the line \"signature\" is missing");
  text.signature = std::string(last);
  return text;
}

// A number as this program writes it.
bool ReadNumber(const std::string& text, int64_t& number) {
  return absl::SimpleAtoi(text, &number) && number >= 0 && absl::StrCat(number) == text;
}

absl::StatusOr<Receipt> FromValues(const std::vector<std::string>& values) {
  Receipt receipt;
  for (std::size_t i = 0; i < kStatementCount; ++i) {
    if (values[i] != kNothing) receipt.statement.*kStatementFields[i].value = values[i];
  }
  const auto log = [&](std::size_t i) -> const std::string& { return values[kStatementCount + i]; };
  if (!ReadNumber(log(0), receipt.log_index)) return Refused("log-index", "\"log-index\" is not a number");
  if (!ReadNumber(log(1), receipt.log_size)) return Refused("log-size", "\"log-size\" is not a number");
  receipt.log_root = log(2);
  if (log(3) != kNothing) receipt.log_proof = absl::StrSplit(log(3), ' ');
  receipt.key = log(4);
  return receipt;
}

absl::Status CheckPlaceInLog(const Receipt& receipt, const std::string& leaf) {
  std::vector<std::string> proof;
  for (const std::string& hash : receipt.log_proof) {
    if (!IsHex(hash, 2 * kHashBytes)) return Refused("log-proof", "its proof is not made of hashes");
    proof.push_back(absl::HexStringToBytes(hash));
  }
  if (proof.size() > kProofMax) return Refused("log-proof", "its proof is too long");
  const auto root = RootFromProof(leaf, receipt.log_index, receipt.log_size, proof);
  if (!root.ok() || absl::BytesToHexString(*root) != receipt.log_root) {
    return Refused("log-proof", "it has no place in the log that it names");
  }
  return absl::OkStatus();
}

}  // namespace

std::string LeafOf(const Statement& statement) {
  const std::vector<std::string> values = ValuesOf(statement);
  return LeafHash(SealLines(SealsOf(values, statement.nonce), kStatementCount));
}

std::string Issue(const Statement& statement, LogTree& log, const SigningKey& key) {
  std::vector<std::string> values = ValuesOf(statement);
  const int64_t index = log.size();
  std::vector<std::string> proof = log.Append(LeafOf(statement));
  for (std::string& hash : proof) hash = absl::BytesToHexString(hash);
  values.push_back(absl::StrCat(index));
  values.push_back(absl::StrCat(log.size()));
  values.push_back(absl::BytesToHexString(log.Root()));
  values.push_back(proof.empty() ? std::string(kNothing) : absl::StrJoin(proof, " "));
  values.push_back(key.public_key());

  const std::string seals = SealLines(SealsOf(values, statement.nonce), kFieldCount);
  std::string text = absl::StrCat(kFirstLine, "\n");
  for (std::size_t i = 0; i < kFieldCount; ++i) absl::StrAppend(&text, NameOf(i), ": ", values[i], "\n");
  absl::StrAppend(&text, seals, kSignature, key.Sign(seals), "\n");
  return text;
}

absl::StatusOr<Receipt> Read(absl::string_view text) {
  ASSIGN_OR_RETURN(const Text parts, Split(text));
  return FromValues(parts.values);
}

absl::StatusOr<Receipt> Verify(absl::string_view text, absl::string_view public_key) {
  ASSIGN_OR_RETURN(const Text parts, Split(text));
  // With another nonce no field fits its seal: then it is the nonce that was altered.
  const std::string& nonce = parts.values[kStatementCount - 1];
  const std::vector<std::string> seals = SealsOf(parts.values, nonce);
  std::vector<absl::string_view> altered;
  for (std::size_t i = 0; i < kFieldCount; ++i) {
    if (seals[i] != parts.seals[i]) altered.push_back(NameOf(i));
  }
  if (altered.size() == kFieldCount) altered = {"nonce"};
  if (!altered.empty()) {
    return Refused(absl::StrJoin(altered, ", "),
                   absl::StrCat("\"", absl::StrJoin(altered, "\", \""), "\" was altered"));
  }
  ASSIGN_OR_RETURN(Receipt receipt, FromValues(parts.values));
  if (receipt.key != public_key)
    return Refused("key", "it was signed with another key than the institution's");
  if (!IsHex(parts.signature, 128)) return Refused("signature", "\"signature\" was altered");
  const std::string signed_lines = SealLines(parts.seals, kFieldCount);
  if (!IsSignature(signed_lines, parts.signature, public_key)) {
    // The proof tells whether the statement is another one, or only the signature.
    const std::string leaf = LeafHash(SealLines(parts.seals, kStatementCount));
    const bool in_log = CheckPlaceInLog(receipt, leaf).ok();
    return in_log ? Refused("signature", "\"signature\" was altered, or the whole was made by somebody else")
                  : Refused("seals", "fields were altered together with their seals");
  }
  RETURN_IF_ERROR(CheckPlaceInLog(receipt, LeafHash(SealLines(parts.seals, kStatementCount))));
  return receipt;
}

std::vector<Field> FieldsOf(const Statement& statement) {
  std::vector<Field> fields;
  for (const NamedField& field : kStatementFields) fields.push_back({field.name, statement.*field.value});
  return fields;
}

}  // namespace soutenance::submissions::receipts
