#ifndef SOUTENANCE_CLIENTS_CLI_SESSION_H_
#define SOUTENANCE_CLIENTS_CLI_SESSION_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "clients/cli/command.h"
#include "clients/cli/settings.h"
#include "clients/lib/connection.h"
#include "clients/lib/failure.h"
#include "clients/lib/terminal.h"

namespace soutenance::cli {

// What a running command works with: the server, the person, the output. One per process; not safe for
// concurrent use.
class Session {
 public:
  // How long it waits for a server: kNone gives every call two seconds and one attempt, as completion needs
  // it.
  enum class Patience { kNormal, kNone };

  // Reads settings and prepares the connection; nothing is sent yet. A usage error if the server's address is
  // not one.
  static absl::StatusOr<std::unique_ptr<Session>> Open(const Input& input, Language language,
                                                       Patience patience = Patience::kNormal);

  Language language() const { return language_; }
  // The language of the output if it was asked for with --language, otherwise empty: for documents that have
  // a language of their own.
  const std::string& chosen_language() const { return chosen_language_; }
  const Settings& settings() const { return settings_; }
  bool json() const { return json_; }
  const clients::Terminal& out() const { return out_; }
  const clients::Terminal& err() const { return err_; }
  const char* Say(Text text) const { return text.In(language_); }

  // The server. Calls that fail with UNAVAILABLE are repeated where that is harmless.
  clients::Connection& server() { return *connection_; }
  template <typename Response, typename Request>
  absl::StatusOr<Response> Call(Request request) {
    return server().Call<Response>(std::move(request));
  }
  template <typename Response, typename Request>
  absl::StatusOr<Response> List(Request request) {
    return server().List<Response>(std::move(request));
  }

  // Writes to standard output.
  void Print(absl::string_view text) const;
  // Writes a sentence for people, with a line end; nothing with --json.
  void Tell(absl::string_view sentence) const;
  // Writes the answer of a command: `message` with --json, otherwise what `text` makes of it.
  void Show(const google::protobuf::Message& message, const std::function<std::string()>& text) const;
  // Writes a sentence that is not part of the answer to standard error.
  void Warn(absl::string_view sentence);
  // Shows how far long work is, in one line of standard error that the next one replaces; nothing if that is
  // not a terminal. Empty: removes the line.
  void ShowProgress(absl::string_view line);

  // Whether both a question and its answer reach a person.
  bool CanAsk() const;
  // Returns if `input` has --yes or the person agrees; otherwise NOT_CONFIRMED, or a usage error if nobody
  // can be asked.
  absl::Status Confirm(const Input& input, absl::string_view question);
  // Asks for a line. REQUIRES: CanAsk().
  std::string Ask(absl::string_view question);

  // The campaign meant: that of `full_name` if it is a full name below one, else --campaign, else the
  // context's, else the only one there is. A usage error if there are several, NOT_FOUND if there is none.
  absl::StatusOr<std::string> CampaignFor(const Input& input, absl::string_view full_name = "");

  // How the program ends although the command went through: `refused` for an import with problems.
  clients::ExitCode exit_code() const { return exit_code_; }
  void set_exit_code(clients::ExitCode exit_code) { exit_code_ = exit_code; }

 private:
  Session(const Input& input, Language language, Settings settings);

  const Language language_;
  const std::string chosen_language_;
  const bool json_;
  const clients::Terminal out_;
  const clients::Terminal err_;
  const Settings settings_;
  std::unique_ptr<clients::Connection> connection_;
  bool shows_progress_ = false;
  clients::ExitCode exit_code_ = clients::kDone;
};

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_SESSION_H_
