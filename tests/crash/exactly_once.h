#ifndef SOUTENANCE_TESTS_CRASH_EXACTLY_ONCE_H_
#define SOUTENANCE_TESTS_CRASH_EXACTLY_ONCE_H_

#include <cstdint>
#include <string>

namespace soutenance::crash {

// What one round of clients did.
struct Deliveries {
  int64_t calls = 0;        // that reached the server, duplicates included
  int64_t submissions = 0;  // that the clients wanted
  int64_t lost_answers = 0;
  int64_t late_duplicates = 0;
  int64_t crashes = 0;  // before a commit, or between a commit and its answer
  int64_t reused = 0;   // request ids that came with other content, and were refused
  std::string wrong;    // the first thing that was wrong; then nothing further was done

  Deliveries& operator+=(const Deliveries& other);
};

// Generated clients submit versions over a network that loses answers, and delivers calls twice and late, to
// the real use cases on a real SQLite database whose process dies at commits. Clients repeat each call with
// the same request id until they have an answer. In the end there is one version for each that was wanted, no
// matter how often it was asked for, and everybody who asked got the same answer. `break_requests`: the
// server forgets what was asked, which must be found.
Deliveries DeliverOnce(unsigned seed, int students, int submissions_each, bool break_requests = false);

}  // namespace soutenance::crash

#endif  // SOUTENANCE_TESTS_CRASH_EXACTLY_ONCE_H_
