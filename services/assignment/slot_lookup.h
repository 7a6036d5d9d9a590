#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_SLOT_LOOKUP_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_SLOT_LOOKUP_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/assignment/compose/model/slots.h"

namespace soutenance::assignment {

// When a campaign can hear juries, and who can come. A slot is a time at which a defence may start.
struct CampaignSlots {
  std::string programme;                       // "programmes/{id}"
  std::vector<int> days;                       // by slot: the number of its day
  int rooms = 0;                               // juries at once; 0: not known
  std::map<std::string, compose::Slots> free;  // by person ("people/ana"), of those who answered
  compose::Slots of_silent;                    // of all others

  const compose::Slots& Of(const std::string& person) const {
    const auto found = free.find(person);
    return found == free.end() ? of_silent : found->second;
  }
};

// A campaign as it is written down. Times are minutes from midnight.
struct CampaignTimes {
  struct Hours {
    int from = 0;
    int to = 0;
  };
  struct Period {
    enum class Answer { kYes, kIfNeeded, kNo };
    std::string date;
    int from = 0;
    int to = 24 * 60;
    Answer answer = Answer::kYes;
  };

  std::string programme;
  std::vector<std::string> days;
  std::vector<Hours> hours;
  int grid = 15;
  int duration = 60;
  int rooms = 0;
  bool silent_are_free = true;
  std::map<std::string, std::vector<Period>> answers;  // by person
};

// The starts on the grid of every opening window at which a whole defence fits, and for each person those at
// which they can stay until its end.
CampaignSlots SlotsOf(const CampaignTimes& times);

// PORT: the campaigns of scheduling. Asks on behalf of whoever asks us. NOT_FOUND, reason CAMPAIGN_NOT_FOUND;
// UNAVAILABLE, reason PEER_DOWN or PEER_UNKNOWN, if scheduling cannot be reached. Safe for concurrent use.
class SlotLookup {
 public:
  virtual ~SlotLookup() = default;

  // `campaign` is "campaigns/{id}".
  virtual absl::StatusOr<CampaignSlots> Find(const std::string& campaign) const = 0;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_SLOT_LOOKUP_H_
