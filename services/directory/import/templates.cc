#include "services/directory/import/templates.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace soutenance::directory::import_folder {
namespace {

constexpr char kCampagne[] = R"(# La campagne : une formation, une année, une session. Une ligne par réglage.
# Les lignes qui commencent par # sont des commentaires. Toutes les personnes de cet exemple sont fictives.
# Obligatoires : identifiant, titre, programme, jours, horaires.
clé;valeur
identifiant;exemple-2027
titre;Soutenances de master 2027 (exemple fictif)
# Identifiant de la formation, puis son intitulé.
programme;master-si
intitule_programme;Master Systèmes d'information
promotion;2027
intitule_promotion;Promotion 2027
etablissement;Université fictive
annee;2026-2027
# 1 : première session, 2 : rattrapage.
session;1
fuseau;Europe/Paris
langue;fr
# Des dates séparées par | ou un intervalle, qui vaut pour ses jours ouvrés : 14/06/2027..18/06/2027
jours;14/06/2027|15/06/2027
# Plages d'ouverture de chaque jour ; les pauses sont entre elles.
horaires;9h00-12h30|13h30-18h00
# En minutes : pas de la grille, durée d'une soutenance, battement entre deux soutenances d'une salle,
# trajet entre deux sites.
pas;15
duree;60
battement;0
trajet;30
# Qui n'a rien répondu est : disponible, indisponible ou si_besoin.
sans_reponse;disponible
# Vide : toutes les salles de salles.csv.
salles;
# Règles : regle.NOM puis non, dur, fort N ou souple N. Exemple : regle.gaps;souple 5
)";

constexpr char kCalendrier[] = R"(# Facultatif : les semaines de la promotion, à l'école ou en entreprise.
# Aucune soutenance n'est placée en période d'entreprise.
du;au;type
07/06/2027;11/06/2027;entreprise
14/06/2027;25/06/2027;école
)";

constexpr char kPersonnes[] = R"(# Tout le monde : étudiants, enseignants, tuteurs. Une ligne par personne.
# L'identifiant est celui de l'établissement, zéros de tête compris. Obligatoires : identifiant, nom.
# Les maximums sont des nombres de soutenances ; vide : selon les règles de la campagne.
identifiant;nom;prénom;courriel;organisme;maximum_par_jour;maximum_total
00412;Lefèvre;Anaïs;anais.lefevre@etu.example.org;;;
00413;N'Diaye;Moussa;moussa.ndiaye@etu.example.org;;;
e-durand;Durand;Hélène;helene.durand@example.org;Université fictive;4;
e-moreau;Moreau;Luc;luc.moreau@example.org;Université fictive;;6
e-petit;Petit;Zoé;zoe.petit@example.org;Université fictive;;
t-garcia;Garcia;Inès;ines.garcia@entreprise.example.com;Entreprise fictive;;
)";

constexpr char kSalles[] = R"(# Les salles où l'on peut soutenir. Obligatoires : identifiant, nom.
# capacité : places assises. équipement : des mots séparés par |. Un juré en visio demande l'équipement video.
identifiant;nom;site;capacité;équipement
B101;Salle B101;Campus Nord;24;video|projecteur
B102;Salle B102;Campus Nord;16;projecteur
)";

constexpr char kOuvertures[] =
    R"(# Facultatif : quand les salles sont ouvertes ou fermées, en plus des horaires de la campagne.
# Une salle qui a une ligne « ouvert » n'est utilisable qu'aux heures dites.
# type : ouvert (par défaut) ou fermé. Heures vides : toute la journée.
salle;jour;de;à;type
B102;14/06/2027;9h00;12h00;ouvert
B102;15/06/2027;9h00;18h00;ouvert
)";

constexpr char kMemoires[] =
    R"(# Les mémoires soutenus dans la campagne. Obligatoires : identifiant, titre, auteurs, encadrant.
# Les personnes sont citées par identifiant ou par adresse électronique ; deux auteurs au plus, séparés par |.
# durée : en minutes, seulement si elle diffère de celle de la campagne. confidentiel : oui ou non.
identifiant;titre;auteurs;encadrant;tuteur_entreprise;confidentiel;durée;équipement;langue
M-001;L'accessibilité des portails universitaires;00412;e-durand;t-garcia;non;;;fr
M-002;"Données ouvertes ; l'exemple des ""petites"" communes";00413;luc.moreau@example.org;;oui;80;projecteur;fr
)";

constexpr char kJurys[] =
    R"(# Les jurys : une ligne par membre. Ce fichier contient le jury entier de chaque mémoire cité.
# rôle : président, encadrant, rapporteur, examinateur, tuteur_entreprise, invité.
# mode : sur place (par défaut) ou visio. Les auteurs n'y figurent pas.
mémoire;personne;rôle;mode
M-001;e-moreau;président;
M-001;e-durand;encadrant;
M-001;e-petit;rapporteur;
M-001;t-garcia;tuteur_entreprise;visio
M-002;e-durand;président;sur place
M-002;e-moreau;encadrant;
M-002;e-petit;rapporteur;
)";

constexpr char kDisponibilites[] =
    R"(# Les réponses des personnes. Ce fichier contient toutes les réponses de la campagne.
# réponse : oui, si_besoin, non. Heures vides : toute la journée.
# Qui a au moins une ligne oui ou si_besoin n'est disponible qu'aux heures dites ; qui n'a que des lignes non
# est disponible le reste du temps ; qui n'a aucune ligne est traité selon le réglage sans_reponse.
personne;jour;de;à;réponse
e-petit;14/06/2027;9h00;12h30;non
t-garcia;15/06/2027;9h00;12h30;oui
t-garcia;15/06/2027;13h30;18h00;si_besoin
)";

