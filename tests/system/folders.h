#ifndef SOUTENANCE_TESTS_SYSTEM_FOLDERS_H_
#define SOUTENANCE_TESTS_SYSTEM_FOLDERS_H_

#include <string>

#include "soutenance/directory/v1/imports.pb.h"

namespace soutenance::system_test {

// The fictional cohort of tests/cohort, as the client sends it.
directory::v1::CreateImportRequest Cohort();

// A made-up campaign with `theses` theses, each with an author, a supervisor and two jurors of its own, in
// ten rooms; `title_characters` long titles. Its id is "large", its theses are "m0000", "m0001", ...
directory::v1::CreateImportRequest LargeCampaign(int theses, int title_characters);

}  // namespace soutenance::system_test

#endif  // SOUTENANCE_TESTS_SYSTEM_FOLDERS_H_
