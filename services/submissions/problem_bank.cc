#include "services/submissions/problem_bank.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/id.h"
#include "services/base/programme_roles.h"
#include "services/base/status.h"
#include "services/submissions/thesis_lives.h"

namespace soutenance::submissions {
namespace {

using Reader = SubmissionStore::Reader;
using Writer = SubmissionStore::Writer;

bool IsOwner(const Caller& caller, const Problem& problem) {
  return !caller.person.empty() && caller.person == problem.owner;
}

bool MayDecide(const Caller& caller, const Problem& problem) {
  return IsOwner(caller, problem) || RunsProgramme(caller, problem.programme);
}

// What somebody is to a problem, in the words of what they are to a thesis.
Standing StandingOf(const Caller& caller, const Problem& problem) {
  if (RunsProgramme(caller, problem.programme)) return Standing::kRuns;
  if (!caller.person.empty() && (caller.person == problem.owner || caller.person == problem.supervisor ||
                                 caller.person == problem.company_tutor)) {
    return Standing::kParty;
  }
  if (caller.HasRole(Role::kCompanyLiaison, problem.programme)) return Standing::kLiaison;
  for (const Role role : kAllRoles) {
    if (caller.HasRole(role, problem.programme)) return Standing::kMember;
  }
  return Standing::kStranger;
}

// Nothing if `caller` may not know of it.
std::optional<Problem> AsSeenBy(const Caller& caller, Problem problem, absl::Time now) {
  const Standing standing = StandingOf(caller, problem);
  if (standing == Standing::kStranger) return std::nullopt;
  problem.level = LevelAt(problem.secrecy(), now);
  if (!MayReadTexts(standing, problem.level)) {
    problem.title.clear();
    problem.statement.clear();
    problem.data.clear();
    problem.conditions.clear();
    problem.keywords.clear();
    problem.company.clear();
  }
  if (!MayDecide(caller, problem)) problem.wishes = 0;
  return problem;
}

absl::StatusOr<Problem> FindProblem(const Reader& reader, const Caller& caller, absl::string_view id) {
  ASSIGN_OR_RETURN(std::optional<Problem> problem, reader.FindProblem(id));
  if (!problem || StandingOf(caller, *problem) == Standing::kStranger) {
    return NotFound("problem", absl::StrCat("problems/", id));
  }
  return *std::move(problem);
}

absl::Status NotTheOwner(absl::string_view name) {
  return Error(absl::StatusCode::kPermissionDenied,
               "only the owner of a problem and those who run its programme do this",
               {.reason = "NOT_THE_OWNER", .metadata = {{"problem", std::string(name)}}});
}

// The problem `id`, about which `caller` decides and that they have read at `version`.
absl::StatusOr<Problem> FindToDecide(const Reader& reader, const Caller& caller, absl::string_view id,
                                     const std::optional<int64_t>& version = std::nullopt) {
  ASSIGN_OR_RETURN(Problem problem, FindProblem(reader, caller, id));
  if (!MayDecide(caller, problem)) return NotTheOwner(problem.Name());
  if (version && *version != problem.version) return StaleEtag(problem.Name());
  return problem;
}

absl::StatusOr<Wish> FindWish(const Reader& reader, const WishKey& key) {
  ASSIGN_OR_RETURN(std::optional<Wish> wish, reader.FindWish(key.problem, key.student));
  if (!wish) return NotFound("wish", Wish{.problem = key.problem, .student = key.student}.Name());
  return *std::move(wish);
}

absl::string_view StateName(Wish::State state) {
  switch (state) {
    case Wish::State::kWaiting:
      return "waiting";
    case Wish::State::kAccepted:
      return "accepted";
    case Wish::State::kDeclined:
      return "declined";
    case Wish::State::kCancelled:
      return "cancelled";
  }
  return "";
}

absl::Status CheckWaits(const Wish& wish) {
  if (wish.state == Wish::State::kWaiting) return absl::OkStatus();
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("the wish is ", StateName(wish.state), "; nothing is left to decide"),
               {.reason = "WISH_DECIDED",
                .metadata = {{"wish", wish.Name()}, {"state", std::string(StateName(wish.state))}}});
}

absl::Status CheckIsOffered(const Problem& problem) {
  if (problem.state() == Problem::State::kOffered) return absl::OkStatus();
  const bool is_closed = problem.is_closed;
  return Error(absl::StatusCode::kFailedPrecondition,
               is_closed ? "the problem is closed; choose another one"
                         : "the problem is taken; choose another one, or ask its owner for more capacity",
               {.reason = "PROBLEM_NOT_OFFERED",
                .metadata = {{"problem", problem.Name()}, {"state", is_closed ? "closed" : "taken"}}});
}

absl::Status CheckMayOffer(const Caller& caller, const Problem& problem) {
  const bool runs = RunsProgramme(caller, problem.programme);
  const bool is_liaison = caller.HasRole(Role::kCompanyLiaison, problem.programme);
  if (!runs && !is_liaison && !caller.HasRole(Role::kSupervisor, problem.programme) &&
      !caller.HasRole(Role::kCompanyTutor, problem.programme)) {
    return Error(absl::StatusCode::kPermissionDenied,
                 absl::StrCat("this account offers no problems in ", problem.programme,
                              "; a supervisor, company tutor, company liaison or staff of it does"),
                 {.reason = "NOT_AN_OFFERER", .metadata = {{"programme", problem.programme}}});
  }
  return runs || is_liaison || IsOwner(caller, problem) ? absl::OkStatus() : NotTheOwner(problem.Name());
}

// Whether the directory knows whom a problem names, in what `stored`, if not null, does not name already.
absl::Status CheckReferences(const PeopleLookup& people, const Problem& problem, const Problem* stored) {
  std::vector<std::pair<std::string, std::string>> named;  // field and name
  const auto name = [&](const char* field, const std::string& now, const std::string* before) {
    if (!now.empty() && (before == nullptr || *before != now)) named.emplace_back(field, now);
  };
  name("problem.owner", problem.owner, stored == nullptr ? nullptr : &stored->owner);
  name("problem.supervisor", problem.supervisor, stored == nullptr ? nullptr : &stored->supervisor);
  name("problem.company_tutor", problem.company_tutor, stored == nullptr ? nullptr : &stored->company_tutor);
  std::set<std::string> asked;
  for (const auto& [field, person] : named) asked.insert(person);
  std::set<std::string> known;
  if (!asked.empty()) {
    ASSIGN_OR_RETURN(known, people.KnownPeople(asked));
  }
  std::vector<FieldViolation> problems;
  for (const auto& [field, person] : named) {
    if (known.count(person) > 0) continue;
    problems.push_back(
        {.field = field, .description = absl::StrCat("there is no ", person, " in the directory")});
  }
  if (stored == nullptr) {
    ASSIGN_OR_RETURN(const bool has_programme, people.HasProgramme(problem.programme));
    if (!has_programme) {
      problems.push_back(
          {.field = "problem.programme",
           .description = absl::StrCat("there is no ", problem.programme, " in the directory")});
    }
  }
  return problems.empty() ? absl::OkStatus() : InvalidFields(std::move(problems));
}

absl::StatusOr<std::pair<Problem, Problem>> Revise(const Reader& reader, const Caller& caller,
                                                   const ProblemUpdate& update) {
  ASSIGN_OR_RETURN(Problem before, FindToDecide(reader, caller, update.values.id, update.version));
  Problem after = before;
  for (const ProblemField field : update.fields) CopyField(field, update.values, after);
  std::vector<FieldViolation> problems;
  CheckProblem(after, problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  if (after.owner != before.owner) RETURN_IF_ERROR(CheckMayOffer(caller, after));
  if (after.capacity < after.taken) {
    return Error(absl::StatusCode::kFailedPrecondition,
                 absl::StrCat(after.taken, " theses have this problem already; its capacity cannot be ",
                              after.capacity),
                 {.reason = "PROBLEM_TAKEN",
                  .metadata = {{"problem", after.Name()}, {"taken", absl::StrCat(after.taken)}}});
  }
  return std::pair(std::move(before), std::move(after));
}

bool IsAskedFor(const Problem& seen, const ProblemQuery& query) {
  if (!query.owner.empty() && seen.owner != query.owner) return false;
  if (!query.states.empty() &&
      std::find(query.states.begin(), query.states.end(), seen.state()) == query.states.end()) {
    return false;
  }
  if (query.text.empty()) return true;
  const auto has = [&](const std::string& text) { return HasText(text, query.text); };
  return has(seen.title) || has(seen.statement) || has(seen.teaser) || has(seen.data) ||
         has(seen.conditions) || has(seen.company) ||
         std::any_of(seen.keywords.begin(), seen.keywords.end(), has);
}

// The thesis that a wish becomes.
Thesis ThesisOf(const Problem& problem, const Wish& wish, const WishAcceptance& acceptance) {
  Thesis thesis{.id = acceptance.thesis_id,
                .title = problem.title,
                .authors = {wish.student},
                .supervisor = acceptance.supervisor.empty() ? problem.supervisor : acceptance.supervisor,
                .company_tutor = problem.company_tutor,
                .programme = problem.programme,
                .cohort = acceptance.cohort,
                .level = problem.level,
                .language = problem.language,
                .abstract = problem.statement,
                .keywords = problem.keywords,
                .confidential_until = problem.confidential_until,
                .state = ThesisState::kSubjectProposed,
                .problem = problem.Name()};
  if (!wish.partner.empty()) thesis.authors.push_back(wish.partner);
  return thesis;
}

absl::Status CheckAcceptance(const Thesis& thesis) {
  if (thesis.supervisor.empty()) {
    return InvalidFields(
        {{.field = "supervisor", .description = "is empty, and the problem names none; say who supervises"}});
  }
  std::vector<FieldViolation> problems;
  CheckThesis(thesis, "thesis", problems);
  return problems.empty() ? absl::OkStatus() : InvalidFields(std::move(problems));
}

}  // namespace

absl::StatusOr<Problem> ProblemBank::Get(const Caller& caller, absl::string_view id) const {
  std::optional<Problem> problem;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(problem, FindProblem(reader, caller, id));
    return absl::OkStatus();
  }));
  return *AsSeenBy(caller, *std::move(problem), clock_.Now());
}

