#include "clients/cli/command.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace soutenance::cli {

std::string Input::Get(absl::string_view name) const {
  const auto found = values_.find(std::string(name));
  return found == values_.end() ? "" : found->second.back();
}

std::vector<std::string> Input::GetAll(absl::string_view name) const {
  const auto found = values_.find(std::string(name));
  return found == values_.end() ? std::vector<std::string>{} : found->second;
}

std::string Input::Again(const std::vector<const char*>& flags) const {
  std::string words;
  for (const char* flag : flags) {
    if (Has(flag)) absl::StrAppend(&words, " ", flag, " ", Get(flag));
  }
  return words;
}

int64_t Input::Number(absl::string_view name) const {
  int64_t number = 0;
  return absl::SimpleAtoi(Get(name), &number) ? number : 0;
}

Flag CampaignFlag() {
  return {.name = "--campaign",
          .value = {.word = "CAMPAIGN", .kind = Value::Kind::kResource, .collection = "campaigns"},
          .help = {"the campaign; default: the context's, or the only one",
                   "la campagne ; par défaut celle du contexte, ou la seule"}};
}

Flag TimetableFlag() {
  return {
      .name = "--timetable",
      .value = {.word = "NUMBER", .kind = Value::Kind::kResource, .collection = "timetables"},
      .help = {"the timetable: a number, \"latest\" (default) or \"published\"",
               "le planning : un numéro, « latest » (le dernier, par défaut) ou « published » (le publié)"}};
}

Flag DryRunFlag() {
  return {.name = "--dry-run",
          .value = {},
          .help = {"check and show the result, write nothing",
                   "vérifier et montrer le résultat sans rien écrire"}};
}

Flag YesFlag() {
  return {.name = "--yes",
          .value = {},
          .help = {"do not ask for confirmation", "ne pas demander de confirmation"}};
}

Flag EtagFlag() {
  return {.name = "--etag",
          .value = {.word = "ETAG"},
          .help = {"only if it was not changed since this etag was read",
                   "seulement si rien n’a changé depuis la lecture de cet etag"}};
}

const std::vector<Flag>& CommonFlags() {
  static const auto& flags = *new std::vector<Flag>{
      {.name = "--json",
       .value = {},
       .help = {"print the answer as JSON; errors too, on standard error",
                "écrire la réponse en JSON ; les erreurs aussi, sur la sortie d’erreur"}},
      {.name = "--language",
       .value = {.word = "LANGUAGE", .kind = Value::Kind::kChoice, .choices = {"fr", "en"}},
       .help = {"fr or en; default: as LC_ALL or LANG say", "fr ou en ; par défaut d’après LC_ALL ou LANG"}},
      {.name = "--server",
       .value = {.word = "ADDRESS"},
       .help =
           {"unix:/path, 127.0.0.1:PORT or https://host; default: see \"soutenance context show\"",
            "unix:/chemin, 127.0.0.1:PORT ou https://machine ; par défaut voir « soutenance context show »"}},
      {.name = "--token-file",
       .value = {.word = "FILE", .kind = Value::Kind::kFile},
       .help = {"the file that holds your token", "le fichier qui contient votre jeton"}},
      {.name = "--timeout",
       .value = {.word = "SECONDS", .kind = Value::Kind::kNumber},
       .help = {"how long one call may take; default: as the method says",
                "durée maximale d’un appel ; par défaut celle de la méthode"}},
      {.name = "--help", .value = {}, .help = {"show this help (also -h)", "montrer cette aide (aussi -h)"}},
  };
  return flags;
}

}  // namespace soutenance::cli
