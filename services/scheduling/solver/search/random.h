#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_RANDOM_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_RANDOM_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace soutenance::scheduling::solver {

// xoshiro256** 1.0 (Blackman and Vigna, 2018), seeded by splitmix64. The numbers are part of what
// SolverVersion promises: the same on every machine and with every library, unlike the standard
// distributions.
class Random {
 public:
  explicit Random(uint64_t seed) {
    for (uint64_t& word : state_) word = SplitMix(seed);
  }

  // The seed of the `index`-th stream that is independent of the others of `seed`.
  static uint64_t Derive(uint64_t seed, uint64_t index) {
    uint64_t mixed = seed ^ (0x9e3779b97f4a7c15 * (index + 1));
    return SplitMix(mixed);
  }

  uint64_t Next() {
    const uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
  }

  // A number from 0 to bound - 1, each as likely as the others. REQUIRES: 1 <= bound < 2^32.
  std::size_t Below(std::size_t bound) {
    // Lemire 2019: the high word of a product; the low word tells the few draws that would favour some
    // numbers.
    const auto range = static_cast<uint32_t>(bound);
    uint64_t product = (Next() >> 32) * range;
    if (static_cast<uint32_t>(product) < range) {
      const uint32_t threshold = (0u - range) % range;
      while (static_cast<uint32_t>(product) < threshold) product = (Next() >> 32) * range;
    }
    return static_cast<std::size_t>(product >> 32);
  }

  // A number of [0, 1).
  double Unit() { return static_cast<double>(Next() >> 11) * 0x1.0p-53; }

 private:
  static uint64_t SplitMix(uint64_t& state) {
    uint64_t z = (state += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  std::array<uint64_t, 4> state_;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_RANDOM_H_
