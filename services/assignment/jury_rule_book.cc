#include "services/assignment/jury_rule_book.h"

#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/assignment/rules/words.h"
#include "services/base/error.h"
#include "services/base/id.h"
#include "services/base/programme_roles.h"
#include "services/base/status.h"

namespace soutenance::assignment {
namespace {

using Reader = RuleStore::Reader;
using Writer = RuleStore::Writer;

// OK if `caller` answers for `programme`: what binds everybody is not for its staff to change.
absl::Status CheckHeads(const Caller& caller, const std::string& programme) {
  if (caller.HasRole(Role::kProgrammeHead, programme) || caller.HasRole(Role::kAdministrator, programme)) {
    return absl::OkStatus();
  }
  return Error(absl::StatusCode::kPermissionDenied,
               absl::StrCat("this account is neither head nor administrator of ", programme,
                            "; ask its programme head"),
               {.reason = "ROLE_NOT_ALLOWED",
                .metadata = {{"programme", programme}, {"roles", "programme_head, administrator"}}});
}

absl::Status NotDerogable(const rules::Rule& rule) {
  return Error(
      absl::StatusCode::kFailedPrecondition,
      absl::StrCat("the rule ", rule.id, " is of the level ", rules::LevelName(rule.level),
                   ", and only rules of the level derogable can be lifted; change the jury, or the rules"),
      {.reason = "RULE_NOT_DEROGABLE",
       .metadata = {{"rule", rule.id}, {"level", std::string(rules::LevelName(rule.level))}},
       .preconditions = {{.type = "LEVEL", .subject = rule.id, .description = "is not derogable"}}});
}

absl::Status CheckReason(const std::string& reason) {
  if (reason.empty()) {
    return InvalidFields(
        {{.field = "derogation.reason", .description = "is missing; say why the rule is lifted"}});
  }
  if (reason.size() <= Derogation::kReasonBytesMax) return absl::OkStatus();
  return InvalidFields({{.field = "derogation.reason",
                         .description = absl::StrCat("has ", reason.size(), " bytes; at most ",
                                                     Derogation::kReasonBytesMax, " are kept")}});
}

absl::Status CheckGivenJuries(const CheckQuery& query) {
  std::vector<FieldViolation> problems;
  std::set<absl::string_view> theses;
  for (std::size_t i = 0; i < query.juries.size(); ++i) {
    const Jury& jury = query.juries[i];
    const std::string at = absl::StrCat("juries[", i, "]");
    CheckJury(jury, at, problems);
    if (jury.programme != query.programme) {
      problems.push_back(
          {.field = absl::StrCat(at, ".programme"),
           .description = absl::StrCat("is ", jury.programme, "; all are to be of ", query.programme)});
    }
    if (!theses.insert(jury.thesis).second) {
      problems.push_back(
          {.field = absl::StrCat(at, ".name"), .description = absl::StrCat(jury.Name(), " comes twice")});
    }
  }
  return problems.empty() ? absl::OkStatus() : InvalidFields(std::move(problems));
}

// The juries that `query` is about.
absl::Status FindAsked(const AssignmentStore::Reader& reader, const CheckQuery& query,
                       std::vector<Jury>& juries, std::string& next) {
  juries.clear();
  if (!query.juries.empty()) {
    juries = query.juries;
    return absl::OkStatus();
  }
  if (query.theses.empty()) {
    ASSIGN_OR_RETURN(
        Page<Jury> page,
        reader.List({.programmes = {query.programme}, .only_programme = query.programme}, query.page));
    juries = std::move(page.items);
    next = std::move(page.next);
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(std::vector<Jury> found, reader.FindAll(query.theses));
  for (Jury& jury : found) {
    if (jury.programme == query.programme) juries.push_back(std::move(jury));
  }
  return absl::OkStatus();
}

std::vector<const Jury*> Pointers(const std::vector<Jury>& juries) {
  std::vector<const Jury*> pointers;
  for (const Jury& jury : juries) pointers.push_back(&jury);
  return pointers;
}

}  // namespace

absl::StatusOr<rules::RuleSet> JuryRuleBook::GetRules(absl::string_view programme) const {
  std::optional<rules::RuleSet> set;
  RETURN_IF_ERROR(rules_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(set, reader.FindRuleSet(programme));
    return absl::OkStatus();
  }));
  if (!set) return NotFound("jury_rules", absl::StrCat("programmes/", programme, "/juryRules"));
  return *std::move(set);
}

