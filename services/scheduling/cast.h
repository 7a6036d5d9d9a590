#ifndef SOUTENANCE_SERVICES_SCHEDULING_CAST_H_
#define SOUTENANCE_SERVICES_SCHEDULING_CAST_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/confidentiality.h"
#include "services/scheduling/facts.h"
#include "services/scheduling/jury_lookup.h"

namespace soutenance::scheduling {

// Who and where, as people read it: what answers and documents add to the places of a timetable. It is what
// was known at one moment, kept with the timetable, so that an old version shows what it showed then.
struct Cast {
  // One thesis that is defended.
  struct Thesis {
    std::string title;  // whatever the level: whoever shows it asks MayReadTitle or MayPrintTitle
    Confidentiality level = Confidentiality::kInternal;
    int duration_minutes = 60;
    std::vector<std::string> authors;  // "people/ana"
    std::string supervisor;            // "people/bob"
    std::string company_tutor;         // "people/eve", or empty
    std::vector<JurySeat> jury;        // in the order in which it is shown

    friend bool operator==(const Thesis&, const Thesis&) = default;
  };
  struct Room {
    std::string title;  // what the door says
    std::string site;

    friend bool operator==(const Room&, const Room&) = default;
  };

  std::string campaign_title;
  std::string programme;  // "programmes/msi"
  std::string programme_title;
  std::string institution;
  std::string time_zone;
  std::string language;                       // "fr" or "en"
  std::map<std::string, Thesis> theses;       // by resource name
  std::map<std::string, std::string> people;  // what they are called
  std::map<std::string, Room> rooms;

  // What a person or a room is called; the resource name of one that is not in the cast.
  std::string NameOf(absl::string_view person) const;
  std::string TitleOf(absl::string_view room) const;

  friend bool operator==(const Cast&, const Cast&) = default;
};

// The cast of the theses of `facts` that are to be defended.
Cast CastOf(const CampaignFacts& facts);

// The cast as bytes, and back. DATA_LOSS if `text` does not come from WriteCast.
std::string WriteCast(const Cast& cast);
absl::StatusOr<Cast> ParseCast(absl::string_view text);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_CAST_H_
