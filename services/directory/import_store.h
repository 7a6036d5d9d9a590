#ifndef SOUTENANCE_SERVICES_DIRECTORY_IMPORT_STORE_H_
#define SOUTENANCE_SERVICES_DIRECTORY_IMPORT_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/page.h"
#include "services/base/request_key.h"
#include "services/directory/import.h"
#include "services/directory/import/read_folder.h"

namespace soutenance::directory {

// Remembers imports, and the files of those that are being carried out. Safe for concurrent use.
class ImportStore {
 public:
  // What was written, as one consistent snapshot. Nothing found is no error.
  class Reader {
   public:
    virtual ~Reader() = default;

    virtual absl::StatusOr<std::optional<Import>> FindImport(absl::string_view id) const = 0;
    // Without problems and changes, oldest first.
    virtual absl::StatusOr<Page<Import>> ListImports(const PageRequest& page) const = 0;
    // The oldest import in state kApplying, without problems and changes.
    virtual absl::StatusOr<std::optional<Import>> FindApplying() const = 0;
    virtual absl::StatusOr<std::vector<import_folder::SourceFile>> Files(absl::string_view import) const = 0;
  };

  // A Reader that also writes. No other writer is active meanwhile.
  class Writer : public Reader {
   public:
    virtual absl::Status InsertImport(const Import& import,
                                      const std::vector<import_folder::SourceFile>& files) = 0;
    // Replaces the import and forgets its files.
    virtual absl::Status FinishImport(const Import& import) = 0;

    // The result of the earlier call with this key, if there was one. INVALID_ARGUMENT REQUEST_ID_REUSED.
    virtual absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) = 0;
    virtual absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) = 0;
  };

  virtual ~ImportStore() = default;

  // As DirectoryStore.
  virtual absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) = 0;
  virtual absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const = 0;
};

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_IMPORT_STORE_H_
