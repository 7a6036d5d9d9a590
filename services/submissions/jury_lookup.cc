#include "services/submissions/jury_lookup.h"

#include <algorithm>

#include "services/base/programme_roles.h"

namespace soutenance::submissions {
namespace {

// The service that keeps juries asks us about theses; it knows who sits where and need not be asked back.
constexpr absl::string_view kKeeperOfJuries = "assignment";

// Students sit on no jury: they are many, and all of them call in the last hour before a deadline.
bool MaySit(const Caller& caller) {
  return !caller.person.empty() && caller.service != kKeeperOfJuries && !RunsEveryProgramme(caller) &&
         std::any_of(caller.grants.begin(), caller.grants.end(),
                     [](const Grant& grant) { return grant.role != Role::kStudent; });
}

class Nobody final : public JuryLookup {
 public:
  absl::StatusOr<Seats> SeatsOf(const std::string&, const std::vector<std::string>&) const override {
    return Seats{};
  }
};

}  // namespace

const JuryLookup& NoJuries() {
  static const Nobody nobody;
  return nobody;
}

absl::StatusOr<Seats> SeatsFor(const JuryLookup& juries, const Caller& caller,
                               const std::vector<std::string>& theses) {
  if (!MaySit(caller)) return Seats{};
  return juries.SeatsOf(caller.person, theses);
}

absl::StatusOr<Seats> SeatsFor(const JuryLookup& juries, const Caller& caller, absl::string_view id,
                               const Thesis* thesis) {
  if (thesis != nullptr && StandingOf(caller, *thesis) >= Standing::kParty) return Seats{};
  return SeatsFor(juries, caller, {std::string(id)});
}

}  // namespace soutenance::submissions
