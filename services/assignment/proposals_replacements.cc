#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/assignment/jury_rules.h"
#include "services/assignment/proposals.h"
#include "services/assignment/proposals_world.h"
#include "services/assignment/rules/words.h"
#include "services/base/error.h"
#include "services/base/programme_roles.h"
#include "services/base/status.h"

namespace soutenance::assignment {
namespace {

using Obstacle = AlmostReplacement::Obstacle;

// What one more seat costs for each that somebody has, in expertise; as juries are composed, where seats
// elsewhere count half.
constexpr double kCostOfLoad = 0.04;

struct Candidate {
  Replacement told;
  std::vector<AlmostReplacement> obstacles;
  bool is_unsaid = false;  // what forbids it is nobody's to know of one person
  bool has_question = false;
  double worth = 0;
};

int CountOf(const std::map<std::string, int>& counts, const std::string& person) {
  const auto found = counts.find(person);
  return found == counts.end() ? 0 : found->second;
}

// Looks at everybody who could take one seat.
class Casting {
 public:
  Casting(const ProposalWorld& world,
          const std::map<std::pair<std::string, std::string>, Invitation>& invitations, const Jury& jury,
          const Seat& seat)
      : world_(world),
        invitations_(invitations),
        thesis_(world.theses.front()),
        checker_(world.rule_set),
        context_(ContextOf(&thesis_)),
        jury_(jury),
        place_(static_cast<std::size_t>(std::find(jury.seats.begin(), jury.seats.end(), seat) -
                                        jury.seats.begin())) {}

  Candidate Try(const Profile& profile) const {
    Candidate candidate;
    const std::string person = profile.PersonName();
    const rules::PersonFacts& facts = world_.facts.at(person);
    Jury jury = jury_;
    Seat& seat = jury.seats[place_];
    seat.person = person;
    seat.mode = ModeOf(profile);
    const PairFacts pair = world_.pairs->Of(thesis_, person, seat.role);
    const int has = CountOf(world_.in_campaign, person);
    const auto past = world_.past.find(person);
    Replacement& told = candidate.told;
    told = {.person = person,
            .mode = seat.mode,
            .expertise = pair.expertise,
            .words = pair.words,
            .load_after = has + 1,
            .load_max = LoadMaxOf(facts, world_.rule_set, 0),
            .load_past = CountOf(world_.elsewhere, person) + (past == world_.past.end() ? 0 : past->second)};
    CheckRules(jury, candidate);
    CheckConflict(pair, candidate);
    CheckLoad(facts, seat.role, candidate);
    CheckAnswer(candidate);
    const double weight = seat.role == Seat::Role::kPresident ? 0.6 : 1;
    candidate.worth =
        pair.expertise * weight -
        world_.balance * kCostOfLoad * (has + told.load_past - 0.5 * CountOf(world_.elsewhere, person));
    if (candidate.obstacles.empty() && !candidate.is_unsaid) Explain(jury, candidate);
    return candidate;
  }

 private:
  static void Forbid(Candidate& candidate, Obstacle obstacle, std::string sentence, std::string rule = "") {
    candidate.obstacles.push_back({.person = candidate.told.person,
                                   .obstacle = obstacle,
                                   .rule = std::move(rule),
                                   .sentence = std::move(sentence),
                                   .expertise = candidate.told.expertise});
  }

  void CheckRules(const Jury& jury, Candidate& candidate) const {
    std::map<std::string, rules::PersonFacts> people;
    for (const Seat& seat : jury.seats) people[seat.person] = world_.facts.at(seat.person);
    const JudgedJury judged = JudgeJury(checker_, jury, people, context_, world_.derogations);
    for (const JudgedRule& rule : judged.rules) {
      if (!rules::IsRefused(rule.rule, rule.verdict.outcome)) continue;
      // Whom a balance forbids tells what it counts of them.
      if (rule.rule.kind == rules::Kind::kBalance) {
        candidate.is_unsaid = true;
        continue;
      }
      Forbid(candidate, Obstacle::kRule,
             rules::Sentence(rule.rule, rule.verdict, judged.context, rules::Language::kEnglish),
             rule.rule.id);
    }
  }

  void CheckConflict(const PairFacts& pair, Candidate& candidate) const {
    if (pair.conflict == PairFacts::Conflict::kConflict) {
      Forbid(candidate, Obstacle::kConflict,
             absl::StrCat(candidate.told.person, " has a conflict of interest with theses/", thesis_.id,
                          "; see what is known of it, or pin that there is none and say why"));
    }
    candidate.has_question = pair.conflict == PairFacts::Conflict::kQuestion;
    if (candidate.has_question) {
      candidate.told.warnings.push_back(absl::StrCat("there is a question about a conflict with theses/",
                                                     thesis_.id, "; confirm or dismiss it"));
    }
  }

