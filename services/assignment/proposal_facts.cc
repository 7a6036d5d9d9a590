#include "services/assignment/proposal_facts.h"

#include <map>
#include <utility>

#include "absl/strings/str_join.h"
#include "services/assignment/expertise/expertise.h"

namespace soutenance::assignment {
namespace {

class ProfileTable final : public ProposalFacts::Table {
 public:
  ProfileTable(const std::vector<ThesisFacts>& theses, const std::vector<Profile>& people)
      : scores_(TextsOf(theses), TextsOf(people)) {
    for (size_t i = 0; i < theses.size(); ++i) theses_[theses[i].id] = i;
    for (size_t i = 0; i < people.size(); ++i) people_[people[i].PersonName()] = i;
  }

  PairFacts Of(const ThesisFacts& thesis, const std::string& person, Seat::Role) const override {
    PairFacts facts;
    if (thesis.IsAuthor(person)) facts.conflict = PairFacts::Conflict::kConflict;
    const auto t = theses_.find(thesis.id);
    const auto p = people_.find(person);
    if (t == theses_.end() || p == people_.end()) return facts;
    const expertise::Expertise score = scores_.Of(t->second, p->second);
    facts.expertise = score.score;
    for (const auto& reason : score.reasons) facts.words.push_back(reason.word);
    return facts;
  }

 private:
  static std::vector<expertise::Text> TextsOf(const std::vector<ThesisFacts>& theses) {
    std::vector<expertise::Text> texts;
    for (const ThesisFacts& thesis : theses) {
      texts.push_back({.title = absl::StrJoin(thesis.keywords, ", "), .body = ""});
    }
    return texts;
  }
  static std::vector<expertise::PersonTexts> TextsOf(const std::vector<Profile>& people) {
    std::vector<expertise::PersonTexts> all;
    for (const Profile& person : people) {
      expertise::PersonTexts texts;
      texts.texts.push_back({.title = absl::StrJoin(person.keywords, ", "), .body = person.expertise});
      for (const PastThesis& past : person.past_theses) texts.texts.push_back({past.title, past.text});
      all.push_back(std::move(texts));
    }
    return all;
  }

  expertise::Expertises scores_;
  std::map<std::string, size_t> theses_;
  std::map<std::string, size_t> people_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<ProposalFacts::Table>> FactsFromProfiles::Look(
    const std::string&, const std::vector<ThesisFacts>& theses, const std::vector<Profile>& profiles,
    const std::set<std::string>&) const {
  return std::make_unique<ProfileTable>(theses, profiles);
}

}  // namespace soutenance::assignment
