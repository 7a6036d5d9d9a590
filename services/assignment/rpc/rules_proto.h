#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RPC_RULES_PROTO_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RPC_RULES_PROTO_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/assignment/jury_rule_book.h"
#include "services/assignment/rules/words.h"
#include "services/base/page.h"
#include "soutenance/assignment/v1/rules.pb.h"

namespace soutenance::assignment {

namespace pb = ::soutenance::assignment::v1;

// Read a request. INVALID_ARGUMENT, reason FIELD_INVALID, lists every field that says nothing we could
// understand. What may not be said is refused by the use case.
absl::StatusOr<std::string> FromProto(const pb::GetJuryRulesRequest& request);  // the programme's id
absl::StatusOr<RuleSetReplacement> FromProto(const pb::SetJuryRulesRequest& request);
absl::StatusOr<CheckQuery> FromProto(const pb::CheckJuriesRequest& request);
absl::StatusOr<Derogation> FromProto(const pb::GrantDerogationRequest& request);
absl::StatusOr<Derogation> FromProto(const pb::RevokeDerogationRequest& request);  // thesis and rule

// Which derogations are asked for.
struct DerogationQuery {
  std::string programme;  // id
  PageRequest page;
};
absl::StatusOr<DerogationQuery> FromProto(const pb::ListDerogationsRequest& request);

// French for "fr", otherwise English.
rules::Language LanguageFromProto(absl::string_view language);

// Write an answer. Cannot fail.
pb::JuryRules ToProto(const rules::RuleSet& set, rules::Language language);
pb::ListDefaultJuryRulesResponse DefaultsToProto(rules::Language language);
pb::CheckJuriesResponse ToProto(const Judgements& judgements, bool only_not_met, rules::Language language);
pb::Derogation ToProto(const Derogation& derogation);

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RPC_RULES_PROTO_H_
