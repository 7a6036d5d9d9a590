#ifndef SOUTENANCE_SERVICES_DIRECTORY_IMPORT_TARGETS_H_
#define SOUTENANCE_SERVICES_DIRECTORY_IMPORT_TARGETS_H_

#include <string>

#include "absl/status/statusor.h"
#include "services/base/change.h"
#include "services/directory/import/batch.h"

// What an import asks of the other services. Every method is all or nothing. Errors are those of the service,
// whose field violations name entries by their place: "theses[3].title", "juries[2].seats[0].person",
// "defences[7].thesis", "availabilities[1].periods[0].date", "campaign.days". UNAVAILABLE if the service
// cannot be reached.
namespace soutenance::directory {

// How a step of an import is carried out.
struct ImportStep {
  std::string request_id;      // the same step has the same id however often it is tried
  bool validate_only = false;  // only says what would change, and whether it can be accepted
};

struct CampaignChanges {
  ChangeList campaigns;
  ChangeList defences;
  ChangeList availabilities;
};

// The order of the entries in requests, which tells what a field violation is about.
// Theses: as in the batch. Juries: one for each thesis that has rows, by its first row, seats in the order of
// the rows. Defences: one for each thesis, as in the batch. Availabilities: one for each person with rows, by
// the first row, periods in the order of the rows.
class ImportTargets {
 public:
  virtual ~ImportTargets() = default;

  virtual absl::StatusOr<ChangeList> UpsertTheses(const import_folder::ImportBatch& batch,
                                                  const ImportStep& step) = 0;
  virtual absl::StatusOr<ChangeList> UpsertJuries(const import_folder::ImportBatch& batch,
                                                  const ImportStep& step) = 0;
  virtual absl::StatusOr<CampaignChanges> UpsertCampaign(const import_folder::ImportBatch& batch,
                                                         const ImportStep& step) = 0;
};

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_IMPORT_TARGETS_H_
