#ifndef SOUTENANCE_CLIENTS_CLI_TIMETABLES_H_
#define SOUTENANCE_CLIENTS_CLI_TIMETABLES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/cli/command.h"
#include "clients/cli/explanation_views.h"
#include "clients/cli/session.h"
#include "clients/cli/timetable_views.h"
#include "soutenance/scheduling/v1/timetables.pb.h"

// The noun `timetables` in parts: each file gives its commands, timetables.cc puts them together.
namespace soutenance::cli {

std::vector<Command> TimetableReadingCommands();  // list, show, compare
std::vector<Command> TimetableRunCommands();      // run, runs, follow, cancel
std::vector<Command> TimetableExplainCommands();  // explain
std::vector<Command> TimetableRepairCommands();   // repair
std::vector<Command> TimetableChangeCommands();   // move, unplace, pin, unpin
std::vector<Command> TimetableReplanCommands();   // replan
std::vector<Command> TimetableLifeCommands();     // publish, delete
std::vector<Command> TimetableJuryCommands();     // juries
std::vector<Command> TimetableExportCommands();   // export

// The timetable called `text` ("3", "latest", "published", a full name; empty: latest). `defence` may be a
// full name that tells the campaign.
absl::StatusOr<scheduling::v1::Timetable> GetTimetable(Session& session, const Input& input,
                                                       const std::string& text,
                                                       const std::string& defence = "");

// The full name of the timetable called `text` in `campaign`; empty means latest.
std::string TimetableName(const std::string& campaign, const std::string& text);

ViewStyle StyleOf(const Session& session);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_TIMETABLES_H_
