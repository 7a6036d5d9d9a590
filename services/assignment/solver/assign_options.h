#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_ASSIGN_OPTIONS_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_ASSIGN_OPTIONS_H_

#include <optional>
#include <string>

namespace soutenance::assignment::solver {

// Exit codes of soutenance-assign.
inline constexpr int kExitDone = 0;
inline constexpr int kExitRefused = 1;  // a file or what it says, or the assignment that was made
inline constexpr int kExitUsage = 2;
inline constexpr int kExitImpossible = 3;  // no assignment exists; what is printed tells why

// The command line of soutenance-assign.
struct AssignOptions {
  enum class Aim { kTotal, kFair, kRepair };

  std::string problem_file;
  Aim aim = Aim::kTotal;
  bool json = false;
};

// Reads the command line. Returns the exit code instead, after printing what there is to say, if the program
// is to end: for --help, --version, and what cannot be understood.
struct ParsedOptions {
  AssignOptions options;
  std::optional<int> exit_code;
};
ParsedOptions ParseOptions(int argc, const char* const* argv);

}  // namespace soutenance::assignment::solver

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_ASSIGN_OPTIONS_H_
