#ifndef SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_GOLDEN_H_
#define SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_GOLDEN_H_

#include <string>

namespace soutenance::scheduling::documents {

// Expects `actual` to be, byte for byte, the file `name` of tests/golden/documents. With UPDATE_GOLDEN=1 in
// the environment it writes the file instead, for review with git diff.
void ExpectGolden(const std::string& name, const std::string& actual);

}  // namespace soutenance::scheduling::documents

#endif  // SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_GOLDEN_H_
