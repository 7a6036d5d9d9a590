#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_REVIEWS_READER_SEATS_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_REVIEWS_READER_SEATS_H_

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "services/base/clock.h"
#include "services/submissions/jury_lookup.h"
#include "services/submissions/reviews/review_store.h"

namespace soutenance::submissions {

// JuryLookup that adds to the juries those who review a thesis, because whoever is to judge it has to read
// it: from the invitation on they know of it, once they accepted they read it, and with a declined, cancelled
// or lapsed invitation all of that ends. Safe for concurrent use.
class ReaderSeats final : public JuryLookup {
 public:
  // All must outlive it.
  ReaderSeats(const JuryLookup& juries, const ReviewStore& reviews, const Clock& clock)
      : juries_(juries), reviews_(reviews), clock_(clock) {}

  absl::StatusOr<Seats> SeatsOf(const std::string& person,
                                const std::vector<std::string>& theses) const override;
  absl::StatusOr<std::set<int64_t>> VersionsFor(const std::string& person,
                                                absl::string_view thesis) const override;

 private:
  const JuryLookup& juries_;
  const ReviewStore& reviews_;
  const Clock& clock_;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_REVIEWS_READER_SEATS_H_
