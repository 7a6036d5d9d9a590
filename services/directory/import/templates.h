#ifndef SOUTENANCE_SERVICES_DIRECTORY_IMPORT_TEMPLATES_H_
#define SOUTENANCE_SERVICES_DIRECTORY_IMPORT_TEMPLATES_H_

#include <vector>

#include "services/directory/import/read_folder.h"
#include "services/sheets/problem.h"

namespace soutenance::directory::import_folder {

// A small fictional folder with comments, in file names, headers, values and comments of one language. It can
// be imported as it is, without any problem. UTF-8 with byte order mark, `;`, CR LF: what French spreadsheet
// programs open without asking.
std::vector<SourceFile> ImportTemplates(Language language);

}  // namespace soutenance::directory::import_folder

#endif  // SOUTENANCE_SERVICES_DIRECTORY_IMPORT_TEMPLATES_H_
