#include "services/scheduling/solver/io/timetable_text.h"

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
    std::string fault = fields.Fault();
    if (!fault.empty()) return fault;

    const std::optional<DefenceId> defence = problem_.FindDefence(key);
    if (!defence) return absl::StrCat("the problem has no defence ", Quoted(key));
    if (seen_[Index(*defence)]) return absl::StrCat("the defence ", Quoted(key), " is given twice");
    seen_[Index(*defence)] = true;
    return placed ? Place(*defence, start, room) : "";
  }

  std::string Place(DefenceId defence, Minute start, const std::string& room_key) {
    const std::optional<RoomId> room = problem_.FindRoom(room_key);
    if (!room) return absl::StrCat("the problem has no room ", Quoted(room_key));
    const Placement to{.start = start, .room = *room};
    const absl::Status legal = CheckPlacement(problem_, defence, to);
    if (!legal.ok()) return std::string(legal.message());
    placements_[Index(defence)] = to;
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
                    Quoted(problem.room(to->room).key), "\n");
  });
  absl::StrAppend(&text, "end\n");
  return text;
}

absl::StatusOr<Timetable> ParseTimetable(const Problem& problem, absl::string_view text) {
  return Reader(problem, text).Run();
}

}  // namespace soutenance::scheduling::solver
