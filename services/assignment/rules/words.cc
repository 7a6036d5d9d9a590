#include "services/assignment/rules/words.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"

namespace soutenance::assignment::rules {
namespace {

struct Text {
  absl::string_view en;
  absl::string_view fr;

  absl::string_view In(Language language) const { return language == Language::kFrench ? fr : en; }
};

Text RoleText(Seat::Role role) {
  switch (role) {
    case Seat::Role::kPresident:
      return {"president", "président"};
    case Seat::Role::kSupervisor:
      return {"supervisor", "encadrant"};
    case Seat::Role::kReviewer:
      return {"reviewer", "rapporteur"};
    case Seat::Role::kExaminer:
      return {"examiner", "examinateur"};
    case Seat::Role::kCompanyTutor:
      return {"company tutor", "tuteur entreprise"};
    case Seat::Role::kGuest:
      return {"guest", "invité"};
  }
  return {};
}

Text RankText(Rank rank) {
  switch (rank) {
    case Rank::kA:
      return {"rank A", "de rang A"};
    case Rank::kB:
      return {"rank B", "de rang B"};
    case Rank::kOther:
      return {"teacher without rank", "enseignant sans rang"};
    case Rank::kNone:
      return {"not a teacher", "non enseignant"};
    case Rank::kUnknown:
      return {"rank not known", "de rang inconnu"};
  }
  return {};
}

Text SectorText(Sector sector) {
  return sector == Sector::kProfessional ? Text{"professional", "professionnel"}
                                         : Text{"academic", "universitaire"};
}

Text VoiceText(Voice voice) {
  switch (voice) {
    case Voice::kDeliberative:
      return {"deliberative voice", "voix délibérative"};
    case Voice::kConsultative:
      return {"consultative voice", "voix consultative"};
    case Voice::kObserver:
      return {"observer, no voice", "observateur, sans voix"};
  }
  return {};
}

std::string Joined(const std::vector<std::string>& parts, Text last) {
  if (parts.empty()) return "";
  if (parts.size() == 1) return parts.front();
  const std::string most = absl::StrJoin(parts.begin(), parts.end() - 1, ", ");
  return absl::StrCat(most, " ", last.en, " ", parts.back());
}

std::string Or(const std::vector<std::string>& parts, Language language) {
  return Joined(parts, {Text{"or", "ou"}.In(language), ""});
}

std::string And(const std::vector<std::string>& parts, Language language) {
  return Joined(parts, {Text{"and", "et"}.In(language), ""});
}

std::vector<std::string> RoleWords(Roles roles, Language language) {
  std::vector<std::string> words;
  for (const Seat::Role role : roles.List()) words.emplace_back(RoleText(role).In(language));
  return words;
}

// "ana, bob": people without their collection.
std::string Names(const std::vector<std::string>& people) {
  return absl::StrJoin(people, ", ", [](std::string* out, const std::string& person) {
    out->append(person, person.rfind('/') + 1);
  });
}

// Among whom is counted.
std::string Among(const Rule& rule, Language language) {
  if (rule.roles.IsEmpty()) {
    return std::string(Text{"members with a deliberative voice", "membres à voix délibérative"}.In(language));
  }
  return absl::StrCat(Text{"members who are ", "membres qui sont "}.In(language),
                      Or(RoleWords(rule.roles, language), language));
}

// "at least 2 and 1/2", "at most 1".
std::string Bound(Text bound, const std::optional<int>& count, const std::optional<Share>& share,
                  Language language) {
  std::vector<std::string> parts;
  if (count) parts.push_back(absl::StrCat(*count));
  if (share) parts.push_back(absl::StrCat(share->part, "/", share->of));
  return absl::StrCat(bound.In(language), " ", And(parts, language));
}

std::string AtLeast(const Rule& rule, Language language) {
  const bool all = rule.share && rule.share->part == rule.share->of && !rule.min;
  if (all) return std::string(Text{"all", "la totalité"}.In(language));
  return Bound({"at least", "au moins"}, rule.min, rule.share, language);
}

std::string AtMost(const Rule& rule, Language language) {
  return Bound({"at most", "au plus"}, rule.max, rule.share, language);
}

std::string Range(const Rule& rule, Language language) {
  if (rule.min && rule.max && *rule.min == *rule.max) {
    return absl::StrCat(Text{"exactly ", "exactement "}.In(language), *rule.min);
  }
  if (rule.min && rule.max) return absl::StrCat(*rule.min, Text{" to ", " à "}.In(language), *rule.max);
  return rule.min ? AtLeast(rule, language) : AtMost(rule, language);
}

std::string RanksText(const Rule& rule, Language language) {
  std::vector<std::string> words;
  for (const Rank rank : rule.ranks) words.emplace_back(RankText(rank).In(language));
  if (rule.or_habilitated) words.emplace_back(Text{"habilitated (HDR)", "habilité (HDR)"}.In(language));
  return Or(words, language);
}

std::string Qualities(const Rule& rule, Language language) {
  std::vector<std::string> qualities;
  if (!rule.ranks.empty() || rule.or_habilitated) qualities.push_back(RanksText(rule, language));
  if (rule.sector != Sector::kUnknown) qualities.emplace_back(SectorText(rule.sector).In(language));
  if (rule.may_preside) qualities.emplace_back(Text{"may preside", "peut présider"}.In(language));
  return absl::StrJoin(qualities, ", ");
}

// What makes a member count, as it follows "members": for the kinds of which some must.
std::string CountedBy(const Rule& rule, Language language) {
  switch (rule.kind) {
    case Kind::kExternals:
      return std::string(Text{"from another institution", "extérieurs à l’établissement"}.In(language));
    case Kind::kRanks:
      return RanksText(rule, language);
    case Kind::kSector:
      return std::string(SectorText(rule.sector).In(language));
    case Kind::kSpecialist:
      return rule.words.empty()
                 ? std::string(
                       Text{"who know a keyword of the thesis", "spécialistes d’un mot-clé du mémoire"}.In(
                           language))
                 : absl::StrCat(Text{"who know ", "spécialistes de "}.In(language), Or(rule.words, language));
    case Kind::kLanguage:
      return rule.words.empty()
                 ? std::string(
                       Text{"who speak the language of the thesis", "parlant la langue du mémoire"}.In(
                           language))
                 : absl::StrCat(Text{"who speak ", "parlant "}.In(language), Or(rule.words, language));
    default:
      return "";
  }
}

// "not known: carl".
std::string UnknownText(const RuleVerdict& verdict, Language language) {
  if (verdict.unknown.empty()) return "";
  return absl::StrCat(Text{"; not known: ", " ; non renseigné : "}.In(language), Names(verdict.unknown));
}

std::string OpenText(const RuleVerdict& verdict, Language language) {
  if (verdict.measure.open == 0) return "";
  return absl::StrCat(Text{"; open seats: ", " ; sièges à pourvoir : "}.In(language), verdict.measure.open);
}

std::string Listed(const std::vector<std::string>& people, Language language) {
  return people.empty() ? "" : absl::StrCat(Text{": ", " : "}.In(language), Names(people));
}

std::string NotMeasured(const Rule& rule, Language language) {
  switch (rule.kind) {
    case Kind::kNotice:
      return std::string(
          Text{"not measured: no day of defence yet", "non mesuré : pas encore de date de soutenance"}.In(
              language));
    case Kind::kSpecialist:
      return std::string(
          Text{"not measured: the thesis has no keywords", "non mesuré : le mémoire n’a pas de mots-clés"}.In(
              language));
    case Kind::kBalance:
      return std::string(Text{"not measured: too few members gave the datum",
                              "non mesuré : trop peu de membres ont donné cette information"}
                             .In(language));
    default:
      return std::string(
          Text{"not measured: the thesis is not known", "non mesuré : le mémoire n’est pas connu"}.In(
              language));
  }
}

}  // namespace

std::string Required(const Rule& rule, Language language) {
  switch (rule.kind) {
    case Kind::kMembers:
      return absl::StrCat(Range(rule, language), " ", Among(rule, language));
    case Kind::kSeats:
      return absl::StrCat(Range(rule, language), " ", Or(RoleWords(rule.roles, language), language));
    case Kind::kQualification:
      return absl::StrCat(Text{"each ", "chaque "}.In(language),
                          Or(RoleWords(rule.roles, language), language), Text{": ", " : "}.In(language),
                          Qualities(rule, language));
    case Kind::kNotTogether: {
      const std::vector<std::string> roles = RoleWords(rule.roles, language);
      if (roles.size() == 2) {
        return absl::StrCat(Text{"nobody is both ", "personne n’est à la fois "}.In(language),
                            And(roles, language));
      }
      return absl::StrCat(Text{"nobody is two of ", "personne n’est deux parmi "}.In(language),
                          absl::StrJoin(roles, ", "));
    }
    case Kind::kExternals:
    case Kind::kRanks:
    case Kind::kSector:
    case Kind::kSpecialist:
    case Kind::kLanguage:
      return absl::StrCat(AtLeast(rule, language), Text{" of the ", " des "}.In(language),
                          Among(rule, language), ", ", CountedBy(rule, language));
    case Kind::kBalance:
      return absl::StrCat(
          AtLeast(rule, language),
          Text{" of whichever of women and men are fewer, among those who gave it",
               " de celui des femmes et des hommes qui est le moins nombreux, parmi les réponses"}
              .In(language));
    case Kind::kNotice:
      return absl::StrCat(Text{"composition posted at least ", "composition affichée au moins "}.In(language),
                          rule.min.value_or(0),
                          Text{" days before the defence", " jours avant la soutenance"}.In(language));
    case Kind::kRemote:
      return absl::StrCat(AtMost(rule, language), Text{" on video of the ", " en visio des "}.In(language),
                          Among(rule, language));
    case Kind::kOnSite:
      return absl::StrCat(Or(RoleWords(rule.roles, language), language),
                          Text{" on site", " sur place"}.In(language));
    case Kind::kVoice:
      return absl::StrCat(Or(RoleWords(rule.roles, language), language), Text{": ", " : "}.In(language),
                          VoiceText(rule.voice.value_or(Voice::kDeliberative)).In(language));
    case Kind::kOwnPart:
      return absl::StrCat(Text{"who sits as ", "qui siège comme "}.In(language),
                          Or(RoleWords(rule.roles, language), language),
                          Text{" is that of the thesis", " est celui du mémoire"}.In(language));
    case Kind::kEmeriti:
      return absl::StrCat(AtMost(rule, language), Text{" emeriti of the ", " émérites des "}.In(language),
                          Among(rule, language));
    case Kind::kLoad:
      return rule.max
                 ? absl::StrCat(Text{"nobody on more juries of the campaign than they accept, or than ",
                                     "personne dans plus de jurys de la campagne qu’il n’en accepte, ou que "}
                                    .In(language),
                                *rule.max)
                 : std::string(Text{"nobody on more juries of the campaign than they accept",
                                    "personne dans plus de jurys de la campagne qu’il n’en accepte"}
                                   .In(language));
    case Kind::kKnown:
      return absl::StrCat(
          Text{"rank or sector known of all ", "rang ou secteur connu de tous les "}.In(language),
          Among(rule, language));
    case Kind::kAuthors:
      return std::string(
          Text{"no author of the thesis sits on its jury", "aucun auteur du mémoire ne siège dans son jury"}
              .In(language));
  }
  return "";
}

std::string Measured(const Rule& rule, const RuleVerdict& verdict, const Context& context,
                     Language language) {
  const Measure& measure = verdict.measure;
  if (verdict.outcome == Outcome::kUnmeasured) return NotMeasured(rule, language);
  const absl::string_view of = Text{" of ", " sur "}.In(language);
  switch (rule.kind) {
    case Kind::kMembers:
    case Kind::kSeats:
    case Kind::kVoice:
      return absl::StrCat(measure.counted, Listed(verdict.who_counts, language));
    case Kind::kNotTogether:
    case Kind::kRemote:
    case Kind::kEmeriti:
    case Kind::kLoad:
    case Kind::kAuthors:
      return absl::StrCat(measure.counted, Listed(verdict.who_counts, language),
                          UnknownText(verdict, language));
    case Kind::kQualification:
    case Kind::kOnSite:
    case Kind::kOwnPart:
    case Kind::kKnown:
      return absl::StrCat(measure.counted, of, measure.of,
                          verdict.who_does_not.empty() ? "" : Text{"; not: ", " ; pas : "}.In(language),
                          Names(verdict.who_does_not), UnknownText(verdict, language));
    case Kind::kBalance:
      return absl::StrCat(std::min(measure.counted, measure.of - measure.counted), of, measure.of,
                          OpenText(verdict, language));
    case Kind::kNotice: {
      const int days = static_cast<int>(*context.defence_on - *context.posted_on);
      return absl::StrCat(days, Text{" days", " jours"}.In(language));
    }
    default:
      return absl::StrCat(measure.counted, of, measure.of, Listed(verdict.who_counts, language),
                          UnknownText(verdict, language), OpenText(verdict, language));
  }
}

std::string WayOut(const Rule& rule, const RuleVerdict& verdict, Language language) {
  if (verdict.outcome != Outcome::kBroken && verdict.outcome != Outcome::kOpen) return "";
  std::string way;
  const int missing = verdict.missing;
  const int excess = verdict.excess;
  if (rule.kind == Kind::kNotice) {
    way = absl::StrCat(
        Text{"post it ", "l’afficher "}.In(language), missing,
        Text{" days earlier, or hold the defence later", " jours plus tôt, ou soutenir plus tard"}.In(
            language));
  } else if (excess > 0) {
    way = absl::StrCat(
        Text{"replace ", "remplacer "}.In(language), excess,
        Text{" of those who count, or change their role", " de ceux qui comptent, ou changer leur rôle"}.In(
            language));
  } else if (!verdict.who_does_not.empty() && missing == verdict.measure.of - verdict.measure.counted) {
    way = absl::StrCat(Text{"replace ", "remplacer "}.In(language), Names(verdict.who_does_not));
  } else if (rule.kind == Kind::kMembers || rule.kind == Kind::kSeats) {
    way = absl::StrCat(Text{"add ", "ajouter "}.In(language), missing);
  } else {
    way = absl::StrCat(Text{"have ", "en avoir "}.In(language), missing,
                       Text{" more of them who count", " de plus qui comptent"}.In(language));
  }
  if (!verdict.unknown.empty()) {
    absl::StrAppend(&way, Text{", or complete the profile of ", ", ou compléter le profil de "}.In(language),
                    Names(verdict.unknown));
  }
  if (rule.level == Level::kDerogable && verdict.outcome == Outcome::kBroken) {
    absl::StrAppend(&way, Text{"; the programme head may lift the rule for this jury, with a reason",
                               " ; le responsable de formation peut déroger pour ce jury, avec un motif"}
                              .In(language));
  }
  return way;
}

std::string Cite(const Source& source) {
  std::vector<std::string> parts = {source.text};
  if (!source.article.empty()) parts.push_back(source.article);
  if (!source.page.empty()) parts.push_back(source.page);
  std::string cited = absl::StrJoin(parts, ", ");
  if (!source.url.empty()) absl::StrAppend(&cited, " (", source.url, ")");
  return cited;
}

std::string Sentence(const Rule& rule, const RuleVerdict& verdict, const Context& context,
                     Language language) {
  std::string sentence = absl::StrCat(
      rule.id, Text{": required ", " : exigé "}.In(language), Required(rule, language),
      Text{"; measured ", " ; mesuré "}.In(language), Measured(rule, verdict, context, language));
  if (!rule.source.text.empty()) {
    absl::StrAppend(&sentence, Text{"; source ", " ; source "}.In(language), Cite(rule.source));
  }
  const std::string way = WayOut(rule, verdict, language);
  if (!way.empty()) absl::StrAppend(&sentence, Text{"; way out: ", " ; issue : "}.In(language), way);
  return sentence;
}

std::string Rulebook(const RuleSet& set, Language language) {
  const auto level = [&](Level of) {
    switch (of) {
      case Level::kRequired:
        return Text{"required", "impérative"}.In(language);
      case Level::kDerogable:
        return Text{"derogation allowed", "dérogation possible"}.In(language);
      case Level::kWarning:
        return Text{"warning only", "simple alerte"}.In(language);
    }
    return absl::string_view();
  };
  std::string text = set.title.empty() ? "" : absl::StrCat(set.title, "\n");
  for (const Rule& rule : set.rules) {
    absl::StrAppend(&text, rule.id, " [", level(rule.level), "]", Text{": ", " : "}.In(language),
                    Required(rule, language), "\n    ", Cite(rule.source), "\n");
    if (!rule.source.quotation.empty()) absl::StrAppend(&text, "    « ", rule.source.quotation, " »\n");
    if (!rule.note.empty()) absl::StrAppend(&text, "    ", rule.note, "\n");
  }
  return text;
}

}  // namespace soutenance::assignment::rules
