#include "services/assignment/proposals_world.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/assignment/jury_rules.h"
#include "services/assignment/rules/words.h"
#include "services/base/error.h"
#include "services/base/id.h"
#include "services/base/programme_roles.h"
#include "services/base/status.h"

namespace soutenance::assignment {
namespace {

int CountOf(const std::map<std::string, int>& counts, const std::string& person) {
  const auto found = counts.find(person);
  return found == counts.end() ? 0 : found->second;
}

absl::StatusOr<std::vector<Profile>> AllProfiles(const ProfileStore::Reader& reader) {
  std::vector<Profile> all;
  PageRequest page{.size = kPageSizeMax, .after = ""};
  do {
    ASSIGN_OR_RETURN(Page<Profile> found, reader.List(page));
    std::move(found.items.begin(), found.items.end(), std::back_inserter(all));
    page.after = found.next;
  } while (!page.after.empty());
  return all;
}

// Seats of everybody on juries that are not composed here: of the same campaign, and all others. What the
// ledger has recorded is the past.
void CountElsewhere(const std::vector<Jury>& juries, const std::map<std::string, ThesisFacts>& of_programme,
                    const std::set<std::string>& recorded, ProposalWorld& world) {
  std::set<std::string> composed;
  std::set<std::string> cohorts;
  for (const ThesisFacts& thesis : world.theses) {
    composed.insert(thesis.id);
    cohorts.insert(thesis.cohort);
  }
  for (const Jury& jury : juries) {
    if (composed.count(jury.thesis) > 0) continue;
    const auto thesis = of_programme.find(jury.thesis);
    const bool is_of_campaign =
        thesis != of_programme.end() && !thesis->second.is_withdrawn &&
        (thesis->second.cohort.empty() || cohorts.count("") > 0 || cohorts.count(thesis->second.cohort) > 0);
    if (!is_of_campaign && recorded.count(jury.thesis) > 0) continue;
    for (const Seat& seat : jury.seats) {
      ++(is_of_campaign ? world.in_campaign : world.elsewhere)[seat.person];
      const auto facts = world.facts.find(seat.person);
      if (is_of_campaign && facts != world.facts.end()) ++facts->second.seats_elsewhere[seat.role];
    }
  }
}

}  // namespace

absl::StatusOr<Proposals::World> Proposals::Gather(const Caller& caller, const ProposalScope& scope) const {
  if (!RunsProgramme(caller, scope.programme)) return NotFound("programme", scope.programme);
  ASSIGN_OR_RETURN(const std::string programme, ParseName(scope.programme, "programmes"));
  World world;
  ASSIGN_OR_RETURN(std::vector<ThesisFacts> theses, parts_.theses.Visible(scope.programme));
  for (ThesisFacts& thesis : theses) world.all_theses.emplace(thesis.id, std::move(thesis));
  std::vector<FieldViolation> unknown;
  for (const std::string& id : scope.theses) {
    if (world.all_theses.count(id) > 0) continue;
    unknown.push_back({.field = "theses",
                       .description = absl::StrCat("theses/", id, " is no thesis of ", scope.programme)});
  }
  if (!unknown.empty()) return InvalidFields(std::move(unknown));
  std::vector<std::string> ids;
  for (const auto& [id, thesis] : world.all_theses) {
    if (thesis.is_withdrawn || (!scope.cohort.empty() && thesis.cohort != scope.cohort)) continue;
    if (!scope.theses.empty() && scope.theses.count(id) == 0) continue;
    ids.push_back(id);
    world.facts.theses.push_back(thesis);
  }
  RETURN_IF_ERROR(parts_.profiles.Read([&](const ProfileStore::Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(world.facts.people, AllProfiles(reader));
    return absl::OkStatus();
  }));
  const absl::Time now = parts_.clock.Now();
  std::set<std::string> recorded;
  RETURN_IF_ERROR(parts_.loads.Read([&](const LoadStore::Reader& loads) -> absl::Status {
    const AssignmentStore::Reader& reader = loads.juries();
    world.juries.clear();
    world.invitations.clear();
    world.facts.facts.clear();
    world.facts.in_campaign.clear();
    world.facts.elsewhere.clear();
    ASSIGN_OR_RETURN(std::vector<Jury> juries, reader.FindAll(ids));
    std::set<std::string> people;
    for (const Profile& profile : world.facts.people) people.insert(profile.PersonName());
    for (const ThesisFacts& thesis : world.facts.theses) {
      for (const std::string& person : {thesis.supervisor, thesis.company_tutor}) {
        if (!person.empty()) people.insert(person);
      }
    }
    for (Jury& jury : juries) {
      for (const Seat& seat : jury.seats) people.insert(seat.person);
      world.juries.emplace(jury.thesis, std::move(jury));
    }
    ASSIGN_OR_RETURN(world.facts.facts, FindPeopleFacts(reader, people));
    ASSIGN_OR_RETURN(std::optional<rules::RuleSet> set, reader.FindRuleSet(programme));
    world.facts.rule_set = std::move(set).value_or(rules::RuleSet{.programme = programme});
    ASSIGN_OR_RETURN(world.facts.derogations, reader.FindDerogations(ids));
    ASSIGN_OR_RETURN(const std::vector<Jury> others,
                     reader.FindJuriesOf(std::vector<std::string>(people.begin(), people.end())));
    std::vector<std::string> elsewhere;
    for (const Jury& jury : others) elsewhere.push_back(jury.thesis);
    ASSIGN_OR_RETURN(recorded, loads.FindRecorded(elsewhere));
    CountElsewhere(others, world.all_theses, recorded, world.facts);
    ASSIGN_OR_RETURN(const std::vector<SeatCount> past, loads.CountPast(""));
    world.facts.past = PastWeights(past, YearOf(now));
    ASSIGN_OR_RETURN(std::vector<Invitation> invitations, loads.ListInvitations(ids));
    for (Invitation& invitation : invitations) {
      const auto jury = world.juries.find(invitation.thesis);
      std::pair<std::string, std::string> key(invitation.thesis, invitation.person);
      world.invitations.emplace(
          std::move(key),
          AsOf(std::move(invitation), jury == world.juries.end() ? nullptr : &jury->second, now));
    }
    return absl::OkStatus();
  }));
  std::set<std::string> everybody;
  for (const auto& [person, facts] : world.facts.facts) everybody.insert(person);
  ASSIGN_OR_RETURN(world.pairs,
                   parts_.facts.Look(scope.programme, world.facts.theses, world.facts.people, everybody));
  world.facts.pairs = world.pairs.get();
  return world;
}

ProposedSeat TellSeat(const ProposalWorld& world, const ThesisFacts& thesis, const Seat& seat, bool is_held,
                      int load_after) {
  ProposedSeat told{.seat = seat, .is_held = is_held};
  const PairFacts pair = world.pairs->Of(thesis, seat.person, seat.role);
  told.expertise = std::llround(pair.expertise * static_cast<double>(kProposalUnits));
  told.words = pair.words;
  told.load_after = load_after + CountOf(world.in_campaign, seat.person);
  told.load_max = LoadMaxOf(world.facts.at(seat.person), world.rule_set, world.load_max);
  told.load_elsewhere = CountOf(world.elsewhere, seat.person);
  return told;
}

std::vector<std::string> TightRules(const ProposalWorld& world, const ThesisFacts& thesis, const Jury& jury) {
  const rules::Checker checker(world.rule_set);
  const rules::Context context = ContextOf(&thesis);
  std::vector<rules::SeatFacts> seats;
  for (const Seat& seat : jury.seats) {
    seats.push_back({.person = &world.facts.at(seat.person), .role = seat.role, .mode = seat.mode});
  }
  std::vector<std::string> tight;
  for (const rules::RuleVerdict& verdict : checker.Check(seats, context).rules) {
    const rules::Rule& rule = checker.rule(verdict.rule);
    rules::Measure fewer = verdict.measure;
    --fewer.counted;
    const bool is_count = rule.kind == rules::Kind::kExternals || rule.kind == rules::Kind::kRanks ||
                          rule.kind == rules::Kind::kSector || rule.kind == rules::Kind::kSpecialist ||
                          rule.kind == rules::Kind::kLanguage;
    if (verdict.outcome != rules::Outcome::kMet || !is_count || fewer.counted < 0) continue;
    if (checker.Judge(verdict.rule, fewer, context) != rules::Outcome::kBroken) continue;
    tight.push_back(
        absl::StrCat(rule.id, ": ", rules::Measured(rule, verdict, context, rules::Language::kEnglish)));
  }
  return tight;
}

}  // namespace soutenance::assignment
