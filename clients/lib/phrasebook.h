#ifndef SOUTENANCE_CLIENTS_LIB_PHRASEBOOK_H_
#define SOUTENANCE_CLIENTS_LIB_PHRASEBOOK_H_

#include <string>

#include "absl/strings/string_view.h"

namespace soutenance::clients {

// Servers tell most errors in English. `sentence` in French, if it is one of those that the phrasebook knows;
// otherwise as it is. Names, dates and numbers in it stay.
std::string InFrench(absl::string_view sentence);

}  // namespace soutenance::clients

#endif  // SOUTENANCE_CLIENTS_LIB_PHRASEBOOK_H_
