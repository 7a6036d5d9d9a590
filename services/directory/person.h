#ifndef SOUTENANCE_SERVICES_DIRECTORY_PERSON_H_
#define SOUTENANCE_SERVICES_DIRECTORY_PERSON_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/base/error.h"
#include "services/directory/field.h"

namespace soutenance::directory {

// Somebody known to the institution: student, teacher, company tutor. What they are follows from theses and
// juries.
struct Person {
  std::string id;  // the institution's own, leading zeros included
  int64_t version = 0;
  std::string family_name;  // not empty
  std::string given_name;
  std::string email;  // unique by EmailKey; may be empty
  std::string organisation;
  int defences_per_day_max = 0;       // 0: as the campaign's rules say
  int defences_per_campaign_max = 0;  // 0: as the campaign's rules say

  friend bool operator==(const Person&, const Person&) = default;
};

// "people/{id}".
std::string PersonName(absl::string_view id);

// What a person calls them: "Ana Martin".
std::string Label(const Person& person);

// The form in which e-mail addresses are compared: without case. Empty for an empty address.
std::string EmailKey(absl::string_view email);

// What queries are looked for in: the names in both orders, without case, accents, spaces and hyphens.
std::string SearchText(const Person& person);

// The form of `query` that is looked for in a SearchText.
std::string SearchKey(absl::string_view query);

// The fields that an update may change.
absl::Span<const Field<Person>> PersonFields();

// Appends everything that is wrong with `person`; the paths begin with `prefix`, such as "people[3].".
void Check(const Person& person, absl::string_view prefix, std::vector<FieldViolation>& problems);

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_PERSON_H_
