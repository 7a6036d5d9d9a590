#include "services/assignment/rules/defaults.h"

#include <utility>

namespace soutenance::assignment::rules {
namespace {

using enum Seat::Role;

constexpr char kCode[] = "Code de l’éducation";
constexpr char kLegifrance[] = "https://www.legifrance.gouv.fr";

Source Law613() {
  return {
      .text = kCode,
      .article = "L613-1",
      .url = kLegifrance,
      .quotation =
          "Seuls peuvent participer aux jurys et être présents aux délibérations des enseignants-chercheurs, "
          "des enseignants, des chercheurs ou […] des personnalités qualifiées"};
}

Source Law712() { return {.text = kCode, .article = "L712-2", .url = kLegifrance}; }

Source Examinations() {
  return {.text = "Circulaire n° 2000-033 du 1er mars 2000, organisation des examens",
          .article = "composition et affichage du jury",
          .url = "https://education.gouv.fr/bo/2000/10/sup.htm"};
}

Source Doctorate(std::string quotation) {
  return {.text = "Arrêté du 25 mai 2016, formation doctorale",
          .article = "article 18",
          .url = kLegifrance,
          .quotation = std::move(quotation)};
}

Source DoctorateAsModel(std::string quotation) {
  Source source = Doctorate(std::move(quotation));
  source.text += " (pris pour modèle)";
  return source;
}

Source Remote() {
  return {.text = "Arrêté du 27 octobre 2020, soutenances par visioconférence (pris pour modèle)",
          .article = "participation continue et simultanée, confidentialité des délibérations",
          .url = kLegifrance};
}

Source Engineer() {
  return {.text = "Arrêté du 30 mars 2001, ingénieur diplômé par l’État",
          .article = "article 4",
          .url = "https://juriblio.fr/arretes/arrete-du-30-mars-2001",
          .quotation =
              "Le directeur de l’école ou son représentant, président du jury ; deux membres du personnel "
              "enseignant de l’école ; deux ingénieurs diplômés"};
}

Source WorkStudy() {
  return {.text = "Mémoire de M2 en apprentissage (usage publié d’une formation)",
          .article = "fiche mémoire signée par le maître d’apprentissage, le tuteur et l’étudiant",
          .url = "http://ccese.info/entrepot-cours-autres-parcours/m2/memoire-de-m2/"};
}

Source OneOfEach() {
  return {.text = "FEDE, épreuve orale de soutenance (usage publié)",
          .article = "composition du jury",
          .url = "http://www.campus-eurexia.fr/MASTER-1-Europeen-Deroulement-de-l",
          .quotation = "Le jury est composé d’au moins un professionnel et d’un professeur."};
}

Source Habit(std::string what) {
  return {.text = "Usage des formations, à confirmer par les modalités de contrôle (M3C) de la formation",
          .article = std::move(what)};
}

Rule OnePresident() {
  return {
      .id = "president", .kind = Kind::kSeats, .roles = {kPresident}, .min = 1, .max = 1, .source = Law712()};
}

Rule Notice() {
  return {.id = "notice",
          .kind = Kind::kNotice,
          .level = Level::kDerogable,
          .min = 15,
          .source = Examinations(),
          .note = "La composition ne change plus pendant l’épreuve."};
}

Rule HalfAcademics() {
  return {.id = "academics",
          .kind = Kind::kSector,
          .share = Share{1, 2},
          .sector = Sector::kAcademic,
          .source = Law613(),
          .note = "La moitié au moins d’enseignants ou de chercheurs."};
}

Rule PresidentIsNotSupervisor() {
  return {.id = "president_not_supervisor",
          .kind = Kind::kNotTogether,
          .level = Level::kDerogable,
          .roles = {kPresident, kSupervisor},
          .source = DoctorateAsModel(
              "Le directeur de thèse participe au jury, mais ne prend pas part à la décision.")};
}

Rule Balance() {
  return {.id = "balance",
          .kind = Kind::kBalance,
          .level = Level::kWarning,
          .min = 1,
          .source = DoctorateAsModel(
              "Sa composition doit permettre une représentation équilibrée des femmes et des hommes."),
          .note = "Compté seulement si trois membres au moins ont donné cette information."};
}

Rule Load(int max) {
  return {.id = "load",
          .kind = Kind::kLoad,
          .level = Level::kWarning,
          .max = max,
          .source = Habit("charge des membres de jury")};
}

Rule Known() { return {.id = "known", .kind = Kind::kKnown, .level = Level::kWarning, .source = Law613()}; }

Rule Language() {
  return {.id = "language",
          .kind = Kind::kLanguage,
          .level = Level::kWarning,
          .share = Share{1, 1},
          .source = Habit("langue de la soutenance")};
}

Rule Specialist() {
  return {.id = "specialist",
          .kind = Kind::kSpecialist,
          .level = Level::kWarning,
          .min = 1,
          .source = Law613(),
          .note = "« choisies en raison de leurs compétences »"};
}

RuleSet Alternance() {
  RuleSet set{.title = "Master en alternance : soutenance de mémoire"};
  set.rules = {
      {.id = "members",
       .kind = Kind::kMembers,
       .level = Level::kDerogable,
       .min = 2,
       .max = 6,
       .source = Habit("taille du jury : 2 à 4 membres, invités en plus")},
      OnePresident(),
      {.id = "president_academic",
       .kind = Kind::kQualification,
       .level = Level::kDerogable,
       .roles = {kPresident},
       .sector = Sector::kAcademic,
       .may_preside = true,
       .source = Law613()},
      PresidentIsNotSupervisor(),
      HalfAcademics(),
      {.id = "professional",
       .kind = Kind::kSector,
       .level = Level::kDerogable,
       .roles = {kPresident, kSupervisor, kReviewer, kExaminer, kCompanyTutor},
       .min = 1,
       .sector = Sector::kProfessional,
       .source = OneOfEach()},
      {.id = "company_tutor_voice",
       .kind = Kind::kVoice,
       .roles = {kCompanyTutor},
       .voice = Voice::kConsultative,
       .source = Habit("voix du tuteur entreprise : délibérative, consultative ou sans voix"),
       .note = "Les trois se rencontrent ; à fixer par la formation."},
      {.id = "own_tutors",
       .kind = Kind::kOwnPart,
       .roles = {kSupervisor, kCompanyTutor},
       .source = WorkStudy()},
      {.id = "one_company_tutor",
       .kind = Kind::kSeats,
       .level = Level::kDerogable,
       .roles = {kCompanyTutor},
       .max = 1,
       .source = WorkStudy()},
      {.id = "external",
       .kind = Kind::kExternals,
       .level = Level::kWarning,
       .roles = {kPresident, kSupervisor, kReviewer, kExaminer, kCompanyTutor},
       .min = 1,
       .source = OneOfEach()},
      {.id = "president_on_site",
       .kind = Kind::kOnSite,
       .level = Level::kDerogable,
       .roles = {kPresident},
       .source = Remote()},
      {.id = "remote", .kind = Kind::kRemote, .level = Level::kWarning, .max = 1, .source = Remote()},
      Notice(),
      Language(),
      Specialist(),
      Balance(),
      Load(12),
      Known(),
  };
  return set;
}

RuleSet Master() {
  RuleSet set{.title = "Master : soutenance de mémoire"};
  set.rules = {
      {.id = "members",
       .kind = Kind::kMembers,
       .level = Level::kDerogable,
       .min = 2,
       .max = 4,
       .source = Habit("taille du jury : 2 à 4 membres")},
      OnePresident(),
      HalfAcademics(),
      {.id = "ranked",
       .kind = Kind::kRanks,
       .level = Level::kDerogable,
       .min = 1,
       .ranks = {Rank::kA, Rank::kB},
       .or_habilitated = true,
       .source = Law613()},
      PresidentIsNotSupervisor(),
      {.id = "own_supervisor",
       .kind = Kind::kOwnPart,
       .roles = {kSupervisor},
       .source = Habit("le directeur du mémoire siège")},
      Notice(),
      Language(),
      Specialist(),
      Balance(),
      Load(12),
      Known(),
  };
  return set;
}

RuleSet EngineerSet() {
  RuleSet set{.title = "Ingénieur diplômé par l’État : jury particulier"};
  set.rules = {
      {.id = "members", .kind = Kind::kMembers, .min = 5, .max = 5, .source = Engineer()},
      OnePresident(),
      {.id = "teachers", .kind = Kind::kSector, .min = 2, .sector = Sector::kAcademic, .source = Engineer()},
      {.id = "engineers",
       .kind = Kind::kSector,
       .min = 2,
       .sector = Sector::kProfessional,
       .source = Engineer()},
      Notice(),
      Known(),
  };
  return set;
}

RuleSet DoctorateSet() {
  RuleSet set{.title = "Doctorat, pris pour modèle"};
  set.rules = {
      {.id = "members", .kind = Kind::kMembers, .min = 4, .max = 8, .source = Doctorate("")},
      {.id = "externals",
       .kind = Kind::kExternals,
       .share = Share{1, 2},
       .source = Doctorate("composé au moins pour moitié de personnalités […] extérieures")},
      {.id = "rank_a",
       .kind = Kind::kRanks,
       .share = Share{1, 2},
       .ranks = {Rank::kA},
       .source = Doctorate("")},
      {.id = "balance",
       .kind = Kind::kBalance,
       .level = Level::kDerogable,
       .min = 1,
       .source = Doctorate("représentation équilibrée des femmes et des hommes")},
      OnePresident(),
      {.id = "president_rank_a",
       .kind = Kind::kQualification,
       .roles = {kPresident},
       .ranks = {Rank::kA},
       .source = Doctorate("Le président doit être un professeur ou assimilé")},
      {.id = "reviewers",
       .kind = Kind::kSeats,
       .roles = {kReviewer},
       .min = 2,
       .source = {.text = "Arrêté du 25 mai 2016, formation doctorale",
                  .article = "article 17",
                  .url = kLegifrance}},
      {.id = "reviewers_habilitated",
       .kind = Kind::kQualification,
       .roles = {kReviewer},
       .ranks = {Rank::kA},
       .or_habilitated = true,
       .source = {.text = "Arrêté du 25 mai 2016, formation doctorale",
                  .article = "article 17",
                  .url = kLegifrance}},
      {.id = "reviewers_external",
       .kind = Kind::kExternals,
       .roles = {kReviewer},
       .share = Share{1, 1},
       .source = {.text = "Arrêté du 25 mai 2016, formation doctorale",
                  .article = "article 17",
                  .url = kLegifrance}},
      {.id = "supervisor_neither",
       .kind = Kind::kNotTogether,
       .roles = {kSupervisor, kReviewer},
       .source = Doctorate("Le directeur de thèse participe au jury, mais ne prend pas part à la décision.")},
      {.id = "president_not_supervisor",
       .kind = Kind::kNotTogether,
       .roles = {kPresident, kSupervisor},
       .source = Doctorate("Le directeur de thèse participe au jury, mais ne prend pas part à la décision.")},
      {.id = "emeriti",
       .kind = Kind::kEmeriti,
       .level = Level::kDerogable,
       .share = Share{1, 2},
       .source = Habit("émérites, règle des écoles doctorales")},
      {.id = "president_on_site", .kind = Kind::kOnSite, .roles = {kPresident}, .source = Remote()},
      Notice(),
  };
  return set;
}

}  // namespace

const std::vector<DefaultSet>& DefaultSets() {
  static const auto& sets = *new std::vector<DefaultSet>{
      {"alternance", Alternance()},
      {"doctorate", DoctorateSet()},
      {"engineer", EngineerSet()},
      {"master", Master()},
  };
  return sets;
}

}  // namespace soutenance::assignment::rules
