#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/cli/account_text.h"
#include "clients/cli/dates.h"
#include "clients/cli/fields.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/nouns.h"
#include "clients/cli/resource.h"
#include "clients/cli/words.h"
#include "clients/lib/failure.h"
#include "services/base/status.h"
#include "soutenance/directory/v1/accounts.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = directory::v1;
using clients::Column;

// "staff" in every programme, or "staff:m2" in one.
absl::StatusOr<pb::RoleGrant> ParseGrant(const std::string& text, Language language) {
  const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits(':', 1));
  access::v1::Role role = access::v1::ROLE_UNSPECIFIED;
  if (!access::v1::Role_Parse("ROLE_" + absl::AsciiStrToUpper(parts.first), &role) ||
      role == access::v1::ROLE_UNSPECIFIED) {
    const Text words{"expected ROLE or ROLE:PROGRAMME, with one of ",
                     "attendu RÔLE ou RÔLE:FORMATION, parmi "};
    return clients::UsageError(absl::StrCat(text, ": ", words.In(language), RoleWords()));
  }
  pb::RoleGrant grant;
  grant.set_role(role);
  grant.set_programme(TopName("programmes", parts.second));
  return grant;
}

bool SameGrant(const pb::RoleGrant& a, const pb::RoleGrant& b) {
  return a.role() == b.role() && a.programme() == b.programme();
}

// Adds --grant and takes away --revoke.
absl::Status ChangeGrants(const Input& input, Language language, pb::Account& account) {
  for (const std::string& text : input.GetAll("--revoke")) {
    ASSIGN_OR_RETURN(const pb::RoleGrant grant, ParseGrant(text, language));
    auto& grants = *account.mutable_grants();
    const auto kept = std::remove_if(grants.begin(), grants.end(),
                                     [&](const pb::RoleGrant& held) { return SameGrant(held, grant); });
    if (kept == grants.end()) {
      const Text words{" is not among the roles of this account", " n’est pas un rôle de ce compte"};
      return clients::UsageError(absl::StrCat(text, words.In(language)));
    }
    grants.erase(kept, grants.end());
  }
  for (const std::string& text : input.GetAll("--grant")) {
    ASSIGN_OR_RETURN(const pb::RoleGrant grant, ParseGrant(text, language));
    const auto& grants = account.grants();
    const bool is_held = std::any_of(grants.begin(), grants.end(),
                                     [&](const pb::RoleGrant& held) { return SameGrant(held, grant); });
    if (!is_held) *account.add_grants() = grant;
  }
  return absl::OkStatus();
}

Flag GrantFlag() {
  return Repeated(TextFlag("--grant", "ROLE[:PROGRAMME]",
                           {"give a role, in every programme or in one",
                            "donner un rôle, dans toutes les formations ou dans une"}));
}

absl::Status List(Session& session, const Input&) {
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListAccountsResponse>(pb::ListAccountsRequest()));
  clients::Table table({{session.Say({"Id", "Identifiant"})},
                        {session.Say({"Title", "Intitulé"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"Person", "Personne"})},
                        {session.Say({"Roles", "Rôles"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"State", "État"})}});
  for (const pb::Account& account : list.accounts()) {
    table.Row({ShortName(account.name()), account.title(), ShortName(account.person()),
               GrantsText(account, session.language()),
               account.disabled() ? session.Say({"disabled", "désactivé"}) : ""});
  }
  ShowTable(session, list, table, {"no account", "aucun compte"});
  return absl::OkStatus();
}

absl::Status Show(Session& session, const Input& input) {
  pb::GetAccountRequest request;
  request.set_name(TopName("accounts", input.Get("ACCOUNT")));
  ASSIGN_OR_RETURN(const auto account, session.Call<pb::Account>(request));
  session.Show(account, [&] { return AccountText(account, session.language(), session.out()); });
  return absl::OkStatus();
}

absl::Status Create(Session& session, const Input& input) {
  pb::CreateAccountRequest request;
  request.set_account_id(input.Get("ID"));
  pb::Account& account = *request.mutable_account();
  account.set_title(input.Get("--title"));
  account.set_person(TopName("people", input.Get("--person")));
  RETURN_IF_ERROR(ChangeGrants(input, session.language(), account));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto created, session.Call<pb::Account>(request));
  ShowOutcome(session, input, {"Created.", "Créé."}, created,
              AccountText(created, session.language(), session.out()));
  return absl::OkStatus();
}

