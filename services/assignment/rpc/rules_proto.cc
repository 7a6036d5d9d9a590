#include "services/assignment/rpc/rules_proto.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"
#include "services/assignment/rpc/assignment_proto.h"
#include "services/assignment/rules/defaults.h"
#include "services/base/error.h"
#include "services/runtime/wire/etags.h"
#include "services/runtime/wire/fields.h"
#include "services/runtime/wire/pages.h"
#include "services/runtime/wire/requests.h"

namespace soutenance::assignment {
namespace {

using runtime::IdFromName;
using runtime::Unless;
using Problems = std::vector<FieldViolation>;

// The id of the programme in "programmes/{programme}/juryRules".
std::string ProgrammeFromName(absl::string_view name, absl::string_view field, Problems& problems) {
  absl::string_view programme = name;
  if (absl::ConsumeSuffix(&programme, "/juryRules"))
    return IdFromName(programme, "programmes", field, problems);
  problems.push_back({.field = std::string(field),
                      .description = absl::StrCat(
                          "\"", name, "\" is not a name of the form programmes/{programme}/juryRules")});
  return "";
}

// Thesis and rule in "theses/{thesis}/jury/derogations/{rule}".
Derogation DerogationFromName(absl::string_view name, absl::string_view field, Problems& problems) {
  constexpr absl::string_view kMiddle = "/jury/derogations/";
  const std::size_t at = name.find(kMiddle);
  if (at == absl::string_view::npos || at + kMiddle.size() == name.size()) {
    problems.push_back({.field = std::string(field),
                        .description = absl::StrCat("\"", name,
                                                    "\" is not a name of the form "
                                                    "theses/{thesis}/jury/derogations/{rule}")});
    return {};
  }
  return {.thesis = IdFromName(name.substr(0, at), "theses", field, problems),
          .rule = std::string(name.substr(at + kMiddle.size()))};
}

std::optional<absl::CivilDay> DayFromProto(const std::string& text, absl::string_view field,
                                           Problems& problems) {
  if (text.empty()) return std::nullopt;
  absl::CivilDay day;
  if (text.size() == 10 && absl::ParseCivilTime(text, &day)) return day;
  problems.push_back(
      {.field = std::string(field),
       .description = absl::StrCat("is \"", text, "\"; expected a date such as \"2027-06-14\"")});
  return std::nullopt;
}

rules::Source SourceFromProto(const pb::JuryRule::Source& message) {
  return {.text = message.text(),
          .article = message.article(),
          .page = message.page(),
          .url = message.url(),
          .quotation = message.quotation()};
}

// The enumerators of rule.h have the values of the contract.
rules::Rule RuleFromProto(const pb::JuryRule& message, const std::string& at, Problems& problems) {
  const auto refuse = [&](absl::string_view field, std::string description) {
    problems.push_back({.field = absl::StrCat(at, ".", field), .description = std::move(description)});
  };
  rules::Rule rule{.id = message.id(),
                   .or_habilitated = message.or_habilitated(),
                   .may_preside = message.may_preside(),
                   .words = {message.words().begin(), message.words().end()},
                   .source = SourceFromProto(message.source()),
                   .note = message.note()};
  if (message.kind() == pb::JuryRule::KIND_UNSPECIFIED || !pb::JuryRule::Kind_IsValid(message.kind())) {
    refuse("kind", "is missing or unknown; say what the rule measures");
  } else {
    rule.kind = static_cast<rules::Kind>(message.kind());
  }
  if (message.level() == pb::JuryRule::LEVEL_UNSPECIFIED || !pb::JuryRule::Level_IsValid(message.level())) {
    refuse("level", "is missing or unknown; expected required, derogable or warning");
  } else {
    rule.level = static_cast<rules::Level>(message.level());
  }
  for (int i = 0; i < message.roles_size(); ++i) {
    const int role = message.roles(i);
    if (role == pb::Seat::ROLE_UNSPECIFIED || !pb::Seat::Role_IsValid(role)) {
      refuse(absl::StrCat("roles[", i, "]"), "is missing or unknown");
    } else {
      rule.roles.Add(static_cast<Seat::Role>(role));
    }
  }
  if (message.has_min()) rule.min = message.min();
  if (message.has_max()) rule.max = message.max();
  if (message.has_share()) rule.share = rules::Share{message.share().part(), message.share().of()};
  for (int i = 0; i < message.ranks_size(); ++i) {
    const int rank = message.ranks(i);
    if (rank == pb::Profile::RANK_UNSPECIFIED || !pb::Profile::Rank_IsValid(rank)) {
      refuse(absl::StrCat("ranks[", i, "]"), "is missing or unknown");
    } else {
      rule.ranks.push_back(static_cast<Rank>(rank));
    }
  }
  if (!pb::Profile::Sector_IsValid(message.sector())) {
    refuse("sector", "is unknown");
  } else {
    rule.sector = static_cast<Sector>(message.sector());
  }
  if (!pb::JuryRule::Voice_IsValid(message.voice())) {
    refuse("voice", "is unknown");
  } else if (message.voice() != pb::JuryRule::VOICE_UNSPECIFIED) {
    rule.voice = static_cast<rules::Voice>(message.voice());
  }
  return rule;
}

pb::JuryRule::Source ToProto(const rules::Source& source) {
  pb::JuryRule::Source message;
  message.set_text(source.text);
  message.set_article(source.article);
  message.set_page(source.page);
  message.set_url(source.url);
  message.set_quotation(source.quotation);
  return message;
}

pb::JuryRule ToProto(const rules::Rule& rule, rules::Language language) {
  pb::JuryRule message;
  message.set_id(rule.id);
  message.set_kind(static_cast<pb::JuryRule::Kind>(rule.kind));
  message.set_level(static_cast<pb::JuryRule::Level>(rule.level));
  for (const Seat::Role role : rule.roles.List()) message.add_roles(static_cast<pb::Seat::Role>(role));
  if (rule.min) message.set_min(*rule.min);
  if (rule.max) message.set_max(*rule.max);
  if (rule.share) {
    message.mutable_share()->set_part(rule.share->part);
    message.mutable_share()->set_of(rule.share->of);
  }
  for (const Rank rank : rule.ranks) message.add_ranks(static_cast<pb::Profile::Rank>(rank));
  message.set_sector(static_cast<pb::Profile::Sector>(rule.sector));
  message.set_or_habilitated(rule.or_habilitated);
  message.set_may_preside(rule.may_preside);
  if (rule.voice) message.set_voice(static_cast<pb::JuryRule::Voice>(*rule.voice));
  for (const std::string& word : rule.words) message.add_words(word);
  *message.mutable_source() = ToProto(rule.source);
  message.set_note(rule.note);
  message.set_sentence(rules::Required(rule, language));
  return message;
}

pb::JuryRuleVerdict ToProto(const JudgedRule& judged, const rules::Context& context,
                            rules::Language language) {
  const rules::Rule& rule = judged.rule;
  const rules::RuleVerdict& verdict = judged.verdict;
  pb::JuryRuleVerdict message;
  message.set_rule(rule.id);
  message.set_kind(static_cast<pb::JuryRule::Kind>(rule.kind));
  message.set_level(static_cast<pb::JuryRule::Level>(rule.level));
  if (!rule.source.text.empty()) *message.mutable_source() = ToProto(rule.source);
  message.set_outcome(static_cast<pb::JuryRuleVerdict::Outcome>(verdict.outcome));
  message.set_required(rules::Required(rule, language));
  message.set_measured(rules::Measured(rule, verdict, context, language));
  message.set_way_out(rules::WayOut(rule, verdict, language));
  // A count of women alone would tell which of both are fewer; the measured sentence says how many are.
  if (rule.kind != rules::Kind::kBalance) message.set_counted(verdict.measure.counted);
  message.set_of(verdict.measure.of);
  for (const std::string& person : verdict.who_counts) message.add_who_counts(person);
  for (const std::string& person : verdict.who_does_not) message.add_who_does_not(person);
  for (const std::string& person : verdict.unknown) message.add_unknown(person);
  message.set_derogation_allowed(rule.level == rules::Level::kDerogable);
  message.set_derogation_reason(judged.derogation_reason);
  return message;
}

}  // namespace

rules::Language LanguageFromProto(absl::string_view language) {
  return language == "fr" ? rules::Language::kFrench : rules::Language::kEnglish;
}

absl::StatusOr<std::string> FromProto(const pb::GetJuryRulesRequest& request) {
  Problems problems;
  return Unless(problems, ProgrammeFromName(request.name(), "name", problems));
}

absl::StatusOr<RuleSetReplacement> FromProto(const pb::SetJuryRulesRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  const pb::JuryRules& message = request.jury_rules();
  RuleSetReplacement replacement{
      .set = {.programme = ProgrammeFromName(message.name(), "jury_rules.name", problems),
              .title = message.title(),
              .institutions = {message.institutions().begin(), message.institutions().end()},
              .keywords = {message.keywords().begin(), message.keywords().end()}},
      .version = runtime::VersionFromEtag(message.etag())};
  for (int i = 0; i < message.rules_size(); ++i) {
    replacement.set.rules.push_back(
        RuleFromProto(message.rules(i), absl::StrCat("jury_rules.rules[", i, "]"), problems));
  }
  return Unless(problems, std::move(replacement));
}

absl::StatusOr<CheckQuery> FromProto(const pb::CheckJuriesRequest& request) {
  Problems problems;
  CheckQuery query{.programme = request.programme(),
                   .page = runtime::PageFromProto(request.page_size(), request.page_token(), problems),
                   .posted_on = DayFromProto(request.posting_date(), "posting_date", problems),
                   .defence_on = DayFromProto(request.defence_date(), "defence_date", problems)};
  query.page.size = std::min(query.page.size, static_cast<int>(CheckQuery::kJuriesMax));
  IdFromName(query.programme, "programmes", "programme", problems);
  runtime::CheckCount(static_cast<std::size_t>(request.theses_size()), CheckQuery::kJuriesMax, "theses",
                      problems);
  runtime::CheckCount(static_cast<std::size_t>(request.juries_size()), CheckQuery::kJuriesMax, "juries",
                      problems);
  if (request.theses_size() > 0 && request.juries_size() > 0) {
    problems.push_back({.field = "juries", .description = "and theses are both given; ask for one of them"});
  }
  std::set<std::string> seen;
  for (int i = 0; i < request.theses_size(); ++i) {
    std::string id = IdFromName(request.theses(i), "theses", absl::StrCat("theses[", i, "]"), problems);
    if (seen.insert(id).second) query.theses.push_back(std::move(id));
  }
  for (int i = 0; i < request.juries_size(); ++i) {
    query.juries.push_back(JuryFromProto(request.juries(i), absl::StrCat("juries[", i, "]"), problems));
  }
  return Unless(problems, std::move(query));
}

absl::StatusOr<Derogation> FromProto(const pb::GrantDerogationRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  Derogation derogation = DerogationFromName(request.derogation().name(), "derogation.name", problems);
  derogation.reason = request.derogation().reason();
  return Unless(problems, std::move(derogation));
}

absl::StatusOr<Derogation> FromProto(const pb::RevokeDerogationRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  return Unless(problems, DerogationFromName(request.name(), "name", problems));
}

absl::StatusOr<DerogationQuery> FromProto(const pb::ListDerogationsRequest& request) {
  Problems problems;
  DerogationQuery query{.programme = IdFromName(request.programme(), "programmes", "programme", problems),
                        .page = runtime::PageFromProto(request.page_size(), request.page_token(), problems)};
  return Unless(problems, std::move(query));
}

pb::JuryRules ToProto(const rules::RuleSet& set, rules::Language language) {
  pb::JuryRules message;
  message.set_name(set.Name());
  message.set_etag(runtime::EtagFromVersion(set.version));
  message.set_title(set.title);
  for (const std::string& institution : set.institutions) message.add_institutions(institution);
  for (const std::string& keyword : set.keywords) message.add_keywords(keyword);
  for (const rules::Rule& rule : set.rules) *message.add_rules() = ToProto(rule, language);
  return message;
}

pb::ListDefaultJuryRulesResponse DefaultsToProto(rules::Language language) {
  pb::ListDefaultJuryRulesResponse message;
  for (const rules::DefaultSet& one : rules::DefaultSets()) {
    pb::JuryRules& set = *message.add_defaults();
    set = ToProto(one.set, language);
    set.set_name(absl::StrCat("juryRuleDefaults/", one.id));
  }
  return message;
}

pb::CheckJuriesResponse ToProto(const Judgements& judgements, bool only_not_met, rules::Language language) {
  pb::CheckJuriesResponse message;
  for (const JudgedJury& jury : judgements.juries) {
    pb::JuryVerdict& verdict = *message.add_verdicts();
    verdict.set_jury(absl::StrCat("theses/", jury.thesis, "/jury"));
    verdict.set_accepted(jury.IsAccepted());
    for (const JudgedRule& judged : jury.rules) {
      if (only_not_met && judged.verdict.outcome == rules::Outcome::kMet) continue;
      *verdict.add_rules() = ToProto(judged, jury.context, language);
    }
  }
  message.set_next_page_token(runtime::PageToken(judgements.next));
  return message;
}

pb::Derogation ToProto(const Derogation& derogation) {
  pb::Derogation message;
  message.set_name(derogation.Name());
  message.set_programme(absl::StrCat("programmes/", derogation.programme));
  message.set_reason(derogation.reason);
  message.set_account(derogation.account);
  message.mutable_grant_time()->set_seconds(absl::ToUnixSeconds(derogation.granted_at));
  message.mutable_grant_time()->set_nanos(
      static_cast<int32_t>((absl::ToUnixMicros(derogation.granted_at) % 1'000'000) * 1000));
  message.set_required(derogation.required);
  return message;
}

}  // namespace soutenance::assignment
