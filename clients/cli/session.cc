#include "clients/cli/session.h"

#include <unistd.h>

#include <cstdio>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/files.h"
#include "clients/cli/names.h"
#include "clients/lib/display_text.h"
#include "clients/lib/json.h"
#include "clients/lib/server_address.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "soutenance/scheduling/v1/campaigns.pb.h"

namespace soutenance::cli {
namespace {

using clients::Terminal;

constexpr absl::Duration kImpatientTimeMax = absl::Seconds(2);

void Write(FILE* file, absl::string_view text) { std::fwrite(text.data(), 1, text.size(), file); }

}  // namespace

Session::Session(const Input& input, Language language, Settings settings)
    : language_(language),
      chosen_language_(input.Get("--language")),
      json_(input.Has("--json")),
      out_(json_ ? Terminal{} : clients::TerminalOf(STDOUT_FILENO)),
      err_(clients::TerminalOf(STDERR_FILENO)),
      settings_(std::move(settings)) {}

absl::StatusOr<std::unique_ptr<Session>> Session::Open(const Input& input, Language language,
                                                       Patience patience) {
  ASSIGN_OR_RETURN(Settings settings, FindSettings(input, language));
  ASSIGN_OR_RETURN(clients::ServerAddress address, clients::ParseServerAddress(settings.server, language));
  std::unique_ptr<Session> session(new Session(input, language, std::move(settings)));
  Session* const self = session.get();
  clients::ConnectionOptions options{.server = std::move(address),
                                     .token = session->settings_.token,
                                     .language = language,
                                     .time_max = absl::Seconds(input.Number("--timeout"))};
  options.on_wait = [self] {
    self->ShowProgress(self->Say({"waiting for the server…", "en attente du serveur…"}));
  };
  if (patience == Patience::kNone) {
    options.time_max = kImpatientTimeMax;
    options.retry_time_max = absl::ZeroDuration();
  }
  session->connection_ = std::make_unique<clients::Connection>(std::move(options));
  if (const Settings& found = session->settings_;
      found.token_source != "SOUTENANCE_TOKEN" && IsReadableByOthers(found.token_source)) {
    session->Warn(absl::StrCat(found.token_source, session->Say({" can be read by others: chmod 600 it",
                                                                 " est lisible par d’autres : chmod 600"})));
  }
  return session;
}

void Session::Print(absl::string_view text) const { Write(stdout, text); }

void Session::Tell(absl::string_view sentence) const {
  if (!json_) Print(absl::StrCat(clients::Printable(sentence), "\n"));
}

void Session::Show(const google::protobuf::Message& message, const std::function<std::string()>& text) const {
  Print(json_ ? clients::ToJson(message) : text());
}

void Session::Warn(absl::string_view sentence) {
  ShowProgress("");
  Write(stderr, absl::StrCat("soutenance: ", sentence, "\n"));
}

void Session::ShowProgress(absl::string_view line) {
  if (!err_.interactive) return;
  if (line.empty() && !shows_progress_) return;
  shows_progress_ = !line.empty();
  // One cell less than the width: a full line would move the cursor to the next one.
  Write(stderr, absl::StrCat("\r\033[K", clients::Shortened(line, err_.width - 1)));
  std::fflush(stderr);
}

bool Session::CanAsk() const { return !json_ && err_.interactive && isatty(STDIN_FILENO) != 0; }

std::string Session::Ask(absl::string_view question) {
  ShowProgress("");
  std::fflush(stdout);
  Write(stderr, absl::StrCat(question, " "));
  std::fflush(stderr);
  std::string line;
  for (int c; (c = std::fgetc(stdin)) != EOF && c != '\n';) line.push_back(static_cast<char>(c));
  return std::string(absl::StripAsciiWhitespace(line));
}

absl::Status Session::Confirm(const Input& input, absl::string_view question) {
  if (input.Has("--yes")) return absl::OkStatus();
  if (!CanAsk()) {
    return clients::UsageError(Say({"nobody can be asked to confirm here; add --yes to go ahead",
                                    "personne ne peut confirmer ici ; ajoutez --yes pour continuer"}));
  }
  const std::string answer = absl::AsciiStrToLower(Ask(absl::StrCat(question, Say({" [y/N]", " [o/N]"}))));
  // Both languages are understood in both: fingers have habits.
  if (answer == "y" || answer == "yes" || answer == "o" || answer == "oui") return absl::OkStatus();
  return clients::LocalError("NOT_CONFIRMED", Say({"nothing was done", "rien n’a été fait"}));
}

absl::StatusOr<std::string> Session::CampaignFor(const Input& input, absl::string_view full_name) {
  if (std::string named = ParentIn("campaigns", full_name); !named.empty()) return named;
  if (input.Has("--campaign")) return TopName("campaigns", input.Get("--campaign"));
  if (!settings_.campaign.empty()) return settings_.campaign;
  ASSIGN_OR_RETURN(const auto all,
                   List<scheduling::v1::ListCampaignsResponse>(scheduling::v1::ListCampaignsRequest()));
  if (all.campaigns_size() == 1) return all.campaigns(0).name();
  if (all.campaigns_size() == 0) {
    return Error(absl::StatusCode::kNotFound,
                 Say({"there is no campaign; import a folder or create one first",
                      "il n’y a pas de campagne ; importez un dossier ou créez-en une d’abord"}),
                 {.reason = "CAMPAIGN_NOT_FOUND"});
  }
  std::vector<std::string> names;
  for (const auto& campaign : all.campaigns()) names.push_back(ShortName(campaign.name()));
  return clients::UsageError(
      absl::StrCat(Say({"there are several campaigns; say which one with --campaign: ",
                        "il y a plusieurs campagnes ; indiquez laquelle avec --campaign : "}),
                   absl::StrJoin(names, ", ")));
}

}  // namespace soutenance::cli
