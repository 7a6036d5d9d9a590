#include "services/scheduling/solver/io/timetable_text.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/scheduling/solver/io/fields.h"
#include "services/scheduling/solver/io/lines.h"

namespace soutenance::scheduling::solver {
namespace {

class Reader {
 public:
  Reader(const Problem& problem, absl::string_view text)
      : problem_(problem),
        lines_(text, "soutenance timetable", 1),
        placements_(static_cast<std::size_t>(problem.DefenceCount())),
        seen_(static_cast<std::size_t>(problem.DefenceCount()), false) {}

  absl::StatusOr<Timetable> Run() {
    while (lines_.Next()) {
      std::string fault = ReadLine();
      if (!fault.empty()) lines_.Fault(std::move(fault));
    }
    if (!lines_.ok()) return InvalidFields(lines_.TakeFaults());
    return Timetable(problem_, placements_);
  }

 private:
  // Returns what is wrong, or nothing.
  std::string ReadLine() {
    Fields fields(lines_.words());
    const std::string keyword = fields.BareWord("placed or unplaced");
    const bool placed = keyword == "placed";
    if (!placed && keyword != "unplaced") {
      return absl::StrCat(Quoted(lines_.words().front().text),
                          " is not known; expected placed, unplaced or end");
    }
    const std::string key = fields.Text("the key of a defence");
    const Minute start = placed ? fields.Moment(problem_.first_date()) : 0;
    const std::string room = placed ? fields.Text("the key of a room") : "";
    std::vector<std::string> holders;
    if (placed && fields.Takes("holders")) {
      while (!fields.IsAtEnd() && fields.ok()) holders.push_back(fields.Text("the key of a person"));
    }
    std::string fault = fields.Fault();
    if (!fault.empty()) return fault;

    const std::optional<DefenceId> defence = problem_.FindDefence(key);
    if (!defence) return absl::StrCat("the problem has no defence ", Quoted(key));
    if (seen_[Index(*defence)]) return absl::StrCat("the defence ", Quoted(key), " is given twice");
    seen_[Index(*defence)] = true;
    return placed ? Place(*defence, start, room, holders) : "";
  }

  std::string Place(DefenceId defence, Minute start, const std::string& room_key,
                    const std::vector<std::string>& holders) {
    const std::optional<RoomId> room = problem_.FindRoom(room_key);
    if (!room) return absl::StrCat("the problem has no room ", Quoted(room_key));
    Placement to{.start = start, .room = *room};
    std::string fault = TakeSeats(problem_.defence(defence).open_seats, holders, &to.holders);
    if (!fault.empty()) return fault;
    const absl::Status legal = CheckPlacement(problem_, defence, to);
    if (!legal.ok()) return std::string(legal.message());
    placements_[Index(defence)] = to;
    return "";
  }

  std::string TakeSeats(const std::vector<OpenSeat>& seats, const std::vector<std::string>& holders,
                        Holders* taken) const {
    if (holders.size() != seats.size()) {
      return absl::StrCat("names ", holders.size(), " holders of open seats; the defence has ", seats.size(),
                          " open seats");
    }
    for (std::size_t i = 0; i < seats.size(); ++i) {
      const std::optional<PersonId> person = problem_.FindPerson(holders[i]);
      const std::vector<Candidate>& candidates = seats[i].candidates;
      const auto found = std::find_if(candidates.begin(), candidates.end(),
                                      [&](const Candidate& candidate) { return candidate.person == person; });
      if (found == candidates.end()) {
        return absl::StrCat(Quoted(holders[i]), " is no candidate for the open seat ", Quoted(seats[i].role));
      }
      (*taken)[i] = static_cast<uint8_t>(found - candidates.begin());
    }
    return "";
  }

  const Problem& problem_;
  LineReader lines_;
  Placements placements_;
  std::vector<bool> seen_;
};

}  // namespace

std::string WriteTimetable(const Timetable& timetable) {
  const Problem& problem = timetable.problem();
  std::string text = "soutenance timetable 1\n";
  ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
    const std::string key = Quoted(problem.defence(id).key);
    const std::optional<Placement>& to = timetable.PlacementOf(id);
    if (!to) {
      absl::StrAppend(&text, "unplaced ", key, "\n");
      return;
    }
    absl::StrAppend(&text, "placed ", key, " ", MomentForm(problem.first_date(), to->start), " ",
                    Quoted(problem.room(to->room).key));
    const Defence& defence = problem.defence(id);
    if (!defence.open_seats.empty()) absl::StrAppend(&text, " holders");
    for (std::size_t i = 0; i < defence.open_seats.size(); ++i) {
      absl::StrAppend(&text, " ", Quoted(problem.person(HolderOf(defence, to->holders, i)).key));
    }
    absl::StrAppend(&text, "\n");
  });
  absl::StrAppend(&text, "end\n");
  return text;
}

absl::StatusOr<Timetable> ParseTimetable(const Problem& problem, absl::string_view text) {
  return Reader(problem, text).Run();
}

}  // namespace soutenance::scheduling::solver
