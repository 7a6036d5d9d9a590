// What a rule set may not say.

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/assignment/rules/fold.h"
#include "services/assignment/rules/rule.h"

namespace soutenance::assignment::rules {
namespace {

constexpr absl::string_view kAuthorsId = "author_on_jury";
constexpr int kNoticeDaysMax = 365;
constexpr int kLoadMax = 1000;
constexpr int kShareOfMax = 100;

// The parameters that a rule can have, by name.
struct Parameter {
  absl::string_view name;
  bool is_given;
};

std::vector<Parameter> ParametersOf(const Rule& rule) {
  return {{"roles", !rule.roles.IsEmpty()},        {"min", rule.min.has_value()},
          {"max", rule.max.has_value()},           {"share", rule.share.has_value()},
          {"ranks", !rule.ranks.empty()},          {"sector", rule.sector != Sector::kUnknown},
          {"or_habilitated", rule.or_habilitated}, {"may_preside", rule.may_preside},
          {"voice", rule.voice.has_value()},       {"words", !rule.words.empty()}};
}

// What a kind does with parameters: it takes those it names; each of `needs` must be given, and one of
// `one_of`.
struct Takes {
  std::vector<absl::string_view> needs;
  std::vector<absl::string_view> one_of;
  std::vector<absl::string_view> also;
};

Takes TakesOf(Kind kind) {
  switch (kind) {
    case Kind::kMembers:
      return {.one_of = {"min", "max"}, .also = {"roles"}};
    case Kind::kSeats:
      return {.needs = {"roles"}, .one_of = {"min", "max"}};
    case Kind::kQualification:
      return {.needs = {"roles"}, .one_of = {"ranks", "or_habilitated", "sector", "may_preside"}};
    case Kind::kNotTogether:
    case Kind::kOnSite:
    case Kind::kOwnPart:
      return {.needs = {"roles"}};
    case Kind::kExternals:
    case Kind::kBalance:
      return {.one_of = {"min", "share"}, .also = {"roles"}};
    case Kind::kRanks:
      return {.needs = {"ranks"}, .one_of = {"min", "share"}, .also = {"roles", "or_habilitated"}};
    case Kind::kSector:
      return {.needs = {"sector"}, .one_of = {"min", "share"}, .also = {"roles"}};
    case Kind::kNotice:
      return {.needs = {"min"}};
    case Kind::kSpecialist:
      return {.needs = {"min"}, .also = {"roles", "words"}};
    case Kind::kLanguage:
      return {.one_of = {"min", "share"}, .also = {"roles", "words"}};
    case Kind::kRemote:
      return {.needs = {"max"}, .also = {"roles"}};
    case Kind::kVoice:
      return {.needs = {"roles", "voice"}};
    case Kind::kEmeriti:
      return {.one_of = {"max", "share"}, .also = {"roles"}};
    case Kind::kLoad:
      return {.also = {"max"}};
    case Kind::kKnown:
      return {.also = {"roles"}};
    case Kind::kAuthors:
      return {};
  }
  return {};
}

bool Contains(const std::vector<absl::string_view>& names, absl::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

class RuleCheck {
 public:
  RuleCheck(const RuleSet& set, const Rule& rule, std::string at, std::vector<FieldViolation>& problems)
      : set_(set), rule_(rule), at_(std::move(at)), problems_(problems) {}

  void Run() {
    Id();
    Parameters();
    Numbers();
    Texts();
    Words();
    if (rule_.kind == Kind::kExternals && set_.institutions.empty()) {
      Say("kind",
          "counts externals, and the rules do not say to which institution; fill in \"institutions\"");
    }
    if (rule_.kind == Kind::kNotTogether && rule_.roles.List().size() < 2) {
      Say("roles", "names one role; say at least two that nobody may have together");
    }
    const Roles own = {Seat::Role::kSupervisor, Seat::Role::kCompanyTutor};
    if (rule_.kind == Kind::kOwnPart &&
        rule_.roles.CountOf(own) != static_cast<int>(rule_.roles.List().size())) {
      Say("roles", "may only name supervisor and company_tutor: a thesis has no other parts");
    }
  }

 private:
  void Say(absl::string_view field, std::string description) {
    problems_.push_back({.field = absl::StrCat(at_, ".", field), .description = std::move(description)});
  }

  void Id() {
    const bool is_word = !rule_.id.empty() && rule_.id.size() <= 63 &&
                         std::all_of(rule_.id.begin(), rule_.id.end(), [](char c) {
                           return absl::ascii_islower(static_cast<unsigned char>(c)) ||
                                  absl::ascii_isdigit(static_cast<unsigned char>(c)) || c == '_';
                         });
    if (!is_word) {
      Say("id", absl::StrCat("is \"", rule_.id, "\"; expected 1 to 63 of a-z, 0-9 and _"));
    } else if (absl::string_view(rule_.id) == kAuthorsId) {
      Say("id", "is that of the rule which holds everywhere; choose another");
    }
    if (rule_.kind == Kind::kAuthors)
      Say("kind", "holds everywhere and is not part of a rule set; leave it out");
  }

  void Parameters() {
    const Takes takes = TakesOf(rule_.kind);
    bool has_one = takes.one_of.empty();
    for (const Parameter& parameter : ParametersOf(rule_)) {
      const bool is_choice = Contains(takes.one_of, parameter.name);
      const bool is_needed = Contains(takes.needs, parameter.name);
      has_one = has_one || (is_choice && parameter.is_given);
      if (is_needed && !parameter.is_given) {
        Say(parameter.name, absl::StrCat("is missing; the kind ", KindName(rule_.kind), " needs it"));
      }
      if (parameter.is_given && !is_needed && !is_choice && !Contains(takes.also, parameter.name)) {
        Say(parameter.name,
            absl::StrCat("means nothing to the kind ", KindName(rule_.kind), "; leave it out"));
      }
    }
    if (!has_one) {
      Say("kind", absl::StrCat("is ", KindName(rule_.kind), ", which needs one of ",
                               absl::StrJoin(takes.one_of, ", ")));
    }
  }

  void Numbers() {
    int largest = static_cast<int>(Jury::kSeatsMax);
    if (rule_.kind == Kind::kNotice) largest = kNoticeDaysMax;
    if (rule_.kind == Kind::kLoad) largest = kLoadMax;
    const auto in_range = [&](absl::string_view field, const std::optional<int>& count) {
      if (count && (*count < 0 || *count > largest)) {
        Say(field, absl::StrCat("is ", *count, "; expected 0 to ", largest));
      }
    };
    in_range("min", rule_.min);
    in_range("max", rule_.max);
    if (rule_.min && rule_.max && *rule_.min > *rule_.max) {
      Say("max", absl::StrCat("is ", *rule_.max, ", less than min, which is ", *rule_.min));
    }
    if (rule_.share && (rule_.share->of < 1 || rule_.share->of > kShareOfMax || rule_.share->part < 0 ||
                        rule_.share->part > rule_.share->of)) {
      Say("share", absl::StrCat("is ", rule_.share->part, " of ", rule_.share->of,
                                "; expected a part of 1 to ", kShareOfMax));
    }
    // More than half of both is impossible.
    if (rule_.kind == Kind::kBalance && rule_.share && rule_.share->part * 2 > rule_.share->of) {
      Say("share", "is more than a half; the fewer of women and men cannot be");
    }
  }

  void Texts() {
    const Source& source = rule_.source;
    if (source.text.empty()) {
      Say("source.text", "is missing; a rule cites the law, regulation or decision it comes from");
    } else if (source.article.empty() && source.page.empty() && source.url.empty()) {
      Say("source", "says neither article nor page nor url; say where the rule stands in the text");
    }
    for (const auto& [field, text] : {std::pair<const char*, const std::string&>{"source.text", source.text},
                                      {"source.article", source.article},
                                      {"source.page", source.page},
                                      {"source.url", source.url},
                                      {"source.quotation", source.quotation},
                                      {"note", rule_.note}}) {
      if (text.size() > RuleSet::kTextBytesMax) {
        Say(field,
            absl::StrCat("has ", text.size(), " bytes; at most ", RuleSet::kTextBytesMax, " are kept"));
      }
    }
  }

  void Words() {
    if (rule_.words.size() > RuleSet::kWordsMax) {
      Say("words", absl::StrCat("has ", rule_.words.size(), " entries; at most ", RuleSet::kWordsMax));
    }
    std::set<std::string> scheme;
    for (const std::string& keyword : set_.keywords) scheme.insert(Fold(keyword));
    for (std::size_t i = 0; i < rule_.words.size(); ++i) {
      const std::string& word = rule_.words[i];
      const std::string field = absl::StrCat("words[", i, "]");
      if (word.empty() || word.size() > Profile::kKeywordBytesMax) {
        Say(field, absl::StrCat("has ", word.size(), " bytes; expected 1 to ", Profile::kKeywordBytesMax));
      } else if (rule_.kind == Kind::kLanguage && word.size() != 2) {
        Say(field, absl::StrCat("is \"", word, "\"; expected two small letters such as \"fr\""));
      } else if (rule_.kind == Kind::kSpecialist && !scheme.empty() && scheme.count(Fold(word)) == 0) {
        Say(field, absl::StrCat("is \"", word, "\", which is not among the keywords of the programme"));
      }
    }
  }

  const RuleSet& set_;
  const Rule& rule_;
  const std::string at_;
  std::vector<FieldViolation>& problems_;
};

void CheckTexts(const std::vector<std::string>& texts, std::size_t count_max, const std::string& at,
                std::vector<FieldViolation>& problems) {
  if (texts.size() > count_max) {
    problems.push_back(
        {.field = at, .description = absl::StrCat("has ", texts.size(), " entries; at most ", count_max)});
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (!texts[i].empty() && texts[i].size() <= Profile::kNameBytesMax) continue;
    problems.push_back({.field = absl::StrCat(at, "[", i, "]"),
                        .description = absl::StrCat("has ", texts[i].size(), " bytes; expected 1 to ",
                                                    Profile::kNameBytesMax)});
  }
}

}  // namespace

void CheckRuleSet(const RuleSet& set, absl::string_view at, std::vector<FieldViolation>& problems) {
  if (set.title.size() > RuleSet::kTextBytesMax) {
    problems.push_back({.field = absl::StrCat(at, ".title"),
                        .description = absl::StrCat("has ", set.title.size(), " bytes; at most ",
                                                    RuleSet::kTextBytesMax, " are kept")});
  }
  CheckTexts(set.institutions, RuleSet::kInstitutionsMax, absl::StrCat(at, ".institutions"), problems);
  CheckTexts(set.keywords, RuleSet::kKeywordsMax, absl::StrCat(at, ".keywords"), problems);
  if (set.rules.size() > RuleSet::kRulesMax) {
    problems.push_back(
        {.field = absl::StrCat(at, ".rules"),
         .description = absl::StrCat("has ", set.rules.size(), " entries; a programme has at most ",
                                     RuleSet::kRulesMax, " rules")});
  }
  std::set<absl::string_view> ids;
  Roles with_voice;
  for (std::size_t i = 0; i < set.rules.size(); ++i) {
    const Rule& rule = set.rules[i];
    const std::string path = absl::StrCat(at, ".rules[", i, "]");
    RuleCheck(set, rule, path, problems).Run();
    if (!rule.id.empty() && !ids.insert(rule.id).second) {
      problems.push_back(
          {.field = absl::StrCat(path, ".id"),
           .description = absl::StrCat("\"", rule.id, "\" comes twice; each rule has its own id")});
    }
    if (rule.kind != Kind::kVoice) continue;
    if (with_voice.Overlaps(rule.roles)) {
      problems.push_back({.field = absl::StrCat(path, ".roles"),
                          .description = "names a role whose voice another rule defines"});
    }
    for (const Seat::Role role : rule.roles.List()) with_voice.Add(role);
  }
}

}  // namespace soutenance::assignment::rules
