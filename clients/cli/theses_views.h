#ifndef SOUTENANCE_CLIENTS_CLI_THESES_VIEWS_H_
#define SOUTENANCE_CLIENTS_CLI_THESES_VIEWS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "clients/cli/fields.h"
#include "clients/cli/people_names.h"
#include "clients/cli/session.h"
#include "soutenance/submissions/v1/submissions.pb.h"

// Theses as people fill them in and read them, for the verbs of `soutenance theses`.
namespace soutenance::cli {

// The flags of a thesis.
const std::vector<Field>& ThesisFields();
// "--level", and a flag for an instant in the zone of the institutions that write theses here.
Flag LevelFlag();
Field InstantField(const char* flag, const char* name, Text help);
// "--state", repeated, and what it says in a request.
Flag StateFlag();
absl::Status AddStates(const Input& input, submissions::v1::ListThesesRequest& request);

// The people that theses name.
PeopleNames NamesIn(Session& session,
                    const google::protobuf::RepeatedPtrField<submissions::v1::Thesis>& theses);
// The title, or that it is confidential.
std::string TitleOf(const Session& session, const submissions::v1::Thesis& thesis);
std::string ThesisText(Session& session, const submissions::v1::Thesis& thesis);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_THESES_VIEWS_H_
