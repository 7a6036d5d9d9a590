#ifndef SOUTENANCE_TESTS_BENCH_GENERATED_PROGRAMME_H_
#define SOUTENANCE_TESTS_BENCH_GENERATED_PROGRAMME_H_

#include <cstdint>

namespace soutenance::bench {

// Composes the juries of a generated programme of 300 theses and 80 jurors under all kinds of rules, prints
// value, bound, balance and time, and checks every jury from the people's own data, sharing no code with the
// engine. False if that finds anything wrong, or a thesis has no jury.
bool MeasureProgramme(uint32_t seed, double seconds_max);

// The same programme with a rule that it cannot keep: prints why, what would help, and the time that took.
bool MeasureShortage(uint32_t seed);

}  // namespace soutenance::bench

#endif  // SOUTENANCE_TESTS_BENCH_GENERATED_PROGRAMME_H_
