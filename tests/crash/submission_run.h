#ifndef SOUTENANCE_TESTS_CRASH_SUBMISSION_RUN_H_
#define SOUTENANCE_TESTS_CRASH_SUBMISSION_RUN_H_

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/submissions/drafts.h"
#include "storage/files/content_store.h"
#include "storage/sql/database.h"
#include "storage/sql/draft_store.h"
#include "tests/crash/disk.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/process.h"

namespace soutenance::crash {

// What somebody could break without noticing; each must be found (power_cut_test.cc).
enum class Mutant {
  kNone,
  kContentNotSynced,
  kFolderNotSynced,
  kSynchronousLowered,
  kAcknowledgedBeforeCommit
};

// The real submission path, from the use cases down to SQLite and the file store, on a faulty disk: uploads
// in pieces of several sizes, then the version. Everybody who is told something is noted on the disk.
class SubmissionRun {
 public:
  // `disk` must outlive it.
  SubmissionRun(Disk& disk, unsigned seed, Mutant mutant = Mutant::kNone);
  ~SubmissionRun();

  // One whole submission, with new content; tried again from the beginning, as a client does, at most
  // `attempts` times.
  absl::Status Submit(int attempts = 1);

  // Writes the journal of the database back and begins it anew, as SQLite does from time to time.
  void Checkpoint();

  // The bytes of everything that was submitted, by digest.
  const std::map<std::string, std::string>& contents() const { return contents_; }
  // "NUMBER SHA256" of what was acknowledged.
  const std::vector<std::string>& acknowledged() const { return acknowledged_; }
  const std::string& folder() const { return folder_.path(); }

 private:
  class EagerStore;

  absl::Status SubmitOnce(const std::string& bytes, const std::string& sha256, const std::string& request);
  void Acknowledge(const std::string& what);

  Disk& disk_;
  const Mutant mutant_;
  std::mt19937 random_;
  testing::TemporaryFolder folder_;
  testing::FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  std::unique_ptr<storage::sql::Database> database_;
  std::unique_ptr<submissions::DraftStore> store_;
  std::unique_ptr<storage::files::ContentStore> contents_store_;
  const submissions::receipts::SigningKey key_;
  const std::string institution_ = "Université";
  std::unique_ptr<submissions::Drafts> drafts_;
  int submissions_ = 0;
  std::string before_commit_;  // what the mutant acknowledges too early
  std::map<std::string, std::string> contents_;
  std::vector<std::string> acknowledged_;
};

// Cuts the power of one recorded run, `variants` times before each operation where something may be lost.
struct Cuts {
  int64_t count = 0;
  int64_t acknowledged = 0;  // of all cuts together
  std::string wrong;         // the first thing that was wrong, with where; then no further cuts were made
};
Cuts CutEverywhere(unsigned seed, int submissions, int variants, Mutant mutant = Mutant::kNone);

}  // namespace soutenance::crash

#endif  // SOUTENANCE_TESTS_CRASH_SUBMISSION_RUN_H_
