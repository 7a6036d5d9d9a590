#include "clients/lib/phrasebook.h"

#include <cstddef>
#include <optional>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace soutenance::clients {
namespace {

// A sentence of a server and what it is in French. "{}" stands for anything; "$1" is the first of them, "~1"
// the first of them in French.
struct Phrase {
  const char* english;
  const char* french;
};

constexpr Phrase kPhrases[] = {
    // What is not there, and what has changed.
    {"there is no campaign {}", "il n’y a pas de campagne $1"},
    {"there is no timetable {} to start from", "il n’y a pas de planning $1 d’où partir"},
    {"there is no timetable {}", "il n’y a pas de planning $1"},
    {"there is no run {}", "il n’y a pas de calcul $1"},
    {"there is no defence {}", "il n’y a pas de soutenance $1"},
    {"there is no availability {}", "il n’y a pas de disponibilité $1"},
    {"there is no thesis {}", "il n’y a pas de mémoire $1"},
    {"there is no jury {}", "il n’y a pas de jury $1"},
    {"there is no person {}", "il n’y a pas de personne $1"},
    {"there is no room {}", "il n’y a pas de salle $1"},
    {"there is no programme {}", "il n’y a pas de formation $1"},
    {"there is no rule \"{}\" in the rulebook", "le règlement n’a pas de règle « $1 »"},
    {"there is no {}; create the person first", "il n’y a pas de $1 ; créez d’abord la personne"},
    {"there is no {}; create the programme first", "il n’y a pas de $1 ; créez d’abord la formation"},
    {"there is no {}; create the cohort first", "il n’y a pas de $1 ; créez d’abord la promotion"},
    {"there is no {}; create the room first", "il n’y a pas de $1 ; créez d’abord la salle"},
    {"there is no {}; create it first, or correct the name",
     "il n’y a pas de $1 ; créez-le d’abord, ou corrigez le nom"},
    {"there is a campaign {} already; choose another id",
     "il y a déjà une campagne $1 ; choisissez un autre identifiant"},
    {"the id of {} is taken; choose another one", "l’identifiant de $1 est pris ; choisissez-en un autre"},
    {"{} was changed by somebody else since it was read; read it again and redo",
     "$1 a été modifié par quelqu’un d’autre depuis sa lecture ; relisez-le et recommencez"},
    {"only {} and those who run the programme may answer for {}",
     "seuls $1 et ceux qui gèrent la formation peuvent répondre pour $2"},
    {"{} is withdrawn and is no longer defended", "$1 est retiré et n’est plus soutenu"},
    {"is {} and cannot change to {}; give the campaign another id",
     "est $1 et ne peut devenir $2 ; donnez un autre identifiant à la campagne"},
    // Runs and timetables.
    {"{} is not ready for a timetable: {}", "$1 n’est pas prête pour un planning : ~2"},
    {"it has no day with opening hours; set its days and hours",
     "elle n’a aucun jour avec des horaires ; fixez ses jours et ses horaires"},
    {"it has no room that the directory knows; add at least one room",
     "elle n’a aucune salle que l’annuaire connaisse ; ajoutez-en au moins une"},
    {"it has no thesis to be defended: known, not withdrawn, with an author; add at least one",
     "elle n’a aucun mémoire à soutenir, c’est-à-dire connu, non retiré, avec un auteur ; ajoutez-en au "
     "moins un"},
    {"{} has finished and stays as it is; create another run",
     "$1 est terminé et reste tel quel ; lancez un autre calcul"},
    {"{} has not begun; wait until it runs, or cancel it",
     "$1 n’a pas commencé ; attendez qu’il tourne, ou annulez-le"},
    {"{} was superseded and is kept as it was; change the published timetable or a draft",
     "$1 a été remplacé et est gardé tel quel ; modifiez le planning publié ou un brouillon"},
    {"{} was superseded by a later one; to return to it, start a run from it and publish the result",
     "$1 a été remplacé par un autre ; pour y revenir, lancez un calcul qui en part et publiez le résultat"},
    {"{} is published and is kept; publish another one to replace it",
     "$1 est publié et est gardé ; publiez-en un autre pour le remplacer"},
    {"{} was published and is kept for the record; only drafts can be deleted",
     "$1 a été publié et reste archivé ; seuls les brouillons peuvent être supprimés"},
    {"{} has no place in {} to be pinned to; place it first",
     "$1 n’a pas de place dans $2 qu’on puisse fixer ; placez-la d’abord"},
    {"{} is not in the jury; pin one who is", "$1 n’est pas dans le jury ; fixez quelqu’un qui y est"},
    {"nobody was chosen for a seat in {}: all its juries were given; say what juries must have, and compute "
     "again",
     "personne n’a été choisi pour une place dans $1 : tous ses jurys étaient donnés ; dites ce que les "
     "jurys doivent "
     "avoir, puis recalculez"},
    {"{} cannot be made once more: {}", "$1 ne peut être refait : $2"},
    {"the jury has no (other) open seat of the role {}",
     "le jury n’a pas (d’autre) place à pourvoir du rôle $1"},
    {"{} is no candidate for this seat", "$1 n’est pas proposé pour cette place"},
    {"\"{}\" is none of the campaign's rooms", "« $1 » n’est pas une salle de la campagne"},
    {"{} is none of the campaign's days; choose one of its days",
     "le $1 n’est pas un jour de la campagne ; choisissez l’un de ses jours"},
    {"lies before the first date of the campaign", "est antérieur au premier jour de la campagne"},
    {"a defence of {} minutes that starts at {} would last past midnight; choose an earlier start",
     "une soutenance de $1 minutes qui commence à $2 finirait après minuit ; choisissez un début plus tôt"},
    {"{} is not a timetable of {}", "$1 n’est pas un planning de $2"},
    {"\"{}\" is not the name of a run: \"{}\"", "« $1 » n’est pas le nom d’un calcul, comme « $2 »"},
    {"\"{}\" is not the name of a timetable: \"{}\", or \"published\" or \"latest\" in place of the number",
     "« $1 » n’est pas le nom d’un planning, comme « $2 », ou « published » ou « latest » à la place du "
     "numéro"},
    {"is \"{}\"; expected a civil time such as \"{}\"; to unplace the defence leave start and room empty",
     "est « $1 » ; attendu un jour et une heure tels que « $2 » ; pour retirer la soutenance, ne donnez ni "
     "début ni "
     "salle"},
    {"is \"{}\"; expected a civil time such as \"{}\", or nothing for now",
     "est « $1 » ; attendu un jour et une heure tels que « $2 », ou rien pour maintenant"},
    {"is \"{}\"; expected a civil time such as \"{}\"",
     "est « $1 » ; attendu un jour et une heure tels que « $2 »"},
    {"has {} characters; at most {}", "a $1 caractères ; au plus $2"},
    {"is empty; name those that must have a place", "est vide ; nommez celles qui doivent avoir une place"},
    {"has more than {}", "en a plus de $1"},
    // Settings of a campaign.
    {"is missing; give the title that people will read", "manque ; donnez l’intitulé que l’on lira"},
    {"has {} bytes; at most {} are kept", "a $1 octets ; on en garde au plus $2"},
    {"\"{}\" is not a cohort of {}", "« $1 » n’est pas une promotion de $2"},
    {"{} is neither 1, the first session, nor 2, the resit",
     "$1 n’est ni 1, la première session, ni 2, le rattrapage"},
    {"\"{}\" is no known time zone; expected a name such as {}",
     "« $1 » n’est pas un fuseau horaire connu ; attendu un nom tel que $2"},
    {"\"{}\" is neither \"fr\" nor \"en\"", "« $1 » n’est ni « fr » ni « en »"},
    {"is empty; name at least one day on which defences may take place",
     "est vide ; nommez au moins un jour où des soutenances peuvent avoir lieu"},
    {"{} is not between the years {} and {}", "$1 n’est pas entre les années $2 et $3"},
    {"{} is not after the day before it, {}; days are ascending and each is named once",
     "$1 ne suit pas le jour précédent, $2 ; les jours se suivent et chacun est nommé une fois"},
    {"spans {} days from the first to the last; at most {} are possible: make two campaigns",
     "couvre $1 jours du premier au dernier ; au plus $2 sont possibles : faites deux campagnes"},
    {"is empty; say from when to when defences may take place",
     "est vide ; dites de quelle heure à quelle heure des soutenances peuvent avoir lieu"},
    {"{} to {} does not end after it begins, within one day",
     "$1 à $2 ne finit pas après son début, le même jour"},
    {"{} does not end after it begins, within one day", "$1 ne finit pas après son début, le même jour"},
    {"{} does not begin after the end of the window before it, {} to {}",
     "$1 ne commence pas après la fin de la plage précédente, $2 à $3"},
    {"\"{}\" is named twice", "« $1 » est nommé deux fois"},
    {"\"{}\" is set twice", "« $1 » est fixée deux fois"},
    {"everybody has two entries; give one", "tout le monde a deux entrées ; donnez-en une"},
    {"the rule {} cannot be {}, only {}", "la règle $1 ne peut être $2, seulement $3"},
    {"{} is not between 1 and {}, nor 0 for the default",
     "$1 n’est pas entre 1 et $2, ni 0 pour la valeur par défaut"},
    {"{} is not between {} and {}, nor 0 for the campaign's",
     "$1 n’est pas entre $2 et $3, ni 0 pour celle de la campagne"},
    {"{} is not between {} and {}", "$1 n’est pas entre $2 et $3"},
    {"the rule {} compares with nothing; leave the parameter out",
     "la règle $1 ne se compare à rien ; ne donnez pas de paramètre"},
    {"the role {} is named twice; give its count instead",
     "le rôle $1 est nommé deux fois ; donnez plutôt un nombre"},
    {"the role {} is named twice", "le rôle $1 est nommé deux fois"},
    {"\"{}\" is no role; expected {}", "« $1 » n’est pas un rôle ; attendu $2"},
    {"is the role itself", "est le rôle lui-même"},
    {"asks for {} seats; at most {} are possible", "demande $1 places ; au plus $2 sont possibles"},
    {"has {} bytes; at most {} are possible", "a $1 octets ; au plus $2 sont possibles"},
    {"has {} people; at most {} are possible", "a $1 personnes ; au plus $2 sont possibles"},
    {"has {} topics; at most {} are possible", "a $1 spécialités ; au plus $2 sont possibles"},
    {"has {} bands; at most {} are possible", "a $1 fourchettes ; au plus $2 sont possibles"},
    {"has {} entries; at most {} are possible", "a $1 entrées ; au plus $2 sont possibles"},
    {"has {} numbers; at most {} are possible", "a $1 nombres ; au plus $2 sont possibles"},
    {"has {} days; at most {} are possible", "a $1 jours ; au plus $2 sont possibles"},
    {"has {} windows; at most {} are possible", "a $1 plages ; au plus $2 sont possibles"},
    {"has {} rooms; at most {} are possible", "a $1 salles ; au plus $2 sont possibles"},
    {"has {} periods; at most {} are possible", "a $1 périodes ; au plus $2 sont possibles"},
    {"has {} words; at most {} are possible", "a $1 mots ; au plus $2 sont possibles"},
    {"\"{}\" has a control character, or a blank at its beginning or end",
     "« $1 » a un caractère de contrôle, ou une espace au début ou à la fin"},
    {"\"{}\" is not a lower-case word without accent, such as video",
     "« $1 » n’est pas un mot en minuscules sans accent, comme video"},
    {"{} is {} here and {} in {}", "$1 est $2 ici et $3 dans $4"},
    {"\"{}\" is not a date such as {}", "« $1 » n’est pas une date telle que $2"},
    {"\"{}\" is not a time such as {}, 24:00 at most",
     "« $1 » n’est pas une heure telle que $2, 24:00 au plus"},
    {"{} is not a level of a rule", "$1 n’est pas un niveau de règle"},
    {"{} is not a silent policy", "$1 n’est pas un traitement des silences"},
    {"is missing; answer yes, if needed or no", "manque ; répondez yes, if_needed ou no"},
    // Rights, and servers that have too much to do.
    {"this account is neither staff nor head nor administrator of {}; an administrator can give it one of "
     "these roles",
     "ce compte n’est ni gestionnaire, ni responsable, ni administrateur de $1 ; un administrateur peut lui "
     "donner l’un "
     "de ces rôles"},
    {"{} needs one of the roles {}; an administrator can give it to the account",
     "$1 demande l’un des rôles $2 ; un administrateur peut le donner au compte"},
    {"the call has no token; send one in the metadata {}",
     "l’appel n’a pas de jeton ; envoyez-en un dans $1"},
    {"service {} cannot be reached now; try again in a moment",
     "le service $1 est injoignable en ce moment ; réessayez dans un instant"},
    {"the server is busy: no place became free before the deadline; try again later",
     "le serveur est occupé : aucune place ne s’est libérée à temps ; réessayez plus tard"},
    {"the request has {} bytes; this method takes at most {}",
     "la demande a $1 octets ; cette méthode en accepte au plus $2"},
    // Names, numbers and fields of all services.
    {"\"{}\" is not a name of the form {}", "« $1 » n’est pas un nom de la forme $2"},
    {"\"{}\" is empty; an identifier has 1 to 63 characters",
     "« $1 » est vide ; un identifiant a 1 à 63 caractères"},
    {"\"{}\" is too long; an identifier has 1 to 63 characters",
     "« $1 » est trop long ; un identifiant a 1 à 63 caractères"},
    {"\"{}\" has a character that an identifier may not have; letters without accent, digits and . _ ~ - may "
     "stand in "
     "it",
     "« $1 » a un caractère qu’un identifiant ne peut avoir ; il est fait de lettres sans accent, de "
     "chiffres et de . "
     "_ ~ -"},
    {"\"{}\" is not an identifier", "« $1 » n’est pas un identifiant"},
    {"\"{}\" is not a field that can be changed; these are: {}",
     "« $1 » n’est pas un champ modifiable ; ce sont : $2"},
    {"is {}; expected {}", "vaut $1 ; attendu $2"},
};

using Captures = std::vector<absl::string_view>;

// What stands for each "{}" of `pattern` if it is `sentence`: as little as possible for each but the last
// one.
std::optional<Captures> Match(absl::string_view pattern, absl::string_view sentence) {
  const std::vector<absl::string_view> fixed = absl::StrSplit(pattern, "{}");
  if (!absl::StartsWith(sentence, fixed.front())) return std::nullopt;
  if (fixed.size() == 1) return sentence == pattern ? std::optional(Captures()) : std::nullopt;
  sentence.remove_prefix(fixed.front().size());
  Captures captures;
  for (std::size_t i = 1; i + 1 < fixed.size(); ++i) {
    const std::size_t at = sentence.find(fixed[i]);
    if (at == absl::string_view::npos) return std::nullopt;
    captures.push_back(sentence.substr(0, at));
    sentence.remove_prefix(at + fixed[i].size());
  }
  if (!absl::EndsWith(sentence, fixed.back())) return std::nullopt;
  captures.push_back(sentence.substr(0, sentence.size() - fixed.back().size()));
  return captures;
}

std::string Filled(absl::string_view french, const Captures& captures) {
  std::string text;
  for (std::size_t i = 0; i < french.size(); ++i) {
    const bool is_mark = (french[i] == '$' || french[i] == '~') && i + 1 < french.size() &&
                         french[i + 1] >= '1' && french[i + 1] <= '9';
    const auto number = is_mark ? static_cast<std::size_t>(french[i + 1] - '1') : captures.size();
    if (number >= captures.size()) {
      text += french[i];
      continue;
    }
    absl::StrAppend(&text, french[i] == '~' ? InFrench(captures[number]) : std::string(captures[number]));
    ++i;
  }
  return text;
}

}  // namespace

std::string InFrench(absl::string_view sentence) {
  for (const Phrase& phrase : kPhrases) {
    if (const std::optional<Captures> captures = Match(phrase.english, sentence)) {
      return Filled(phrase.french, *captures);
    }
  }
  return std::string(sentence);
}

}  // namespace soutenance::clients
