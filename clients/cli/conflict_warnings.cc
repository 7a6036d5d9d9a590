#include "clients/cli/conflict_warnings.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/names.h"
#include "clients/cli/words.h"
#include "soutenance/assignment/v1/conflicts.pb.h"
#include "soutenance/submissions/v1/submissions.pb.h"

namespace soutenance::cli {

namespace pb = assignment::v1;

namespace {

// `request` has a programme, theses and people.
void Warn(Session& session, pb::ListConflictsRequest request) {
  request.add_states(pb::CONFLICT_STATE_NONE);
  request.add_states(pb::CONFLICT_STATE_QUESTION);
  const auto list = session.List<pb::ListConflictsResponse>(request);
  if (!list.ok()) return;
  std::vector<std::string> silent;
  for (const pb::Conflict& conflict : list->conflicts()) {
    const std::string person = ShortName(conflict.name());
    if (conflict.answer() != pb::ANSWER_STATE_ANSWERED) silent.push_back(person);
    if (conflict.state() != pb::CONFLICT_STATE_QUESTION) continue;
    const std::string kind =
        conflict.findings().empty() ? "" : WordFor(conflict.findings(0).kind(), session.language());
    session.Warn(absl::StrCat(
        session.Say({"to confirm: ", "à confirmer : "}), person,
        kind.empty() ? "" : absl::StrCat(" (", kind, ")"),
        session.Say({"; see \"soutenance conflicts show\"", " ; voir « soutenance conflicts show »"})));
  }
  if (silent.empty()) return;
  session.Warn(
      absl::StrCat(session.Say({"have not told their conflicts: ", "n’ont pas dit leurs conflits : "}),
                   absl::StrJoin(silent, ", ")));
}

}  // namespace

void WarnOfConflicts(Session& session, const pb::Jury& jury) {
  if (jury.seats().empty()) return;
  pb::ListConflictsRequest request;
  request.set_parent(jury.programme());
  request.add_theses(TopName("theses", ShortName(jury.name())));
  for (const pb::Seat& seat : jury.seats()) request.add_people(seat.person());
  Warn(session, std::move(request));
}

void WarnOfConflicts(Session& session, const std::string& thesis, const std::string& person) {
  submissions::v1::GetThesisRequest get;
  get.set_name(thesis);
  const auto found = session.Call<submissions::v1::Thesis>(get);
  if (!found.ok()) return;
  pb::ListConflictsRequest request;
  request.set_parent(found->programme());
  request.add_theses(thesis);
  request.add_people(person);
  Warn(session, std::move(request));
}

}  // namespace soutenance::cli
