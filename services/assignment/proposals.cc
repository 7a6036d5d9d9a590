#include "services/assignment/proposals.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/assignment/jury_rules.h"
#include "services/assignment/proposals_world.h"
#include "services/assignment/rules/words.h"
#include "services/base/error.h"
#include "services/base/id.h"
#include "services/base/programme_roles.h"
#include "services/base/status.h"

namespace soutenance::assignment {
namespace {

using Reader = ProposalStore::Reader;
using Writer = ProposalStore::Writer;

// Sorted by time, and no two alike.
std::string NewProposalId(absl::Time now) {
  return absl::StrCat(absl::FormatTime("%Y%m%d-%H%M%S-", now, absl::UTCTimeZone()), NewId().substr(0, 8));
}

absl::Status ProposalNotFound(const std::string& id) {
  return NotFound("proposal", absl::StrCat("proposals/", id));
}

absl::Status Stale(const Proposal& proposal, const std::vector<std::string>& moved) {
  return Error(absl::StatusCode::kAborted,
               absl::StrCat("since ", proposal.Name(), " was made, other changes came to the juries of ",
                            absl::StrJoin(moved, ", "), "; accept the others, or propose these again"),
               {.reason = "PROPOSAL_STALE",
                .metadata = {{"proposal", proposal.Name()}, {"theses", absl::StrJoin(moved, ",")}}});
}

}  // namespace

absl::StatusOr<Proposal> Proposals::Keep(const Caller& caller, Proposal proposal, const Mutation& mutation) {
  proposal.created = parts_.clock.Now();
  proposal.author = caller.account;
  proposal.id = NewProposalId(proposal.created);
  return Once<Proposal>(parts_.store, mutation, proposal.created,
                        [&](const Reader&, Writer* writer) -> absl::StatusOr<Proposal> {
                          if (writer == nullptr) return proposal;
                          RETURN_IF_ERROR(writer->PutProposal(proposal));
                          Proposal kept = proposal;
                          kept.version = 1;
                          return kept;
                        });
}

absl::StatusOr<Proposal> Proposals::GetProposal(const Caller& caller, const std::string& id) const {
  std::optional<Proposal> found;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(found, reader.FindProposal(id));
    return absl::OkStatus();
  }));
  if (!found || !RunsProgramme(caller, found->programme)) return ProposalNotFound(id);
  return *std::move(found);
}

absl::StatusOr<Page<Proposal>> Proposals::ListProposals(const Caller& caller, const std::string& programme,
                                                        const PageRequest& page) const {
  Page<Proposal> list;
  if (!RunsProgramme(caller, programme)) return list;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(list, reader.ListProposals(programme, page));
    return absl::OkStatus();
  }));
  return list;
}

absl::StatusOr<ChangeList> Proposals::AcceptProposal(const Caller& caller, const Acceptance& acceptance,
                                                     const Mutation& mutation) {
  ASSIGN_OR_RETURN(Proposal proposal, GetProposal(caller, acceptance.id));
  // A repetition returns what the first one did, whatever has become of the proposal.
  ASSIGN_OR_RETURN(std::optional<ChangeList> first, FindFirstResult<ChangeList>(parts_.juries, mutation));
  if (!first && acceptance.version && *acceptance.version != proposal.version) {
    return StaleEtag(proposal.Name());
  }
  std::vector<JuryReplacement> wanted;
  std::vector<std::size_t> places;
  std::vector<FieldViolation> problems;
  std::set<std::string> left = acceptance.theses;
  for (std::size_t i = 0; i < proposal.juries.size(); ++i) {
    const ProposedJury& proposed = proposal.juries[i];
    const bool is_named = left.erase(proposed.thesis) > 0;
    if (!acceptance.theses.empty() && !is_named) continue;
    if (proposed.seats.empty() || (proposed.accepted && !is_named)) {
      if (is_named) {
        problems.push_back({.field = "theses",
                            .description = absl::StrCat("no jury is proposed for theses/", proposed.thesis)});
      }
      continue;
    }
    if (proposed.accepted) continue;
    wanted.push_back({.jury = JuryOf(proposal, proposed), .version = proposed.base_version});
    places.push_back(i);
  }
  for (const std::string& thesis : left) {
    problems.push_back(
        {.field = "theses", .description = absl::StrCat(proposal.Name(), " is not about theses/", thesis)});
  }
  if (!problems.empty()) return InvalidFields(std::move(problems));
  std::vector<std::string> moved;
  const absl::StatusOr<ChangeList> changes = parts_.assignment.BatchReplaceJuries(
      caller, wanted, mutation, moved,
      {.way = DecisionWay::kProposal, .reason = acceptance.reason, .source = proposal.Name()});
  if (!moved.empty()) return Stale(proposal, moved);
  if (!changes.ok() || mutation.validate_only || places.empty()) return changes;
  // The juries are written; should this not be reached, accepting again finds them as they are to be.
  const absl::Time now = parts_.clock.Now();
  RETURN_IF_ERROR(parts_.store.Write([&](Writer& writer) -> absl::Status {
    ASSIGN_OR_RETURN(std::optional<Proposal> stored, writer.FindProposal(proposal.id));
    if (!stored) return absl::OkStatus();
    for (const std::size_t i : places) {
      if (!stored->juries[i].accepted) stored->juries[i].accepted = now;
    }
    return writer.PutProposal(*stored);
  }));
  return changes;
}

