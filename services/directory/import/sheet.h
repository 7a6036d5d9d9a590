#ifndef SOUTENANCE_SERVICES_DIRECTORY_IMPORT_SHEET_H_
#define SOUTENANCE_SERVICES_DIRECTORY_IMPORT_SHEET_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/directory/import/batch.h"
#include "services/directory/import/format.h"
#include "services/sheets/problem.h"
#include "services/sheets/sheet.h"
#include "services/sheets/table.h"
#include "services/sheets/text.h"

namespace soutenance::directory::import_folder {

// Reads the cells of one row of a folder, which has kinds of values of its own.
class RowReader : public sheets::RowReader {
 public:
  using sheets::RowReader::RowReader;

  // Empty if the cell is empty or no address.
  std::string Email(int column);

  // No value if the cell is empty or not a whole number from `min` to `max`.
  std::optional<int> Number(int column, int min, int max);

  bool YesNo(int column);
  std::optional<absl::CivilDay> Day(int column);

  // From `from_column` to `to_column`. Both empty: the whole day, if `may_be_empty`.
  std::optional<MinuteSpan> Span(int from_column, int to_column, bool may_be_empty);

  // Parts between `|`; a required column must have at least one; repetitions are a problem.
  std::vector<std::string> Values(int column);

  // Words such as "video|projector": lower-case letters, digits and _, accents removed, in order, once each.
  // The French words for video link and projector are read as "video" and "projector".
  std::vector<std::string> Words(int column);
};

}  // namespace soutenance::directory::import_folder

#endif  // SOUTENANCE_SERVICES_DIRECTORY_IMPORT_SHEET_H_
