// Delivers as many calls as asked: ops/bench once [CALLS]. Prints what happened, and stops at the first
// version that is there twice or not at all, with the seed that repeats it.

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

#include "tests/crash/exactly_once.h"

int main(int argc, char** argv) {
  const std::string argument = argc > 1 ? argv[1] : "1000000";
  const int64_t wanted = std::atoll(argument.c_str());
  if (argc > 2 || wanted <= 0) {
    std::cout << "usage: ops/bench once [CALLS]\nDelivers CALLS calls (1,000,000) of clients that repeat "
                 "themselves.\n";
    return argument == "--help" ? 0 : 2;
  }
  const auto begin = std::chrono::steady_clock::now();
  soutenance::crash::Deliveries done;
  for (unsigned seed = 1'000; done.calls < wanted && done.wrong.empty(); ++seed) {
    done += soutenance::crash::DeliverOnce(seed, 20, 15);
  }
  if (!done.wrong.empty()) {
    std::cout << "WRONG: " << done.wrong << "\n";
    return 1;
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  std::cout << "calls " << done.calls << "  submissions " << done.submissions << "  each once  answers lost "
            << done.lost_answers << "  late duplicates " << done.late_duplicates << "  crashes "
            << done.crashes << "  reused ids refused " << done.reused << "  seconds "
            << static_cast<int64_t>(seconds.count()) << "\n";
}
