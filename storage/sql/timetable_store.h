#ifndef SOUTENANCE_STORAGE_SQL_TIMETABLE_STORE_H_
#define SOUTENANCE_STORAGE_SQL_TIMETABLE_STORE_H_

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "services/scheduling/timetable_store.h"
#include "storage/sql/database.h"

namespace soutenance::storage::sql {

// The port TimetableStore on the database of the service "scheduling", which must outlive it; the same as the
// CampaignStore's. A timetable is one row, whatever the number of its placements.
class TimetableStore : public scheduling::TimetableStore {
 public:
  explicit TimetableStore(Database& database) : database_(database) {}

  absl::Status Write(absl::FunctionRef<absl::Status(scheduling::TimetableWriter&)> work) override;
  absl::Status Read(absl::FunctionRef<absl::Status(const scheduling::TimetableReader&)> look) const override;

 private:
  Database& database_;
};

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_TIMETABLE_STORE_H_
