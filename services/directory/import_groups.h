#ifndef SOUTENANCE_SERVICES_DIRECTORY_IMPORT_GROUPS_H_
#define SOUTENANCE_SERVICES_DIRECTORY_IMPORT_GROUPS_H_

#include <string>
#include <vector>

#include "services/directory/import/batch.h"

// Rows of an import folder that are one resource elsewhere, in the order in which they are sent and in which
// field violations count them. The rows belong to the batch.
namespace soutenance::directory {

template <typename Row>
struct RowGroup {
  std::string id;  // what the rows share
  std::vector<const Row*> rows;
};

// One for each thesis that has seats, by its first row.
std::vector<RowGroup<import_folder::JuryRow>> JuriesOf(const import_folder::ImportBatch& batch);

// One for each person who answered, by their first row.
std::vector<RowGroup<import_folder::AvailabilityRow>> AnswersOf(const import_folder::ImportBatch& batch);

// One for each room that has openings, by its first row. None if the folder says nothing about openings.
std::vector<RowGroup<import_folder::OpeningRow>> OpeningsOf(const import_folder::ImportBatch& batch);

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_IMPORT_GROUPS_H_
