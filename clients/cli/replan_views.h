#ifndef SOUTENANCE_CLIENTS_CLI_REPLAN_VIEWS_H_
#define SOUTENANCE_CLIENTS_CLI_REPLAN_VIEWS_H_

#include <string>

#include "clients/cli/timetable_views.h"
#include "soutenance/scheduling/v1/timetables.pb.h"

// Replanning as text. Pure: nothing is asked, nothing is printed.
namespace soutenance::cli {

// What changed in the facts, which defences move, and who must be told what.
std::string ReplanText(const scheduling::v1::ReplanTimetableResponse& response, const ViewStyle& style);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_REPLAN_VIEWS_H_
