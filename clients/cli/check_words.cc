#include "clients/cli/check_words.h"

#include <map>

namespace soutenance::cli {
namespace {

using clients::Language;
using clients::Text;

// French words for the reasons of the contract.
struct French {
  const char* sentence;
  const char* way_out;
};

constexpr char kExportAgain[] = "exportez de nouveau le document en PDF simple et déposez-le";
constexpr char kPackAgain[] = "refaites l’archive avec un programme ordinaire et déposez-la";
constexpr char kRename[] = "renommez l’entrée, refaites l’archive et déposez-la";
constexpr char kTellStaff[] =
    "ouvrez le fichier pour voir s’il est sain ; la scolarité peut le faire examiner de nouveau";

const std::map<absl::string_view, French>& Sentences() {
  static const auto& sentences = *new std::map<absl::string_view, French>{
      {"OK", {"rien à signaler", ""}},
      {"TYPE_UNKNOWN",
       {"on ne peut pas dire de quelle sorte de fichier il s’agit",
        "déposez un PDF, ou une archive ZIP de fichiers ordinaires"}},
      {"TYPE_MISMATCH",
       {"le contenu n’est pas du type que le nom du fichier annonce",
        "donnez au fichier le nom qui convient, ou déposez celui que vous vouliez"}},
      {"TYPE_NOT_ACCEPTED", {"le jalon accepte d’autres types de fichiers", "déposez l’un de ceux-là"}},
      {"TYPE_WEB_PAGE",
       {"c’est une page web, qui peut exécuter des scripts à l’ouverture",
        "imprimez-la en PDF et déposez celui-ci"}},
      {"TYPE_PROGRAM", {"c’est un programme", "déposez un document"}},
      {"TYPE_NOT_LOOKED_INTO",
       {"les fichiers de ce type ne sont pas examinés",
        "déposez un PDF, ou une archive ZIP de fichiers ordinaires"}},
      {"PAGES_NONE", {"le document n’a aucune page", kExportAgain}},
      {"PAGES_TOO_MANY", {"le document a plus de pages que le jalon n’en permet", "raccourcissez-le"}},
      {"PDF_BROKEN", {"le fichier n’est pas un PDF lisible", kExportAgain}},
      {"PDF_DAMAGED", {"le PDF est abîmé ; les lecteurs doivent deviner", kExportAgain}},
      {"PDF_JUNK_BEFORE", {"le PDF ne commence pas au début du fichier", kExportAgain}},
      {"PDF_ENCRYPTED", {"le PDF ne s’ouvre pas sans mot de passe", "exportez-le sans mot de passe"}},
      {"PDF_RESTRICTED",
       {"le PDF est chiffré : il s’ouvre, mais limite l’impression, la copie ou la modification",
        "exportez-le sans restrictions"}},
      {"PDF_JAVASCRIPT", {"le PDF contient du JavaScript", kExportAgain}},
      {"PDF_LAUNCH", {"le PDF peut lancer un programme", kExportAgain}},
      {"PDF_EMBEDDED_FILE",
       {"d’autres fichiers sont incorporés au PDF",
        "déposez-les à côté, dans une archive ZIP, sauf s’ils en font partie"}},
      {"PDF_SENDS", {"le PDF peut envoyer ou chercher le contenu d’un formulaire", kExportAgain}},
      {"PDF_REMOTE", {"le PDF mène à d’autres fichiers", "retirez ces liens"}},
      {"PDF_XFA", {"le PDF est un formulaire XFA, que beaucoup de lecteurs ne montrent pas", kExportAgain}},
      {"PDF_MULTIMEDIA",
       {"des sons, films ou modèles 3D sont incorporés au PDF", "déposez-les à côté, dans une archive ZIP"}},
      {"FONTS_NOT_EMBEDDED",
       {"des polices ne sont pas incorporées : d’autres machines montreront d’autres lettres",
        "exportez le document avec toutes les polices (PDF/A le fait)"}},
      {"ARCHIVE_BROKEN", {"l’archive est illisible", kPackAgain}},
      {"ARCHIVE_CUT_OFF", {"la fin de l’archive manque", kPackAgain}},
      {"ARCHIVE_OVERLAP", {"des entrées de l’archive se chevauchent, comme dans une bombe", kPackAgain}},
      {"ARCHIVE_CONTRADICTION",
       {"l’archive se contredit : selon le programme, on en sortirait autre chose", kPackAgain}},
      {"ARCHIVE_JUNK", {"il y a quelque chose avant ou entre les entrées de l’archive", kPackAgain}},
      {"ARCHIVE_METHOD",
       {"des entrées sont comprimées d’une façon qui n’est pas examinée",
        "faites l’archive avec la compression ordinaire (Deflate)"}},
      {"ARCHIVE_EMPTY", {"l’archive est vide", "mettez-y les fichiers voulus"}},
      {"NAME_TRAVERSAL", {"le nom d’une entrée sort du dossier", kRename}},
      {"NAME_ABSOLUTE", {"le nom d’une entrée est un chemin absolu", kRename}},
      {"NAME_CONTROL", {"le nom d’une entrée contient un caractère de commande", kRename}},
      {"NAME_DIRECTION",
       {"le nom d’une entrée change le sens d’écriture pour ressembler à un autre", kRename}},
      {"NAME_TOO_LONG", {"le nom d’une entrée est plus long que les systèmes ne le permettent", kRename}},
      {"NAME_EMPTY", {"une entrée n’a pas de nom", kRename}},
      {"NAME_DUPLICATE", {"deux entrées ont le même nom", kRename}},
      {"NAME_CLASH", {"deux entrées ont des noms identiques pour certains systèmes", kRename}},
      {"NAME_NOT_UTF8", {"le nom d’une entrée n’est pas en UTF-8 : les accents peuvent être faux", kRename}},
      {"NAME_RESERVED", {"le nom d’une entrée n’est pas permis sur certains systèmes", kRename}},
      {"ENTRY_ENCRYPTED", {"des entrées sont chiffrées", "faites l’archive sans mot de passe"}},
      {"ENTRY_LINK", {"une entrée est un lien vers un autre endroit", "mettez les fichiers eux-mêmes"}},
      {"ENTRY_SPECIAL", {"une entrée n’est ni un fichier ni un dossier", "mettez des fichiers ordinaires"}},
      {"ENTRY_ARCHIVE",
       {"il y a une archive dans l’archive", "déballez celle de l’intérieur et mettez ses fichiers"}},
      {"ENTRY_PROGRAM", {"une entrée est un programme", "déposez plutôt les sources et les données"}},
      {"ENTRY_MACROS", {"le document a des macros", "enregistrez-le sans macros"}},
      {"TOO_MANY_ENTRIES",
       {"l’archive a trop d’entrées pour être examinée",
        "retirez ce que d’autres peuvent se procurer, comme les paquets installés"}},
      {"ARCHIVE_BOMB",
       {"l’archive se déballe en un multiple énorme de sa taille, comme une bombe", "retirez ces fichiers"}},
      {"ARCHIVE_SIZE_LIE", {"une entrée n’a pas, une fois déballée, la taille annoncée", kPackAgain}},
      {"ARCHIVE_TOO_LARGE",
       {"l’archive se déballe en plus qu’on ne peut examiner",
        "retirez ce que d’autres peuvent se procurer, ou déposez les données en parties"}},
      {"TEXT_NONE",
       {"aucun texte trouvé : les pages sont sans doute des images, que nul ne peut chercher ni se faire "
        "lire",
        "exportez le document au lieu de le numériser, ou faites-y reconnaître le texte"}},
      {"TEXT_BROKEN",
       {"le texte du document ne peut être lu jusqu’au bout : il ne peut être comparé en entier",
        "ouvrez-le, enregistrez-le de nouveau et déposez cela, ou exportez-le en PDF"}},
      {"VIRUS_FOUND",
       {"l’antivirus a trouvé quelque chose",
        "nettoyez la machine d’où vient le fichier et déposez-en un autre"}},
      {"SCANNER_AWAY", {"l’antivirus n’a pas répondu", "la scolarité peut le faire examiner de nouveau"}},
      {"SCANNER_LIMIT", {"le fichier est plus grand que l’antivirus ne l’accepte", ""}},
      {"CONTENT_MISSING",
       {"le contenu de la version n’est pas là où il est gardé", "restaurez-le d’une sauvegarde"}},
      {"INSPECTION_CRASHED", {"l’examen de ce fichier a échoué", kTellStaff}},
      {"INSPECTION_TIMED_OUT", {"l’examen de ce fichier a pris trop de temps", kTellStaff}},
      {"INSPECTION_TOO_LARGE", {"l’examen de ce fichier a pris trop de mémoire", kTellStaff}},
  };
  return sentences;
}

const std::map<absl::string_view, Text>& Checks() {
  static const auto& checks = *new std::map<absl::string_view, Text>{
      {"file_type", {"type", "type"}},
      {"pdf_structure", {"PDF", "PDF"}},
      {"pdf_encryption", {"encryption", "chiffrement"}},
      {"pages", {"pages", "pages"}},
      {"pdf_active_content", {"active content", "contenu actif"}},
      {"pdf_fonts", {"fonts", "polices"}},
      {"archive_structure", {"archive", "archive"}},
      {"archive_names", {"names in it", "noms dedans"}},
      {"archive_entries", {"entries", "entrées"}},
      {"archive_size", {"unpacked size", "taille déballée"}},
      {"text", {"text", "texte"}},
      {"virus", {"viruses", "virus"}},
  };
  return checks;
}

}  // namespace

FindingWords WordsFor(const submissions::v1::CheckFinding& finding, Language language) {
  const auto found = Sentences().find(finding.reason());
  if (language == Language::kFrench && found != Sentences().end()) {
    return {found->second.sentence, found->second.way_out};
  }
  return {finding.sentence(), finding.way_out()};
}

std::string CheckName(absl::string_view check, Language language) {
  const auto found = Checks().find(check);
  return found == Checks().end() ? std::string(check) : found->second.In(language);
}

std::vector<std::string> KnownReasons() {
  std::vector<std::string> reasons;
  for (const auto& [reason, words] : Sentences()) reasons.emplace_back(reason);
  return reasons;
}

}  // namespace soutenance::cli
