#include <termios.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <string>
#include <system_error>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/account_text.h"
#include "clients/cli/context_file.h"
#include "clients/cli/fields.h"
#include "clients/cli/files.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/nouns.h"
#include "clients/cli/resource.h"
#include "clients/lib/json.h"
#include "clients/lib/server_address.h"
#include "services/base/status.h"
#include "soutenance/directory/v1/accounts.pb.h"

// As whom and to which server: whoami, login, logout, context.
namespace soutenance::cli {
namespace {

namespace pb = directory::v1;

absl::Status Whoami(Session& session, const Input&) {
  ASSIGN_OR_RETURN(const auto account, session.Call<pb::Account>(pb::WhoAmIRequest()));
  session.Show(account, [&] {
    return AccountText(account, session.language(), session.out()) +
           FactsText(session.Say({"Connection", "Connexion"}),
                     {{{"server", "serveur"}, session.settings().server},
                      {{"token in", "jeton dans"}, session.settings().token_source}},
                     session.language(), session.out());
  });
  return absl::OkStatus();
}

// One line of standard input, not shown if it is typed at a terminal.
std::string ReadSecret(Session& session) {
  termios before{};
  const bool is_terminal = isatty(STDIN_FILENO) != 0 && tcgetattr(STDIN_FILENO, &before) == 0;
  if (!is_terminal) {
    std::string line;
    std::getline(std::cin, line);
    return std::string(absl::StripAsciiWhitespace(line));
  }
  termios silent = before;
  silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  const auto restore = absl::MakeCleanup([&] { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before); });
  const std::string secret = session.Ask(session.Say({"Token (not shown):", "Jeton (non affiché) :"}));
  std::cerr << '\n';
  return secret;
}

std::string OwnTokenPath() { return ConfigFolder() + "/token"; }

absl::Status Login(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(ContextFile context, ReadContextFile(session.language()));
  std::string token = session.settings().token;
  const bool names_file = input.Has("--token-file");
  if (!names_file) token = ReadSecret(session);
  if (token.empty())
    return clients::UsageError(session.Say({"no token was given", "aucun jeton n’a été donné"}));
  // The token is tried before it is kept.
  ASSIGN_OR_RETURN(clients::ServerAddress address,
                   clients::ParseServerAddress(session.settings().server, session.language()));
  clients::Connection connection({.server = address, .token = token, .language = session.language()});
  ASSIGN_OR_RETURN(const auto account, connection.Call<pb::Account>(pb::WhoAmIRequest()));
  if (names_file) {
    context.token_file = std::filesystem::absolute(input.Get("--token-file")).string();
  } else {
    context.token_file = OwnTokenPath();
    RETURN_IF_ERROR(ReplacePrivateFile(context.token_file, token + "\n", session.language()));
  }
  if (context.server != session.settings().server) context.campaign.clear();
  context.server = session.settings().server;
  RETURN_IF_ERROR(WriteContextFile(context, session.language()));
  session.Show(account, [&] {
    return absl::StrCat(session.Say({"Logged in at ", "Connecté à "}), context.server, "\n",
                        AccountText(account, session.language(), session.out()));
  });
  return absl::OkStatus();
}

absl::Status Logout(Session& session, const Input&) {
  ASSIGN_OR_RETURN(ContextFile context, ReadContextFile(session.language()));
  std::error_code ignored;
  // Only what login wrote; a file that the person named stays theirs.
  if (context.token_file == OwnTokenPath()) std::filesystem::remove(context.token_file, ignored);
  context.token_file.clear();
  RETURN_IF_ERROR(WriteContextFile(context, session.language()));
  session.Tell(session.Say({"Logged out. The token stays valid until it is revoked or expires.",
                            "Déconnecté. Le jeton reste valable jusqu’à sa révocation ou son expiration."}));
  if (session.json()) session.Print("{}\n");
  return absl::OkStatus();
}

absl::Status ShowContext(Session& session, const Input&) {
  const Settings& settings = session.settings();
  if (session.json()) {
    session.Print(absl::StrCat(clients::JsonObject()
                                   .Text("server", settings.server)
                                   .Text("tokenSource", settings.token_source)
                                   .Text("campaign", settings.campaign)
                                   .Done(),
                               "\n"));
    return absl::OkStatus();
  }
  const auto with_origin = [&](const std::string& value, Origin origin) {
    return value.empty() ? std::string("-") : absl::StrCat(value, " (", session.Say(WordFor(origin)), ")");
  };
  session.Print(
      FactsText(session.Say({"Context", "Contexte"}),
                {{{"server", "serveur"}, with_origin(settings.server, settings.server_origin)},
                 {{"token in", "jeton dans"}, with_origin(settings.token_source, settings.token_origin)},
                 {{"campaign", "campagne"}, with_origin(settings.campaign, Origin::kContext)},
                 {{"kept in", "conservé dans"}, ConfigFolder() + "/context.json"}},
                session.language(), session.out()));
  return absl::OkStatus();
}

absl::Status SetContext(Session& session, const Input& input) {
  if (!input.Has("--server") && !input.Has("--token-file") && !input.Has("--campaign")) {
    return clients::UsageError(session.Say({"say what to keep: --server, --token-file, --campaign",
                                            "indiquez quoi conserver : --server, --token-file, --campaign"}));
  }
  ASSIGN_OR_RETURN(ContextFile context, ReadContextFile(session.language()));
  if (input.Has("--server")) {
    if (context.server != input.Get("--server")) context.token_file.clear();
    context.server = input.Get("--server");
  }
  // A token belongs to a server: what is found now is what the context means from now on.
  if (context.server.empty()) context.server = session.settings().server;
  if (input.Has("--token-file"))
    context.token_file = std::filesystem::absolute(input.Get("--token-file")).string();
  if (input.Has("--campaign")) context.campaign = TopName("campaigns", input.Get("--campaign"));
  RETURN_IF_ERROR(WriteContextFile(context, session.language()));
  if (session.json()) session.Print("{}\n");
  session.Tell(session.Say({"Kept.", "Conservé."}));
  return absl::OkStatus();
}

absl::Status ClearContext(Session& session, const Input&) {
  RETURN_IF_ERROR(WriteContextFile({}, session.language()));
  if (session.json()) session.Print("{}\n");
  session.Tell(session.Say({"Forgotten.", "Oublié."}));
  return absl::OkStatus();
}

}  // namespace