constexpr char kCampaign[] =
    R"(# The campaign: one programme, one year, one session. One row for each setting.
# Lines that begin with # are comments. Everybody in this example is fictional.
# Required: id, title, programme, days, hours.
key;value
id;example-2027
title;Master's defences 2027 (fictional example)
# Identifier of the programme, then its title.
programme;master-is
programme_title;Master of Information Systems
cohort;2027
cohort_title;Class of 2027
institution;Fictional University
year;2026-2027
# 1: first session, 2: resit.
session;1
zone;Europe/Paris
language;en
# Days separated by | or a span, which stands for its weekdays: 2027-06-14..2027-06-18
days;2027-06-14|2027-06-15
# Opening windows of every day; breaks are what lies between.
hours;09:00-12:30|13:30-18:00
# In minutes: grid, duration of a defence, buffer between two defences in a room, travel between two sites.
grid;15
duration;60
buffer;0
travel;30
# A person without any answer is: available, unavailable or if_needed.
silent;available
# Empty: all rooms of rooms.csv.
rooms;
# Rules: rule.NAME, then off, hard, strong N, soft N or soft_2 N to soft_6 N. Example: rule.gaps;soft 5
)";

constexpr char kCalendar[] = R"(# Optional: the weeks of the cohort, at school or in companies.
# No defence is placed in a company period.
from;to;kind
2027-06-07;2027-06-11;company
2027-06-14;2027-06-25;school
)";

constexpr char kPeople[] = R"(# Everybody: students, teachers, tutors. One row for each person.
# The identifier is the institution's own, leading zeros included. Required: id, family_name.
# Maxima are numbers of defences; empty: as the rules of the campaign say.
id;family_name;given_name;email;organisation;max_per_day;max_total
00412;Lefèvre;Anaïs;anais.lefevre@stu.example.org;;;
00413;N'Diaye;Moussa;moussa.ndiaye@stu.example.org;;;
e-durand;Durand;Hélène;helene.durand@example.org;Fictional University;4;
e-moreau;Moreau;Luc;luc.moreau@example.org;Fictional University;;6
e-petit;Petit;Zoé;zoe.petit@example.org;Fictional University;;
t-garcia;Garcia;Inès;ines.garcia@company.example.com;Fictional Company;;
)";

constexpr char kRooms[] = R"(# The rooms in which a defence may be held. Required: id, name.
# capacity: seats. equipment: words separated by |. A remote juror needs the equipment video.
id;name;site;capacity;equipment
B101;Room B101;North Campus;24;video|projector
B102;Room B102;North Campus;16;projector
)";

constexpr char kOpenings[] = R"(# Optional: when rooms are open or closed, besides the hours of the campaign.
# A room with an "open" row may be used at the given times only.
# kind: open (default) or closed. Without times: the whole day.
room;day;from;to;kind
B102;2027-06-14;09:00;12:00;open
B102;2027-06-15;09:00;18:00;open
)";

constexpr char kTheses[] = R"(# The theses defended in the campaign. Required: id, title, authors, supervisor.
# People are named by identifier or e-mail address; at most two authors, separated by |.
# duration: in minutes, only if it differs from the campaign's. confidential: yes or no.
id;title;authors;supervisor;company_tutor;confidential;duration;equipment;language
M-001;Accessibility of university portals;00412;e-durand;t-garcia;no;;;en
M-002;"Open data; the case of ""small"" towns";00413;luc.moreau@example.org;;yes;80;projector;en
)";

constexpr char kJuries[] =
    R"(# The juries: one row for each member. This file holds the whole jury of each thesis it names.
# role: president, supervisor, reviewer, examiner, company_tutor, guest.
# mode: on_site (default) or remote. Authors are not listed here.
thesis;person;role;mode
M-001;e-moreau;president;
M-001;e-durand;supervisor;
M-001;e-petit;reviewer;
M-001;t-garcia;company_tutor;remote
M-002;e-durand;president;on_site
M-002;e-moreau;supervisor;
M-002;e-petit;reviewer;
)";

constexpr char kAvailability[] = R"(# What people answered. This file holds all answers of the campaign.
# answer: yes, if_needed, no. Without times: the whole day.
# Whoever has a yes or if_needed row is available at those times only; whoever has only no rows is available the
# rest of the time; whoever has no row is treated as the setting silent says.
person;day;from;to;answer
e-petit;2027-06-14;09:00;12:30;no
t-garcia;2027-06-15;09:00;12:30;yes
t-garcia;2027-06-15;13:30;18:00;if_needed
)";

SourceFile Template(const char* name, const char* text) {
  return {name, absl::StrCat("\xEF\xBB\xBF", absl::StrReplaceAll(text, {{"\n", "\r\n"}}))};
}

}  // namespace

std::vector<SourceFile> ImportTemplates(Language language) {
  if (language == Language::kFrench) {
    return {Template("campagne.csv", kCampagne),     Template("calendrier.csv", kCalendrier),
            Template("personnes.csv", kPersonnes),   Template("salles.csv", kSalles),
            Template("ouvertures.csv", kOuvertures), Template("memoires.csv", kMemoires),
            Template("jurys.csv", kJurys),           Template("disponibilites.csv", kDisponibilites)};
  }
  return {Template("campaign.csv", kCampaign), Template("calendar.csv", kCalendar),
          Template("people.csv", kPeople),     Template("rooms.csv", kRooms),
          Template("openings.csv", kOpenings), Template("theses.csv", kTheses),
          Template("juries.csv", kJuries),     Template("availability.csv", kAvailability)};
}

}  // namespace soutenance::directory::import_folder
