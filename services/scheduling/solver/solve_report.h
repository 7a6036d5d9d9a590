#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SOLVE_REPORT_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SOLVE_REPORT_H_

#include <string>

#include "services/scheduling/solver/io/timetable_text.h"
#include "services/scheduling/solver/search/replan.h"
#include "services/scheduling/solver/search/solve.h"
#include "services/scheduling/solver/solve_options.h"

namespace soutenance::scheduling::solver {

// What soutenance-solve prints about `result`, in lines for people or as one JSON object.
std::string Report(const SolveResult& result, const SolveOptions& options);

// The same about a timetable that was replanned, with what changes and who must be told.
std::string ReplanReport(const ReplanResult& result, const PublishedTimetable& published,
                         const SolveOptions& options);

// One line while the search goes on.
std::string ProgressLine(const Progress& progress);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SOLVE_REPORT_H_
