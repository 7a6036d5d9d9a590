#include "services/assignment/conflicts/conflicts.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "absl/strings/str_cat.h"

namespace soutenance::assignment::conflicts {
namespace {

bool Contains(const std::vector<std::string>& list, absl::string_view text) {
  return std::any_of(list.begin(), list.end(),
                     [&](const std::string& entry) { return absl::string_view(entry) == text; });
}

// The first that is in both and not empty.
std::string InBoth(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  for (const std::string& text : a) {
    if (!text.empty() && Contains(b, text)) return text;
  }
  return "";
}

// Whether what somebody has to do with the student's work gives them `chair`, instead of barring it.
bool IsByRole(const Thesis& thesis, const std::string& person, Chair chair) {
  switch (chair) {
    case Chair::kReviewer:
      return false;
    case Chair::kMember:
      return person == thesis.supervisor || person == thesis.company_tutor;
    case Chair::kGuest:
      return true;
  }
  return false;
}

bool IsOfWork(Kind kind) {
  return kind == Kind::kSupervision || kind == Kind::kCompany || kind == Kind::kCoauthorship ||
         kind == Kind::kPastWork;
}

State Heaviest(const std::vector<Finding>& findings) {
  State state = State::kNone;
  for (const Finding& finding : findings) state = std::max(state, finding.state);
  return state;
}

bool StillHolds(const Decision& decision, const Thesis& thesis, const std::vector<Finding>& findings) {
  if (decision.is_conflict) {
    return std::any_of(thesis.authors.begin(), thesis.authors.end(),
                       [&](const std::string& author) { return Contains(decision.authors, author); });
  }
  for (const std::string& author : thesis.authors) {
    if (!Contains(decision.authors, author)) return false;
  }
  for (const Finding& finding : findings) {
    if (finding.state != State::kNone && finding.since && *finding.since > decision.time) return false;
  }
  return true;
}

}  // namespace

bool Thesis::IsBy(absl::string_view person) const { return !person.empty() && Contains(authors, person); }

Relations::Relations(Facts facts) : this_year_(facts.this_year) {
  const auto fold = [](const std::vector<std::string>& texts, std::string (*folded)(absl::string_view)) {
    std::vector<std::string> list;
    for (const std::string& text : texts) list.push_back(folded(text));
    return list;
  };
  for (const auto& [id, person] : facts.people) {
    people_[id] = {.family_name = Folded(person.family_name),
                   .shown_family_name = person.family_name,
                   .companies = fold(person.companies, Folded),
                   .shown_companies = person.companies,
                   .institutions = fold(person.institutions, Folded),
                   .addresses = fold(person.addresses, FoldedAddress)};
  }
  std::set<std::string> seen;
  for (const Thesis& thesis : facts.theses) {
    if (!seen.insert(thesis.id).second) continue;
    for (const std::string& author : thesis.authors) {
      const auto share = [&](const std::string& person, Kind kind) {
        if (person.empty() || person == author) return;
        std::vector<Shared>& shared = shared_[{author, person}];
        const Shared* const last = shared.empty() ? nullptr : &shared.back();
        if (last != nullptr && last->thesis == thesis.id && last->kind == kind) return;
        shared.push_back({.kind = kind, .thesis = thesis.id, .programme = thesis.programme});
      };
      share(thesis.supervisor, Kind::kSupervision);
      share(thesis.company_tutor, Kind::kSupervision);
      for (const std::string& other : thesis.authors) share(other, Kind::kPastWork);
    }
  }
  for (Declaration& declaration : facts.declarations) {
    auto key = std::make_pair(declaration.declarer, declaration.other);
    declared_[std::move(key)].push_back(std::move(declaration));
  }
}

Verdict Relations::Between(const Thesis& thesis, const std::string& person, Chair chair, int years,
                           const Decision* decision) const {
  if (thesis.IsBy(person)) {
    return {.state = State::kConflict,
            .findings = {{.state = State::kConflict,
                          .kind = Kind::kAuthor,
                          .author = person,
                          .programme = thesis.programme,
                          .detail = absl::StrCat("theses/", thesis.id)}}};
  }
  Verdict verdict;
  std::vector<Finding>& found = verdict.findings;
  for (const std::string& author : thesis.authors) {
    AddShared(thesis, author, person, found);
    AddCompany(thesis, author, person, found);
    AddLikeness(author, person, found);
    AddDeclared(author, person, years, found);
  }
  if (IsByRole(thesis, person, chair)) {
    found.erase(std::remove_if(found.begin(), found.end(),
                               [](const Finding& finding) { return IsOfWork(finding.kind); }),
                found.end());
  }
  std::sort(found.begin(), found.end(), [](const Finding& a, const Finding& b) {
    return std::make_tuple(b.state, a.kind, a.author, a.source, a.programme, a.detail) <
           std::make_tuple(a.state, b.kind, b.author, b.source, b.programme, b.detail);
  });
  verdict.state = Heaviest(found);
  if (decision == nullptr) return verdict;
  verdict.decision_holds = StillHolds(*decision, thesis, found);
  if (verdict.decision_holds) {
    verdict.state = decision->is_conflict ? State::kConflict : State::kNone;
  } else if (decision->is_conflict) {
    verdict.state = std::max(verdict.state, State::kQuestion);
  }
  return verdict;
}

const Relations::Compared* Relations::Find(const std::string& person) const {
  const auto found = people_.find(person);
  return found == people_.end() ? nullptr : &found->second;
}

void Relations::AddShared(const Thesis& thesis, const std::string& author, const std::string& person,
                          std::vector<Finding>& found) const {
  const auto add = [&](Kind kind, const std::string& id, const std::string& programme) {
    found.push_back(
        {.kind = kind, .author = author, .programme = programme, .detail = absl::StrCat("theses/", id)});
  };
  // The thesis itself is asked about as it is to become.
  if (person == thesis.supervisor || person == thesis.company_tutor) {
    add(Kind::kSupervision, thesis.id, thesis.programme);
  }
  const auto shared = shared_.find({author, person});
  if (shared == shared_.end()) return;
  for (const Shared& other : shared->second) {
    if (other.thesis != thesis.id) add(other.kind, other.thesis, other.programme);
  }
}

void Relations::AddCompany(const Thesis& thesis, const std::string& author, const std::string& person,
                           std::vector<Finding>& found) const {
  if (thesis.company_tutor.empty() || person == thesis.company_tutor) return;
  const Compared* const tutor = Find(thesis.company_tutor);
  const Compared* const juror = Find(person);
  if (tutor == nullptr || juror == nullptr) return;
  const std::string company = InBoth(tutor->companies, juror->companies);
  if (company.empty()) return;
  // An apprenticeship in the supervisor's own laboratory makes no company of it: half of the jury is there.
  const Compared* const supervisor = Find(thesis.supervisor);
  if (supervisor != nullptr &&
      (Contains(supervisor->companies, company) || Contains(supervisor->institutions, company))) {
    return;
  }
  const auto at = std::find(juror->companies.begin(), juror->companies.end(), company);
  const std::string& shown = juror->shown_companies[static_cast<size_t>(at - juror->companies.begin())];
  found.push_back({.kind = Kind::kCompany, .author = author, .programme = thesis.programme, .detail = shown});
}

void Relations::AddLikeness(const std::string& author, const std::string& person,
                            std::vector<Finding>& found) const {
  const Compared* const a = Find(author);
  const Compared* const b = Find(person);
  if (a == nullptr || b == nullptr) return;
  if (!a->family_name.empty() && a->family_name == b->family_name) {
    found.push_back({.state = State::kQuestion,
                     .kind = Kind::kSameFamilyName,
                     .author = author,
                     .detail = b->shown_family_name});
  }
  if (!InBoth(a->addresses, b->addresses).empty()) {
    // The address itself is nobody's business.
    found.push_back({.state = State::kQuestion, .kind = Kind::kSameAddress, .author = author});
  }
}

void Relations::AddDeclared(const std::string& author, const std::string& person, int years,
                            std::vector<Finding>& found) const {
  const auto add = [&](const std::string& declarer, const std::string& other, Source source) {
    const auto declared = declared_.find({declarer, other});
    if (declared == declared_.end()) return;
    for (const Declaration& declaration : declared->second) {
      const bool is_over =
          FadesAway(declaration.kind) && declaration.year && this_year_ - *declaration.year > years;
      found.push_back({.state = is_over ? State::kNone : State::kConflict,
                       .kind = declaration.kind,
                       .source = source,
                       .author = author,
                       .programme = declaration.programme,
                       .year = declaration.year,
                       .since = declaration.time,
                       .detail = declaration.reason});
    }
  };
  add(person, author, Source::kDeclaredByJuror);
  add(author, person, Source::kDeclaredByAuthor);
}

}  // namespace soutenance::assignment::conflicts
