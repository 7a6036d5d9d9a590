#include "services/scheduling/solver/io/timetable_text.h"

#include <algorithm>
#include <optional>
#include <set>
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

// One line of a timetable.
struct Line {
  bool placed = false;
  std::string key;
  Minute start = 0;
  std::string room;
  std::vector<std::string> holders;
};

// Returns what is wrong, or nothing.
std::string ReadPlacement(absl::CivilDay first_date, const LineReader& lines, Line* line) {
  Fields fields(lines.words());
  const std::string keyword = fields.BareWord("placed or unplaced");
  line->placed = keyword == "placed";
  if (!line->placed && keyword != "unplaced") {
    return absl::StrCat(Quoted(lines.words().front().text),
                        " is not known; expected placed, unplaced or end");
  }
  line->key = fields.Text("the key of a defence");
  if (!line->placed) return fields.Fault();
  line->start = fields.Moment(first_date);
  line->room = fields.Text("the key of a room");
  if (fields.Takes("holders")) {
    while (!fields.IsAtEnd() && fields.ok()) line->holders.push_back(fields.Text("the key of a person"));
  }
  return fields.Fault();
}

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
    Line line;
    std::string fault = ReadPlacement(problem_.first_date(), lines_, &line);
    if (!fault.empty()) return fault;
    const std::optional<DefenceId> defence = problem_.FindDefence(line.key);
    if (!defence) return absl::StrCat("the problem has no defence ", Quoted(line.key));
    if (seen_[Index(*defence)]) return absl::StrCat("the defence ", Quoted(line.key), " is given twice");
    seen_[Index(*defence)] = true;
    return line.placed ? Place(*defence, line.start, line.room, line.holders) : "";
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

// Reads what was published before the facts changed.
class PublishedReader {
 public:
  PublishedReader(const Problem& problem, absl::string_view text)
      : problem_(problem), lines_(text, "soutenance timetable", 1) {
    published_.references.resize(problem.defences().size());
    published_.placements.resize(problem.defences().size());
  }

  absl::StatusOr<PublishedTimetable> Run() {
    while (lines_.Next()) {
      Line line;
      std::string fault = ReadPlacement(problem_.first_date(), lines_, &line);
      if (fault.empty() && !seen_.insert(line.key).second) {
        fault = absl::StrCat("the defence ", Quoted(line.key), " is given twice");
      }
      if (!fault.empty()) {
        lines_.Fault(std::move(fault));
      } else if (line.placed) {
        Take(line);
      }
    }
    if (!lines_.ok()) return InvalidFields(lines_.TakeFaults());
    return std::move(published_);
  }

 private:
  void Take(const Line& line) {
    const std::optional<DefenceId> id = problem_.FindDefence(line.key);
    if (!id) {
      published_.withdrawn.push_back(line.key);
      return;
    }
    // Minutes before the first date cannot be told in a reference.
    if (line.start < 0) return;
    const std::optional<RoomId> room = problem_.FindRoom(line.room);
    published_.references[Index(*id)] = {.start = line.start, .room = room ? line.room : ""};
    if (!room) return;
    Placement at{.start = line.start, .room = *room};
    const std::vector<OpenSeat>& seats = problem_.defence(*id).open_seats;
    for (std::size_t i = 0; i < seats.size() && i < line.holders.size(); ++i) {
      for (std::size_t j = 0; j < seats[i].candidates.size(); ++j) {
        if (problem_.person(seats[i].candidates[j].person).key == line.holders[i])
          at.holders[i] = static_cast<uint8_t>(j);
      }
    }
    if (CheckPlacement(problem_, *id, at).ok()) published_.placements[Index(*id)] = at;
  }

  const Problem& problem_;
  LineReader lines_;
  PublishedTimetable published_;
  std::set<std::string> seen_;
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

absl::StatusOr<PublishedTimetable> ParsePublished(const Problem& problem, absl::string_view text) {
  return PublishedReader(problem, text).Run();
}

}  // namespace soutenance::scheduling::solver
