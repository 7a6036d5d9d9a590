#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_JURY_FILE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_JURY_FILE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/assignment/jury.h"
#include "services/sheets/problem.h"

// Juries and reviewers as spreadsheets (README.md tells the format): from bytes and back, knowing nothing of
// what there is in the world.
namespace soutenance::assignment {

// The values are those of soutenance.assignment.v1.JuryFileKind.
enum class JuryFileKind { kJuries = 1, kReviewers };

// One seat with where it stands in the file.
struct FiledSeat {
  Seat seat;
  sheets::Place place;  // of the person
  std::string found;    // what stands there
};

// The lines of one thesis.
struct FiledJury {
  std::string thesis;            // id
  sheets::Place place;           // of the thesis in its first line
  std::vector<FiledSeat> seats;  // in the order of the lines; of kReviewers: reviewers only
  std::optional<int64_t> base;   // the version that whoever wrote the file had seen; 0: no jury
  sheets::Place base_place;      // of the revision, if there is one
  bool is_sound = true;          // no line of it has a problem
};

// What a file says and what is wrong with it.
struct JuryFileReading {
  static constexpr std::size_t kThesesMax = 5000;

  std::vector<FiledJury> juries;  // by their first line; each thesis once
  sheets::Problems problems;

  bool IsAcceptable() const { return problems.error_count() == 0; }
};

// Reads any bytes. Never fails: what cannot be read is a problem, and all problems are told at once. Pure.
JuryFileReading ReadJuryFile(JuryFileKind kind, const std::string& file, absl::string_view bytes);

// The file that ReadJuryFile reads back as `juries`, with their versions as revisions; juries without a seat,
// or of kReviewers without a reviewer, have no line. French: French words, `;` and a byte order mark.
std::string WriteJuryFile(JuryFileKind kind, const std::vector<Jury>& juries, sheets::Language language);

// "juries.csv", "rapporteurs.csv".
std::string JuryFileName(JuryFileKind kind, sheets::Language language);

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_JURY_FILE_H_
