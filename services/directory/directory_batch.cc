// Directory::BatchUpsert.

#include <algorithm>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/programme_roles.h"
#include "services/base/record.h"
#include "services/base/status.h"
#include "services/directory/carry_out.h"
#include "services/directory/checks.h"
#include "services/directory/directory.h"
#include "services/directory/permissions.h"
#include "services/directory/resources.h"

namespace soutenance::directory {
namespace {

using Reader = DirectoryStore::Reader;
using Writer = DirectoryStore::Writer;

// What a batch comes to: only the resources that differ from what is there, with their new versions.
struct Plan {
  DirectoryChanges changes;
  DirectoryBatch different;
};

std::string At(absl::string_view collection, std::size_t index, absl::string_view field) {
  return absl::StrCat(collection, "[", index, "].", field);
}

// Checks each entry by itself, and that none is there twice.
template <typename T>
void CheckEntries(const std::vector<T>& entries, absl::string_view collection,
                  std::vector<FieldViolation>& problems) {
  absl::flat_hash_map<std::string, std::size_t> first_place;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    CheckIdField(entries[i].id, At(collection, i, "name"), problems);
    Check(entries[i], At(collection, i, ""), problems);
    const auto [first, added] = first_place.try_emplace(Resource<T>::Name(entries[i]), i);
    if (!added) {
      problems.push_back({At(collection, i, "name"),
                          absl::StrCat("is also the name of ", collection, "[", first->second, "]")});
    }
  }
}

void CheckEmailsDiffer(const std::vector<Person>& people, std::vector<FieldViolation>& problems) {
  absl::flat_hash_map<std::string, std::size_t> first_place;
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (people[i].email.empty()) continue;
    const auto [first, added] = first_place.try_emplace(EmailKey(people[i].email), i);
    if (!added) {
      problems.push_back({At("people", i, "email"),
                          absl::StrCat("is also the e-mail address of people[", first->second, "]")});
    }
  }
}

// Addresses of people who are not in the batch. Those in the batch were compared with each other.
absl::Status CheckEmailsAreFree(const Reader& reader, const std::vector<Person>& people,
                                std::vector<FieldViolation>& problems) {
  std::vector<std::string> keys;
  absl::flat_hash_map<std::string, std::size_t> place_of_key;
  absl::flat_hash_set<std::string> in_batch;
  for (std::size_t i = 0; i < people.size(); ++i) {
    in_batch.insert(people[i].id);
    if (people[i].email.empty()) continue;
    keys.push_back(EmailKey(people[i].email));
    place_of_key[keys.back()] = i;
  }
  if (keys.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::vector<Person> holders, reader.FindPeopleByEmail(keys));
  for (const Person& holder : holders) {
    if (in_batch.contains(holder.id)) continue;
    problems.push_back({At("people", place_of_key[EmailKey(holder.email)], "email"),
                        absl::StrCat("belongs to ", PersonName(holder.id), " (", Label(holder), ")")});
  }
  return absl::OkStatus();
}

// Compares `after` with `before`, which is null if there is no such resource yet.
template <typename T>
void AddDifference(const T* before, const T& after, ChangeList& changes, std::vector<T>& different) {
  Change change = {.resource = Resource<T>::Name(after), .label = Resource<T>::Label(after)};
  if (before != nullptr) {
    change.kind = Change::Kind::kUpdated;
    change.fields = Differences(Resource<T>::Fields(), *before, after);
    if (change.fields.empty()) {
      changes.AddUnchanged();
      return;
    }
  }
  changes.Add(std::move(change));
  different.push_back(after);
  different.back().version = before == nullptr ? 1 : before->version + 1;
}

// For kinds of which there may be many: what exists is read at once.
template <typename T>
void AddDifferences(const std::vector<T>& existing, const std::vector<T>& entries, ChangeList& changes,
                    std::vector<T>& different) {
  absl::flat_hash_map<absl::string_view, const T*> by_id;
  for (const T& resource : existing) by_id.emplace(resource.id, &resource);
  for (const T& entry : entries) {
    const auto found = by_id.find(entry.id);
    AddDifference<T>(found == by_id.end() ? nullptr : found->second, entry, changes, different);
  }
}

template <typename T>
std::vector<std::string> IdsOf(const std::vector<T>& entries) {
  std::vector<std::string> ids;
  ids.reserve(entries.size());
  for (const T& entry : entries) ids.push_back(entry.id);
  return ids;
}

absl::Status AddProgrammes(const Caller& caller, const Reader& reader,
                           const std::vector<Programme>& programmes, Plan& plan) {
  for (const Programme& programme : programmes) {
    ASSIGN_OR_RETURN(const std::optional<Programme> before, reader.FindProgramme(programme.id));
    const std::size_t count = plan.different.programmes.size();
    AddDifference<Programme>(before ? &*before : nullptr, programme, plan.changes.programmes,
                             plan.different.programmes);
    if (plan.different.programmes.size() == count) continue;
    const std::string name = ProgrammeName(programme.id);
    RETURN_IF_ERROR(before ? AllowChange(caller, name) : AllowCreation(caller, name));
  }
  return absl::OkStatus();
}

