#ifndef SOUTENANCE_SERVICES_DIRECTORY_IMPORT_REFERENCES_H_
#define SOUTENANCE_SERVICES_DIRECTORY_IMPORT_REFERENCES_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "services/directory/import/sheet.h"

namespace soutenance::directory::import_folder {

// What the rows of one file may be referred to by: their ids and, for people, e-mail addresses.
class References {
 public:
  struct Entry {
    std::string id;
    std::string label;  // what a person calls it: "Ana Martin"
    std::string email;  // may be empty
    int line = 0;
  };

  explicit References(SheetKind kind) : kind_(kind) {}

  SheetKind kind() const { return kind_; }

  // Adds an entry. One whose id or address is taken keeps the first one reachable.
  void Add(Entry entry);

  // The entry with this id, or null.
  const Entry* FindId(absl::string_view id) const;

  // The entry with this e-mail address, whatever the case, or null.
  const Entry* FindEmail(absl::string_view email) const;

  // What `text` refers to: by address if it contains an @, by id otherwise. Null if there is no such entry.
  const Entry* Find(absl::string_view text) const;

  // The entry most likely meant by an unknown `text`: the same but for case or leading zeros, the name of
  // somebody, or one or two letters away. Null if there is no such entry or if several come equally close.
  const Entry* Nearest(absl::string_view text) const;

  // The file could not be read: references into it are not checked, so that one problem is not said a
  // thousand times.
  void SetUnknowable() { unknowable_ = true; }
  bool IsUnknowable() const { return unknowable_; }

 private:
  SheetKind kind_;
  std::vector<Entry> entries_;
  absl::flat_hash_map<std::string, size_t> by_id_;
  absl::flat_hash_map<std::string, size_t> by_email_;
  bool unknowable_ = false;
};

// The id that the cell refers to; empty, with a problem if the reference is unknown or required and missing.
std::string ReadReference(RowReader& row, int column, const References& references, Problems& problems);

// The ids that the parts of the cell refer to, each once.
std::vector<std::string> ReadReferences(RowReader& row, int column, const References& references,
                                        Problems& problems);

// The sentence for a reference to nothing, with the suggestion if there is one.
Sentence UnknownReference(absl::string_view text, const References& references, const Problems& problems);

// "person_unknown", "room_unknown", "thesis_unknown".
std::string UnknownKind(const References& references);

}  // namespace soutenance::directory::import_folder

#endif  // SOUTENANCE_SERVICES_DIRECTORY_IMPORT_REFERENCES_H_
