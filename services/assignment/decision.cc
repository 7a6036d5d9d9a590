#include "services/assignment/decision.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "services/base/id.h"
#include "services/base/record.h"
#include "services/sheets/text.h"

namespace soutenance::assignment {

absl::string_view DecisionWayName(DecisionWay way) {
  switch (way) {
    case DecisionWay::kManual:
      return "manual";
    case DecisionWay::kFile:
      return "file";
    case DecisionWay::kProposal:
      return "proposal";
    case DecisionWay::kBatch:
      return "batch";
    case DecisionWay::kUndo:
      return "undo";
    case DecisionWay::kReplacement:
      return "replacement";
  }
  return "";
}

void CheckReason(absl::string_view reason, absl::string_view field, std::vector<FieldViolation>& problems) {
  if (reason.size() > Grounds::kReasonBytesMax) {
    problems.push_back({.field = std::string(field),
                        .description = absl::StrCat("has ", reason.size(), " bytes; at most ",
                                                    Grounds::kReasonBytesMax, " are kept")});
  } else if (!sheets::IsUtf8(reason) || sheets::HasControlCharacter(reason)) {
    problems.push_back(
        {.field = std::string(field), .description = "holds characters that are no text; type it again"});
  }
}

std::string JuryDecision::ThesisName() const { return absl::StrCat("theses/", thesis); }

std::vector<std::string> JuryDecision::People() const {
  const std::vector<Seat> none;
  const std::vector<Seat>& had = before ? before->seats : none;
  const std::vector<Seat>& has = after ? after->seats : none;
  std::set<std::string> people;
  for (const Seat& seat : had) {
    if (std::find(has.begin(), has.end(), seat) == has.end()) people.insert(seat.person);
  }
  for (const Seat& seat : has) {
    if (std::find(had.begin(), had.end(), seat) == had.end()) people.insert(seat.person);
  }
  return {people.begin(), people.end()};
}

std::string JuryBatch::Name() const { return absl::StrCat("juryBatches/", id); }

void JuryBatch::Count(const JuryDecision& decision) {
  ++(!decision.before ? created : !decision.after ? removed : updated);
  const auto at = std::lower_bound(programmes.begin(), programmes.end(), decision.programme);
  if (at == programmes.end() || *at != decision.programme) programmes.insert(at, decision.programme);
}

std::string JuryBatch::Serialize() const {
  RecordWriter out;
  out.Text(id).Integer(static_cast<int>(way)).Text(account).Integer(absl::ToUnixMicros(time));
  out.Text(reason).Text(source).Text(undoes);
  out.Integer(created).Integer(updated).Integer(removed).Integer(unchanged);
  out.Integer(static_cast<int64_t>(programmes.size()));
  for (const std::string& programme : programmes) out.Text(programme);
  return out.bytes();
}

absl::StatusOr<JuryBatch> JuryBatch::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  JuryBatch batch;
  batch.id = in.Text();
  batch.way = static_cast<DecisionWay>(in.Integer());
  batch.account = in.Text();
  batch.time = absl::FromUnixMicros(in.Integer());
  batch.reason = in.Text();
  batch.source = in.Text();
  batch.undoes = in.Text();
  batch.created = static_cast<int>(in.Integer());
  batch.updated = static_cast<int>(in.Integer());
  batch.removed = static_cast<int>(in.Integer());
  batch.unchanged = static_cast<int>(in.Integer());
  for (int64_t left = in.Integer(); left > 0 && !in.IsAtEnd(); --left) batch.programmes.push_back(in.Text());
  if (!in.IsComplete()) return absl::DataLossError("the bytes are not a batch of decisions");
  return batch;
}

std::string NewBatchId(absl::Time now) {
  return absl::StrCat(absl::FormatTime("%Y%m%d-%H%M%E3S-", now, absl::UTCTimeZone()), NewId().substr(0, 8));
}

bool AreAlike(const std::optional<Jury>& a, const std::optional<Jury>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return a->programme == b->programme && a->seats == b->seats;
}

}  // namespace soutenance::assignment
