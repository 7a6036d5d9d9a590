#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/assignment/jury_rules.h"
#include "services/assignment/proposals.h"
#include "services/assignment/proposals_world.h"
#include "services/assignment/solver/fair/fairest.h"
#include "services/assignment/solver/flow/best_total.h"
#include "services/assignment/solver/flow/shortage.h"
#include "services/base/error.h"
#include "services/base/status.h"

namespace soutenance::assignment {
namespace {

struct Found {
  solver::Assignment assignment;
  int64_t total_max = 0;
  int64_t worst_off = 0;
  bool is_best = false;
};

absl::StatusOr<Found> Solve(const solver::Problem& problem, bool is_fair) {
  std::optional<Found> found;
  if (is_fair) {
    std::optional<solver::FairAssignment> fair = solver::FindFairest(problem);
    if (fair) {
      found = Found{.assignment = std::move(fair->assignment), .total_max = fair->total_bound};
      found->is_best =
          fair->level == fair->level_bound && fair->total_bound == solver::Total(problem, found->assignment);
    }
  } else {
    std::optional<solver::BestAssignment> best = solver::FindBestTotal(problem);
    if (best) {
      found = Found{.assignment = std::move(best->assignment), .is_best = true};
      found->total_max = solver::Total(problem, found->assignment);
    }
  }
  if (found) {
    found->worst_off = solver::WorstOff(problem, found->assignment);
    return *std::move(found);
  }
  const std::optional<solver::Shortage> shortage = solver::FindShortage(problem);
  return Error(absl::StatusCode::kFailedPrecondition,
               shortage ? solver::Sentence(problem, *shortage) : "no assignment exists",
               {.reason = "NO_ASSIGNMENT"});
}

bool MayReview(const ProposalWorld& world, const rules::Checker& checker, const ThesisFacts& thesis,
               const Profile& profile) {
  const std::string person = profile.PersonName();
  if (world.excluded.count({thesis.id, person}) > 0 || world.excluded.count({"", person}) > 0) return false;
  const rules::Context context = ContextOf(&thesis);
  rules::Member member{.person = &world.facts.at(person), .roles = {Seat::Role::kReviewer}};
  member.is_remote = ModeOf(profile) == Seat::Mode::kRemote;
  for (std::size_t i = 0; i < checker.rule_count(); ++i) {
    const rules::Kind kind = checker.rule(i).kind;
    const bool is_about_one = kind == rules::Kind::kQualification || kind == rules::Kind::kAuthors ||
                              kind == rules::Kind::kNotTogether || kind == rules::Kind::kOnSite;
    if (!is_about_one) continue;
    if (rules::IsRefused(checker.rule(i), checker.Judge(i, checker.MeasureOf(i, member, context), context))) {
      return false;
    }
  }
  return true;
}

}  // namespace

absl::StatusOr<Proposal> Proposals::ProposeReviewers(const Caller& caller, const ReviewersWanted& wanted,
                                                     const Mutation& mutation,
                                                     const std::function<bool()>& is_cancelled) {
  ASSIGN_OR_RETURN(std::optional<Proposal> first, FindFirstResult<Proposal>(parts_.store, mutation));
  if (first) return *std::move(first);
  ASSIGN_OR_RETURN(World gathered, Gather(caller, wanted.scope));
  ProposalWorld& world = gathered.facts;
  world.load_max = wanted.load_max;
  world.excluded = wanted.excluded;
  const rules::Checker checker(world.rule_set);
  solver::ProblemSpec spec{.scale = kProposalUnits};
  std::map<std::string, int> readings;
  std::map<std::string, int> seats = world.in_campaign;
  for (const auto& [thesis, jury] : gathered.juries) {
    for (const Seat& seat : jury.seats) ++seats[seat.person];
  }
  std::vector<const ThesisFacts*> asked;
  for (const ThesisFacts& thesis : world.theses) {
    const auto jury = gathered.juries.find(thesis.id);
    int has = 0;
    if (jury != gathered.juries.end()) {
      for (const Seat& seat : jury->second.seats) {
        if (seat.role != Seat::Role::kReviewer) continue;
        ++has;
        ++readings[seat.person];
      }
    }
    if (has >= wanted.reviewers) continue;
    asked.push_back(&thesis);
    spec.theses.push_back({.key = thesis.id, .needed = wanted.reviewers - has});
    for (const Profile& profile : world.people) {
      const std::string person = profile.PersonName();
      const PairFacts pair = world.pairs->Of(thesis, person, Seat::Role::kReviewer);
      const bool may = pair.conflict != PairFacts::Conflict::kConflict && !thesis.HasPart(person) &&
                       !(jury != gathered.juries.end() && jury->second.Seats(person)) &&
                       MayReview(world, checker, thesis, profile);
      spec.scores.push_back(may ? static_cast<solver::Score>(std::lround(pair.expertise * kProposalUnits))
                                : solver::kForbidden);
    }
  }
  if (asked.empty()) {
    return Error(absl::StatusCode::kFailedPrecondition,
                 absl::StrCat("every thesis has ", wanted.reviewers, " reviewers already"),
                 {.reason = "NOTHING_TO_PROPOSE"});
  }
  for (const Profile& profile : world.people) {
    // Limits that were set are of juries; what is only supposed is of readings.
    const std::string person = profile.PersonName();
    const int limit = LoadMaxOf(world.facts.at(person), world.rule_set, 0);
    const int open = limit > 0 ? limit - seats[person] : wanted.load_max - readings[person];
    spec.reviewers.push_back({.key = profile.person, .most = std::max(0, open)});
  }
  ASSIGN_OR_RETURN(const solver::Problem problem, solver::Problem::Create(std::move(spec)));
  ASSIGN_OR_RETURN(const Found found, Solve(problem, wanted.is_fair));
  const std::vector<int> loads = solver::Loads(problem, found.assignment);

  Proposal proposal{.programme = wanted.scope.programme, .kind = Proposal::Kind::kReviewers};
  proposal.value = solver::Total(problem, found.assignment);
  proposal.value_max = found.total_max;
  proposal.is_best = found.is_best;
  proposal.worst_off = found.worst_off;
  for (size_t t = 0; t < asked.size(); ++t) {
    const ThesisFacts& thesis = *asked[t];
    ProposedJury proposed{.thesis = thesis.id};
    const auto jury = gathered.juries.find(thesis.id);
    if (jury != gathered.juries.end()) {
      proposed.base_version = jury->second.version;
      for (const Seat& seat : jury->second.seats) {
        proposed.seats.push_back(TellSeat(world, thesis, seat, true, readings[seat.person]));
      }
    }
    for (const int r : found.assignment[t]) {
      const Profile& profile = world.people[static_cast<size_t>(r)];
      const Seat seat{.person = profile.PersonName(), .role = Seat::Role::kReviewer, .mode = ModeOf(profile)};
      proposed.seats.push_back(
          TellSeat(world, thesis, seat, false, readings[seat.person] + loads[static_cast<size_t>(r)]));
    }
    proposal.juries.push_back(std::move(proposed));
  }
  if (is_cancelled()) return absl::CancelledError("the caller has gone; nothing was proposed");
  return Keep(caller, std::move(proposal), mutation);
}

}  // namespace soutenance::assignment