absl::StatusOr<Page<Problem>> ProblemBank::List(const Caller& caller, const ProblemQuery& query) const {
  const absl::Time now = clock_.Now();
  Page<Problem> page;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    page = {};
    PageRequest part = query.page;
    do {
      ASSIGN_OR_RETURN(Page<Problem> stored, reader.ListProblems(query.programme, part));
      for (Problem& problem : stored.items) {
        std::optional<Problem> seen = AsSeenBy(caller, std::move(problem), now);
        if (!seen || !IsAskedFor(*seen, query)) continue;
        if (page.items.size() == static_cast<std::size_t>(query.page.size)) {
          page.next = page.items.back().id;
          return absl::OkStatus();
        }
        page.items.push_back(*std::move(seen));
      }
      part.after = std::move(stored.next);
    } while (!part.after.empty());
    return absl::OkStatus();
  }));
  return page;
}

absl::StatusOr<Problem> ProblemBank::Offer(const Caller& caller, const Problem& given,
                                           const Mutation& mutation) {
  Problem fresh = given;
  if (fresh.owner.empty()) fresh.owner = caller.person;
  if (IsOwner(caller, fresh)) {
    if (fresh.company_tutor.empty() && caller.HasRole(Role::kCompanyTutor, fresh.programme) &&
        !RunsProgramme(caller, fresh.programme)) {
      fresh.company_tutor = caller.person;
    } else if (fresh.supervisor.empty() && caller.HasRole(Role::kSupervisor, fresh.programme)) {
      fresh.supervisor = caller.person;
    }
  }
  std::vector<FieldViolation> problems;
  CheckProblem(fresh, problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  RETURN_IF_ERROR(CheckMayOffer(caller, fresh));
  ASSIGN_OR_RETURN(std::optional<Problem> first_result, FindFirstResult<Problem>(store_, mutation));
  if (first_result) return *std::move(first_result);
  RETURN_IF_ERROR(CheckReferences(people_, fresh, nullptr));
  return Once<Problem>(store_, mutation, clock_.Now(),
                       [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Problem> {
                         ASSIGN_OR_RETURN(const std::optional<Problem> taken, reader.FindProblem(fresh.id));
                         if (taken) return ProblemExists(fresh.id);
                         Problem problem = fresh;
                         problem.version = 0;
                         problem.is_closed = false;
                         problem.taken = 0;
                         if (writer == nullptr) return problem;
                         RETURN_IF_ERROR(writer->InsertProblem(problem));
                         problem.version = 1;
                         return problem;
                       });
}

absl::StatusOr<Problem> ProblemBank::Update(const Caller& caller, const ProblemUpdate& update,
                                            const Mutation& mutation) {
  ASSIGN_OR_RETURN(std::optional<Problem> first_result, FindFirstResult<Problem>(store_, mutation));
  if (first_result) return *std::move(first_result);
  std::pair<Problem, Problem> revision;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(revision, Revise(reader, caller, update));
    return absl::OkStatus();
  }));
  RETURN_IF_ERROR(CheckReferences(people_, revision.second, &revision.first));
  return Once<Problem>(store_, mutation, clock_.Now(),
                       [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Problem> {
                         ASSIGN_OR_RETURN(auto change, Revise(reader, caller, update));
                         auto& [before, after] = change;
                         if (writer == nullptr || after == before) return after;
                         RETURN_IF_ERROR(writer->UpdateProblem(after));
                         ++after.version;
                         return after;
                       });
}

