#include "clients/cli/words.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/generated_enum_reflection.h>

#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"

namespace soutenance::cli {
namespace {

using clients::Language;
using clients::Text;

// By machine word: the enumerator's name without its prefix, in lower case. One word has one meaning in all
// of them.
const std::map<absl::string_view, Text>& Words() {
  static const auto& words = *new std::map<absl::string_view, Text>{
      // Roles of accounts, juries and attendees
      {"student", {"student", "étudiant"}},
      {"supervisor", {"supervisor", "encadrant"}},
      {"reviewer", {"reviewer", "rapporteur"}},
      {"juror", {"juror", "membre de jury"}},
      {"company_tutor", {"company tutor", "tuteur entreprise"}},
      {"staff", {"staff", "gestionnaire"}},
      {"company_liaison", {"company liaison", "relations entreprises"}},
      {"programme_head", {"programme head", "responsable de formation"}},
      {"administrator", {"administrator", "administrateur"}},
      {"president", {"president", "président"}},
      {"examiner", {"examiner", "examinateur"}},
      {"guest", {"guest", "invité"}},
      // States
      {"refused", {"refused", "refusé"}},
      {"validated", {"checked only", "vérifié seulement"}},
      {"applying", {"being carried out", "en cours"}},
      {"done", {"done", "fait"}},
      {"queued", {"queued", "en attente"}},
      {"running", {"running", "en cours"}},
      {"succeeded", {"finished", "terminé"}},
      {"cancelled", {"cancelled", "annulé"}},
      {"failed", {"failed", "échoué"}},
      {"draft", {"draft", "brouillon"}},
      {"published", {"published", "publié"}},
      {"superseded", {"superseded", "remplacé"}},
      {"active", {"active", "actif"}},
      {"withdrawn", {"withdrawn", "retiré"}},
      // Answers
      {"available", {"available", "disponible"}},
      {"unavailable", {"unavailable", "indisponible"}},
      {"yes", {"yes", "oui"}},
      {"if_needed", {"if needed", "si besoin"}},
      {"no", {"no", "non"}},
      // What happened to a defence
      {"new", {"new", "nouvelle"}},
      {"moved", {"moved", "déplacée"}},
      {"recomposed", {"other jury", "autre jury"}},
      // Levels
      {"off", {"off", "inactive"}},
      {"hard", {"hard", "stricte"}},
      {"unplaced", {"unplaced", "non placées"}},
      {"strong", {"strong", "forte"}},
      {"soft", {"soft", "souple"}},
      // Versions and milestones
      {"deposit", {"deposit", "dépôt"}},
      {"corrected", {"corrected", "corrigé"}},
      {"archive", {"archive", "archivage"}},
      {"dissemination", {"dissemination", "diffusion"}},
      {"no_deadline", {"no deadline", "sans échéance"}},
      {"on_time", {"on time", "à l’heure"}},
      {"grace", {"grace", "tolérance"}},
      {"late", {"late", "en retard"}},
      {"expected", {"expected", "attendu"}},
      {"missing", {"missing", "manquant"}},
      {"begun", {"begun", "commencé"}},
      {"received", {"received", "reçu"}},
      // Collections
      {"people", {"people", "personnes"}},
      {"rooms", {"rooms", "salles"}},
      {"programmes", {"programmes", "formations"}},
      {"cohorts", {"cohorts", "promotions"}},
      {"theses", {"theses", "mémoires"}},
      {"juries", {"juries", "jurys"}},
      {"campaigns", {"campaigns", "campagnes"}},
      {"defences", {"defences", "soutenances"}},
      {"availabilities", {"availabilities", "disponibilités"}},
  };
  return words;
}

// "if_needed" of SILENT_POLICY_IF_NEEDED, whose enumeration begins with SILENT_POLICY_UNSPECIFIED; empty for
// that one.
template <typename Enum>
std::string MachineWord(Enum value) {
  const auto* type = google::protobuf::GetEnumDescriptor<Enum>();
  const auto* enumerator = type->FindValueByNumber(value);
  if (enumerator == nullptr || enumerator->number() == 0) return "";
  const std::string& first = type->value(0)->name();
  return absl::AsciiStrToLower(enumerator->name().substr(first.size() - std::string("UNSPECIFIED").size()));
}

}  // namespace

std::string WordFor(absl::string_view machine_word, Language language) {
  const auto found = Words().find(machine_word);
  return found == Words().end() ? absl::StrReplaceAll(machine_word, {{"_", " "}})
                                : found->second.In(language);
}

std::string WordFor(access::v1::Role role, Language language) { return WordFor(MachineWord(role), language); }
std::string WordFor(assignment::v1::Seat::Role role, Language language) {
  return WordFor(MachineWord(role), language);
}
std::string WordFor(directory::v1::Import::State state, Language language) {
  return WordFor(MachineWord(state), language);
}
std::string WordFor(scheduling::v1::Campaign::SilentPolicy policy, Language language) {
  return WordFor(MachineWord(policy), language);
}
std::string WordFor(scheduling::v1::TimetableRun::State state, Language language) {
  return WordFor(MachineWord(state), language);
}
std::string WordFor(scheduling::v1::Timetable::State state, Language language) {
  return WordFor(MachineWord(state), language);
}
std::string WordFor(scheduling::v1::Comparison::Kind kind, Language language) {
  // A defence, not a run, is cancelled here: the gender differs in French.
  if (kind == scheduling::v1::Comparison::KIND_CANCELLED && language == Language::kFrench) return "annulée";
  return WordFor(MachineWord(kind), language);
}
std::string WordFor(scheduling::v1::AvailabilityPeriod::Answer answer, Language language) {
  return WordFor(MachineWord(answer), language);
}
std::string WordFor(scheduling::v1::RuleSetting::Level level, Language language) {
  return WordFor(MachineWord(level), language);
}
std::string WordFor(submissions::v1::Thesis::State state, Language language) {
  return WordFor(MachineWord(state), language);
}
std::string WordFor(submissions::v1::DraftKind kind, Language language) {
  return WordFor(MachineWord(kind), language);
}
std::string WordFor(submissions::v1::Verdict verdict, Language language) {
  return WordFor(MachineWord(verdict), language);
}
std::string WordFor(submissions::v1::MilestoneStatus::State state, Language language) {
  return WordFor(MachineWord(state), language);
}

}  // namespace soutenance::cli
