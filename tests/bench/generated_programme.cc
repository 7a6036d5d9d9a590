#include "tests/bench/generated_programme.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/assignment/compose/search/compose.h"
#include "services/assignment/compose/witness/shortage.h"

namespace soutenance::bench {
namespace {

using namespace assignment::compose;  // NOLINT: measures the engine

constexpr int kTheses = 300;
constexpr int kJurors = 80;
constexpr int kDays = 10;
constexpr int kSlotsOfDay = 8;
constexpr int kRoomsOfSlot = 6;
constexpr int kTopics = 12;
enum Role { kPresident, kSupervisor, kReviewer, kExaminer, kTutor, kRoles };

struct Person {
  std::string key;
  bool is_external = false;
  bool is_academic = true;
  bool is_rank_a = false;
  bool may_preside = false;
  bool is_habilitated = false;
  bool is_woman = false;
  bool is_emeritus = false;
  bool is_remote = false;
  bool speaks_english = true;
  int institution = 0;
  std::set<int> topics;
  int past = 0;  // seats in past years
  int most = 0;
  int most_presidencies = 0;
  std::vector<bool> free;  // by slot
};

struct Thesis {
  int supervisor = 0;
  int tutor = 0;
  std::set<int> topics;
  bool is_english = false;
  std::set<int> conflicts;
};

struct Programme {
  std::vector<Person> people;  // jurors, then tutors
  std::vector<Thesis> theses;
};

class Draw {
 public:
  explicit Draw(uint32_t seed) : random_(seed) {}
  int Below(int count) { return static_cast<int>(random_() % static_cast<uint32_t>(count)); }
  bool Percent(int percent) { return Below(100) < percent; }
  std::set<int> Topics(int count) {
    std::set<int> topics;
    while (static_cast<int>(topics.size()) < count) topics.insert(Below(kTopics));
    return topics;
  }

