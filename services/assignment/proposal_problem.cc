#include "services/assignment/proposal_problem.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "absl/strings/str_cat.h"
#include "services/assignment/jury_rules.h"
#include "services/assignment/proposal.h"
#include "services/assignment/rules/words.h"
#include "services/base/status.h"

namespace soutenance::assignment {
namespace {

using compose::Value;
using rules::Kind;

constexpr int kRoles = static_cast<int>(std::size(kSeatRoles));
// What one more seat costs for each that somebody has, at the usual balance; seats elsewhere count half.
constexpr Value kCostOfLoad = 40'000;
// Whoever sits already stays before anything else counts, where that is wished.
constexpr Value kStays = 100 * kProposalUnits;
// What a jury gains that can meet at one, two, ... starts.
constexpr Value kStarts[] = {0, 30'000, 50'000, 60'000, 70'000, 75'000, 80'000};

int Number(Seat::Role role) { return static_cast<int>(role) - 1; }
Seat::Role RoleOf(int number) { return static_cast<Seat::Role>(number + 1); }

// A jury needs expertise most where it reads.
Value Weighed(Seat::Role role, double expertise) {
  const double weight = role == Seat::Role::kPresident ? 0.6 : 1;
  return std::llround(expertise * weight * static_cast<double>(kProposalUnits));
}

// Whether the rule asks the same of every thesis.
bool IsOfProgramme(const rules::Rule& rule) {
  return !(rule.kind == Kind::kSpecialist || rule.kind == Kind::kLanguage) || !rule.words.empty();
}

class Builder {
 public:
  explicit Builder(const ProposalWorld& world)
      : world_(world),
        checker_(world.rule_set),
        roles_(world.roles.empty() ? RolesAsked(world.rule_set) : world.roles) {
    for (const auto& [person, facts] : world.facts) {
      number_[person] = static_cast<int>(people_.size());
      people_.push_back(person);
      modes_.push_back(Seat::Mode::kOnSite);
    }
    for (const Profile& profile : world.people) {
      modes_[static_cast<size_t>(number_.at(profile.PersonName()))] = ModeOf(profile);
    }
    for (int r = 0; r < kRoles; ++r) spec_.roles.push_back(std::string(SeatRoleName(RoleOf(r))));
  }

  absl::StatusOr<ProposalProblem> Build() {
    AddSlots();
    AddPeople();
    for (size_t i = 0; i < checker_.rule_count(); ++i) {
      const rules::Rule& rule = checker_.rule(i);
      if (IsOfProgramme(rule)) AddRule(i, rules::Context{}, rule.id, of_programme_[i]);
    }
    for (const ThesisFacts& thesis : world_.theses) AddThesis(thesis);
    ASSIGN_OR_RETURN(compose::Problem problem, compose::Problem::Create(std::move(spec_)));
    return ProposalProblem{std::move(problem), people_};
  }

 private:
  void AddSlots() {
    if (!world_.slots) return;
    spec_.slot_days = world_.slots->days;
    const int rooms = world_.slots->rooms > 0 ? world_.slots->rooms : static_cast<int>(world_.theses.size());
    spec_.slot_places.assign(spec_.slot_days.size(), rooms);
    spec_.slot_values.assign(std::begin(kStarts), std::end(kStarts));
  }

