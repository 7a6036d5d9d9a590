#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SOLVE_OPTIONS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SOLVE_OPTIONS_H_

#include <cstdint>
#include <optional>
#include <string>

namespace soutenance::scheduling::solver {

// Exit codes of soutenance-solve.
inline constexpr int kExitDone = 0;
inline constexpr int kExitRefused = 1;  // the problem, a file, or the timetable that was made
inline constexpr int kExitUsage = 2;

// The command line of soutenance-solve.
struct SolveOptions {
  std::string problem_file;
  std::string start_file;  // empty: none
  bool start_published = false;
  std::string replan_file;  // the published timetable; empty: none
  std::string out_file;     // empty: none; "-": standard output
  std::string language = "en";
  std::optional<double> time_seconds;
  std::optional<int64_t> moves;
  uint64_t seed = 1;
  int threads = 1;
  bool json = false;
  bool explain = false;
};

// Reads the command line. Returns the exit code instead, after printing what there is to say, if the program
// is to end: for --help, --version, and what cannot be understood.
struct ParsedOptions {
  SolveOptions options;
  std::optional<int> exit_code;
};
ParsedOptions ParseOptions(int argc, const char* const* argv);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SOLVE_OPTIONS_H_
