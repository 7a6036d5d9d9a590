#include "services/runtime/wire/changes.h"

namespace soutenance::runtime {
namespace {

namespace pb = ::soutenance::changes::v1;

pb::Change::Kind ToProto(Change::Kind kind) {
  switch (kind) {
    case Change::Kind::kCreated:
      return pb::Change::KIND_CREATED;
    case Change::Kind::kUpdated:
      return pb::Change::KIND_UPDATED;
    case Change::Kind::kRemoved:
      return pb::Change::KIND_REMOVED;
  }
  return pb::Change::KIND_UNSPECIFIED;
}

}  // namespace

pb::ChangeList ToProto(const ChangeList& list) {
  pb::ChangeList message;
  for (const Change& change : list.changes()) {
    pb::Change& entry = *message.add_changes();
    entry.set_kind(ToProto(change.kind));
    entry.set_resource(change.resource);
    entry.set_label(change.label);
    for (const Change::Field& field : change.fields) {
      pb::Change::Field& difference = *entry.add_fields();
      difference.set_name(field.name);
      difference.set_before(field.before);
      difference.set_after(field.after);
    }
  }
  message.set_created_count(list.created_count());
  message.set_updated_count(list.updated_count());
  message.set_removed_count(list.removed_count());
  message.set_unchanged_count(list.unchanged_count());
  return message;
}

}  // namespace soutenance::runtime
