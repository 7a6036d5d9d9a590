#include "services/submissions/statements/statement.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"
#include "services/base/id.h"
#include "services/base/record.h"

namespace soutenance::submissions {
namespace {

constexpr absl::string_view kKindNames[] = {"originality", "ai_use", "confidentiality", "data_protection"};
constexpr absl::string_view kStateNames[] = {"made", "validated", "refused", "revoked"};
constexpr absl::string_view kConclusionNames[] = {"no_follow_up", "to_explain", "reported"};

// The value whose name in `names` is `name`.
template <typename T, std::size_t N>
std::optional<T> ValueOf(const absl::string_view (&names)[N], absl::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<T>(i);
  }
  return std::nullopt;
}

bool IsBlank(absl::string_view text) { return absl::StripAsciiWhitespace(text).empty(); }

bool IsDate(absl::string_view text) {
  absl::CivilDay day;
  return absl::ParseCivilTime(text, &day) && absl::FormatCivilTime(day) == text;
}

}  // namespace

absl::string_view KindName(StatementKind kind) { return kKindNames[static_cast<std::size_t>(kind)]; }
std::optional<StatementKind> StatementKindOf(absl::string_view name) {
  return ValueOf<StatementKind>(kKindNames, name);
}
absl::string_view StateName(StatementState state) { return kStateNames[static_cast<std::size_t>(state)]; }
std::optional<StatementState> StatementStateOf(absl::string_view name) {
  return ValueOf<StatementState>(kStateNames, name);
}
absl::string_view ConclusionName(Conclusion conclusion) {
  return kConclusionNames[static_cast<std::size_t>(conclusion)];
}
std::optional<Conclusion> ConclusionOf(absl::string_view name) {
  return ValueOf<Conclusion>(kConclusionNames, name);
}

std::string StatementKey::Name() const {
  return absl::StrCat("theses/", thesis, "/statements/", absl::StripPrefix(author, "people/"), ".",
                      KindName(kind));
}

absl::StatusOr<StatementKey> ParseStatementName(absl::string_view name) {
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  if (parts.size() == 4 && parts[0] == "theses" && parts[2] == "statements" && CheckId(parts[1]).ok()) {
    // An id may have dots itself; the kind has none.
    const std::size_t dot = parts[3].rfind('.');
    if (dot != absl::string_view::npos && CheckId(parts[3].substr(0, dot)).ok()) {
      if (const auto kind = StatementKindOf(parts[3].substr(dot + 1))) {
        return StatementKey{.thesis = std::string(parts[1]),
                            .author = absl::StrCat("people/", parts[3].substr(0, dot)),
                            .kind = *kind};
      }
    }
  }
  return absl::InvalidArgumentError(
      absl::StrCat("\"", name, "\" is not \"theses/{thesis}/statements/{person}.{kind}\""));
}

std::string Statement::Serialize() const {
  RecordWriter out;
  out.Text(key.thesis).Text(key.author).Text(KindName(key.kind)).Integer(version).Text(StateName(state));
  out.Text(text).Text(legal_basis).Text(controller).Text(until_date).Integer(absl::ToUnixMicros(made));
  return out.Text(decided_by).Text(reason).bytes();
}

absl::StatusOr<Statement> Statement::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  Statement statement{.key = {.thesis = in.Text(), .author = in.Text()}};
  const auto kind = StatementKindOf(in.Text());
  statement.version = in.Integer();
  const auto state = StatementStateOf(in.Text());
  statement.text = in.Text();
  statement.legal_basis = in.Text();
  statement.controller = in.Text();
  statement.until_date = in.Text();
  statement.made = absl::FromUnixMicros(in.Integer());
  statement.decided_by = in.Text();
  statement.reason = in.Text();
  if (!in.IsComplete() || !kind || !state) return absl::DataLossError("a stored statement cannot be read");
  statement.key.kind = *kind;
  statement.state = *state;
  return statement;
}