  void AddPeople() {
    std::set<std::string> may_be_given;
    for (const Profile& profile : world_.people) may_be_given.insert(profile.PersonName());
    std::map<std::string, int> given;
    for (const auto& [thesis, jury] : world_.held) {
      for (const Seat& seat : jury.seats) ++given[seat.person];
    }
    for (const std::string& person : people_) {
      const rules::PersonFacts& facts = world_.facts.at(person);
      compose::PersonSpec spec{.key = person.substr(person.rfind('/') + 1)};
      const int has = given[person] + At(world_.in_campaign, person);
      if (may_be_given.count(person) > 0) {
        spec.most = std::max(0, LoadMaxOf(facts, world_.rule_set, world_.load_max) - has);
      }
      if (!facts.load.roles.empty()) {
        spec.most_in_role.assign(kRoles, compose::kUnlimited);
        for (const LoadLimits::OfRole& of : facts.load.roles) {
          const auto seats = facts.seats_elsewhere.find(of.role);
          const int elsewhere = seats == facts.seats_elsewhere.end() ? 0 : seats->second;
          spec.most_in_role[static_cast<size_t>(Number(of.role))] =
              std::max(0, of.per_campaign_max - elsewhere - GivenIn(person, of.role));
        }
      }
      if (world_.slots) spec.free = world_.slots->Of(person);
      if (facts.load.per_day_max > 0) spec.most_in_day = facts.load.per_day_max;
      const auto remembered = world_.past.find(person);
      const double past = has + At(world_.elsewhere, person) * 0.5 +
                          (remembered == world_.past.end() ? 0.0 : remembered->second);
      for (int n = 0; n < spec.most; ++n) {
        spec.costs.push_back(std::llround(world_.balance * static_cast<double>(kCostOfLoad) * (past + n)));
      }
      spec_.people.push_back(std::move(spec));
    }
  }

  int GivenIn(const std::string& person, Seat::Role role) const {
    int count = 0;
    for (const auto& [thesis, jury] : world_.held) {
      for (const Seat& seat : jury.seats) count += seat.person == person && seat.role == role ? 1 : 0;
    }
    return count;
  }

  static int At(const std::map<std::string, int>& counts, const std::string& person) {
    const auto found = counts.find(person);
    return found == counts.end() ? 0 : found->second;
  }

  rules::Measure MeasureOf(size_t rule, int person, int role, const rules::Context& context) const {
    rules::Member member{.person = &world_.facts.at(people_[static_cast<size_t>(person)])};
    member.roles.Add(RoleOf(role));
    member.is_remote = modes_[static_cast<size_t>(person)] == Seat::Mode::kRemote;
    return checker_.MeasureOf(rule, member, context);
  }

  // Rules that somebody alone can break are kept by not letting them sit.
  static bool IsAboutOne(const rules::Rule& rule) {
    switch (rule.kind) {
      case Kind::kQualification:
      case Kind::kOnSite:
      case Kind::kOwnPart:
      case Kind::kKnown:
        return true;
      case Kind::kNotTogether:
      case Kind::kAuthors:
        return !rule.max && !rule.share;
      default:
        return false;
    }
  }

  using Weigh = std::function<int(const rules::Measure&)>;

  // The sums that a rule is, in the order in which juries are asked.
  void AddRule(size_t i, const rules::Context& context, const std::string& key, std::vector<int>& numbers) {
    const rules::Rule& rule = checker_.rule(i);
    if (rule.level == rules::Level::kWarning || IsAboutOne(rule)) return;
    const int min = rule.min.value_or(0);
    const auto share = rule.share.value_or(rules::Share{0, 1});
    constexpr int kNoLimit = std::numeric_limits<int>::max();
    const auto add = [&](int least, int most, const Weigh& weigh) {
      compose::RuleSpec spec{.key = absl::StrCat(key, "#", spec_.rules.size()), .least = least, .most = most};
      spec.text = absl::StrCat(rule.id, ": ", rules::Required(rule, rules::Language::kEnglish));
      for (int r = 0; r < kRoles; ++r) {
        for (int p = 0; p < static_cast<int>(people_.size()); ++p) {
          spec.weights.push_back(weigh(MeasureOf(i, p, r, context)));
        }
      }
      numbers.push_back(static_cast<int>(spec_.rules.size()));
      spec_.rules.push_back(std::move(spec));
    };
    const auto counted = [](const rules::Measure& m) { return m.counted; };
    const auto others = [](const rules::Measure& m) { return m.of - m.counted; };
    switch (rule.kind) {
      case Kind::kMembers:
      case Kind::kSeats:
        add(min, rule.max.value_or(kNoLimit), counted);
        break;
      case Kind::kExternals:
      case Kind::kRanks:
      case Kind::kSector:
      case Kind::kSpecialist:
      case Kind::kLanguage:
        if (min > 0) add(min, kNoLimit, counted);
        if (share.part > 0) {
          add(0, kNoLimit, [&](const rules::Measure& m) { return m.counted * share.of - m.of * share.part; });
        }
        break;
      case Kind::kNotTogether:
      case Kind::kRemote:
      case Kind::kEmeriti:
        if (rule.max || !rule.share) add(std::numeric_limits<int>::min(), rule.max.value_or(0), counted);
        if (rule.share) {
          add(0, kNoLimit, [&](const rules::Measure& m) { return m.of * share.part - m.counted * share.of; });
        }
        break;
      case Kind::kBalance:
        if (!IsGenderKnown()) break;
        for (const auto& some : {Weigh(counted), Weigh(others)}) {
          if (min > 0) add(min, kNoLimit, some);
          if (share.part > 0) {
            add(0, kNoLimit, [&](const rules::Measure& m) { return some(m) * share.of - m.of * share.part; });
          }
        }
        break;
      default:
        break;  // about one person, about days, or about nothing that is counted here
    }
  }

