#include "services/assignment/conflict_records.h"

#include "services/base/record.h"

namespace soutenance::assignment {
namespace {

// 0 for nothing: no time here is the first instant of 1970.
int64_t Micros(const std::optional<absl::Time>& time) { return time ? absl::ToUnixMicros(*time) : 0; }
std::optional<absl::Time> FromMicros(int64_t micros) {
  if (micros == 0) return std::nullopt;
  return absl::FromUnixMicros(micros);
}

}  // namespace

AnswerState ConflictAnswer::State() const {
  if (answered) return AnswerState::kAnswered;
  return asked ? AnswerState::kNotAnswered : AnswerState::kNotAsked;
}

std::optional<conflicts::Decision> ConflictDecision::Counting() const {
  if (verdict == Verdict::kTakenBack) return std::nullopt;
  return conflicts::Decision{.is_conflict = verdict == Verdict::kConflict, .authors = authors, .time = time};
}

std::string ConflictDecision::Serialize() const {
  RecordWriter out;
  out.Text(thesis).Text(person).Integer(version).Integer(static_cast<int>(verdict)).Text(reason);
  out.Text(account).Integer(absl::ToUnixMicros(time));
  for (const std::string& author : authors) out.Text(author);
  return out.bytes();
}

absl::StatusOr<ConflictDecision> ConflictDecision::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  ConflictDecision decision{.thesis = in.Text(), .person = in.Text(), .version = in.Integer()};
  decision.verdict = static_cast<Verdict>(in.Integer());
  decision.reason = in.Text();
  decision.account = in.Text();
  decision.time = absl::FromUnixMicros(in.Integer());
  while (!in.IsAtEnd()) decision.authors.push_back(in.Text());
  if (!in.IsComplete()) return absl::DataLossError("the bytes are not a decision about a conflict");
  return decision;
}

absl::string_view VerdictName(ConflictDecision::Verdict verdict) {
  switch (verdict) {
    case ConflictDecision::Verdict::kConflict:
      return "conflict";
    case ConflictDecision::Verdict::kNoConflict:
      return "no_conflict";
    case ConflictDecision::Verdict::kTakenBack:
      return "taken_back";
  }
  return "";
}

std::string ConflictPolicy::Serialize() const {
  RecordWriter out;
  out.Text(programme).Integer(version).Integer(years);
  return out.bytes();
}

absl::StatusOr<ConflictPolicy> ConflictPolicy::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  ConflictPolicy policy{.programme = in.Text(), .version = in.Integer()};
  policy.years = static_cast<int>(in.Integer());
  if (!in.IsComplete()) return absl::DataLossError("the bytes are not a policy of conflicts");
  return policy;
}

std::string DeclarationResult::Serialize() const {
  RecordWriter out;
  out.Text(declaration.programme).Text(declaration.declarer).Text(declaration.other);
  out.Integer(static_cast<int>(declaration.kind)).Text(declaration.reason);
  out.Integer(declaration.year.value_or(0)).Integer(absl::ToUnixMicros(declaration.time));
  return out.bytes();
}

absl::StatusOr<DeclarationResult> DeclarationResult::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  conflicts::Declaration declaration{.programme = in.Text(), .declarer = in.Text(), .other = in.Text()};
  declaration.kind = static_cast<conflicts::Kind>(in.Integer());
  declaration.reason = in.Text();
  if (const int64_t year = in.Integer(); year != 0) declaration.year = static_cast<int>(year);
  declaration.time = absl::FromUnixMicros(in.Integer());
  if (!in.IsComplete()) return absl::DataLossError("the bytes are not a declaration");
  return DeclarationResult{.declaration = std::move(declaration)};
}

std::string AnswerResult::Serialize() const {
  RecordWriter out;
  for (const ConflictAnswer& answer : answers) {
    out.Text(answer.programme).Text(answer.person);
    out.Integer(Micros(answer.asked)).Integer(Micros(answer.answered));
  }
  return out.bytes();
}

absl::StatusOr<AnswerResult> AnswerResult::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  AnswerResult result;
  while (!in.IsAtEnd()) {
    ConflictAnswer answer{.programme = in.Text(), .person = in.Text()};
    answer.asked = FromMicros(in.Integer());
    answer.answered = FromMicros(in.Integer());
    result.answers.push_back(std::move(answer));
  }
  if (!in.IsComplete()) return absl::DataLossError("the bytes are not answers about conflicts");
  return result;
}

}  // namespace soutenance::assignment
