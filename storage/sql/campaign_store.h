#ifndef SOUTENANCE_STORAGE_SQL_CAMPAIGN_STORE_H_
#define SOUTENANCE_STORAGE_SQL_CAMPAIGN_STORE_H_

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "services/scheduling/campaign_store.h"
#include "storage/sql/database.h"

namespace soutenance::storage::sql {

// The port CampaignStore on the database of the service "scheduling", which must outlive it. The column
// campaigns.published_timetable is written by whoever publishes, in the transaction of the publication.
class CampaignStore : public scheduling::CampaignStore {
 public:
  explicit CampaignStore(Database& database) : database_(database) {}

  absl::Status Write(absl::FunctionRef<absl::Status(scheduling::CampaignWriter&)> work) override;
  absl::Status Read(absl::FunctionRef<absl::Status(const scheduling::CampaignReader&)> look) const override;

 private:
  Database& database_;
};

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_CAMPAIGN_STORE_H_
