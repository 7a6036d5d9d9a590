#include "services/scheduling/campaign_check.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/error.h"
#include "services/scheduling/periods.h"
#include "services/scheduling/problem_builder.h"
#include "services/scheduling/resource_names.h"
#include "services/scheduling/solver/explain/crowded_days.h"
#include "services/scheduling/solver/explain/why_unplaced.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/search/bound.h"

namespace soutenance::scheduling {
namespace {

using Severity = Finding::Severity;

// Findings of one kind that are told one by one, and subjects of one finding; of more, only the number is
// told.
constexpr int kToldMax = 500;
constexpr std::size_t kSubjectsMax = 1'000;
// Names in one sentence.
constexpr std::size_t kNamesTold = 8;

// In how many defences a person has a given seat of a role.
using HeldRoles = std::map<std::pair<solver::PersonId, solver::RoleId>, int64_t>;

int64_t MinutesIn(absl::Span<const solver::Interval> intervals) {
  int64_t minutes = 0;
  for (const solver::Interval& interval : intervals) minutes += interval.to - interval.from;
  return minutes;
}

// Looks at the facts of one campaign from all sides. Each Find function adds the findings of its kinds.
class Checker {
 public:
  Checker(const CampaignFacts& facts, std::optional<absl::CivilDay> today)
      : facts_(facts), campaign_(facts.campaign), today_(today) {}

  CampaignCheck Run() {
    FindMissing();
    FindTheses();
    FindJuries();
    FindOpenSeats();
    FindCostsWithoutRule();
    FindDays();
    FindPastDays();
    absl::StatusOr<solver::Problem> problem = solver::Problem::Create(BuildProblem(facts_, {}));
    if (problem.ok()) {
      FindSilence(*problem);
      FindOverload(*problem);
      FindRoleOverload(*problem);
      FindUnplaceable(*problem);
      FindCrowdedDays(*problem);
    } else {
      Add(Severity::kError, "too_large", {}, "La campagne est trop grande pour être calculée : ",
          "The campaign is too large to be computed: ", problem.status().message());
    }
    TellHowManyMore();
    std::stable_sort(check_.findings.begin(), check_.findings.end(),
                     [](const Finding& a, const Finding& b) { return a.severity < b.severity; });
    return std::move(check_);
  }

 private:
  bool IsFrench() const { return campaign_.language != "en"; }

  // The sentence in the language of the campaign.
  std::string Say(const std::string& french, const std::string& english) const {
    return IsFrench() ? french : english;
  }

  // Adds a finding whose sentence is `french` or `english` followed by `rest`.
  void Add(Severity severity, absl::string_view kind, std::vector<std::string> subjects,
           const std::string& french, const std::string& english, absl::string_view rest = "") {
    if (++told_[std::string(kind)] > kToldMax) return;
    if (subjects.size() > kSubjectsMax) subjects.resize(kSubjectsMax);
    check_.findings.push_back({.severity = severity,
                               .kind = std::string(kind),
                               .subjects = std::move(subjects),
                               .message = absl::StrCat(Say(french, english), rest)});
  }

  // "Léa Martin, Tom Diaz" and, beyond a few, how many more.
  std::string NamesOf(const std::vector<std::string>& people) const {
    std::vector<std::string> names;
    for (const std::string& person : people) {
      if (names.size() == kNamesTold) {
        const std::size_t more = people.size() - kNamesTold;
        return absl::StrCat(absl::StrJoin(names, ", "), Say(" et ", " and "), more,
                            Say(more == 1 ? " autre" : " autres", more == 1 ? " other" : " others"));
      }
      names.push_back(facts_.NameOf(person));
    }
    return absl::StrJoin(names, ", ");
  }

  // Who defends, for people: the authors, or the id of a thesis that is not known.
  std::string DefenceOf(const std::string& thesis) const {
    const auto found = facts_.theses.find(thesis);
    return found == facts_.theses.end() ? std::string(IdOf(thesis)) : NamesOf(found->second.authors);
  }
  std::string DefencesOf(const std::vector<std::string>& theses) const {
    const std::vector<std::string> told(theses.begin(), theses.begin() + std::min(theses.size(), kNamesTold));
    std::string text = absl::StrJoin(
        told, " ; ", [&](std::string* out, const std::string& thesis) { out->append(DefenceOf(thesis)); });
    if (theses.size() > told.size()) absl::StrAppend(&text, " ... (", theses.size(), ")");
    return text;
  }

