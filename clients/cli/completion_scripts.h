#ifndef SOUTENANCE_CLIENTS_CLI_COMPLETION_SCRIPTS_H_
#define SOUTENANCE_CLIENTS_CLI_COMPLETION_SCRIPTS_H_

// The files of completion/, compiled in.
namespace soutenance::cli {

extern const char kBashCompletion[];
extern const char kZshCompletion[];
extern const char kFishCompletion[];

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_COMPLETION_SCRIPTS_H_
