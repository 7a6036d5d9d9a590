#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_BACKGROUND_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_BACKGROUND_H_

#include <atomic>
#include <functional>
#include <memory>
#include <thread>

namespace soutenance::scheduling::solver {

// Work on a thread of its own that may not listen at once when it is to stop, such as an exact solver. It
// must own all that it uses.
class Background {
 public:
  // `work` returns soon once the flag is set; it may read it as long as it runs.
  explicit Background(std::function<void(const std::atomic<bool>& stop)> work);
  // Sets the flag and waits 25 ms at most. Work that does not listen goes on alone until it does, and is
  // waited for when the program ends.
  ~Background();
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

 private:
  struct Shared;

  std::shared_ptr<Shared> shared_;
  std::thread thread_;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_BACKGROUND_H_