absl::Status Update(Session& session, const Input& input) {
  // The call replaces all roles: they are read, changed and written back; the etag tells if somebody was
  // faster.
  pb::GetAccountRequest get;
  get.set_name(TopName("accounts", input.Get("ACCOUNT")));
  pb::UpdateAccountRequest request;
  ASSIGN_OR_RETURN(*request.mutable_account(), session.Call<pb::Account>(get));
  pb::Account& account = *request.mutable_account();
  if (input.Has("--title")) account.set_title(input.Get("--title"));
  if (input.Has("--disabled")) account.set_disabled(input.Get("--disabled") == "yes");
  RETURN_IF_ERROR(ChangeGrants(input, session.language(), account));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto changed, session.Call<pb::Account>(request));
  ShowOutcome(session, input, {"Changed.", "Modifié."}, changed,
              AccountText(changed, session.language(), session.out()));
  return absl::OkStatus();
}

}  // namespace

std::string RoleWords() {
  std::vector<std::string> words;
  for (int i = access::v1::Role_MIN + 1; i <= access::v1::Role_MAX; ++i) {
    const std::string name = access::v1::Role_Name(static_cast<access::v1::Role>(i));
    if (!name.empty()) words.push_back(absl::AsciiStrToLower(name.substr(std::string("ROLE_").size())));
  }
  return absl::StrJoin(words, ", ");
}

std::string GrantsText(const pb::Account& account, Language language) {
  return absl::StrJoin(account.grants(), ", ", [&](std::string* out, const pb::RoleGrant& grant) {
    absl::StrAppend(out, WordFor(grant.role(), language));
    if (!grant.programme().empty()) absl::StrAppend(out, " (", ShortName(grant.programme()), ")");
  });
}

std::string AccountText(const pb::Account& account, Language language, const clients::Terminal& terminal) {
  return FactsText(account.title().empty() ? ShortName(account.name()) : account.title(),
                   {{{"id", "identifiant"}, ShortName(account.name())},
                    {{"person", "personne"}, ShortName(account.person())},
                    {{"roles", "rôles"}, GrantsText(account, language)},
                    {{"state", "état"}, account.disabled() ? Text{"disabled", "désactivé"}.In(language) : ""},
                    {{"since", "depuis"}, InstantText(account.create_time())}},
                   language, terminal);
}

Noun AccountsNoun() {
  const Argument account =
      NameArgument("ACCOUNT", "accounts", {"id of the account", "identifiant du compte"});
  return {
      .name = "accounts",
      .summary = {"who may call, and as what", "qui peut se connecter, et avec quels rôles"},
      .commands = {
          {.verb = "list",
           .summary = {"List accounts", "Lister les comptes"},
           .examples = {{"accounts list", {"all accounts", "tous les comptes"}}},
           .run = List},
          {.verb = "show",
           .summary = {"Show an account", "Montrer un compte"},
           .arguments = {account},
           .examples = {{"accounts show ana", {"one account", "un compte"}}},
           .run = Show},
          {.verb = "create",
           .summary = {"Add an account", "Ajouter un compte"},
           .details =
               {"Roles: student, supervisor, reviewer, juror, company_tutor, staff, company_liaison, "
                "programme_head, administrator. Give the account a token with \"soutenance tokens create\".",
                "Rôles : student, supervisor, reviewer, juror, company_tutor, staff, company_liaison, "
                "programme_head, administrator. Créez ensuite un jeton avec « soutenance tokens create »."},
           .arguments = {IdArgument()},
           .flags = {TextFlag("--title", "TITLE", {"what it is called", "son intitulé"}),
                     ResourceFlag("--person", "PERSON", "people",
                                  {"whose account it is", "à qui est ce compte"}),
                     GrantFlag(), DryRunFlag()},
           .examples = {{"accounts create ana --person ana --grant staff:m2",
                         {"staff of programme m2", "gestionnaire de la formation m2"}}},
           .run = Create},
          {.verb = "update",
           .summary = {"Give or take roles, disable or enable an account",
                       "Donner ou retirer des rôles, désactiver ou réactiver un compte"},
           .arguments = {account},
           .flags =
               {TextFlag("--title", "TITLE", {"what it is called", "son intitulé"}), GrantFlag(),
                Repeated(TextFlag("--revoke", "ROLE[:PROGRAMME]", {"take a role away", "retirer un rôle"})),
                YesNoFlag("--disabled", {"whether its tokens prove nobody", "ses jetons ne valent plus"}),
                DryRunFlag()},
           .examples = {{"accounts update ana --revoke staff:m2 --grant programme_head:m2",
                         {"a promotion", "une promotion"}},
                        {"accounts update ana --disabled yes", {"shut out at once", "exclu aussitôt"}}},
           .run = Update},
      }};
}

}  // namespace soutenance::cli
