// Cuts the power as often as asked: ops/bench crash [CUTS]. Prints how many, and stops at the first loss with
// the seed that repeats it.

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

#include "tests/crash/submission_run.h"

int main(int argc, char** argv) {
  const std::string argument = argc > 1 ? argv[1] : "1000000";
  const int64_t wanted = std::atoll(argument.c_str());
  if (argc > 2 || wanted <= 0) {
    std::cout << "usage: ops/bench crash [CUTS]\nCuts the power CUTS times (1,000,000) under the submission "
                 "path.\n";
    return argument == "--help" ? 0 : 2;
  }
  const auto begin = std::chrono::steady_clock::now();
  int64_t cuts = 0, acknowledged = 0;
  for (unsigned seed = 1'000; cuts < wanted; ++seed) {
    const auto made = soutenance::crash::CutEverywhere(seed, 4, 20);
    cuts += made.count;
    acknowledged += made.acknowledged;
    if (!made.wrong.empty()) {
      std::cout << "LOST: " << made.wrong << "\n";
      return 1;
    }
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  std::cout << "cuts " << cuts << "  acknowledged " << acknowledged << "  lost 0  half visible 0  seconds "
            << static_cast<int64_t>(seconds.count()) << "  cuts/s "
            << static_cast<int64_t>(static_cast<double>(cuts) / seconds.count()) << "\n";
}
