#include "services/directory/import_record.h"

#include <utility>

#include "services/base/record.h"
#include "services/base/status.h"

namespace soutenance::directory {

using sheets::ImportProblem;
using sheets::Severity;

std::string ProblemsToBytes(const std::vector<ImportProblem>& problems) {
  RecordWriter record;
  for (const ImportProblem& problem : problems) {
    record.Integer(problem.severity == Severity::kError ? 0 : 1)
        .Text(problem.kind)
        .Text(problem.place.file)
        .Integer(problem.place.line)
        .Text(problem.place.column)
        .Integer(problem.place.column_number)
        .Text(problem.found)
        .Text(problem.sentence.en)
        .Text(problem.sentence.fr);
  }
  return record.bytes();
}

absl::StatusOr<std::vector<ImportProblem>> ProblemsFromBytes(absl::string_view bytes) {
  std::vector<ImportProblem> problems;
  RecordReader record(bytes);
  while (!record.IsAtEnd()) {
    ImportProblem problem;
    problem.severity = record.Integer() == 0 ? Severity::kError : Severity::kWarning;
    problem.kind = record.Text();
    problem.place.file = record.Text();
    problem.place.line = static_cast<int>(record.Integer());
    problem.place.column = record.Text();
    problem.place.column_number = static_cast<int>(record.Integer());
    problem.found = record.Text();
    problem.sentence.en = record.Text();
    problem.sentence.fr = record.Text();
    problems.push_back(std::move(problem));
  }
  if (!record.IsComplete()) return absl::DataLossError("the problems of an import cannot be read");
  return problems;
}

std::string CollectionsToBytes(const std::vector<CollectionChanges>& collections) {
  RecordWriter record;
  for (const CollectionChanges& entry : collections) {
    record.Text(entry.collection).Text(entry.changes.Serialize());
  }
  return record.bytes();
}

absl::StatusOr<std::vector<CollectionChanges>> CollectionsFromBytes(absl::string_view bytes) {
  std::vector<CollectionChanges> collections;
  RecordReader record(bytes);
  while (!record.IsAtEnd()) {
    CollectionChanges entry;
    entry.collection = record.Text();
    ASSIGN_OR_RETURN(entry.changes, ChangeList::Parse(record.Text()));
    collections.push_back(std::move(entry));
  }
  if (!record.IsComplete()) return absl::DataLossError("the changes of an import cannot be read");
  return collections;
}

}  // namespace soutenance::directory
