#ifndef SOUTENANCE_SERVICES_DIRECTORY_IMPORT_CROSS_CHECKS_H_
#define SOUTENANCE_SERVICES_DIRECTORY_IMPORT_CROSS_CHECKS_H_

#include <map>
#include <string>

#include "services/directory/import/batch.h"
#include "services/directory/import/format.h"
#include "services/sheets/problem.h"

namespace soutenance::directory::import_folder {

// The names of the files that were read, as sent.
using FileNames = std::map<SheetKind, std::string>;

// Checks what only shows when several files are held side by side. Errors: an author on the jury of their own
// thesis. Warnings: a day outside the campaign, a thesis without jury, a jury whose supervisor or company
// tutor is not the thesis's, equipment that no room has, a defence longer than every window, a campaign day
// in a company week. Rows whose day or reference could not be read are passed over.
void CheckAcrossFiles(const ImportBatch& batch, const FileNames& files, Problems& problems);

}  // namespace soutenance::directory::import_folder

#endif  // SOUTENANCE_SERVICES_DIRECTORY_IMPORT_CROSS_CHECKS_H_
