#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/account_text.h"
#include "clients/cli/dates.h"
#include "clients/cli/fields.h"
#include "clients/cli/files.h"
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

constexpr int64_t kSecondsPerDay = 24 * 60 * 60;
constexpr int64_t kDaysMax = 1'000'000;

std::string ScopesText(const pb::Token& token, Language language) {
  std::vector<std::string> words;
  for (const int scope : token.scopes())
    words.push_back(WordFor(static_cast<access::v1::Role>(scope), language));
  return absl::StrJoin(words, ", ");
}

// The account named by --account, or empty: the caller's own.
std::string AccountName(const Input& input) { return TopName("accounts", input.Get("--account")); }

absl::Status FillScopes(const Input& input, Language language, pb::CreateTokenRequest& request) {
  for (const std::string& word : input.GetAll("--scope")) {
    access::v1::Role role = access::v1::ROLE_UNSPECIFIED;
    if (!access::v1::Role_Parse("ROLE_" + absl::AsciiStrToUpper(word), &role)) {
      const Text words{": expected a role, one of ", " : un rôle est attendu, parmi "};
      return clients::UsageError(absl::StrCat("--scope ", word, words.In(language), RoleWords()));
    }
    request.add_scopes(role);
  }
  return absl::OkStatus();
}

// Puts the secret where it was asked for. The rest of the answer is shown as any other.
absl::Status HandOut(Session& session, const Input& input, pb::Token token) {
  const std::string path = input.Get("--out");
  if (token.secret().empty()) {
    if (!path.empty()) unlink(path.c_str());
    return clients::LocalError(
        "SECRET_LOST",
        absl::StrCat(
            session.Say({"the secret was lost on the way; revoke this token and create another: ",
                         "le secret s’est perdu en route ; révoquez ce jeton et créez-en un autre : "}),
            token.name()));
  }
  if (!path.empty()) {
    RETURN_IF_ERROR(ReplacePrivateFile(path, token.secret() + "\n", session.language()));
    token.clear_secret();
  }
  session.Show(token, [&] {
    std::string text = FactsText(absl::StrCat(session.Say({"Token ", "Jeton "}), ShortName(token.name())),
                                 {{{"for", "pour"}, token.title()},
                                  {{"limited to", "limité à"}, ScopesText(token, session.language())},
                                  {{"valid until", "valable jusqu’au"}, InstantText(token.expire_time())},
                                  {{"secret in", "secret dans"}, path}},
                                 session.language(), session.out());
    if (path.empty()) {
      absl::StrAppend(&text,
                      session.Say({"The secret, shown this once: ", "Le secret, montré cette seule fois : "}),
                      token.secret(), "\n");
    }
    return text;
  });
  return absl::OkStatus();
}

absl::Status Create(Session& session, const Input& input) {
  const std::string path = input.Get("--out");
  if (path.empty() && !session.json() && !session.out().interactive) {
    return clients::UsageError(
        session.Say({"the secret would end in whatever standard output is; say --out FILE or --json",
                     "le secret partirait dans la sortie standard ; indiquez --out FICHIER ou --json"}));
  }
  pb::CreateTokenRequest request;
  request.set_parent(AccountName(input));
  request.set_title(input.Get("--title"));
  // The server refuses what is out of range; what is far out must not overflow on the way.
  request.set_valid_seconds(std::clamp<int64_t>(input.Number("--days"), -kDaysMax, kDaysMax) *
                            kSecondsPerDay);
  RETURN_IF_ERROR(FillScopes(input, session.language(), request));
  // First the place, then the token: a secret without a place would be lost.
  if (!path.empty()) RETURN_IF_ERROR(CreatePrivateFile(path, session.language()));
  auto token = session.Call<pb::Token>(request);
  if (!token.ok() && !path.empty()) unlink(path.c_str());
  RETURN_IF_ERROR(token.status());
  return HandOut(session, input, *std::move(token));
}

absl::Status List(Session& session, const Input& input) {
  pb::ListTokensRequest request;
  request.set_parent(AccountName(input));
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListTokensResponse>(request));
  clients::Table table({{session.Say({"Id", "Identifiant"})},
                        {session.Say({"For", "Pour"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"Limited to", "Limité à"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"Since", "Depuis"})},
                        {session.Say({"Until", "Jusqu’au"})},
                        {session.Say({"Revoked", "Révoqué"})}});
  for (const pb::Token& token : list.tokens()) {
    table.Row({ShortName(token.name()), token.title(), ScopesText(token, session.language()),
               InstantText(token.create_time()), InstantText(token.expire_time()),
               InstantText(token.revoke_time())});
  }
  ShowTable(session, list, table, {"no token", "aucun jeton"});
  return absl::OkStatus();
}

absl::Status Revoke(Session& session, const Input& input) {
  std::string account = AccountName(input);
  const std::string text = input.Get("TOKEN");
  if (account.empty() && ParentIn("accounts", text).empty()) {
    ASSIGN_OR_RETURN(const auto self, session.Call<pb::Account>(pb::WhoAmIRequest()));
    account = self.name();
  }
  pb::RevokeTokenRequest request;
  request.set_name(ChildName(account.empty() ? "accounts/" : account, "tokens", text));
  ASSIGN_OR_RETURN(const auto token, session.Call<pb::Token>(request));
  ShowOutcome(session, input, {"Revoked: it proves nobody any more.", "Révoqué : il ne vaut plus rien."},
              token, "");
  return absl::OkStatus();
}

Flag AccountFlag() {
  return ResourceFlag("--account", "ACCOUNT", "accounts",
                      {"whose; default: your own", "de qui ; par défaut les vôtres"});
}

}  // namespace

Noun TokensNoun() {
  return {
      .name = "tokens",
      .summary = {"secrets that prove an account", "secrets qui prouvent un compte"},
      .commands = {
          {.verb = "create",
           .summary = {"Create a token", "Créer un jeton"},
           .details = {"The secret is written to a new file of mode 0600 (--out), or shown once.",
                       "Le secret est écrit dans un nouveau fichier de mode 0600 (--out), ou montré une "
                       "seule fois."},
           .flags = {AccountFlag(),
                     TextFlag("--title", "TEXT", {"what it is for", "à quoi il sert"}),
                     NumberFlag("--days", "DAYS",
                                {"how long it is valid; default: 90, at most 366",
                                 "durée de validité ; par défaut 90, au plus 366"}),
                     Repeated(TextFlag("--scope", "ROLE", {"limit it to this role", "le limiter à ce rôle"})),
                     {.name = "--out",
                      .value = {.word = "FILE", .kind = Value::Kind::kFile},
                      .help = {"where to write the secret", "où écrire le secret"}}},
           .examples = {{"tokens create --account ana --title laptop --out ana.token",
                         {"for somebody else", "pour quelqu’un d’autre"}}},
           .run = Create},
          {.verb = "list",
           .summary = {"List tokens, without their secrets", "Lister les jetons, sans leurs secrets"},
           .flags = {AccountFlag()},
           .examples = {{"tokens list", {"your own", "les vôtres"}}},
           .run = List},
          {.verb = "revoke",
           .summary = {"Revoke a token, from the next call on", "Révoquer un jeton, dès l’appel suivant"},
           .arguments = {{.value = {.word = "TOKEN", .kind = Value::Kind::kResource, .collection = "tokens"},
                          .help = {"id of the token", "identifiant du jeton"}}},
           .flags = {AccountFlag()},
           .examples = {{"tokens revoke 3f2a --account ana",
                         {"somebody else's", "celui de quelqu’un d’autre"}}},
           .run = Revoke},
      }};
}

}  // namespace soutenance::cli