absl::StatusOr<rules::RuleSet> JuryRuleBook::SetRules(const Caller& caller,
                                                      const RuleSetReplacement& replacement,
                                                      const Mutation& mutation) {
  const rules::RuleSet& given = replacement.set;
  RETURN_IF_ERROR(CheckHeads(caller, given.ProgrammeName()));
  std::vector<FieldViolation> problems;
  rules::CheckRuleSet(given, "jury_rules", problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  ASSIGN_OR_RETURN(std::optional<rules::RuleSet> first, FindFirstResult<rules::RuleSet>(rules_, mutation));
  if (first) return *std::move(first);
  ASSIGN_OR_RETURN(const bool is_known, programmes_.HasProgramme(given.ProgrammeName()));
  if (!is_known) {
    return InvalidFields({{.field = "jury_rules.name",
                           .description = absl::StrCat("there is no ", given.ProgrammeName(),
                                                       "; create it first, or correct the name")}});
  }
  return Once<rules::RuleSet>(rules_, mutation, clock_.Now(),
                              [&](const Reader& reader, Writer* writer) -> absl::StatusOr<rules::RuleSet> {
                                ASSIGN_OR_RETURN(const std::optional<rules::RuleSet> stored,
                                                 reader.FindRuleSet(given.programme));
                                rules::RuleSet after = given;
                                after.version = stored ? stored->version : 0;
                                if (replacement.version && *replacement.version != after.version)
                                  return StaleEtag(given.Name());
                                if (writer == nullptr || (stored && after == *stored)) return after;
                                RETURN_IF_ERROR(writer->PutRuleSet(after));
                                ++after.version;
                                return after;
                              });
}

absl::StatusOr<Judgements> JuryRuleBook::CheckJuries(const Caller& caller, const CheckQuery& query) const {
  RETURN_IF_ERROR(CheckRunsProgramme(caller, query.programme));
  RETURN_IF_ERROR(CheckGivenJuries(query));
  // Submissions are asked between two reads: no transaction waits for them.
  std::vector<Jury> juries;
  Judgements judgements;
  std::set<std::string> wanted;
  RETURN_IF_ERROR(juries_.Read([&](const AssignmentStore::Reader& reader) -> absl::Status {
    RETURN_IF_ERROR(FindAsked(reader, query, juries, judgements.next));
    ASSIGN_OR_RETURN(wanted, ThesesElsewhere(reader, Pointers(juries)));
    return absl::OkStatus();
  }));
  for (const Jury& jury : juries) wanted.insert(jury.thesis);
  std::map<std::string, ThesisFacts> theses;
  if (!wanted.empty()) {
    ASSIGN_OR_RETURN(theses, theses_.Find(wanted));
  }
  const absl::CivilDay today = absl::ToCivilDay(clock_.Now(), absl::UTCTimeZone());
  RETURN_IF_ERROR(juries_.Read([&](const AssignmentStore::Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(judgements.juries, JudgeJuries(reader, Pointers(juries),
                                                    {.theses = theses,
                                                     .posted_on = query.posted_on.value_or(today),
                                                     .defence_on = query.defence_on}));
    return absl::OkStatus();
  }));
  return judgements;
}

absl::StatusOr<Derogation> JuryRuleBook::GrantDerogation(const Caller& caller, const Derogation& derogation,
                                                         const Mutation& mutation) {
  RETURN_IF_ERROR(CheckReason(derogation.reason));
  ASSIGN_OR_RETURN(std::optional<Derogation> first_result, FindFirstResult<Derogation>(rules_, mutation));
  if (first_result) return *std::move(first_result);
  ASSIGN_OR_RETURN(const auto theses, theses_.Find({derogation.thesis}));
  if (theses.empty()) return NotFound("thesis", absl::StrCat("theses/", derogation.thesis));
  const std::string& programme = theses.begin()->second.programme;
  RETURN_IF_ERROR(CheckHeads(caller, programme));
  ASSIGN_OR_RETURN(const std::string programme_id, ParseName(programme, "programmes"));
  return Once<Derogation>(rules_, mutation, clock_.Now(),
                          [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Derogation> {
                            ASSIGN_OR_RETURN(const std::optional<rules::RuleSet> set,
                                             reader.FindRuleSet(programme_id));
                            const rules::Rule* const rule = set ? set->Find(derogation.rule) : nullptr;
                            if (rule == nullptr) return NotFound("rule", derogation.Name());
                            if (rule->level != rules::Level::kDerogable) return NotDerogable(*rule);
                            Derogation granted = derogation;
                            granted.programme = programme_id;
                            granted.account = caller.account;
                            granted.granted_at = clock_.Now();
                            granted.demand = rule->Demand();
                            granted.required = rules::Required(*rule, rules::Language::kEnglish);
                            if (writer != nullptr) RETURN_IF_ERROR(writer->PutDerogation(granted));
                            return granted;
                          });
}

absl::StatusOr<Derogation> JuryRuleBook::RevokeDerogation(const Caller& caller, const std::string& thesis,
                                                          const std::string& rule, const Mutation& mutation) {
  return Once<Derogation>(rules_, mutation, clock_.Now(),
                          [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Derogation> {
                            const Derogation named{.thesis = thesis, .rule = rule};
                            ASSIGN_OR_RETURN(const std::vector<Derogation> found,
                                             reader.FindDerogations({thesis}));
                            for (const Derogation& derogation : found) {
                              const std::string programme = absl::StrCat("programmes/", derogation.programme);
                              if (derogation.rule != rule || !RunsProgramme(caller, programme)) continue;
                              RETURN_IF_ERROR(CheckHeads(caller, programme));
                              if (writer != nullptr) RETURN_IF_ERROR(writer->DeleteDerogation(derogation));
                              return derogation;
                            }
                            return NotFound("derogation", named.Name());
                          });
}

absl::StatusOr<Page<Derogation>> JuryRuleBook::ListDerogations(const Caller& caller,
                                                               const std::string& programme,
                                                               const PageRequest& page) const {
  RETURN_IF_ERROR(CheckRunsProgramme(caller, absl::StrCat("programmes/", programme)));
  Page<Derogation> derogations;
  RETURN_IF_ERROR(rules_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(derogations, reader.ListDerogations(programme, page));
    return absl::OkStatus();
  }));
  return derogations;
}

absl::StatusOr<bool> JuryRuleBook::HasLapsed(const Derogation& derogation) const {
  std::optional<rules::RuleSet> set;
  RETURN_IF_ERROR(rules_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(set, reader.FindRuleSet(derogation.programme));
    return absl::OkStatus();
  }));
  const rules::Rule* const rule = set ? set->Find(derogation.rule) : nullptr;
  return rule == nullptr || rule->level != rules::Level::kDerogable || rule->Demand() != derogation.demand;
}

}  // namespace soutenance::assignment
