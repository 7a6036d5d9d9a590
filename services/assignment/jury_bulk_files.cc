#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/assignment/jury_bulk.h"
#include "services/assignment/jury_bulk_problems.h"
#include "services/assignment/jury_writing.h"
#include "services/base/error.h"
#include "services/base/programme_roles.h"
#include "services/base/status.h"
#include "services/sheets/text.h"

namespace soutenance::assignment {
namespace {

using sheets::Place;
using sheets::Sentence;
using sheets::Severity;
using Reader = AssignmentStore::Reader;

std::string Id(const std::string& name) { return name.substr(name.find('/') + 1); }

// The problems that a file has by itself.
std::vector<BulkProblem> ProblemsOf(const JuryFileReading& reading, const std::string& file) {
  std::map<int, std::string> thesis_by_line;
  for (const FiledJury& jury : reading.juries) {
    thesis_by_line[jury.place.line] = jury.thesis;
    for (const FiledSeat& seat : jury.seats) thesis_by_line[seat.place.line] = jury.thesis;
  }
  std::vector<BulkProblem> problems;
  for (sheets::ImportProblem& problem : reading.problems.Listed({file})) {
    const auto thesis = thesis_by_line.find(problem.place.line);
    BulkProblem bulk{.problem = std::move(problem)};
    if (thesis != thesis_by_line.end()) bulk.thesis = thesis->second;
    problems.push_back(std::move(bulk));
  }
  return problems;
}

// The jury with `filed` as its reviewers and all others as they are. Reviewers who stay keep their place.
// Appends to `problems` those who sit as something else.
Jury WithReviewers(const std::optional<Jury>& stored, const ThesisFacts& thesis, const FiledJury& filed,
                   std::vector<BulkProblem>& problems) {
  Jury jury{.thesis = thesis.id, .version = 0, .programme = thesis.programme, .seats = {}};
  std::set<std::string> placed;
  std::map<std::string, const FiledSeat*> wanted;
  for (const FiledSeat& seat : filed.seats) wanted[seat.seat.person] = &seat;
  if (stored) {
    for (const Seat& seat : stored->seats) {
      const auto found = wanted.find(seat.person);
      if (seat.role != Seat::Role::kReviewer) {
        jury.seats.push_back(seat);
        if (found == wanted.end()) continue;
        placed.insert(seat.person);
        const std::string role(SeatRoleName(seat.role));
        problems.push_back(
            Refusal(thesis.id, found->second->place, "person_sits_otherwise", Id(seat.person),
                    {absl::StrCat(seat.person, " already sits on this jury as ", role,
                                  "; a person has one seat: remove the line, or change the whole jury"),
                     absl::StrCat(seat.person, " siège déjà à ce jury comme ", role,
                                  " ; une personne n'a qu'un siège : supprimez la ligne, ou changez le jury "
                                  "entier")}));
      } else if (found != wanted.end()) {
        jury.seats.push_back(found->second->seat);
        placed.insert(seat.person);
      }
    }
  }
  for (const FiledSeat& seat : filed.seats) {
    if (placed.insert(seat.seat.person).second) jury.seats.push_back(seat.seat);
  }
  return jury;
}

// Who changed the jury since the file was written.
absl::StatusOr<BulkProblem> Stale(const Reader& reader, const FiledJury& filed, int64_t version) {
  ASSIGN_OR_RETURN(const Page<JuryDecision> last,
                   reader.ListDecisions({.all = true, .thesis = filed.thesis}, {.size = 1}));
  std::string by;
  if (!last.items.empty()) {
    const JuryDecision& decision = last.items.front();
    by = absl::StrCat(" (", decision.account.empty() ? "a service" : decision.account, ", ",
                      absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", decision.time, absl::UTCTimeZone()), ")");
  }
  return Refusal(filed.thesis, filed.base_place, "revision_stale", absl::StrCat(*filed.base),
                 {absl::StrCat("the jury has changed since this file was written: its revision is ", version,
                               by, "; export it again and redo the change"),
                  absl::StrCat("le jury a changé depuis l'écriture de ce fichier : sa révision est ", version,
                               by, " ; exportez-le à nouveau et refaites la modification")});
}

}  // namespace

absl::StatusOr<BulkResult> JuryBulk::Import(const Caller& caller, const JuryImport& import,
                                            const Mutation& mutation) {
  RETURN_IF_ERROR(CheckTheReason(import.reason));
  const std::string file = sheets::Shortened(import.file, 80);
  const JuryFileReading reading = ReadJuryFile(import.kind, file, import.bytes);
  const std::vector<BulkProblem> of_file = ProblemsOf(reading, file);
  const int unlisted = static_cast<int>(reading.problems.unlisted_count());
  std::vector<std::string> ids;
  for (const FiledJury& jury : reading.juries) ids.push_back(jury.thesis);
  const Work work{.caller = caller,
                  .grounds = {.way = DecisionWay::kFile, .reason = import.reason, .source = file},
                  .undoes = "",
                  .theses = {ids.begin(), ids.end()}};

  const auto planner = [&](const Reader& reader, const Theses& theses) -> absl::StatusOr<Plan> {
    Plan plan{.juries = {}, .problems = of_file, .unlisted = unlisted, .conflicts = {}};
    ASSIGN_OR_RETURN(const std::vector<Jury> found, reader.FindAll(ids));
    std::map<std::string, const Jury*> stored;
    for (const Jury& jury : found) stored[jury.thesis] = &jury;
    for (const FiledJury& filed : reading.juries) {
      const auto thesis = theses.find(filed.thesis);
      if (thesis == theses.end()) {
        plan.problems.push_back(ThesisUnknown(filed.thesis, filed.place));
        continue;
      }
      const std::string& programme = thesis->second.programme;
      if (!RunsProgramme(caller, programme)) {
        plan.problems.push_back(NotYours(filed.thesis, filed.place, programme));
        continue;
      }
      // What could not be read in full is not judged: it would be told what follows from that alone.
      if (!filed.is_sound) continue;
      Planned planned{.thesis = filed.thesis, .place = filed.place};
      const auto at = stored.find(filed.thesis);
      if (at != stored.end()) planned.before = *at->second;
      if (import.kind == JuryFileKind::kReviewers) {
        planned.after = WithReviewers(planned.before, thesis->second, filed, plan.problems);
      } else {
        planned.after = Jury{.thesis = filed.thesis, .version = 0, .programme = programme, .seats = {}};
        for (const FiledSeat& seat : filed.seats) planned.after->seats.push_back(seat.seat);
      }
      for (const FiledSeat& seat : filed.seats) planned.filed.emplace(seat.seat.person, seat);
      if (planned.after->seats.size() > Jury::kSeatsMax) {
        plan.problems.push_back(
            Refusal(filed.thesis, filed.place, "jury_too_large", filed.thesis,
                    {absl::StrCat("the jury would have ", planned.after->seats.size(),
                                  " members with those it has; at most ", Jury::kSeatsMax, " are possible"),
                     absl::StrCat("le jury aurait ", planned.after->seats.size(),
                                  " membres avec ceux qu'il a ; ", Jury::kSeatsMax, " au plus")}));
        continue;
      }
      const int64_t version = planned.before ? planned.before->version : 0;
      if (filed.base && *filed.base != version && planned.Changes()) {
        ASSIGN_OR_RETURN(BulkProblem stale, Stale(reader, filed, version));
        plan.problems.push_back(std::move(stale));
      }
      plan.juries.push_back(std::move(planned));
    }
    return plan;
  };
  return Carry(work, planner, mutation);
}

absl::StatusOr<ExportedJuries> JuryBulk::Export(const Caller& caller, const JuryExport& wanted) const {
  RETURN_IF_ERROR(CheckRunsProgramme(caller, wanted.programme));
  std::vector<Jury> juries;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    juries.clear();
    if (!wanted.theses.empty()) {
      ASSIGN_OR_RETURN(std::vector<Jury> found, reader.FindAll(wanted.theses));
      for (Jury& jury : found) {
        if (jury.programme == wanted.programme) juries.push_back(std::move(jury));
      }
      return absl::OkStatus();
    }
    PageRequest page{.size = kPageSizeMax, .after = ""};
    do {
      ASSIGN_OR_RETURN(Page<Jury> next, reader.List({.all = true, .only_programme = wanted.programme}, page));
      for (Jury& jury : next.items) juries.push_back(std::move(jury));
      page.after = next.next;
    } while (!page.after.empty());
    return absl::OkStatus();
  }));
  return ExportedJuries{.file = JuryFileName(wanted.kind, wanted.language),
                        .bytes = WriteJuryFile(wanted.kind, juries, wanted.language),
                        .juries = static_cast<int>(juries.size())};
}

}  // namespace soutenance::assignment
