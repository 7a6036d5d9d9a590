#ifndef SOUTENANCE_SERVICES_DIRECTORY_RPC_IMPORT_MESSAGES_H_
#define SOUTENANCE_SERVICES_DIRECTORY_RPC_IMPORT_MESSAGES_H_

#include "services/base/change.h"
#include "services/directory/import/batch.h"
#include "soutenance/assignment/v1/assignment.pb.h"
#include "soutenance/changes/v1/change.pb.h"
#include "soutenance/scheduling/v1/campaigns.pb.h"
#include "soutenance/submissions/v1/submissions.pb.h"

// What an import folder says, in the words of the other services' contracts. Entries stand in the order that
// import_targets.h tells. Cannot fail.
namespace soutenance::directory {

submissions::v1::BatchUpsertThesesRequest ThesesToProto(const import_folder::ImportBatch& batch);
assignment::v1::BatchUpsertJuriesRequest JuriesToProto(const import_folder::ImportBatch& batch);
scheduling::v1::BatchUpsertCampaignRequest CampaignToProto(const import_folder::ImportBatch& batch);

// What another service changed. Its counts stay complete, also of changes that are not listed.
ChangeList ChangesFromProto(const changes::v1::ChangeList& message);

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_RPC_IMPORT_MESSAGES_H_
