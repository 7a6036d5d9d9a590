#include "storage/sql/thesis_rows.h"

#include "absl/strings/str_cat.h"

namespace soutenance::storage::sql {

using submissions::Thesis;

std::string SelectTheses(absl::string_view rest) {
  return absl::StrCat(
      "SELECT id, version, title, first_author, second_author, supervisor, company_tutor, programme, cohort, "
      "confidential, language, withdrawn_reason, withdrawn_by, withdrawn_time_us FROM theses ",
      rest);
}

Thesis ToThesis(const Row& row) {
  Thesis thesis{.id = row.Text(0), .version = row.Integer(1), .title = row.Text(2), .authors = {row.Text(3)}};
  if (!row.IsNull(4)) thesis.authors.push_back(row.Text(4));
  thesis.supervisor = row.Text(5);
  thesis.company_tutor = row.Text(6);
  thesis.programme = row.Text(7);
  thesis.cohort = row.Text(8);
  thesis.confidential = row.Bool(9);
  thesis.language = row.Text(10);
  if (!row.IsNull(11)) {
    thesis.withdrawal = {.reason = row.Text(11), .account = row.Text(12), .time = row.Time(13)};
  }
  return thesis;
}

}  // namespace soutenance::storage::sql
