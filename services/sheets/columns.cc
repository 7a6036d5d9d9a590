#include "services/sheets/columns.h"

#include <cstddef>
#include <string>

#include "services/sheets/text.h"

namespace soutenance::sheets {

bool IsNamed(const Name& name, absl::string_view text) {
  const std::string folded = Folded(text);
  return folded == Folded(name.en) || folded == Folded(name.fr);
}

int FindColumn(const std::vector<ColumnFormat>& columns, absl::string_view header) {
  for (size_t i = 0; i < columns.size(); ++i) {
    if (IsNamed(columns[i].name, header)) return static_cast<int>(i);
  }
  return -1;
}

}  // namespace soutenance::sheets
