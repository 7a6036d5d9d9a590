// Juries: whom a timetable chose becomes a member.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/record.h"
#include "services/base/status.h"
#include "services/scheduling/defence.h"
#include "services/scheduling/facts.h"
#include "services/scheduling/insist.h"
#include "services/scheduling/timetables.h"
#include "services/scheduling/transactions.h"

namespace soutenance::scheduling {
namespace {

std::string Write(const JuriesOutcome& outcome) {
  RecordWriter record;
  record.Text(outcome.juries.Serialize()).Integer(outcome.seat_count);
  return record.bytes();
}

absl::StatusOr<JuriesOutcome> Read(absl::string_view bytes) {
  RecordReader record(bytes);
  JuriesOutcome outcome;
  ASSIGN_OR_RETURN(outcome.juries, ChangeList::Parse(record.Text()));
  outcome.seat_count = static_cast<int>(record.Integer());
  if (!record.IsComplete()) return absl::DataLossError("a remembered change of juries cannot be read");
  return outcome;
}

absl::Status NobodyChosen(const TimetableRecord& timetable) {
  const std::string name = TimetableName(timetable.key);
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("nobody was chosen for a seat in ", name,
                            ": all its juries were given; say what juries must have, and compute again"),
               {.reason = "NOBODY_CHOSEN", .metadata = {{"timetable", name}}});
}

absl::Status NotAnyMore(const TimetableRecord& timetable, std::vector<PreconditionViolation> violations) {
  const std::string name = TimetableName(timetable.key);
  const std::string sentence =
      absl::StrCat("what juries must have changed since ", name,
                   " was made: ", violations.front().description, "; compute or replan the timetable");
  return Error(
      absl::StatusCode::kFailedPrecondition, sentence,
      {.reason = "INPUT_CHANGED", .metadata = {{"timetable", name}}, .preconditions = std::move(violations)});
}

// Seats the holders of one placement in a jury of which `open` are the open seats. Who sits there already, or
// whose seat somebody else has got meanwhile, is passed over. Returns who may not be chosen any more.
std::vector<std::string> SeatHolders(const std::vector<JurySeat>& holders, std::vector<OpenSeat> open,
                                     JuryToSet& jury, int& seat_count) {
  std::vector<std::string> refused;
  for (const JurySeat& holder : holders) {
    const auto sits = [&](const JurySeat& seat) { return seat.person == holder.person; };
    if (std::any_of(jury.seats.begin(), jury.seats.end(), sits)) continue;
    const auto is_of_role = [&](const OpenSeat& seat) { return seat.role == holder.role; };
    const auto seat = std::find_if(open.begin(), open.end(), is_of_role);
    if (seat == open.end()) continue;
    const bool is_candidate =
        std::any_of(seat->candidates.begin(), seat->candidates.end(),
                    [&](const Candidate& candidate) { return candidate.person == holder.person; });
    if (!is_candidate) {
      refused.push_back(holder.person);
      continue;
    }
    open.erase(seat);
    jury.seats.push_back(holder);
    ++seat_count;
  }
  return refused;
}

}  // namespace

absl::StatusOr<JuriesOutcome> Timetables::ApplyJuries(const Caller& caller, const JuriesRequest& request) {
  ASSIGN_OR_RETURN(const std::optional<std::string> first, FirstResult(request.request));
  if (first) return Read(*first);
  ASSIGN_OR_RETURN(const Seen seen, SeeAsStaff(caller, request.timetable));
  const TimetableRecord& timetable = seen.timetable;
  RETURN_IF_ERROR(CheckMayChange(timetable));
  RETURN_IF_ERROR(CheckVersion(timetable, request.version));
  ASSIGN_OR_RETURN(const CampaignFacts facts, GatherFacts(facts_, seen.campaign.name));

  JuriesOutcome outcome;
  std::vector<JuryToSet> juries;
  std::vector<PreconditionViolation> violations;
  for (const Defence& defence : facts.defences) {
    const StoredPlacement* const placement = FindPlacement(timetable, defence.thesis);
    const auto thesis = facts.theses.find(defence.thesis);
    if (placement == nullptr || placement->holders.empty() || thesis == facts.theses.end()) continue;
    JuryToSet jury{.thesis = defence.thesis, .programme = thesis->second.programme};
    const auto now = facts.juries.find(defence.thesis);
    if (now != facts.juries.end()) jury.seats = now->second.seats;
    for (const std::string& person :
         SeatHolders(placement->holders, facts.OpenSeatsOf(defence), jury, outcome.seat_count)) {
      violations.push_back(
          {.type = "NOT_A_CANDIDATE",
           .subject = DefenceName(seen.campaign.name, defence.thesis),
           .description = absl::StrCat(facts.NameOf(person), " may not be chosen for the jury of ",
                                       defence.thesis, " any more")});
    }
    juries.push_back(std::move(jury));
  }
  if (juries.empty()) return NobodyChosen(timetable);
  if (!violations.empty()) return NotAnyMore(timetable, std::move(violations));
  // The service of juries protects a repetition too: should this one die before it remembers the result, the
  // second call changes nothing.
  ASSIGN_OR_RETURN(outcome.juries,
                   juries_.SetJuries(juries, request.request.request_id, request.validate_only));
  if (request.validate_only) return outcome;
  RETURN_IF_ERROR(store_.Write([&](TimetableWriter& writer) -> absl::Status {
    ASSIGN_OR_RETURN(const std::optional<std::string> meanwhile, writer.FindRequest(request.request));
    if (meanwhile) return absl::OkStatus();
    return writer.RememberRequest(request.request, Write(outcome), clock_.Now());
  }));
  return outcome;
}

}  // namespace soutenance::scheduling