Noun WhoamiNoun() {
  return {.name = "whoami",
          .summary = {"who you are for the server", "qui vous êtes pour le serveur"},
          .commands = {{.verb = "",
                        .summary = {"Show your account and its roles", "Montrer votre compte et ses rôles"},
                        .examples = {{"whoami", {"account, roles, server", "compte, rôles, serveur"}}},
                        .run = Whoami}}};
}

Noun LoginNoun() {
  return {
      .name = "login",
      .summary = {"keep a token for the next commands", "conserver un jeton pour les commandes suivantes"},
      .commands = {
          {.verb = "",
           .summary = {"Keep server and token in the context", "Conserver serveur et jeton dans le contexte"},
           .details =
               {"Reads the token from standard input, without showing it, and keeps it in a file of mode "
                "0600; or remembers the file named with --token-file. The token is tried first.",
                "Lit le jeton sur l’entrée standard, sans l’afficher, et le garde dans un fichier de "
                "mode 0600 ; ou retient le fichier donné par --token-file. Le jeton est d’abord essayé."},
           .examples = {{"login --server https://soutenances.example.org",
                         {"asks for the token", "demande le jeton"}},
                        {"login --token-file ~/ana.token", {"remembers the file", "retient le fichier"}}},
           .run = Login}}};
}

Noun LogoutNoun() {
  return {
      .name = "logout",
      .summary = {"forget the token kept by login", "oublier le jeton conservé par login"},
      .commands = {
          {.verb = "",
           .summary = {"Forget the token", "Oublier le jeton"},
           .examples = {{"logout", {"the server stays in the context", "le serveur reste dans le contexte"}}},
           .run = Logout}}};
}

Noun ContextNoun() {
  return {.name = "context",
          .summary = {"server, token and campaign used by default",
                      "serveur, jeton et campagne utilisés par défaut"},
          .commands = {
              {.verb = "show",
               .summary = {"Show what is used, and where it comes from",
                           "Montrer ce qui est utilisé, et d’où cela vient"},
               .examples = {{"context show",
                             {"never shows the token itself", "ne montre jamais le jeton lui-même"}}},
               .run = ShowContext},
              {.verb = "set",
               .summary = {"Keep server, token file or campaign",
                           "Conserver serveur, fichier de jeton ou campagne"},
               .flags = {CampaignFlag()},
               .examples = {{"context set --campaign m2-2027",
                             {"no more --campaign", "plus besoin de --campaign"}}},
               .run = SetContext},
              {.verb = "clear",
               .summary = {"Forget all of it", "Tout oublier"},
               .examples = {{"context clear", {"back to the defaults", "retour aux valeurs par défaut"}}},
               .run = ClearContext},
          }};
}

}  // namespace soutenance::cli
