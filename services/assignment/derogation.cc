#include "services/assignment/derogation.h"

#include "absl/strings/str_cat.h"
#include "services/base/record.h"

namespace soutenance::assignment {

std::string Derogation::Name() const { return absl::StrCat("theses/", thesis, "/jury/derogations/", rule); }

std::string Derogation::Serialize() const {
  RecordWriter out;
  out.Text(thesis).Text(rule).Text(programme).Text(reason).Text(account);
  out.Integer(absl::ToUnixMicros(granted_at)).Text(demand).Text(required);
  return out.bytes();
}

absl::StatusOr<Derogation> Derogation::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  Derogation derogation;
  derogation.thesis = in.Text();
  derogation.rule = in.Text();
  derogation.programme = in.Text();
  derogation.reason = in.Text();
  derogation.account = in.Text();
  derogation.granted_at = absl::FromUnixMicros(in.Integer());
  derogation.demand = in.Text();
  derogation.required = in.Text();
  if (!in.IsComplete()) return absl::DataLossError("the bytes are not a derogation");
  return derogation;
}

}  // namespace soutenance::assignment