absl::StatusOr<Problem> ProblemBank::Close(const Caller& caller, absl::string_view id,
                                           const std::optional<int64_t>& version, const Mutation& mutation) {
  const absl::Time now = clock_.Now();
  return Once<Problem>(store_, mutation, now,
                       [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Problem> {
                         ASSIGN_OR_RETURN(Problem problem, FindToDecide(reader, caller, id, version));
                         if (problem.is_closed) return problem;
                         problem.is_closed = true;
                         problem.wishes = 0;
                         if (writer == nullptr) return problem;
                         RETURN_IF_ERROR(writer->UpdateProblem(problem));
                         ++problem.version;
                         ASSIGN_OR_RETURN(std::vector<Wish> wishes, reader.ListWishes(id));
                         for (Wish& wish : wishes) {
                           if (wish.state != Wish::State::kWaiting) continue;
                           wish.state = Wish::State::kDeclined;
                           wish.reason = "the problem was closed";
                           wish.time = now;
                           RETURN_IF_ERROR(writer->PutWish(wish));
                         }
                         return problem;
                       });
}

absl::StatusOr<Wish> ProblemBank::MakeWish(const Caller& caller, const Wish& given,
                                           const Mutation& mutation) {
  Wish fresh = given;
  fresh.student = caller.person;
  std::vector<FieldViolation> problems;
  CheckWish(fresh, problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  ASSIGN_OR_RETURN(std::optional<Wish> first_result, FindFirstResult<Wish>(store_, mutation));
  if (first_result) return *std::move(first_result);
  if (!fresh.partner.empty()) {
    ASSIGN_OR_RETURN(const std::set<std::string> known, people_.KnownPeople({fresh.partner}));
    if (known.empty()) {
      return InvalidFields(
          {{.field = "wish.students",
            .description = absl::StrCat("there is no ", fresh.partner, " in the directory")}});
    }
  }
  const absl::Time now = clock_.Now();
  return Once<Wish>(store_, mutation, now, [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Wish> {
    ASSIGN_OR_RETURN(const Problem problem, FindProblem(reader, caller, fresh.problem));
    if (caller.person.empty() || !caller.HasRole(Role::kStudent, problem.programme)) {
      return Error(absl::StatusCode::kPermissionDenied, "only students of the programme wish for a problem",
                   {.reason = "NOT_A_STUDENT", .metadata = {{"programme", problem.programme}}});
    }
    RETURN_IF_ERROR(CheckIsOffered(problem));
    ASSIGN_OR_RETURN(const std::optional<Wish> before, reader.FindWish(fresh.problem, fresh.student));
    if (before && before->state != Wish::State::kCancelled) RETURN_IF_ERROR(CheckWaits(*before));
    Wish wish = fresh;
    wish.state = Wish::State::kWaiting;
    wish.time = now;
    if (writer != nullptr) RETURN_IF_ERROR(writer->PutWish(wish));
    return wish;
  });
}

absl::StatusOr<Wish> ProblemBank::CancelWish(const Caller& caller, const WishKey& key,
                                             const Mutation& mutation) {
  const absl::Time now = clock_.Now();
  return Once<Wish>(store_, mutation, now, [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Wish> {
    if (caller.person.empty() || key.student != caller.person) {
      return NotFound("wish", Wish{.problem = key.problem, .student = key.student}.Name());
    }
    ASSIGN_OR_RETURN(Wish wish, FindWish(reader, key));
    if (wish.state == Wish::State::kCancelled) return wish;
    RETURN_IF_ERROR(CheckWaits(wish));
    wish.state = Wish::State::kCancelled;
    wish.time = now;
    if (writer != nullptr) RETURN_IF_ERROR(writer->PutWish(wish));
    return wish;
  });
}

absl::StatusOr<std::vector<Wish>> ProblemBank::ListWishes(const Caller& caller, absl::string_view id) const {
  std::vector<Wish> wishes;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    wishes.clear();
    ASSIGN_OR_RETURN(const Problem problem, FindProblem(reader, caller, id));
    if (MayDecide(caller, problem)) {
      ASSIGN_OR_RETURN(wishes, reader.ListWishes(id));
      return absl::OkStatus();
    }
    if (caller.person.empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(std::optional<Wish> own, reader.FindWish(id, caller.person));
    if (own) wishes.push_back(*std::move(own));
    return absl::OkStatus();
  }));
  return wishes;
}

absl::StatusOr<Wish> ProblemBank::Accept(const Caller& caller, const WishAcceptance& acceptance,
                                         const Mutation& mutation) {
  ASSIGN_OR_RETURN(std::optional<Wish> first_result, FindFirstResult<Wish>(store_, mutation));
  if (first_result) return *std::move(first_result);
  std::vector<FieldViolation> problems;
  if (!acceptance.supervisor.empty() && ParseName(acceptance.supervisor, "people").ok()) {
    ASSIGN_OR_RETURN(const std::set<std::string> known, people_.KnownPeople({acceptance.supervisor}));
    if (known.empty()) problems.push_back({.field = "supervisor", .description = "is not in the directory"});
  }
  if (!acceptance.cohort.empty()) {
    ASSIGN_OR_RETURN(const bool has_cohort, people_.HasCohort(acceptance.cohort));
    if (!has_cohort) problems.push_back({.field = "cohort", .description = "is not in the directory"});
  }
  const absl::Time now = clock_.Now();
  return Once<Wish>(store_, mutation, now, [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Wish> {
    ASSIGN_OR_RETURN(Problem problem, FindToDecide(reader, caller, acceptance.wish.problem));
    if (!problems.empty()) return InvalidFields(problems);
    ASSIGN_OR_RETURN(Wish wish, FindWish(reader, acceptance.wish));
    RETURN_IF_ERROR(CheckWaits(wish));
    RETURN_IF_ERROR(CheckIsOffered(problem));
    Thesis thesis = ThesisOf(problem, wish, acceptance);
    RETURN_IF_ERROR(CheckAcceptance(thesis));
    ASSIGN_OR_RETURN(const std::optional<Thesis> taken, reader.Find(thesis.id));
    if (taken) return ThesisExists(thesis.id);
    wish.state = Wish::State::kAccepted;
    wish.thesis = thesis.Name();
    wish.time = now;
    if (writer == nullptr) return wish;
    ++problem.taken;
    RETURN_IF_ERROR(writer->Insert(thesis));
    RETURN_IF_ERROR(WriteBeginning(*writer, thesis, caller, now));
    RETURN_IF_ERROR(writer->UpdateProblem(problem));
    RETURN_IF_ERROR(writer->PutWish(wish));
    return wish;
  });
}

absl::StatusOr<Wish> ProblemBank::Decline(const Caller& caller, const WishKey& key, const std::string& reason,
                                          const Mutation& mutation) {
  if (absl::StripAsciiWhitespace(reason).empty()) {
    return InvalidFields({{.field = "reason", .description = "is empty; say why the wish is declined"}});
  }
  std::vector<FieldViolation> problems;
  CheckText(reason, Wish::kReasonBytesMax, true, "reason", problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  const absl::Time now = clock_.Now();
  return Once<Wish>(store_, mutation, now, [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Wish> {
    RETURN_IF_ERROR(FindToDecide(reader, caller, key.problem).status());
    ASSIGN_OR_RETURN(Wish wish, FindWish(reader, key));
    RETURN_IF_ERROR(CheckWaits(wish));
    wish.state = Wish::State::kDeclined;
    wish.reason = reason;
    wish.time = now;
    if (writer != nullptr) RETURN_IF_ERROR(writer->PutWish(wish));
    return wish;
  });
}

}  // namespace soutenance::submissions