absl::Status AddCohorts(const Caller& caller, const Reader& reader, const DirectoryBatch& batch, Plan& plan,
                        std::vector<FieldViolation>& problems) {
  for (std::size_t i = 0; i < batch.cohorts.size(); ++i) {
    const Cohort& cohort = batch.cohorts[i];
    ASSIGN_OR_RETURN(const std::optional<Programme> programme, reader.FindProgramme(cohort.programme));
    const bool comes_with_it =
        std::any_of(batch.programmes.begin(), batch.programmes.end(),
                    [&](const Programme& other) { return other.id == cohort.programme; });
    if (!programme && !comes_with_it) {
      problems.push_back({At("cohorts", i, "name"),
                          absl::StrCat("is in ", ProgrammeName(cohort.programme), ", which does not exist")});
      continue;
    }
    ASSIGN_OR_RETURN(const std::optional<Cohort> before, reader.FindCohort(cohort.programme, cohort.id));
    const std::size_t count = plan.different.cohorts.size();
    AddDifference<Cohort>(before ? &*before : nullptr, cohort, plan.changes.cohorts, plan.different.cohorts);
    if (plan.different.cohorts.size() == count) continue;
    RETURN_IF_ERROR(CheckRunsProgramme(caller, ProgrammeName(cohort.programme)));
  }
  return absl::OkStatus();
}

absl::StatusOr<Plan> MakePlan(const Caller& caller, const Reader& reader, const DirectoryBatch& batch) {
  Plan plan;
  std::vector<FieldViolation> problems;
  RETURN_IF_ERROR(CheckEmailsAreFree(reader, batch.people, problems));
  RETURN_IF_ERROR(AddProgrammes(caller, reader, batch.programmes, plan));
  RETURN_IF_ERROR(AddCohorts(caller, reader, batch, plan, problems));
  if (!problems.empty()) return InvalidFields(std::move(problems));
  ASSIGN_OR_RETURN(const std::vector<Person> people, reader.FindPeople(IdsOf(batch.people)));
  AddDifferences(people, batch.people, plan.changes.people, plan.different.people);
  ASSIGN_OR_RETURN(const std::vector<Room> rooms, reader.FindRooms(IdsOf(batch.rooms)));
  AddDifferences(rooms, batch.rooms, plan.changes.rooms, plan.different.rooms);
  return plan;
}

absl::Status PutAll(Writer& writer, const DirectoryBatch& different) {
  RETURN_IF_ERROR(writer.PutPeople(different.people));
  RETURN_IF_ERROR(writer.PutRooms(different.rooms));
  RETURN_IF_ERROR(writer.PutProgrammes(different.programmes));
  return writer.PutCohorts(different.cohorts);
}

std::string ToBytes(const DirectoryChanges& changes) {
  RecordWriter record;
  for (const ChangeList* list : {&changes.people, &changes.rooms, &changes.programmes, &changes.cohorts}) {
    record.Text(list->Serialize());
  }
  return record.bytes();
}

absl::StatusOr<DirectoryChanges> ChangesFromBytes(absl::string_view bytes) {
  DirectoryChanges changes;
  RecordReader record(bytes);
  for (ChangeList* list : {&changes.people, &changes.rooms, &changes.programmes, &changes.cohorts}) {
    ASSIGN_OR_RETURN(*list, ChangeList::Parse(record.Text()));
  }
  return changes;
}

}  // namespace

absl::StatusOr<DirectoryChanges> Directory::BatchUpsert(const Caller& caller, const DirectoryBatch& batch,
                                                        const Mutation& mutation) {
  RETURN_IF_ERROR(AllowStaffWork(caller));
  std::vector<FieldViolation> problems;
  CheckEntries(batch.people, "people", problems);
  CheckEmailsDiffer(batch.people, problems);
  CheckEntries(batch.rooms, "rooms", problems);
  CheckEntries(batch.programmes, "programmes", problems);
  CheckEntries(batch.cohorts, "cohorts", problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  const Work<DirectoryStore, Plan> work = {
      .plan = [&](const Reader& reader) { return MakePlan(caller, reader, batch); },
      .put = [](Writer& writer, const Plan& plan) { return PutAll(writer, plan.different); },
      .remember = [](const Plan& plan) { return ToBytes(plan.changes); },
      .recall = [](const Reader&, absl::string_view bytes) -> absl::StatusOr<Plan> {
        ASSIGN_OR_RETURN(DirectoryChanges changes, ChangesFromBytes(bytes));
        return Plan{.changes = std::move(changes)};
      }};
  ASSIGN_OR_RETURN(Plan plan, CarryOut(store_, clock_, mutation, work));
  return std::move(plan.changes);
}

}  // namespace soutenance::directory