 private:
  std::mt19937 random_;
};

Programme Generate(uint32_t seed) {
  Draw draw(seed);
  Programme programme;
  for (int p = 0; p < kJurors; ++p) {
    Person person{.key = absl::StrCat("p", p)};
    person.is_external = p >= 52;
    person.is_academic = p < 66;
    person.is_rank_a = person.is_academic && draw.Percent(55);
    person.may_preside = person.is_rank_a || (person.is_academic && draw.Percent(25));
    person.is_habilitated = person.is_rank_a || (person.is_academic && draw.Percent(30));
    person.is_woman = draw.Percent(38);
    person.is_emeritus = person.is_rank_a && draw.Percent(15);
    person.is_remote = person.is_external && draw.Percent(40);
    person.speaks_english = draw.Percent(80);
    person.institution = person.is_external ? 1 + draw.Below(12) : 0;
    person.topics = draw.Topics(2 + draw.Below(3));
    person.past = draw.Below(25);
    person.most = 14 + draw.Below(6);
    person.most_presidencies = 14;
    programme.people.push_back(std::move(person));
  }
  for (int t = 0; t < kTheses; ++t) {
    Person tutor{.key = absl::StrCat("tutor", t), .is_external = true, .is_academic = false};
    tutor.is_woman = draw.Percent(30);
    tutor.institution = 100 + t;
    programme.people.push_back(std::move(tutor));
    Thesis thesis{.supervisor = draw.Below(52), .tutor = kJurors + t, .topics = draw.Topics(2)};
    thesis.is_english = draw.Percent(20);
    for (int i = 0; i < 4; ++i) thesis.conflicts.insert(draw.Below(kJurors));
    programme.theses.push_back(std::move(thesis));
  }
  for (Person& person : programme.people) {
    for (int slot = 0; slot < kDays * kSlotsOfDay; ++slot) {
      if (slot % (kSlotsOfDay / 2) == 0 || person.free.empty()) {
        // Half a day at a time.
        person.free.resize(static_cast<size_t>(slot) + kSlotsOfDay / 2, draw.Percent(70));
      }
    }
    person.free.resize(kDays * kSlotsOfDay);
  }
  return programme;
}

bool Knows(const Person& person, const Thesis& thesis) {
  return std::any_of(thesis.topics.begin(), thesis.topics.end(),
                     [&](int topic) { return person.topics.count(topic) > 0; });
}

// 0 to a million.
Value Expertise(const Person& person, const Thesis& thesis, int salt) {
  int common = 0;
  for (const int topic : thesis.topics) common += static_cast<int>(person.topics.count(topic));
  const double cosine = common / std::sqrt(static_cast<double>(person.topics.size() * thesis.topics.size()));
  return static_cast<Value>(cosine * 900'000) + salt % 100'000;
}

Slots SlotsOf(const std::vector<bool>& free) {
  Slots slots;
  for (size_t s = 0; s < free.size(); ++s) {
    if (free[s]) slots.Add(static_cast<int>(s));
  }
  return slots;
}

// The rules of the programme as the engine takes them.
class Rules {
 public:
  Rules(const Programme& programme, ProblemSpec& spec) : programme_(programme), spec_(spec) {}

  template <typename Weight>
  int Add(std::string key, std::string text, int least, int most, Weight weight) {
    RuleSpec rule{
        .key = std::move(key), .text = std::move(text), .weights = {}, .least = least, .most = most};
    for (int role = 0; role < kRoles; ++role) {
      for (const Person& person : programme_.people) rule.weights.push_back(weight(role, person));
    }
    spec_.rules.push_back(std::move(rule));
    return static_cast<int>(spec_.rules.size()) - 1;
  }

 private:
  const Programme& programme_;
  ProblemSpec& spec_;
};

constexpr int kAny = 1'000;

std::vector<int> AddCommonRules(Rules& rules, int rank_a) {
  const auto one = [](bool counts) { return counts ? 1 : 0; };
  const auto share = [](bool counts) { return counts ? 1 : -1; };
  return {
      rules.Add("members", "5 or 6 members", 5, 6, [&](int, const Person&) { return 1; }),
      rules.Add("external", "at least 2 external members who are not the tutor", 1, kAny,
                [&](int role, const Person& p) { return one(role != kTutor && p.is_external); }),
      rules.Add("external_reviewer", "at least one external reviewer", 1, kAny,
                [&](int role, const Person& p) { return one(role == kReviewer && p.is_external); }),
      rules.Add("academics", "at least half of the members are academics", 0, kAny,
                [&](int, const Person& p) { return share(p.is_academic); }),
      rules.Add("rank_a", absl::StrCat("at least ", rank_a, " of rank A"), rank_a, kAny,
                [&](int, const Person& p) { return one(p.is_rank_a); }),
      rules.Add("professional", "at least one professional", 1, kAny,
                [&](int, const Person& p) { return one(!p.is_academic); }),
      rules.Add("women", "at least one woman", 1, kAny,
                [&](int, const Person& p) { return one(p.is_woman); }),
      rules.Add("men", "at least one man", 1, kAny, [&](int, const Person& p) { return one(!p.is_woman); }),
      rules.Add("emeriti", "at most one emeritus", 0, 1,
                [&](int, const Person& p) { return one(p.is_emeritus); }),
      rules.Add("remote", "at most one by video", 0, 1,
                [&](int, const Person& p) { return one(p.is_remote); }),
  };
}

std::vector<int> AddRulesOfThesis(const Thesis& thesis, int number, Rules& rules) {
  std::vector<int> own = {rules.Add(absl::StrCat("specialists-", number), "at least two who know its subject",
                                    2, kAny, [&](int, const Person& p) { return Knows(p, thesis) ? 1 : 0; })};
  if (thesis.is_english) {
    own.push_back(
        rules.Add(absl::StrCat("english-", number), "all but one speak English", -1, kAny,
                  [&](int role, const Person& p) { return role != kTutor && !p.speaks_english ? -1 : 0; }));
  }
  return own;
}

bool MaySit(const Person& person, const Thesis& thesis, int number, int role) {
  if (number == thesis.supervisor || number == thesis.tutor || thesis.conflicts.count(number) > 0)
    return false;
  if (number >= kJurors) return false;
  if (role == kPresident) return person.may_preside && !person.is_remote;
  if (role == kReviewer) return person.is_habilitated || !person.is_academic;
  return true;
}

Problem ToProblem(const Programme& programme, int rank_a) {
  ProblemSpec spec;
  spec.roles = {"president", "supervisor", "reviewer", "examiner", "company_tutor"};
  for (int slot = 0; slot < kDays * kSlotsOfDay; ++slot) {
    spec.slot_days.push_back(slot / kSlotsOfDay);
    spec.slot_places.push_back(kRoomsOfSlot);
  }
  spec.slot_values = {0, 60'000, 90'000, 110'000, 120'000};
  for (const Person& person : programme.people) {
    PersonSpec out{.key = person.key, .most = person.most, .free = SlotsOf(person.free)};
    out.most_in_day = 3;
    out.most_in_role.assign(kRoles, kUnlimited);
    out.most_in_role[kPresident] = person.most_presidencies;
    for (int n = 0; n < person.most; ++n) out.costs.push_back(12'000 * (n + person.past / 2));
    spec.people.push_back(std::move(out));
  }
  Rules rules(programme, spec);
  const std::vector<int> common = AddCommonRules(rules, rank_a);
  for (int t = 0; t < kTheses; ++t) {
    const Thesis& thesis = programme.theses[static_cast<size_t>(t)];
    ThesisSpec out{.key = absl::StrCat("t", t)};
    out.given = {{thesis.supervisor, kSupervisor}, {thesis.tutor, kTutor}};
    for (const auto& [role, is_optional] : std::vector<std::pair<int, bool>>{
             {kPresident, false}, {kReviewer, false}, {kReviewer, false}, {kExaminer, true}}) {
      SeatSpec seat{.role = role, .is_optional = is_optional};
      for (int p = 0; p < kJurors; ++p) {
        const Person& person = programme.people[static_cast<size_t>(p)];
        if (MaySit(person, thesis, p, role)) {
          seat.candidates.push_back({p, Expertise(person, thesis, p * 7919 + t * 104729)});
        }
      }
      out.open.push_back(std::move(seat));
    }
    out.rules = common;
    for (const int rule : AddRulesOfThesis(thesis, t, rules)) out.rules.push_back(rule);
    out.slots = Slots::First(kDays * kSlotsOfDay);
    spec.theses.push_back(std::move(out));
  }
  return *Problem::Create(std::move(spec));
}

// From the people's data alone, rule by rule, in other words than the engine was told.
bool IsLegal(const Programme& programme, const Thesis& thesis, const std::vector<std::pair<int, int>>& jury) {
  std::set<int> once;
  std::vector<bool> free(kDays * kSlotsOfDay, true);
  int academics = 0, externals = 0, external_reviewers = 0, rank_a = 0, women = 0, emeriti = 0, remote = 0;
  int specialists = 0, without_english = 0, presidents = 0, reviewers = 0;
  for (const auto& [number, role] : jury) {
    const Person& person = programme.people[static_cast<size_t>(number)];
    once.insert(number);
    for (size_t s = 0; s < free.size(); ++s) free[s] = free[s] && person.free[s];
    academics += person.is_academic ? 1 : 0;
    externals += person.is_external && role != kTutor ? 1 : 0;
    external_reviewers += person.is_external && role == kReviewer ? 1 : 0;
    rank_a += person.is_rank_a ? 1 : 0;
    women += person.is_woman ? 1 : 0;
    emeriti += person.is_emeritus ? 1 : 0;
    remote += person.is_remote ? 1 : 0;
    specialists += Knows(person, thesis) ? 1 : 0;
    without_english += !person.speaks_english && role != kTutor ? 1 : 0;
    presidents += role == kPresident && person.may_preside ? 1 : 0;
    reviewers += role == kReviewer && (person.is_habilitated || !person.is_academic) ? 1 : 0;
    if (role != kSupervisor && role != kTutor && thesis.conflicts.count(number) > 0) return false;
  }
  const int size = static_cast<int>(jury.size());
  return static_cast<int>(once.size()) == size && size >= 5 && size <= 6 && presidents == 1 &&
         reviewers == 2 && externals >= 1 && external_reviewers >= 1 && 2 * academics >= size &&
         size - academics >= 1 && rank_a >= 1 && women >= 1 && size - women >= 1 && emeriti <= 1 &&
         remote <= 1 && specialists >= 2 && (!thesis.is_english || without_english <= 1) &&
         std::find(free.begin(), free.end(), true) != free.end();
}

// How many juries are illegal, and people over their limits.
int CountFaults(const Programme& programme, const Problem& problem, const Composition& composition,
                std::vector<int>& loads) {
  int faults = 0;
  std::vector<int> presidencies(programme.people.size(), 0);
  loads.assign(kJurors, 0);
  for (int t = 0; t < kTheses; ++t) {
    const Thesis& thesis = programme.theses[static_cast<size_t>(t)];
    if (!composition.is_seated[static_cast<size_t>(t)]) continue;
    std::vector<std::pair<int, int>> jury = {{thesis.supervisor, kSupervisor}, {thesis.tutor, kTutor}};
    const Seating& seating = composition.seating[static_cast<size_t>(t)];
    for (size_t s = 0; s < seating.size(); ++s) {
      if (seating[s] == kNobody) continue;
      const int role = problem.thesis(t).open[s].role;
      jury.push_back({seating[s], role});
      ++loads[static_cast<size_t>(seating[s])];
      presidencies[static_cast<size_t>(seating[s])] += role == kPresident ? 1 : 0;
    }
    faults += IsLegal(programme, thesis, jury) ? 0 : 1;
  }
  for (size_t p = 0; p < kJurors; ++p) {
    const Person& person = programme.people[p];
    faults += loads[p] > person.most || presidencies[p] > person.most_presidencies ? 1 : 0;
  }
  return faults;
}

double Seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

bool MeasureProgramme(uint32_t seed, double seconds_max) {
  const Programme programme = Generate(seed);
  const double begin = Seconds();
  const Problem problem = ToProblem(programme, 1);
  ComposeOptions options;
  options.should_stop = [&] { return Seconds() - begin > seconds_max; };
  const Composed composed = Compose(problem, options);
  const double seconds = Seconds() - begin;
  std::vector<int> loads;
  const int faults = CountFaults(programme, problem, composed.composition, loads);
  const auto [least, most] = std::minmax_element(loads.begin(), loads.end());
  const double gap = static_cast<double>(composed.total_bound - composed.total) /
                     std::max(1.0, std::abs(static_cast<double>(composed.total)));
  std::printf(
      "%6d x %-6d juries  value %.6f bound %.6f (gap %.4f %%)  %d without jury  loads %d to %d  %d without "
      "slot"
      "  %.2f s%s\n",
      kTheses, kJurors, static_cast<double>(composed.total) / 1e6,
      static_cast<double>(composed.total_bound) / 1e6, gap * 100, composed.unseated, *least, *most,
      composed.matching.without, seconds, faults == 0 ? "" : "  REFUSED by the checker");
  std::fflush(stdout);
  return faults == 0 && composed.unseated == 0 && composed.total <= composed.total_bound;
}

bool MeasureShortage(uint32_t seed) {
  const Programme programme = Generate(seed);
  const Problem problem = ToProblem(programme, 3);
  const double begin = Seconds();
  const Shortages shortages = FindShortages(problem);
  const double seconds = Seconds() - begin;
  std::printf("%6d x %-6d juries, three of rank A on each: %zu reasons  %.2f s\n", kTheses, kJurors,
              shortages.all.size(), seconds);
  for (const Shortage& shortage : shortages.all) {
    std::printf("    %s\n", Sentence(problem, shortage).c_str());
    int more = 0;
    for (const Shortage::Step& step : shortage.way_out) more += step.by;
    if (more > 0) std::printf("      %d more places would help, the fewest that do\n", more);
  }
  std::fflush(stdout);
  return !shortages.all.empty();
}

}  // namespace soutenance::bench