absl::StatusOr<JuryOverview> Proposals::GetOverview(const Caller& caller, const std::string& programme,
                                                    const std::string& cohort) const {
  ASSIGN_OR_RETURN(const World world,
                   Gather(caller, {.programme = programme, .cohort = cohort, .theses = {}}));
  std::vector<const Jury*> juries;
  for (const auto& [thesis, jury] : world.juries) juries.push_back(&jury);
  std::vector<JudgedJury> judged;
  RETURN_IF_ERROR(parts_.juries.Read([&](const AssignmentStore::Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(judged, JudgeJuries(reader, juries, {.theses = world.all_theses}));
    return absl::OkStatus();
  }));
  std::map<std::string, const JudgedJury*> judged_by_thesis;
  for (const JudgedJury& jury : judged) judged_by_thesis[jury.thesis] = &jury;

  JuryOverview overview;
  std::map<std::string, JuryOverview::OfPerson> people;
  for (const Profile& profile : world.facts.people)
    people[profile.PersonName()].person = profile.PersonName();
  for (const ThesisFacts& thesis : world.facts.theses) {
    JuryOverview::OfThesis row{.thesis = thesis.id};
    const auto jury = world.juries.find(thesis.id);
    bool has_others = false;
    if (jury != world.juries.end()) {
      for (const Seat& seat : jury->second.seats) {
        ++row.seats;
        const auto invitation = world.invitations.find({thesis.id, seat.person});
        if (invitation != world.invitations.end()) {
          if (invitation->second.state == InvitationState::kInvited) row.unanswered.push_back(seat.person);
          if (invitation->second.IsRefused()) row.refusals.push_back(seat.person);
        }
        has_others = has_others || !thesis.HasPart(seat.person);
        JuryOverview::OfPerson& person = people[seat.person];
        person.person = seat.person;
        ++person.load;
        person.presidencies += seat.role == Seat::Role::kPresident ? 1 : 0;
        const PairFacts pair = world.pairs->Of(thesis, seat.person, seat.role);
        if (pair.conflict == PairFacts::Conflict::kConflict) row.conflicts.push_back(seat.person);
        if (pair.conflict == PairFacts::Conflict::kQuestion) row.questions.push_back(seat.person);
      }
      const JudgedJury& verdict = *judged_by_thesis.at(thesis.id);
      for (const JudgedRule& rule : verdict.rules) {
        if (rule.verdict.outcome != rules::Outcome::kBroken) continue;
        row.broken_rules.push_back(absl::StrCat(
            rule.rule.id, ": ", rules::Required(rule.rule, rules::Language::kEnglish), "; ",
            rules::Measured(rule.rule, rule.verdict, verdict.context, rules::Language::kEnglish)));
      }
      row.is_complete = verdict.IsAccepted() && has_others && row.conflicts.empty() && row.refusals.empty();
    }
    overview.theses.push_back(std::move(row));
  }
  for (auto& [name, person] : people) {
    const auto facts = world.facts.facts.find(name);
    if (facts != world.facts.facts.end()) person.load_max = LoadMaxOf(facts->second, world.facts.rule_set, 0);
    const auto elsewhere = world.facts.elsewhere.find(name);
    person.elsewhere = elsewhere == world.facts.elsewhere.end() ? 0 : elsewhere->second;
    const auto past = world.facts.past.find(name);
    person.past = past == world.facts.past.end() ? 0 : past->second;
    overview.people.push_back(std::move(person));
  }
  return overview;
}

}  // namespace soutenance::assignment
