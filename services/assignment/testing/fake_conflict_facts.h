#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_TESTING_FAKE_CONFLICT_FACTS_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_TESTING_FAKE_CONFLICT_FACTS_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/assignment/conflict_facts.h"

namespace soutenance::assignment::testing {

// A world that knows what a test tells it. Everybody exists but people/ghost; about whom nothing is told,
// nothing is known.
class FakeConflictFacts final : public ConflictFacts {
 public:
  absl::StatusOr<std::map<std::string, conflicts::Person>> People(
      const std::set<std::string>& names) const override {
    if (!reachable) return absl::UnavailableError("the directory is down");
    std::map<std::string, conflicts::Person> found;
    for (const std::string& name : names) {
      if (name == "people/ghost") continue;
      const auto told = people.find(name);
      found[name] = told == people.end() ? conflicts::Person{} : told->second;
    }
    return found;
  }
  absl::StatusOr<std::map<std::string, conflicts::Thesis>> Theses(
      const std::set<std::string>& ids) const override {
    std::map<std::string, conflicts::Thesis> found;
    for (const std::string& id : ids) {
      if (theses.count(id) > 0) found[id] = theses.at(id);
    }
    return found;
  }
  absl::StatusOr<std::vector<conflicts::Thesis>> ThesesIn(const std::string& programme) const override {
    std::vector<conflicts::Thesis> found;
    for (const auto& [id, thesis] : theses) {
      if (thesis.programme == programme) found.push_back(thesis);
    }
    return found;
  }
  absl::StatusOr<std::vector<conflicts::Thesis>> ThesesBy(
      const std::set<std::string>& authors) const override {
    std::vector<conflicts::Thesis> found;
    for (const auto& [id, thesis] : theses) {
      bool is_by_one = false;
      for (const std::string& author : thesis.authors) is_by_one |= authors.count(author) > 0;
      if (is_by_one) found.push_back(thesis);
    }
    return found;
  }

  std::map<std::string, conflicts::Person> people;  // by "people/{id}"
  std::map<std::string, conflicts::Thesis> theses;  // by id
  bool reachable = true;
};

}  // namespace soutenance::assignment::testing

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_TESTING_FAKE_CONFLICT_FACTS_H_
