#include "services/directory/import_groups.h"

#include <cstddef>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace soutenance::directory {
namespace {

template <typename Row>
std::vector<RowGroup<Row>> GroupBy(std::string Row::*key, const std::vector<Row>& rows) {
  std::vector<RowGroup<Row>> groups;
  absl::flat_hash_map<absl::string_view, std::size_t> place;
  for (const Row& row : rows) {
    const auto [found, added] = place.try_emplace(row.*key, groups.size());
    if (added) groups.push_back({.id = row.*key});
    groups[found->second].rows.push_back(&row);
  }
  return groups;
}

}  // namespace

std::vector<RowGroup<import_folder::JuryRow>> JuriesOf(const import_folder::ImportBatch& batch) {
  return GroupBy(&import_folder::JuryRow::thesis, batch.juries);
}

std::vector<RowGroup<import_folder::AvailabilityRow>> AnswersOf(const import_folder::ImportBatch& batch) {
  return GroupBy(&import_folder::AvailabilityRow::person, batch.availability);
}

std::vector<RowGroup<import_folder::OpeningRow>> OpeningsOf(const import_folder::ImportBatch& batch) {
  if (!batch.openings) return {};
  return GroupBy(&import_folder::OpeningRow::room, *batch.openings);
}

}  // namespace soutenance::directory
