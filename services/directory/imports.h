#ifndef SOUTENANCE_SERVICES_DIRECTORY_IMPORTS_H_
#define SOUTENANCE_SERVICES_DIRECTORY_IMPORTS_H_

#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/caller.h"
#include "services/base/clock.h"
#include "services/base/mutation.h"
#include "services/base/page.h"
#include "services/directory/directory.h"
#include "services/directory/import.h"
#include "services/directory/import/cross_checks.h"
#include "services/directory/import/read_folder.h"
#include "services/directory/import_store.h"
#include "services/directory/import_targets.h"

namespace soutenance::directory {

// Import of folders of spreadsheets (imports.proto), in two phases. First everything is read and checked, by
// us and by the services that the folder concerns, and nothing is written. Then the import is written down
// with its files, and carried out step by step, each step harmless if repeated. Safe for concurrent use.
class Imports {
 public:
  // What imports work with. All must outlive them.
  struct Parts {
    ImportStore& store;
    Directory& directory;
    ImportTargets& targets;
    const Clock& clock;
  };

  // `resume_soon` is called, on the thread of the call, when an accepted import could not be finished at
  // once; the host then has ResumeUnfinished called by a worker of its own. It may be called often, and must
  // not block.
  Imports(const Parts& parts, std::function<void()> resume_soon)
      : parts_(parts), resume_soon_(std::move(resume_soon)) {}

  // Reads `files` and, unless validate_only, carries out what they say. Files with errors give an Import in
  // state kRefused. An import that was accepted but could not be finished before the call ended is returned
  // in state kApplying. FAILED_PRECONDITION IMPORT_IN_PROGRESS; PERMISSION_DENIED; UNAVAILABLE if a service
  // cannot be asked.
  absl::StatusOr<Import> CreateImport(const Caller& caller,
                                      const std::vector<import_folder::SourceFile>& files,
                                      sheets::Language language, const Mutation& mutation);
  absl::StatusOr<Import> GetImport(const Caller& caller, absl::string_view id) const;
  // Without problems and changes, oldest first.
  absl::StatusOr<Page<Import>> ListImports(const Caller& caller, const PageRequest& page) const;

  // Tries once to finish the import that was accepted and not finished, on behalf of nobody. OK if there is
  // none left; otherwise the error that keeps it from being finished: the host calls again after a while (a
  // second, then longer, at most a minute). Called on a worker at start, once the peers are up, and after
  // resume_soon.
  absl::Status ResumeUnfinished();

 private:
  // Asks ourselves and the other services what they would change, and adds what they refuse to the problems.
  absl::Status Check(const Caller& caller, const import_folder::ImportBatch& batch,
                     const import_folder::FileNames& names, Import& import);
  // The import that the same request made before; nothing if there is none. IMPORT_IN_PROGRESS if another one
  // is being carried out.
  absl::StatusOr<std::optional<Import>> FindEarlier(const Mutation& mutation);
  // Writes `import` down, unless the same request did so meanwhile: then returns that one.
  absl::StatusOr<std::optional<Import>> Accept(const Import& import,
                                               const std::vector<import_folder::SourceFile>& files,
                                               const Mutation& mutation);
  absl::Status CarryOutSteps(const Import& import, const import_folder::ImportBatch& batch);
  // Carries `import` out and writes down what became of it. REQUIRES: claimed.
  absl::Status Apply(Import& import, const import_folder::ImportBatch& batch);
  // Finishes the import `id` if that is still to be done. REQUIRES: claimed.
  absl::Status Resume(const std::string& id);

  // One thread at a time carries out an import. False if another one does.
  bool Claim(const std::string& id);
  void Release(const std::string& id);

  const Parts parts_;
  const std::function<void()> resume_soon_;
  std::mutex mutex_;
  std::set<std::string> claimed_;  // guarded by mutex_
};

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_IMPORTS_H_
