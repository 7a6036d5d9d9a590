#ifndef SOUTENANCE_CLIENTS_CLI_HINTS_H_
#define SOUTENANCE_CLIENTS_CLI_HINTS_H_

#include "absl/status/status.h"
#include "clients/lib/language.h"

namespace soutenance::cli {

// Which command or flag of this program helps against `status`; empty if none is known.
clients::Text HintFor(const absl::Status& status);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_HINTS_H_
