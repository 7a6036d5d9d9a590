#ifndef SOUTENANCE_TESTS_FUZZ_EXPECT_H_
#define SOUTENANCE_TESTS_FUZZ_EXPECT_H_

#include <cstdio>
#include <cstdlib>

namespace soutenance::fuzz {

// What must hold whatever the bytes are.
inline void Expect(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "fuzz: %s\n", what);
  std::abort();
}

}  // namespace soutenance::fuzz

#endif  // SOUTENANCE_TESTS_FUZZ_EXPECT_H_