  void CheckLoad(const rules::PersonFacts& facts, Seat::Role role, Candidate& candidate) const {
    const Replacement& told = candidate.told;
    // A rule about load has said so already, by the same limit.
    const bool is_said =
        std::any_of(candidate.obstacles.begin(), candidate.obstacles.end(), [&](const auto& obstacle) {
          return std::any_of(world_.rule_set.rules.begin(), world_.rule_set.rules.end(),
                             [&](const rules::Rule& rule) {
                               return rule.id == obstacle.rule && rule.kind == rules::Kind::kLoad;
                             });
        });
    if (is_said) return;
    const int own_limit = facts.load.per_campaign_max;
    if (own_limit > 0 && told.load_after > own_limit) {
      Forbid(candidate, Obstacle::kLoad,
             absl::StrCat(told.person, " has ", told.load_after - 1, " of at most ", own_limit,
                          " juries; raise the limit, or choose somebody else"));
      return;
    }
    for (const LoadLimits::OfRole& of : facts.load.roles) {
      if (of.role != role) continue;
      const auto seats = facts.seats_elsewhere.find(role);
      const int has = seats == facts.seats_elsewhere.end() ? 0 : seats->second;
      if (has < of.per_campaign_max) continue;
      Forbid(candidate, Obstacle::kLoad,
             absl::StrCat(told.person, " is ", SeatRoleName(role), " ", has, " times of at most ",
                          of.per_campaign_max, "; raise the limit, or choose somebody else"));
    }
  }

  void CheckAnswer(Candidate& candidate) const {
    const auto found = invitations_.find({thesis_.id, candidate.told.person});
    if (found == invitations_.end()) return;
    const auto forbid = [&](absl::string_view what) {
      Forbid(candidate, Obstacle::kDeclined,
             absl::StrCat(candidate.told.person, " ", what, ": ", found->second.reason));
    };
    if (found->second.state == InvitationState::kDeclined) forbid("declined to sit on this jury");
    if (found->second.state == InvitationState::kWithdrawn) forbid("had this invitation withdrawn");
    if (found->second.state == InvitationState::kReplaced) forbid("was replaced on this jury");
  }

  void Explain(const Jury& jury, Candidate& candidate) const {
    Replacement& told = candidate.told;
    told.tight_rules = TightRules(world_, thesis_, jury);
    told.reasons.push_back(checker_.rule_count() > 1
                               ? absl::StrCat("the jury keeps all ", checker_.rule_count(), " rules")
                               : "the programme has no rules of its own");
    told.reasons.push_back(candidate.has_question ? "no conflict of interest is certain"
                                                  : "no conflict of interest is known");
    told.reasons.push_back(told.load_max > 0
                               ? absl::StrCat("has ", told.load_after, " of ", told.load_max, " juries then")
                               : absl::StrCat("has ", told.load_after, " juries then, without limit"));
    if (!told.words.empty()) {
      told.reasons.push_back(absl::StrCat("knows of ", absl::StrJoin(told.words, ", ")));
    }
  }

  const ProposalWorld& world_;
  const std::map<std::pair<std::string, std::string>, Invitation>& invitations_;
  const ThesisFacts& thesis_;
  const rules::Checker checker_;
  const rules::Context context_;
  const Jury& jury_;
  const std::size_t place_;
};

}  // namespace

absl::StatusOr<Replacements> Proposals::FindReplacements(const Caller& caller,
                                                         const ReplacementQuery& query) const {
  ASSIGN_OR_RETURN(const Jury known, parts_.assignment.GetJury(caller, query.thesis));
  RETURN_IF_ERROR(CheckRunsProgramme(caller, known.programme));
  ASSIGN_OR_RETURN(World world,
                   Gather(caller, {.programme = known.programme, .cohort = "", .theses = {query.thesis}}));
  const auto jury = world.juries.find(query.thesis);
  if (world.facts.theses.empty() || jury == world.juries.end()) return NotFound("jury", known.Name());
  const auto& seats = jury->second.seats;
  const auto seat =
      std::find_if(seats.begin(), seats.end(), [&](const Seat& each) { return each.person == query.person; });
  if (seat == seats.end()) {
    return InvalidFields(
        {{.field = "person", .description = absl::StrCat(query.person, " does not sit on ", known.Name())}});
  }
  const Casting casting(world.facts, world.invitations, jury->second, *seat);
  std::vector<Candidate> candidates;
  for (const Profile& profile : world.facts.people) {
    if (jury->second.Seats(profile.PersonName())) continue;
    Candidate candidate = casting.Try(profile);
    if (candidate.obstacles.size() + (candidate.is_unsaid ? 2 : 0) > 1) continue;
    candidates.push_back(std::move(candidate));
  }
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::tuple(a.has_question, -a.worth, a.told.tight_rules.size(), a.told.person) <
           std::tuple(b.has_question, -b.worth, b.told.tight_rules.size(), b.told.person);
  });
  Replacements result{.role = seat->role};
  for (Candidate& candidate : candidates) {
    if (candidate.obstacles.empty()) {
      if (result.best_count++ < query.count) result.best.push_back(std::move(candidate.told));
    } else if (result.almost_count++ < query.count) {
      result.almost.push_back(std::move(candidate.obstacles.front()));
    }
  }
  return result;
}

}  // namespace soutenance::assignment