void CheckStatement(const Statement& statement, std::vector<FieldViolation>& problems) {
  const auto add = [&](absl::string_view field, std::string description) {
    problems.push_back({.field = absl::StrCat("statement.", field), .description = std::move(description)});
  };
  const auto check_size = [&](const std::string& text, absl::string_view field) {
    if (text.size() > Statement::kTextBytesMax) {
      add(field,
          absl::StrCat("has ", text.size(), " bytes; at most ", Statement::kTextBytesMax, " are kept"));
    }
  };
  if (IsBlank(statement.text)) add("text", "is empty; say in words what is declared");
  check_size(statement.text, "text");
  check_size(statement.legal_basis, "legal_basis");
  check_size(statement.controller, "controller");
  if (!statement.until_date.empty() && !IsDate(statement.until_date)) {
    add("until_date", "is not a date such as \"2030-12-31\"");
  }
  const bool is_data = statement.key.kind == StatementKind::kDataProtection;
  const bool is_confidentiality = statement.key.kind == StatementKind::kConfidentiality;
  if (is_data && IsBlank(statement.legal_basis)) {
    add("legal_basis",
        "is empty; say on what legal basis personal data was used, or \"none\" if none was used");
  }
  const bool uses_data = is_data && absl::string_view(statement.legal_basis) != Statement::kNoPersonalData;
  if (uses_data && IsBlank(statement.controller)) add("controller", "is empty; say who answers for the data");
  if ((uses_data || is_confidentiality) && statement.until_date.empty()) {
    add("until_date",
        is_data ? "is empty; say until when the data is kept" : "is empty; confidentiality has an end");
  }
  if (!is_data && !(statement.legal_basis.empty() && statement.controller.empty())) {
    add("legal_basis", "and the controller are for a statement of data protection only");
  }
}

std::string SimilarityReading::Name() const {
  return absl::StrCat("theses/", thesis, "/similarityReadings/", number);
}

std::string SimilarityReading::Serialize() const {
  RecordWriter out;
  out.Text(thesis).Integer(number).Integer(draft).Text(tool).Integer(rate_per_mille).Text(excluded_sources);
  out.Integer(indexed ? 1 : 0).Text(ConclusionName(conclusion)).Text(comment).Text(reader);
  return out.Integer(absl::ToUnixMicros(read)).bytes();
}

absl::StatusOr<SimilarityReading> SimilarityReading::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  SimilarityReading reading{
      .thesis = in.Text(), .number = in.Integer(), .draft = in.Integer(), .tool = in.Text()};
  reading.rate_per_mille = static_cast<int>(in.Integer());
  reading.excluded_sources = in.Text();
  reading.indexed = in.Integer() != 0;
  const auto conclusion = ConclusionOf(in.Text());
  reading.comment = in.Text();
  reading.reader = in.Text();
  reading.read = absl::FromUnixMicros(in.Integer());
  if (!in.IsComplete() || !conclusion)
    return absl::DataLossError("a stored similarity reading cannot be read");
  reading.conclusion = *conclusion;
  return reading;
}

void CheckReading(const SimilarityReading& reading, std::vector<FieldViolation>& problems) {
  const auto add = [&](absl::string_view field, std::string description) {
    problems.push_back({.field = absl::StrCat("reading.", field), .description = std::move(description)});
  };
  if (IsBlank(reading.tool)) add("tool", "is empty; say which tool made the report");
  if (reading.rate_per_mille < 0 || reading.rate_per_mille > 1000) add("rate_per_mille", "is not 0 to 1000");
  if (reading.conclusion != Conclusion::kNoFollowUp && IsBlank(reading.comment)) {
    add("comment", "is empty; say what is to be explained, or why it is reported");
  }
  for (const auto& [text, field] : {std::pair(&reading.tool, "tool"), std::pair(&reading.comment, "comment"),
                                    std::pair(&reading.excluded_sources, "excluded_sources")}) {
    if (text->size() > Statement::kTextBytesMax) add(field, "is too long; at most 10,000 bytes are kept");
  }
}

}  // namespace soutenance::submissions
