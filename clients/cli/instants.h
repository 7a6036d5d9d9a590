#ifndef SOUTENANCE_CLIENTS_CLI_INSTANTS_H_
#define SOUTENANCE_CLIENTS_CLI_INSTANTS_H_

#include <string>

#include "clients/lib/language.h"
#include "google/protobuf/timestamp.pb.h"

// Instants as people type and read them in a zone of their choice; dates.h shows them in this machine's.
namespace soutenance::cli {

using clients::Language;

// Reads "2027-06-01T23:59" as the clocks of `zone_name` show it, or "2027-06-01T21:59:00Z", into `instant`.
// Returns what is wrong, or "".
std::string ReadInstant(const std::string& text, const std::string& zone_name, Language language,
                        google::protobuf::Timestamp& instant);

// "2027-06-01 23:59:59" in that zone; empty if it is not set.
std::string InstantIn(const std::string& zone_name, const google::protobuf::Timestamp& instant);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_INSTANTS_H_