  // A balance is not measured among too few; juries are composed for it where most would have it measured.
  bool IsGenderKnown() const {
    size_t known = 0;
    for (const Profile& profile : world_.people) known += profile.gender == Gender::kUnknown ? 0 : 1;
    return known * 4 >= world_.people.size() * 3;
  }

  bool IsLifted(const rules::Rule& rule, const std::string& thesis) const {
    if (rule.level != rules::Level::kDerogable) return false;
    return std::any_of(world_.derogations.begin(), world_.derogations.end(), [&](const Derogation& lifted) {
      return lifted.thesis == thesis && lifted.rule == rule.id && lifted.demand == rule.Demand();
    });
  }

  bool MaySit(const ThesisFacts& thesis, const rules::Context& context, int person, int role) const {
    const std::string& name = people_[static_cast<size_t>(person)];
    if (world_.excluded.count({thesis.id, name}) > 0 || world_.excluded.count({"", name}) > 0) return false;
    for (size_t i = 0; i < checker_.rule_count(); ++i) {
      const rules::Rule& rule = checker_.rule(i);
      if (!IsAboutOne(rule) || IsLifted(rule, thesis.id)) continue;
      if (rules::IsRefused(rule, checker_.Judge(i, MeasureOf(i, person, role, context), context)))
        return false;
    }
    return true;
  }

  void AddThesis(const ThesisFacts& thesis) {
    const rules::Context context = ContextOf(&thesis);
    compose::ThesisSpec spec{.key = thesis.id};
    if (world_.slots) {
      spec.slots = compose::Slots::First(static_cast<int>(world_.slots->days.size()));
      for (const std::string& author : thesis.authors) spec.slots.Meet(world_.slots->Of(author));
    }
    std::map<Seat::Role, int> held;
    std::set<int> sitting;
    if (const auto jury = world_.held.find(thesis.id); jury != world_.held.end()) {
      for (const Seat& seat : jury->second.seats) {
        const int person = number_.at(seat.person);
        spec.given.push_back({person, Number(seat.role)});
        sitting.insert(person);
        ++held[seat.role];
      }
    }
    for (size_t i = 0; i < checker_.rule_count(); ++i) {
      const rules::Rule& rule = checker_.rule(i);
      if (IsLifted(rule, thesis.id)) continue;
      if (IsOfProgramme(rule)) {
        const std::vector<int>& numbers = of_programme_[i];
        spec.rules.insert(spec.rules.end(), numbers.begin(), numbers.end());
      } else if (checker_.Judge(i, rules::Measure{}, context) != rules::Outcome::kUnmeasured) {
        AddRule(i, context, absl::StrCat(rule.id, "/", thesis.id), spec.rules);
      }
    }
    for (const WantedRole& wanted : roles_) {
      const int missing = std::max(0, wanted.min - held[wanted.role]);
      const int more = std::max(0, wanted.max - std::max(wanted.min, held[wanted.role]));
      for (int n = 0; n < missing + more; ++n)
        AddSeat(thesis, context, wanted.role, n >= missing, sitting, spec);
    }
    AddUpToMembers(thesis, context, sitting, spec);
    spec_.theses.push_back(std::move(spec));
  }

