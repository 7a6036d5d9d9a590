#ifndef SOUTENANCE_SERVICES_DIRECTORY_IMPORT_READ_FOLDER_H_
#define SOUTENANCE_SERVICES_DIRECTORY_IMPORT_READ_FOLDER_H_

#include <cstddef>
#include <string>
#include <vector>

#include "services/directory/import/batch.h"
#include "services/sheets/problem.h"

namespace soutenance::directory::import_folder {

inline constexpr size_t kFolderBytesMax = size_t{16} * 1024 * 1024;
inline constexpr size_t kFilesMax = 100;

// One file of the folder, as sent.
struct SourceFile {
  std::string name;  // without path
  std::string bytes;

  friend bool operator==(const SourceFile&, const SourceFile&) = default;
};

// What a folder says and what is wrong with it.
struct FolderReading {
  ImportBatch batch;                    // legal only if IsAcceptable()
  std::vector<ImportProblem> problems;  // as Problems::Listed gives them
  size_t error_count = 0;               // complete, also beyond those listed
  size_t warning_count = 0;

  bool IsAcceptable() const { return error_count == 0; }
  size_t unlisted_count() const { return error_count + warning_count - problems.size(); }
};

// Reads the files of an import folder (README.md tells the format) and finds everything that is wrong with
// them at once. Never fails: what cannot be read is a problem. The order of the files does not matter. Pure;
// safe to call from several threads.
FolderReading ReadFolder(const std::vector<SourceFile>& files);

}  // namespace soutenance::directory::import_folder

#endif  // SOUTENANCE_SERVICES_DIRECTORY_IMPORT_READ_FOLDER_H_
