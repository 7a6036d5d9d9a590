#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_PROFILE_FACTS_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_PROFILE_FACTS_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "services/assignment/conflict_facts.h"
#include "services/assignment/expertise_facts.h"
#include "services/assignment/profile_store.h"

// What profiles add to what the other services know.
namespace soutenance::assignment {

// ConflictFacts with companies and institutions from profiles: who says their institution has only the
// company that they say, whatever the directory calls their organisation. Safe for concurrent use.
class ProfiledConflictFacts final : public ConflictFacts {
 public:
  // Both must outlive it.
  ProfiledConflictFacts(const ConflictFacts& others, const ProfileStore& profiles)
      : others_(others), profiles_(profiles) {}

  absl::StatusOr<std::map<std::string, conflicts::Person>> People(
      const std::set<std::string>& people) const override;
  absl::StatusOr<std::map<std::string, conflicts::Thesis>> Theses(
      const std::set<std::string>& ids) const override {
    return others_.Theses(ids);
  }
  absl::StatusOr<std::vector<conflicts::Thesis>> ThesesIn(const std::string& programme) const override {
    return others_.ThesesIn(programme);
  }
  absl::StatusOr<std::vector<conflicts::Thesis>> ThesesBy(
      const std::set<std::string>& authors) const override {
    return others_.ThesesBy(authors);
  }

 private:
  const ConflictFacts& others_;
  const ProfileStore& profiles_;
};

// ExpertiseFacts with the texts of profiles: keywords with what people say they know, and past theses. Safe
// for concurrent use.
class ProfiledExpertiseFacts final : public ExpertiseFacts {
 public:
  // Both must outlive it.
  ProfiledExpertiseFacts(const ExpertiseFacts& others, const ProfileStore& profiles)
      : others_(others), profiles_(profiles) {}

  absl::StatusOr<std::string> ProgrammeOf(const std::string& id) const override {
    return others_.ProgrammeOf(id);
  }
  absl::StatusOr<std::vector<ThesisText>> ThesesIn(const std::string& programme) const override {
    return others_.ThesesIn(programme);
  }
  absl::StatusOr<std::map<std::string, expertise::PersonTexts>> People(
      const std::set<std::string>& people) const override;

 private:
  const ExpertiseFacts& others_;
  const ProfileStore& profiles_;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_PROFILE_FACTS_H_
