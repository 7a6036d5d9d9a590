#include "services/assignment/thesis_lookup.h"

#include <algorithm>

namespace soutenance::assignment {

bool ThesisFacts::IsAuthor(absl::string_view person) const {
  return !person.empty() && std::any_of(authors.begin(), authors.end(), [&](const std::string& author) {
    return absl::string_view(author) == person;
  });
}

bool ThesisFacts::HasPart(absl::string_view person) const {
  if (person.empty()) return false;
  return IsAuthor(person) || absl::string_view(supervisor) == person ||
         absl::string_view(company_tutor) == person;
}

}  // namespace soutenance::assignment
