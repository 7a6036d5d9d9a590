#include "services/assignment/conflicts/conflicts.h"

namespace soutenance::assignment::conflicts {

absl::string_view KindName(Kind kind) {
  switch (kind) {
    case Kind::kAuthor:
      return "author";
    case Kind::kSupervision:
      return "supervision";
    case Kind::kCompany:
      return "company";
    case Kind::kCoauthorship:
      return "coauthorship";
    case Kind::kPastWork:
      return "past_work";
    case Kind::kFamily:
      return "family";
    case Kind::kOther:
      return "other";
    case Kind::kSameFamilyName:
      return "same_family_name";
    case Kind::kSameAddress:
      return "same_address";
  }
  return "";
}

absl::string_view KindMeaning(Kind kind) {
  switch (kind) {
    case Kind::kAuthor:
      return "wrote the thesis";
    case Kind::kSupervision:
      return "supervises or tutors an author, or did";
    case Kind::kCompany:
      return "belongs to the company of an author";
    case Kind::kCoauthorship:
      return "published with an author";
    case Kind::kPastWork:
      return "worked with an author";
    case Kind::kFamily:
      return "belongs to the family of an author";
    case Kind::kOther:
      return "has declared another conflict with an author, or an author with them";
    case Kind::kSameFamilyName:
      return "has the family name of an author";
    case Kind::kSameAddress:
      return "has the address of an author";
  }
  return "";
}

bool IsDeclarable(Kind kind) {
  return kind != Kind::kAuthor && kind != Kind::kSameFamilyName && kind != Kind::kSameAddress;
}

bool FadesAway(Kind kind) { return kind == Kind::kCoauthorship || kind == Kind::kPastWork; }

}  // namespace soutenance::assignment::conflicts
