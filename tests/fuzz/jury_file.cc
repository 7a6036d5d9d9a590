// Whatever bytes come as a file of juries: either everything that is wrong is told, in valid UTF-8 and with
// places that exist, or it is juries that could be written, each thesis and each person on a jury once. What
// was read and is exported is read back as the same.
#include "services/assignment/jury_file.h"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "services/base/id.h"
#include "services/sheets/text.h"
#include "tests/fuzz/expect.h"

namespace {

using namespace soutenance;              // NOLINT: one function
using namespace soutenance::assignment;  // NOLINT
using fuzz::Expect;

std::vector<Jury> JuriesOf(const JuryFileReading& reading) {
  std::vector<Jury> juries;
  for (const FiledJury& filed : reading.juries) {
    Jury jury{.thesis = filed.thesis, .version = filed.base.value_or(0), .programme = "", .seats = {}};
    for (const FiledSeat& seat : filed.seats) jury.seats.push_back(seat.seat);
    juries.push_back(std::move(jury));
  }
  return juries;
}

void CheckProblems(const JuryFileReading& reading, int lines) {
  for (const sheets::ImportProblem& problem : reading.problems.Listed({"f.csv"})) {
    Expect(problem.place.line >= 0 && problem.place.line <= lines, "a problem in a line that is not there");
    Expect(!problem.kind.empty(), "a problem without a kind");
    for (const auto language : {sheets::Language::kFrench, sheets::Language::kEnglish}) {
      Expect(!problem.sentence.In(language).empty(), "a problem without a sentence");
      Expect(sheets::IsUtf8(sheets::Describe(problem, language)), "a sentence that is not UTF-8");
    }
  }
}

void CheckJuries(JuryFileKind kind, const JuryFileReading& reading) {
  std::set<std::string> theses;
  for (const FiledJury& jury : reading.juries) {
    Expect(CheckId(jury.thesis).ok(), "a thesis that is no id");
    Expect(theses.insert(jury.thesis).second, "a thesis that comes twice");
    Expect(jury.seats.size() <= Jury::kSeatsMax, "too many seats");
    std::set<std::string> people;
    for (const FiledSeat& seat : jury.seats) {
      Expect(ParseName(seat.seat.person, "people").ok(), "a person that is no name");
      Expect(people.insert(seat.seat.person).second, "a person who sits twice");
    }
    if (reading.IsAcceptable()) Expect(jury.is_sound && !jury.seats.empty(), "accepted without a seat");
  }
  if (!reading.IsAcceptable()) return;
  const std::vector<Jury> juries = JuriesOf(reading);
  for (const auto language : {sheets::Language::kFrench, sheets::Language::kEnglish}) {
    const JuryFileReading again = ReadJuryFile(kind, "f.csv", WriteJuryFile(kind, juries, language));
    Expect(again.IsAcceptable(), "what was exported is refused");
    Expect(JuriesOf(again) == juries, "what was exported is read as something else");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  int lines = 1;
  for (const char c : bytes) lines += c == '\n' || c == '\r' ? 1 : 0;
  for (const JuryFileKind kind : {JuryFileKind::kJuries, JuryFileKind::kReviewers}) {
    const JuryFileReading reading = ReadJuryFile(kind, "f.csv", bytes);
    CheckProblems(reading, lines);
    CheckJuries(kind, reading);
  }
  return 0;
}
