#include "services/directory/person.h"

#include "absl/strings/str_cat.h"
#include "services/directory/checks.h"
#include "services/directory/import/values.h"
#include "services/sheets/text.h"

namespace soutenance::directory {
namespace {

constexpr int kDefencesMax = 1000;

std::string ShowLimit(int limit) { return limit == 0 ? "" : absl::StrCat(limit); }

constexpr Field<Person> kFields[] = {
    {"family_name", [](const Person& p) { return p.family_name; },
     [](const Person& from, Person& to) { to.family_name = from.family_name; }},
    {"given_name", [](const Person& p) { return p.given_name; },
     [](const Person& from, Person& to) { to.given_name = from.given_name; }},
    {"email", [](const Person& p) { return p.email; },
     [](const Person& from, Person& to) { to.email = from.email; }},
    {"organisation", [](const Person& p) { return p.organisation; },
     [](const Person& from, Person& to) { to.organisation = from.organisation; }},
    {"defences_per_day_max", [](const Person& p) { return ShowLimit(p.defences_per_day_max); },
     [](const Person& from, Person& to) { to.defences_per_day_max = from.defences_per_day_max; }},
    {"defences_per_campaign_max", [](const Person& p) { return ShowLimit(p.defences_per_campaign_max); },
     [](const Person& from, Person& to) { to.defences_per_campaign_max = from.defences_per_campaign_max; }},
};

}  // namespace

std::string PersonName(absl::string_view id) { return absl::StrCat("people/", id); }

std::string Label(const Person& person) {
  return person.given_name.empty() ? person.family_name
                                   : absl::StrCat(person.given_name, " ", person.family_name);
}

std::string EmailKey(absl::string_view email) { return sheets::CaseFolded(email); }

std::string SearchText(const Person& person) {
  const std::string given = sheets::Folded(person.given_name);
  const std::string family = sheets::Folded(person.family_name);
  // Folded texts hold no line end, so nothing that is looked for spans the two orders.
  return absl::StrCat(given, family, "\n", family, given);
}

std::string SearchKey(absl::string_view query) { return sheets::Folded(query); }

absl::Span<const Field<Person>> PersonFields() { return kFields; }

void Check(const Person& person, absl::string_view prefix, std::vector<FieldViolation>& problems) {
  const auto at = [&](absl::string_view field) { return absl::StrCat(prefix, field); };
  CheckText(person.family_name, Presence::kRequired, kNameCharactersMax, at("family_name"), problems);
  CheckText(person.given_name, Presence::kOptional, kNameCharactersMax, at("given_name"), problems);
  CheckText(person.organisation, Presence::kOptional, kTitleCharactersMax, at("organisation"), problems);
  if (!person.email.empty() &&
      (!sheets::IsUtf8(person.email) || !import_folder::LooksLikeEmail(person.email) ||
       sheets::HasControlCharacter(person.email))) {
    problems.push_back({at("email"), "is not an e-mail address such as ana.martin@example.org"});
  }
  CheckCount(person.defences_per_day_max, kDefencesMax, at("defences_per_day_max"), problems);
  CheckCount(person.defences_per_campaign_max, kDefencesMax, at("defences_per_campaign_max"), problems);
}

}  // namespace soutenance::directory
