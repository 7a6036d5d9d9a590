#include "services/sheets/write.h"

#include <cstddef>

namespace soutenance::sheets {

void AppendRow(std::string& csv, const std::vector<std::string>& cells, char separator) {
  const std::string special = std::string("\"\r\n\t;,#") + separator;
  for (size_t i = 0; i < cells.size(); ++i) {
    const std::string& cell = cells[i];
    if (i > 0) csv.push_back(separator);
    if (cell.find_first_of(special) == std::string::npos) {
      csv += cell;
      continue;
    }
    csv.push_back('"');
    for (const char c : cell) csv.append(c == '"' ? 2 : 1, c);
    csv.push_back('"');
  }
  csv += "\r\n";
}

}  // namespace soutenance::sheets
