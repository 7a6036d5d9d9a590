#ifndef SOUTENANCE_STORAGE_FILES_RUNNING_DIGEST_H_
#define SOUTENANCE_STORAGE_FILES_RUNNING_DIGEST_H_

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/string_view.h"
#include "storage/files/sha256.h"

namespace soutenance::storage::files {

// The SHA-256 of a file whose bytes are on their way, as far as they came in order. On request a thread
// beside looks at them, so that the next ones can arrive and be written meanwhile. There are at most as many
// such threads as processors; who finds none free computes on the spot. Not safe for concurrent use.
class RunningDigest {
 public:
  enum class Where { kHere, kBeside };

  RunningDigest() = default;
  ~RunningDigest() { Settle(); }
  RunningDigest(const RunningDigest&) = delete;
  RunningDigest& operator=(const RunningDigest&) = delete;

  // How many bytes it was given.
  int64_t size() const { return size_; }

  // `bytes` are those that begin at size(). Beside, they are copied; waits while kWaitingMax blocks wait.
  void Add(absl::string_view bytes, Where where);

  // Waits until everything was looked at, and ends the thread. More can be added.
  void Settle();

  // 64 lower-case hexadecimal digits; nothing may be added afterwards.
  std::string Finish();

  // What waits for the thread at most: with the block in its hands, this is the memory that it costs.
  static constexpr std::size_t kBlockBytes = 256 << 10;
  static constexpr std::size_t kWaitingMax = 2;

 private:
  bool HasThread();
  void AddBeside(absl::string_view block);
  void Work();

  int64_t size_ = 0;
  Sha256 sha256_;       // the thread's, while there is one
  std::thread thread_;  // joinable while there is one
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::string> waiting_;  // guarded by mutex_
  std::vector<std::string> spare_;   // guarded by mutex_; used again, so that memory is not asked for each
  bool ending_ = false;              // guarded by mutex_
};

}  // namespace soutenance::storage::files

#endif  // SOUTENANCE_STORAGE_FILES_RUNNING_DIGEST_H_