  std::string Count(std::size_t count, absl::string_view one, absl::string_view many) const {
    return absl::StrCat(count, " ", count == 1 ? one : many);
  }

  void TellHowManyMore();
  void FindMissing();
  void FindTheses();
  void FindJuries();
  void FindOpenSeats();
  void FindTooFewCandidates(const std::string& thesis, const std::vector<OpenSeat>& open);
  void FindCostsWithoutRule();
  void FindDays();
  void FindPastDays();
  void FindSilence(const solver::Problem& problem);
  void FindOverload(const solver::Problem& problem);
  void FindOverloadOf(const solver::Problem& problem, const solver::Person& person,
                      absl::Span<const solver::Interval> opening);
  void FindRoleOverload(const solver::Problem& problem);
  void FindFullCandidates(const solver::Problem& problem, const HeldRoles& held);
  void FindUnplaceable(const solver::Problem& problem);
  void FindTooFewHours(const solver::Problem& problem);
  void FindCrowdedDays(const solver::Problem& problem);

  const CampaignFacts& facts_;
  const Campaign& campaign_;
  const std::optional<absl::CivilDay> today_;
  CampaignCheck check_;
  std::map<std::string, int> told_;  // findings by kind, those left out included
};

void Checker::TellHowManyMore() {
  for (const auto& [kind, count] : told_) {
    if (count <= kToldMax) continue;
    const auto same = std::find_if(check_.findings.begin(), check_.findings.end(),
                                   [&](const Finding& finding) { return finding.kind == kind; });
    check_.findings.push_back(
        {.severity = same->severity,
         .kind = kind,
         .message = Say(absl::StrCat("Et ", count - kToldMax, " constats du même genre."),
                        absl::StrCat("And ", count - kToldMax, " more of this kind."))});
  }
}

// What must be there for anything to be computed, and names that nobody knows.
void Checker::FindMissing() {
  check_.room_count = static_cast<int>(facts_.rooms.size());
  if (facts_.DefendedTheses().empty()) {
    Add(Severity::kError, "no_defence", {campaign_.name},
        "La campagne n’a aucune soutenance à placer : ajoutez des mémoires.",
        "The campaign has no defence to place: add theses.");
  }
  if (facts_.rooms.empty()) {
    Add(Severity::kError, "no_room", {campaign_.name},
        "La campagne n’a aucune salle : choisissez-en au moins une.",
        "The campaign has no room: choose at least one.");
  }
  for (const std::string& room : campaign_.rooms) {
    if (facts_.rooms.count(room) > 0) continue;
    Add(Severity::kWarning, "unknown_room", {room},
        absl::StrCat("La salle ", IdOf(room), " n’existe pas ou plus : elle n’est pas utilisée."),
        absl::StrCat("The room ", IdOf(room), " does not exist (any more): it is not used."));
  }
}

void Checker::FindTheses() {
  std::vector<std::string> confidential;
  for (const Defence& defence : facts_.defences) {
    const auto found = facts_.theses.find(defence.thesis);
    if (found == facts_.theses.end() || found->second.authors.empty()) {
      ++check_.defence_count;
      Add(Severity::kConflict, "unknown_thesis", {defence.thesis},
          absl::StrCat("Le mémoire ", IdOf(defence.thesis),
                       " n’existe pas ou n’a pas d’auteur : il ne peut "
                       "pas être soutenu."),
          absl::StrCat("The thesis ", IdOf(defence.thesis),
                       " does not exist or has no author: it cannot be defended."));
      continue;
    }
    const ThesisFacts& thesis = found->second;
    if (thesis.is_withdrawn) {
      Add(Severity::kWarning, "withdrawn", {defence.thesis},
          absl::StrCat("Le mémoire de ", DefenceOf(defence.thesis), " est retiré : il n’est pas soutenu."),
          absl::StrCat("The thesis of ", DefenceOf(defence.thesis), " is withdrawn: it is not defended."));
      continue;
    }
    ++check_.defence_count;
    if (IsClosedSession(thesis.level)) confidential.push_back(defence.thesis);
    if (thesis.programme != campaign_.programme) {
      Add(Severity::kWarning, "other_programme", {defence.thesis, thesis.programme},
          absl::StrCat("Le mémoire de ", DefenceOf(defence.thesis),
                       " est d’une autre formation que la "
                       "campagne."),
          absl::StrCat("The thesis of ", DefenceOf(defence.thesis),
                       " belongs to another programme than the campaign."));
    }
  }
  if (!confidential.empty()) {
    const std::size_t n = confidential.size();
    std::string names = DefencesOf(confidential);
    Add(Severity::kWarning, "closed_session", std::move(confidential),
        absl::StrCat(Count(n, "soutenance", "soutenances"), " à huis clos : ", names, "."),
        absl::StrCat(Count(n, "defence", "defences"), " in closed session: ", names, "."));
  }
}

void Checker::FindJuries() {
  std::vector<std::string> without_jury;
  std::set<std::string> unknown;
  const auto note = [&](const std::string& person) {
    if (facts_.people.count(person) == 0) unknown.insert(person);
  };
  for (const std::string& name : facts_.DefendedTheses()) {
    for (const std::string& author : facts_.theses.at(name).authors) note(author);
    const auto jury = facts_.juries.find(name);
    if (jury == facts_.juries.end() || jury->second.seats.empty()) {
      without_jury.push_back(name);
      continue;
    }
    for (const JurySeat& seat : jury->second.seats) note(seat.person);
  }
  for (const std::string& person : facts_.Candidates()) note(person);
  const auto is_composed = [&](const std::string& thesis) {
    return std::any_of(facts_.defences.begin(), facts_.defences.end(), [&](const Defence& defence) {
      return defence.thesis == thesis && !facts_.OpenSeatsOf(defence).empty();
    });
  };
  for (const std::string& name : without_jury) {
    // Its jury is still to be composed.
    if (is_composed(name)) continue;
    Add(Severity::kWarning, "no_jury", {name},
        absl::StrCat("La soutenance de ", DefenceOf(name),
                     " n’a pas de jury : elle ne réunirait que l’étudiant."),
        absl::StrCat("The defence of ", DefenceOf(name), " has no jury: only the student would attend."));
  }
  for (const std::string& person : unknown) {
    Add(Severity::kWarning, "unknown_person", {person},
        absl::StrCat("Personne ne connaît ", IdOf(person), ", qui doit assister à une soutenance."),
        absl::StrCat("Nobody knows ", IdOf(person), ", who must attend a defence."));
  }
}

std::string RoleWord(SeatRole role, bool is_french) {
  switch (role) {
    case SeatRole::kPresident:
      return is_french ? "président" : "president";
    case SeatRole::kSupervisor:
      return is_french ? "directeur" : "supervisor";
    case SeatRole::kReviewer:
      return is_french ? "rapporteur" : "reviewer";
    case SeatRole::kExaminer:
      return is_french ? "examinateur" : "examiner";
    case SeatRole::kCompanyTutor:
      return is_french ? "tuteur d’entreprise" : "company tutor";
    case SeatRole::kGuest:
      return is_french ? "invité" : "guest";
  }
  return "";
}

// Seats that the timetable is to fill, and those that nobody can.
void Checker::FindOpenSeats() {
  const std::vector<std::string> defended = facts_.DefendedTheses();
  std::vector<std::string> composed;
  std::size_t count = 0;
  for (const Defence& defence : facts_.defences) {
    if (!std::binary_search(defended.begin(), defended.end(), defence.thesis)) continue;
    int left_out = 0;
    const std::vector<OpenSeat> open = facts_.OpenSeatsOf(defence, &left_out);
    if (open.empty()) continue;
    composed.push_back(defence.thesis);
    count += open.size();
    if (left_out > 0) {
      Add(Severity::kConflict, "too_many_open_seats", {defence.thesis},
          absl::StrCat("Il manque ", open.size() + static_cast<std::size_t>(left_out), " membres au jury de ",
                       DefenceOf(defence.thesis), " ; le planning en choisit au plus ", kOpenSeatsMax, "."),
          absl::StrCat("The jury of ", DefenceOf(defence.thesis), " lacks ",
                       open.size() + static_cast<std::size_t>(left_out),
                       " members; a timetable chooses at most ", kOpenSeatsMax, "."));
    }
    FindTooFewCandidates(defence.thesis, open);
  }
  if (composed.empty()) return;
  const std::size_t juries = composed.size();
  Add(Severity::kWarning, "open_seats", std::move(composed),
      absl::StrCat("Le planning choisira ", Count(count, "membre", "membres"), " de ",
                   Count(juries, "jury", "jurys"), "."),
      absl::StrCat("The timetable will choose ", Count(count, "member", "members"), " of ",
                   Count(juries, "jury", "juries"), "."));
}

void Checker::FindTooFewCandidates(const std::string& thesis, const std::vector<OpenSeat>& open) {
  for (std::size_t i = 0; i < open.size(); ++i) {
    // Seats of one role are beside each other and have the same candidates.
    if (i > 0 && open[i].role == open[i - 1].role) continue;
    const auto seats = static_cast<std::size_t>(std::count_if(
        open.begin(), open.end(), [&](const OpenSeat& seat) { return seat.role == open[i].role; }));
    const std::size_t people = open[i].candidates.size();
    if (people == 0) {
      Add(Severity::kConflict, "no_candidate", {thesis},
          absl::StrCat("Le jury de ", DefenceOf(thesis), " doit avoir un ", RoleWord(open[i].role, true),
                       ", et personne ne peut l’être : nommez des candidats qui n’y siègent pas déjà."),
          absl::StrCat("The jury of ", DefenceOf(thesis), " must have a(n) ", RoleWord(open[i].role, false),
                       ", and nobody may be: name candidates who do not sit in it already."));
    } else if (people < seats) {
      Add(Severity::kConflict, "too_few_candidates", {thesis},
          absl::StrCat("Il manque ", seats, " membres au jury de ", DefenceOf(thesis), " (",
                       RoleWord(open[i].role, true), "), et ", people, " seulement peuvent l’être."),
          absl::StrCat("The jury of ", DefenceOf(thesis), " lacks ", seats, " members (",
                       RoleWord(open[i].role, false), "), and only ", people, " may be chosen."));
    }
  }
}

// Costs and topics that somebody took the trouble to enter, and that no rule looks at.
void Checker::FindCostsWithoutRule() {
  const auto is_on = [&](absl::string_view rule) {
    const auto set = std::find_if(campaign_.rules.begin(), campaign_.rules.end(),
                                  [&](const RuleSetting& setting) { return setting.rule == rule; });
    const solver::RuleLevel level = set != campaign_.rules.end() ? set->level : solver::FindRule(rule)->level;
    return level != solver::RuleLevel::kOff;
  };
  const auto find = [&](bool has_costs, absl::string_view rule) {
    if (!has_costs || is_on(rule)) return;
    Add(Severity::kWarning, "cost_without_rule", {campaign_.name},
        absl::StrCat("Des coûts sont saisis pour la règle ", rule,
                     ", qui est désactivée : ils ne comptent pas."),
        absl::StrCat("Costs are set for the rule ", rule, ", which is off: they do not count."));
  };
  const auto& roles = campaign_.roles;
  const auto any_role = [&](auto has) { return std::any_of(roles.begin(), roles.end(), has); };
  bool has_candidate_costs = any_role([](const RoleSetting& role) { return role.off_topic_cost > 0; });
  bool has_topics = false;
  const auto look = [&](const std::vector<SeatNeed>& seats) {
    for (const SeatNeed& need : seats) {
      for (const Candidate& candidate : need.candidates) has_candidate_costs |= candidate.cost > 0;
    }
  };
  look(campaign_.seats);
  for (const Defence& defence : facts_.defences) {
    look(defence.seats);
    has_topics |= !defence.topic.empty();
  }
  find(has_candidate_costs, "seat_cost");
  find(any_role([](const RoleSetting& role) { return role.absence_cost > 0; }), "role_absence");
  find(any_role([](const RoleSetting& role) { return role.change_cost > 0; }), "block_continuity");
  find(any_role([](const RoleSetting& role) { return !role.load.empty(); }), "role_load");
  find(any_role([](const RoleSetting& role) { return !role.combined.empty(); }), "combined_roles");
  const auto any_person = [&](auto has) {
    return std::any_of(campaign_.people.begin(), campaign_.people.end(), has);
  };
  find(any_person([](const PersonSetting& person) { return !person.nearness.empty(); }), "nearness");
  find(any_person([](const PersonSetting& person) { return !person.room_change.empty(); }),
       "quick_room_change");
  find(any_person([](const PersonSetting& person) { return !person.role_limits.empty(); }), "role_limit");
  const bool is_matched = any_role([](const RoleSetting& role) { return role.off_topic_cost > 0; });
  if (has_topics && !is_matched && !is_on("topic_changes") && !is_on("topic_blocks") &&
      !is_on("subject_coverage")) {
    Add(Severity::kWarning, "topic_without_rule", {campaign_.name},
        "Des soutenances ont une spécialité, mais aucune règle n’en tient compte : réglez topic_changes, "
        "topic_blocks ou subject_coverage, ou off_topic pour un rôle.",
        "Defences have topics, but no rule looks at them: set topic_changes, topic_blocks or "
        "subject_coverage, or off_topic "
        "for a "
        "role.");
  }
}

// Days of the campaign on which the cohort is not at school.
void Checker::FindDays() {
  if (!facts_.cohort || facts_.cohort->calendar.empty()) return;
  const std::vector<solver::Interval> school = TimeOfSchool(campaign_, facts_.cohort->calendar);
  std::vector<std::string> outside;
  for (const absl::CivilDay day : campaign_.days) {
    const solver::Interval whole = IntervalOf(campaign_.first_date(), day, 0, kEndOfDay);
    if (!solver::AnyOverlaps(school, whole)) outside.push_back(DateText(day));
  }
  if (outside.empty()) return;
  const std::string days = absl::StrJoin(outside, ", ");
  Add(Severity::kWarning, "outside_school_weeks", {facts_.cohort->name},
      absl::StrCat("La promotion n’est pas à l’école ces jours de la campagne, aucune soutenance n’y sera "
                   "placée : ",
                   days, "."),
      absl::StrCat("The cohort is not at school on these days of the campaign, no defence will be placed on "
                   "them: ",
                   days, "."));
}

void Checker::FindPastDays() {
  if (!today_) return;
  std::vector<std::string> past;
  for (const absl::CivilDay day : campaign_.days) {
    if (day < *today_) past.push_back(DateText(day));
  }
  if (past.empty()) return;
  const std::string days = absl::StrJoin(past, ", ");
  Add(Severity::kWarning, "past_days", {campaign_.name},
      absl::StrCat("Ces jours de la campagne sont passés, et un premier calcul peut encore y placer des "
                   "soutenances : ",
                   days, "."),
      absl::StrCat("These days of the campaign are over, and a first run may still put defences on them: ",
                   days, "."));
}

void Checker::FindSilence(const solver::Problem& problem) {
  check_.person_count = problem.PersonCount();
  std::vector<std::string> silent;
  for (const solver::Person& person : problem.persons()) {
    if (facts_.availabilities.count(person.key) == 0) silent.push_back(person.key);
  }
  check_.silent_count = static_cast<int>(silent.size());
  if (silent.empty()) return;
  const std::string names = NamesOf(silent);
  const std::size_t n = silent.size();
  const auto treated = [&]() -> std::string {
    switch (campaign_.silent_policy) {
      case SilentPolicy::kAvailable:
        return Say("toujours disponibles", "always available");
      case SilentPolicy::kIfNeeded:
        return Say("disponibles si besoin", "available if needed");
      case SilentPolicy::kUnavailable:
        return Say("jamais disponibles", "never available");
    }
    return "";
  }();
  Add(Severity::kWarning, "no_answer", std::move(silent),
      absl::StrCat(Count(n, "personne n’a pas répondu", "personnes n’ont pas répondu"), " (comptées comme ",
                   treated, ") : ", names, "."),
      absl::StrCat(Count(n, "person has not answered", "people have not answered"), " (counted as ", treated,
                   "): ", names, "."));
}

// People whose defences do not fit into their time or their limit, whatever the others do.
void Checker::FindOverload(const solver::Problem& problem) {
  const std::vector<solver::Interval> opening = solver::Normalised(OpeningOf(campaign_));
  for (const solver::Person& person : problem.persons()) FindOverloadOf(problem, person, opening);
}

void Checker::FindOverloadOf(const solver::Problem& problem, const solver::Person& person,
                             absl::Span<const solver::Interval> opening) {
  const bool is_bound_by_answer = problem.rule(solver::RuleId::kAvailability).IsHard();
  const std::vector<solver::Interval> free =
      is_bound_by_answer ? Without(opening, person.blocked)
                         : std::vector<solver::Interval>(opening.begin(), opening.end());
  if (free.empty() && facts_.availabilities.count(person.key) > 0) {
    Add(Severity::kWarning, "no_time_given", {person.key},
        absl::StrCat(person.name, " a répondu, mais n’est libre à aucun moment de la campagne."),
        absl::StrCat(person.name, " has answered, but is free at no time of the campaign."));
    return;
  }
  int64_t needed = 0;
  for (const solver::DefenceId id : person.defences) needed += problem.defence(id).duration_minutes;
  const std::size_t count = person.defences.size();
  if (!free.empty() && needed > MinutesIn(free)) {
    Add(Severity::kConflict, "person_overloaded", {person.key},
        absl::StrCat(person.name, " est attendu(e) à ", Count(count, "soutenance", "soutenances"), ", soit ",
                     needed, " minutes, et n’est libre que ", MinutesIn(free), " minutes."),
        absl::StrCat(person.name, " is expected at ", Count(count, "defence", "defences"), ", that is ",
                     needed, " minutes, and is free for ", MinutesIn(free), " minutes only."));
  }
  const bool has_limit = person.max_total > 0 && problem.rule(solver::RuleId::kPersonCampaignLoad).IsHard();
  if (has_limit && count > static_cast<std::size_t>(person.max_total)) {
    Add(Severity::kConflict, "person_overloaded", {person.key},
        absl::StrCat(person.name, " est attendu(e) à ", Count(count, "soutenance", "soutenances"),
                     " et en accepte au plus ", person.max_total, "."),
        absl::StrCat(person.name, " is expected at ", Count(count, "defence", "defences"),
                     " and accepts at most ", person.max_total, "."));
  }
}

// How often a person may hold a role in all; INT64_MAX: as often as one likes.
int64_t MostOf(const solver::Problem& problem, const solver::RoleLimit& limit) {
  const int64_t in_days = limit.max_per_day > 0 ? int64_t{limit.max_per_day} * problem.DayCount() : INT64_MAX;
  return limit.max_total > 0 ? std::min<int64_t>(limit.max_total, in_days) : in_days;
}

// Seats of one role that somebody has, and more of them than he or she accepts.
void Checker::FindRoleOverload(const solver::Problem& problem) {
  if (!problem.rule(solver::RuleId::kRoleLimit).IsHard()) return;
  HeldRoles held;
  for (const solver::Defence& defence : problem.defences()) {
    std::set<std::pair<solver::PersonId, solver::RoleId>> here;
    for (const solver::Seat& seat : defence.seats) {
      if (seat.role_id) here.emplace(seat.person, *seat.role_id);
    }
    for (const auto& both : here) ++held[both];
  }
  solver::ForEachId<solver::PersonId>(problem.PersonCount(), [&](solver::PersonId id) {
    const solver::Person& person = problem.person(id);
    for (const solver::RoleLimit& limit : person.role_limits) {
      const auto found = held.find({id, limit.role});
      const int64_t most = MostOf(problem, limit);
      if (found == held.end() || found->second <= most) continue;
      const SeatRole role = ParseSeatRole(problem.role(limit.role).name).value_or(SeatRole::kGuest);
      const auto count = static_cast<std::size_t>(found->second);
      Add(Severity::kConflict, "role_overloaded", {person.key},
          absl::StrCat(person.name, " est ", RoleWord(role, true), " dans ",
                       Count(count, "soutenance", "soutenances"), " et peut l’être dans ", most, " au plus."),
          absl::StrCat(person.name, " is ", RoleWord(role, false), " in ",
                       Count(count, "defence", "defences"), " and may be in at most ", most, "."));
    }
  });
  FindFullCandidates(problem, held);
}

// Open seats of a role that are more than all their candidates together may hold.
void Checker::FindFullCandidates(const solver::Problem& problem, const HeldRoles& held) {
  solver::ForEachId<solver::RoleId>(problem.RoleCount(), [&](solver::RoleId role) {
    int64_t seats = 0;
    std::set<solver::PersonId> candidates;
    for (const solver::Defence& defence : problem.defences()) {
      for (const solver::OpenSeat& seat : defence.open_seats) {
        if (seat.role_id != role) continue;
        ++seats;
        for (const solver::Candidate& candidate : seat.candidates) candidates.insert(candidate.person);
      }
    }
    int64_t most = 0;
    for (const solver::PersonId person : candidates) {
      const std::vector<solver::RoleLimit>& limits = problem.person(person).role_limits;
      const auto limit = std::find_if(limits.begin(), limits.end(),
                                      [&](const solver::RoleLimit& known) { return known.role == role; });
      if (limit == limits.end()) return;
      const auto given = held.find({person, role});
      most += std::max<int64_t>(MostOf(problem, *limit) - (given == held.end() ? 0 : given->second), 0);
    }
    if (seats <= most) return;
    const SeatRole of_jury = ParseSeatRole(problem.role(role).name).value_or(SeatRole::kGuest);
    Add(Severity::kConflict, "role_overloaded", {campaign_.name},
        absl::StrCat("Le rôle de ", RoleWord(of_jury, true), " est à pourvoir ", seats,
                     " fois, et les personnes proposées ne peuvent le tenir que ", most, " fois."),
        absl::StrCat("The role of ", RoleWord(of_jury, false), " is to be filled ", seats,
                     " times, and those who may be chosen can hold it ", most, " times only."));
  });
}

void Checker::FindUnplaceable(const solver::Problem& problem) {
  check_.placeable_count_bound = solver::PlacedBound(problem);
  // Without any room nothing has a place, and that is told already.
  if (problem.RoomCount() == 0 || problem.DefenceCount() == 0) return;
  const std::vector<solver::UnplacedReason> reasons = solver::Unplaceable(problem);
  for (const solver::UnplacedReason& reason : reasons) {
    std::vector<std::string> subjects = {problem.defence(reason.defence).key};
    std::set<std::string> others;
    for (const solver::BlockingFact& fact : reason.facts) {
      for (const solver::PersonId person : fact.persons) others.insert(problem.person(person).key);
      for (const solver::RoomId room : fact.rooms) others.insert(problem.room(room).key);
    }
    subjects.insert(subjects.end(), others.begin(), others.end());
    Add(Severity::kConflict, "no_common_slot", std::move(subjects), reason.sentence.fr, reason.sentence.en);
  }
  if (check_.placeable_count_bound < problem.DefenceCount() - static_cast<int>(reasons.size())) {
    FindTooFewHours(problem);
  }
}

// Says that not all can be placed although each could; with the hours of the rooms if these are too few.
void Checker::FindTooFewHours(const solver::Problem& problem) {
  int64_t needed = 0;
  for (const solver::Defence& defence : problem.defences()) needed += defence.duration_minutes;
  int64_t offered = 0;
  const std::vector<solver::Interval> opening = solver::Normalised(OpeningOf(campaign_));
  for (const solver::Room& room : problem.rooms()) {
    offered += MinutesIn(solver::Intersection(room.open, opening));
  }
  const int bound = check_.placeable_count_bound;
  const auto count = static_cast<std::size_t>(problem.DefenceCount());
  const bool is_room_short = needed > offered;
  Add(Severity::kConflict, is_room_short ? "too_few_hours" : "too_many_defences", {campaign_.name},
      absl::StrCat("Au plus ", bound, " des ", count, " soutenances peuvent être placées : elles durent ",
                   needed / 60, " h en tout, et les salles sont ouvertes ", offered / 60, " h."),
      absl::StrCat("At most ", bound, " of the ", Count(count, "defence", "defences"),
                   " can be placed: they take ", needed / 60, " hours in all, and the rooms are open for ",
                   offered / 60, " hours."));
}

// Says which defences crowd on the only day that they have, and whom of those who attend them it concerns.
void Checker::FindCrowdedDays(const solver::Problem& problem) {
  if (problem.RoomCount() == 0) return;
  for (const solver::CrowdedDay& crowded : solver::CrowdedDays(problem)) {
    std::vector<std::string> subjects;
    if (crowded.person) {
      subjects.push_back(problem.person(*crowded.person).key);
      // Whoever has too little time in all was told so already.
      const bool is_told =
          std::any_of(check_.findings.begin(), check_.findings.end(), [&](const Finding& finding) {
            return finding.kind == "person_overloaded" && finding.subjects.front() == subjects.front();
          });
      if (is_told) continue;
    }
    for (const solver::DefenceId id : crowded.defences) subjects.push_back(problem.defence(id).key);
    Add(Severity::kConflict, crowded.person ? "person_overloaded" : "too_few_hours", std::move(subjects),
        crowded.sentence.fr, crowded.sentence.en);
  }
}

}  // namespace

CampaignCheck CheckFacts(const CampaignFacts& facts, std::optional<absl::CivilDay> today) {
  return Checker(facts, today).Run();
}

}  // namespace soutenance::scheduling
