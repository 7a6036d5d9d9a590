#ifndef SOUTENANCE_SERVICES_SHEETS_WRITE_H_
#define SOUTENANCE_SERVICES_SHEETS_WRITE_H_

#include <string>
#include <vector>

namespace soutenance::sheets {

// Appends one row to `csv`, cells between `separator`, ended by CR LF. Quotes only the cells that need it, so
// that ReadTable gives back the same cells.
void AppendRow(std::string& csv, const std::vector<std::string>& cells, char separator);

}  // namespace soutenance::sheets

#endif  // SOUTENANCE_SERVICES_SHEETS_WRITE_H_
