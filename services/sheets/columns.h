#ifndef SOUTENANCE_SERVICES_SHEETS_COLUMNS_H_
#define SOUTENANCE_SERVICES_SHEETS_COLUMNS_H_

#include <vector>

#include "absl/strings/string_view.h"

// What a spreadsheet may contain, in both languages. Names are compared in their folded form (text.h).
namespace soutenance::sheets {

enum class Need { kRequired, kOptional };

// A word of a format in both languages; they may be the same.
struct Name {
  absl::string_view en;
  absl::string_view fr;
};

struct ColumnFormat {
  Name name;
  Need need = Need::kOptional;
};

// Whether `text` is `name` in one of the languages.
bool IsNamed(const Name& name, absl::string_view text);

// The index of the column called `header` among `columns`, or -1.
int FindColumn(const std::vector<ColumnFormat>& columns, absl::string_view header);

}  // namespace soutenance::sheets

#endif  // SOUTENANCE_SERVICES_SHEETS_COLUMNS_H_
