#ifndef SOUTENANCE_SERVICES_BASE_CONFIDENTIALITY_H_
#define SOUTENANCE_SERVICES_BASE_CONFIDENTIALITY_H_

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

// Who may see what of a thesis: the only place where that is decided, for every service. Levels form a chain,
// and so do the standings of those who ask; a text at one level is for those who stand at it or above. All of
// it is a function of its arguments.
namespace soutenance {

// From everybody to very few.
enum class Confidentiality { kPublic, kInternal, kJury, kClosedSession };

inline constexpr Confidentiality kConfidentialities[] = {Confidentiality::kPublic, Confidentiality::kInternal,
                                                         Confidentiality::kJury,
                                                         Confidentiality::kClosedSession};

// "closed_session", and back; nothing if `name` is no level.
absl::string_view ConfidentialityName(Confidentiality level);
std::optional<Confidentiality> ConfidentialityOf(absl::string_view name);

// As a number in records. 0 and 1 are what "not confidential" and "confidential" were written as before there
// were levels; a number that means nothing is read as the closest level.
int64_t ConfidentialityCode(Confidentiality level);
Confidentiality ConfidentialityOfCode(int64_t code);

// What somebody is to one thesis, from nobody to everything.
enum class Standing {
  kStranger,  // has an account
  kMember,    // has a role in its programme
  kLiaison,   // keeps the relation of its programme with companies: knows of it
  kGuest,     // is a guest of its jury
  kSeat,      // sits on its jury
  kParty,     // wrote, supervises or tutors it
  kRuns,      // runs its programme, or is a service that asks for itself
};

inline constexpr Standing kStandings[] = {Standing::kStranger, Standing::kMember, Standing::kLiaison,
                                          Standing::kGuest,    Standing::kSeat,   Standing::kParty,
                                          Standing::kRuns};

// The highest level that somebody of this standing sees.
Confidentiality ClearanceOf(Standing standing);

// What is secret about a thesis, and for how long.
struct Secrecy {
  Confidentiality level = Confidentiality::kInternal;
  std::optional<absl::Time> until;          // when a level above kInternal ends
  std::optional<absl::Time> embargo_until;  // before it, dissemination opens no file
  bool is_disseminated = false;             // the institution has disseminated it
};

// The level in force at `now`: one above kInternal is kInternal from `until` on.
Confidentiality LevelAt(const Secrecy& secrecy, absl::Time now);
bool IsEmbargoed(const Secrecy& secrecy, absl::Time now);

// Which versions somebody may list and download.
enum class Files {
  kNone,
  kDisseminated,  // those made for dissemination
  kDeposited,     // those too that are read and defended
  kAll,           // drafts too
};

// What somebody may see of a thesis.
struct Sight {
  bool knows = false;  // that it exists, who has a part in it, where it is in its life
  bool texts = false;  // title, abstract, keywords
  Files files = Files::kNone;
  bool dealings = false;  // opinions, reasons, history, dates
};
Sight SightOf(Standing standing, const Secrecy& secrecy, absl::Time now);

// Whether somebody who may know of a thesis may read its title, abstract and keywords at this level.
bool MayReadTexts(Standing standing, Confidentiality level);
// Whether the title may be in a document made for somebody of this standing: documents are posted on doors
// and passed on, so that none has more than what is internal, whoever asks for it.
bool MayPrintTexts(Standing standing, Confidentiality level);
// Whether a defence at this level is a closed session.
bool IsClosedSession(Confidentiality level);
// Whether this level keeps texts within the jury, which is what "confidential" means where there is one word.
bool IsConfidential(Confidentiality level);

}  // namespace soutenance

#endif  // SOUTENANCE_SERVICES_BASE_CONFIDENTIALITY_H_
