#include "services/assignment/jury_bulk.h"
#include "services/base/record.h"
#include "services/base/status.h"

namespace soutenance::assignment {
namespace {

using sheets::Severity;

void Write(RecordWriter& out, const BulkProblem& bulk) {
  const sheets::ImportProblem& problem = bulk.problem;
  out.Integer(problem.severity == Severity::kError ? 1 : 0).Text(problem.kind);
  out.Text(problem.place.file).Integer(problem.place.line).Text(problem.place.column);
  out.Integer(problem.place.column_number).Text(problem.found);
  out.Text(problem.sentence.en).Text(problem.sentence.fr).Text(bulk.thesis).Text(bulk.rule);
}

BulkProblem ReadProblem(RecordReader& in) {
  BulkProblem bulk;
  sheets::ImportProblem& problem = bulk.problem;
  problem.severity = in.Integer() == 1 ? Severity::kError : Severity::kWarning;
  problem.kind = in.Text();
  problem.place.file = in.Text();
  problem.place.line = static_cast<int>(in.Integer());
  problem.place.column = in.Text();
  problem.place.column_number = static_cast<int>(in.Integer());
  problem.found = in.Text();
  problem.sentence.en = in.Text();
  problem.sentence.fr = in.Text();
  bulk.thesis = in.Text();
  bulk.rule = in.Text();
  return bulk;
}

}  // namespace

std::string BulkResult::Serialize() const {
  RecordWriter out;
  out.Text(batch.Serialize()).Integer(static_cast<int>(state)).Integer(errors).Integer(warnings);
  out.Integer(static_cast<int64_t>(problems.size()));
  for (const BulkProblem& problem : problems) Write(out, problem);
  return out.bytes();
}

absl::StatusOr<BulkResult> BulkResult::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  BulkResult result;
  ASSIGN_OR_RETURN(result.batch, JuryBatch::Parse(in.Text()));
  result.state = static_cast<State>(in.Integer());
  result.errors = static_cast<int>(in.Integer());
  result.warnings = static_cast<int>(in.Integer());
  for (int64_t left = in.Integer(); left > 0 && !in.IsAtEnd(); --left) {
    result.problems.push_back(ReadProblem(in));
  }
  if (!in.IsComplete()) return absl::DataLossError("the bytes are not the result of a bulk operation");
  return result;
}

}  // namespace soutenance::assignment
