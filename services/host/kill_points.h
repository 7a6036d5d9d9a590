#ifndef SOUTENANCE_SERVICES_HOST_KILL_POINTS_H_
#define SOUTENANCE_SERVICES_HOST_KILL_POINTS_H_

#include <atomic>
#include <memory>
#include <string>

#include "services/submissions/content_store.h"
#include "services/submissions/draft_store.h"

namespace soutenance::host {

// For tests of durability: ends this process at once (SIGKILL) at the point that the environment variable
// SOUTENANCE_KILL_AT names, before or after a durable step of a submission: "before write 1", "after write 2"
// (commits of the store of drafts, counted from the start), "before finish", "after finish", "before
// discard", "after discard", "before piece", "after piece". Without the variable, nothing.
class KillPoints {
 public:
  // Reads the variable.
  KillPoints();

  bool armed() const { return !point_.empty(); }
  // Passes "before STEP" and "after STEP" around `step`.
  void Pass(const std::string& point) const;
  // The number of the next commit.
  int NextWrite() { return ++writes_; }

 private:
  std::string point_;
  std::atomic<int> writes_ = 0;
};

// The stores with the points around their steps. All arguments must outlive the result.
std::unique_ptr<submissions::DraftStore> WithKillPoints(submissions::DraftStore& store, KillPoints& points);
std::unique_ptr<submissions::ContentStore> WithKillPoints(submissions::ContentStore& store,
                                                          KillPoints& points);

}  // namespace soutenance::host

#endif  // SOUTENANCE_SERVICES_HOST_KILL_POINTS_H_
