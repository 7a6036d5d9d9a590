#include "storage/sql/thesis_rows.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace soutenance::storage::sql {

using submissions::Thesis;

std::string SelectTheses(absl::string_view rest) {
  return absl::StrCat(
      "SELECT id, version, title, first_author, second_author, supervisor, company_tutor, programme, cohort, "
      "level, language, withdrawn_reason, withdrawn_by, withdrawn_time_us, abstract, keywords, "
      "confidential_until_us, embargo_until_us, consents, state, state_before, state_until_us, problem "
      "FROM theses ",
      rest);
}

Thesis ToThesis(const Row& row) {
  Thesis thesis{.id = row.Text(0), .version = row.Integer(1), .title = row.Text(2), .authors = {row.Text(3)}};
  if (!row.IsNull(4)) thesis.authors.push_back(row.Text(4));
  thesis.supervisor = row.Text(5);
  thesis.company_tutor = row.Text(6);
  thesis.programme = row.Text(7);
  thesis.cohort = row.Text(8);
  // What is not known is closed.
  thesis.level = ConfidentialityOf(row.Text(9)).value_or(Confidentiality::kClosedSession);
  thesis.language = row.Text(10);
  if (!row.IsNull(11)) {
    thesis.withdrawal = {.reason = row.Text(11), .account = row.Text(12), .time = row.Time(13)};
  }
  thesis.abstract = row.Text(14);
  thesis.keywords = SplitLines(row.Text(15));
  thesis.confidential_until = row.OptionalTime(16);
  thesis.embargo_until = row.OptionalTime(17);
  thesis.consents = SplitLines(row.Text(18));
  thesis.state = submissions::ThesisStateOf(row.Text(19)).value_or(submissions::ThesisState::kActive);
  thesis.state_before = submissions::ThesisStateOf(row.Text(20));
  thesis.state_until = row.OptionalTime(21);
  thesis.problem = row.Text(22);
  return thesis;
}

std::string JoinLines(const std::vector<std::string>& lines) { return absl::StrJoin(lines, "\n"); }

std::vector<std::string> SplitLines(absl::string_view text) {
  if (text.empty()) return {};
  return absl::StrSplit(text, '\n');
}

}  // namespace soutenance::storage::sql
