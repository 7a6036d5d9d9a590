#include "services/base/confidentiality.h"

#include <algorithm>

namespace soutenance {

absl::string_view ConfidentialityName(Confidentiality level) {
  switch (level) {
    case Confidentiality::kPublic:
      return "public";
    case Confidentiality::kInternal:
      return "internal";
    case Confidentiality::kJury:
      return "jury";
    case Confidentiality::kClosedSession:
      return "closed_session";
  }
  return "closed_session";
}

std::optional<Confidentiality> ConfidentialityOf(absl::string_view name) {
  for (const Confidentiality level : kConfidentialities) {
    if (ConfidentialityName(level) == name) return level;
  }
  return std::nullopt;
}

int64_t ConfidentialityCode(Confidentiality level) {
  switch (level) {
    case Confidentiality::kInternal:
      return 0;
    case Confidentiality::kClosedSession:
      return 1;
    case Confidentiality::kPublic:
      return 2;
    case Confidentiality::kJury:
      return 3;
  }
  return 1;
}

Confidentiality ConfidentialityOfCode(int64_t code) {
  for (const Confidentiality level : kConfidentialities) {
    if (ConfidentialityCode(level) == code) return level;
  }
  return Confidentiality::kClosedSession;
}

Confidentiality ClearanceOf(Standing standing) {
  switch (standing) {
    case Standing::kStranger:
      return Confidentiality::kPublic;
    case Standing::kMember:
    case Standing::kLiaison:
      return Confidentiality::kInternal;
    case Standing::kGuest:
      return Confidentiality::kJury;
    case Standing::kSeat:
    case Standing::kParty:
    case Standing::kRuns:
      return Confidentiality::kClosedSession;
  }
  return Confidentiality::kPublic;
}

Confidentiality LevelAt(const Secrecy& secrecy, absl::Time now) {
  if (secrecy.until && now >= *secrecy.until) return std::min(secrecy.level, Confidentiality::kInternal);
  return secrecy.level;
}

bool IsEmbargoed(const Secrecy& secrecy, absl::Time now) {
  return secrecy.embargo_until && now < *secrecy.embargo_until;
}

Sight SightOf(Standing standing, const Secrecy& secrecy, absl::Time now) {
  const Confidentiality level = LevelAt(secrecy, now);
  const bool is_cleared = MayReadTexts(standing, level);
  // What is disseminated, is so for everybody whom its level admits.
  const bool is_disseminated = secrecy.is_disseminated && is_cleared;
  Sight sight{.knows = standing >= Standing::kLiaison || is_disseminated};
  sight.texts = sight.knows && is_cleared;
  sight.dealings = standing >= Standing::kParty;
  if (standing >= Standing::kParty) {
    sight.files = Files::kAll;
  } else if (standing >= Standing::kGuest && is_cleared) {
    sight.files = Files::kDeposited;
  } else if (is_disseminated && !IsEmbargoed(secrecy, now)) {
    sight.files = Files::kDisseminated;
  }
  return sight;
}

bool MayReadTexts(Standing standing, Confidentiality level) { return ClearanceOf(standing) >= level; }

bool MayPrintTexts(Standing standing, Confidentiality level) {
  return level <= Confidentiality::kInternal && MayReadTexts(standing, level);
}

bool IsClosedSession(Confidentiality level) { return level == Confidentiality::kClosedSession; }

bool IsConfidential(Confidentiality level) { return level >= Confidentiality::kJury; }

}  // namespace soutenance
