#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_MODEL_SLOTS_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_MODEL_SLOTS_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace soutenance::assignment::compose {

// A set of slots, by number. Sets of unlike length are as if filled up with nothing.
class Slots {
 public:
  Slots() = default;
  static Slots First(int count) {
    Slots slots;
    for (int i = 0; i < count; ++i) slots.Add(i);
    return slots;
  }

  void Add(int slot) {
    const size_t word = static_cast<size_t>(slot) / 64;
    if (word >= words_.size()) words_.resize(word + 1, 0);
    words_[word] |= uint64_t{1} << (static_cast<size_t>(slot) % 64);
  }
  bool Has(int slot) const {
    const size_t word = static_cast<size_t>(slot) / 64;
    return word < words_.size() && (words_[word] >> (static_cast<size_t>(slot) % 64) & 1) != 0;
  }
  int Count() const {
    int count = 0;
    for (const uint64_t word : words_) count += std::popcount(word);
    return count;
  }
  bool IsEmpty() const {
    for (const uint64_t word : words_) {
      if (word != 0) return false;
    }
    return true;
  }
  // Keeps what `other` has, too.
  void Meet(const Slots& other) {
    if (words_.size() > other.words_.size()) words_.resize(other.words_.size());
    for (size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
  }
  void Remove(const Slots& other) {
    for (size_t i = 0; i < words_.size() && i < other.words_.size(); ++i) words_[i] &= ~other.words_[i];
  }
  // One more than the largest number that can be in it.
  int end() const { return static_cast<int>(words_.size() * 64); }

 private:
  std::vector<uint64_t> words_;
};

}  // namespace soutenance::assignment::compose

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_MODEL_SLOTS_H_
