#ifndef SOUTENANCE_CLIENTS_CLI_EXPLANATION_VIEWS_H_
#define SOUTENANCE_CLIENTS_CLI_EXPLANATION_VIEWS_H_

#include <string>

#include "clients/cli/timetable_views.h"
#include "soutenance/scheduling/v1/timetables.pb.h"

// What is said about timetables, as text. Pure: nothing is asked, nothing is printed.
namespace soutenance::cli {

// What each rule costs, with at most `matches_max` breaches each, and why what is unplaced is unplaced.
std::string ExplanationText(const scheduling::v1::Explanation& explanation, int matches_max,
                            const ViewStyle& style);

// Why a defence is where it is, where else it could be, and the command that moves it there; `flags` end that
// command.
std::string DefenceExplanationText(const scheduling::v1::DefenceExplanation& explanation,
                                   const std::string& flags, const ViewStyle& style);

// The change of every rule, with the breaches there would be; says so if there is none.
std::string EffectsText(const google::protobuf::RepeatedPtrField<scheduling::v1::RuleEffect>& effects,
                        const ViewStyle& style);

// The repairs, numbered, and the command that makes a draft of one of the timetable called `timetable`;
// `flags` end that command.
std::string RepairsText(const scheduling::v1::FindRepairsResponse& found, const std::string& timetable,
                        const std::string& flags, const ViewStyle& style);

// What differs between two timetables: defences, people to tell, rules.
std::string ComparisonText(const scheduling::v1::Comparison& comparison, const ViewStyle& style);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_EXPLANATION_VIEWS_H_
