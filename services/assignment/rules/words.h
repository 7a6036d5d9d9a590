#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RULES_WORDS_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RULES_WORDS_H_

#include <string>
#include <vector>

#include "services/assignment/rules/check.h"
#include "services/assignment/rules/facts.h"
#include "services/assignment/rules/rule.h"

// Rules and verdicts as people read them. People are called by their ids: "ana".
namespace soutenance::assignment::rules {

enum class Language { kEnglish, kFrench };

// What `rule` asks: "at least 1/2 of the members with a deliberative voice of rank A".
std::string Required(const Rule& rule, Language language);

// What is so: "1 of 4: bob; not known: carl". Says nothing about who is counted where gender is.
std::string Measured(const Rule& rule, const RuleVerdict& verdict, const Context& context, Language language);

// What would meet `rule`, in one sentence; empty if it is met or nothing can be done: "give a seat to 1 more,
// or complete the profile of carl".
std::string WayOut(const Rule& rule, const RuleVerdict& verdict, Language language);

// Where it comes from: "Code de l'éducation, L613-1 (https://...)".
std::string Cite(const Source& source);

// All of it in one sentence, for a refusal: "externals: required at least 1 ...; measured ...; source ...;
// ...".
std::string Sentence(const Rule& rule, const RuleVerdict& verdict, const Context& context, Language language);

// The programme's rules as a page of text, one paragraph a rule with its source; ends with a line break.
std::string Rulebook(const RuleSet& set, Language language);

}  // namespace soutenance::assignment::rules

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RULES_WORDS_H_