  // Examiners, if the roles alone do not make as many members as the rules ask for.
  void AddUpToMembers(const ThesisFacts& thesis, const rules::Context& context, const std::set<int>& sitting,
                      compose::ThesisSpec& spec) {
    int least = 0;
    for (size_t i = 0; i < checker_.rule_count(); ++i) {
      const rules::Rule& rule = checker_.rule(i);
      if (rule.kind == Kind::kMembers && rule.roles.IsEmpty() && !IsLifted(rule, thesis.id)) {
        least = std::max(least, rule.min.value_or(0));
      }
    }
    for (int n = static_cast<int>(spec.given.size() + spec.open.size());
         n < least && spec.open.size() < compose::kOpenSeatsMax; ++n) {
      AddSeat(thesis, context, Seat::Role::kExaminer, true, sitting, spec);
    }
  }

  void AddSeat(const ThesisFacts& thesis, const rules::Context& context, Seat::Role role, bool is_optional,
               const std::set<int>& sitting, compose::ThesisSpec& spec) {
    if (spec.open.size() >= compose::kOpenSeatsMax) return;
    compose::SeatSpec seat{.role = Number(role), .is_optional = is_optional};
    for (const compose::SeatSpec& like : spec.open) {
      if (like.role != seat.role) continue;
      seat.candidates = like.candidates;
      spec.open.push_back(std::move(seat));
      return;
    }
    const auto wished = world_.wished.find(thesis.id);
    for (const Profile& profile : world_.people) {
      const std::string name = profile.PersonName();
      const int person = number_.at(name);
      if (sitting.count(person) > 0 || !MaySit(thesis, context, person, seat.role)) continue;
      const PairFacts pair = world_.pairs->Of(thesis, name, role);
      if (pair.conflict == PairFacts::Conflict::kConflict) continue;
      Value value = Weighed(role, pair.expertise);
      if (wished != world_.wished.end() &&
          std::any_of(wished->second.seats.begin(), wished->second.seats.end(),
                      [&](const Seat& s) { return s.person == name && s.role == role; })) {
        value += kStays;
      }
      seat.candidates.push_back({person, value});
    }
    spec.open.push_back(std::move(seat));
  }

  const ProposalWorld& world_;
  const rules::Checker checker_;
  const std::vector<WantedRole> roles_;
  std::vector<std::string> people_;
  std::map<std::string, int> number_;
  std::vector<Seat::Mode> modes_;
  compose::ProblemSpec spec_;
  std::map<size_t, std::vector<int>> of_programme_;  // by rule: its sums
};

}  // namespace

std::vector<WantedRole> RolesAsked(const rules::RuleSet& set) {
  std::map<Seat::Role, WantedRole> wanted;
  for (const rules::Rule& rule : set.rules) {
    const std::vector<Seat::Role> roles = rule.roles.List();
    if (rule.kind != Kind::kSeats || roles.size() != 1 || rule.level == rules::Level::kWarning) continue;
    WantedRole& role = wanted[roles[0]];
    role.role = roles[0];
    role.min = std::max(role.min, rule.min.value_or(0));
    role.max = std::max({role.max, role.min, rule.max.value_or(0)});
  }
  std::vector<WantedRole> all;
  for (const auto& [role, want] : wanted) {
    // Who follows a thesis sits by that, not by a proposal.
    if (role != Seat::Role::kSupervisor && role != Seat::Role::kCompanyTutor) all.push_back(want);
  }
  if (all.empty()) all = {{Seat::Role::kPresident, 1, 1}, {Seat::Role::kReviewer, 1, 1}};
  return all;
}

int LoadMaxOf(const rules::PersonFacts& person, const rules::RuleSet& set, int otherwise) {
  if (person.load.per_campaign_max > 0) return person.load.per_campaign_max;
  int most = 0;
  for (const rules::Rule& rule : set.rules) {
    if (rule.kind == Kind::kLoad && rule.max) most = most == 0 ? *rule.max : std::min(most, *rule.max);
  }
  return most > 0 ? most : otherwise;
}

absl::StatusOr<ProposalProblem> ToProblem(const ProposalWorld& world) { return Builder(world).Build(); }

Seat::Mode ModeOf(const Profile& profile) {
  return profile.attendance == Attendance::kRemoteOnly ? Seat::Mode::kRemote : Seat::Mode::kOnSite;
}

}  // namespace soutenance::assignment
