#include "clients/cli/words.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/generated_enum_reflection.h>

#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
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
      // The life of a thesis: states and events
      {"subject_draft", {"subject being written", "sujet en brouillon"}},
      {"subject_proposed", {"subject proposed", "sujet soumis"}},
      {"subject_to_revise", {"subject to revise", "sujet à revoir"}},
      {"subject_refused", {"subject refused", "sujet refusé"}},
      {"subject_validated", {"subject validated", "sujet validé"}},
      {"deposited", {"deposited", "déposé"}},
      {"incomplete", {"incomplete", "à compléter"}},
      {"in_review", {"in review", "en relecture"}},
      {"authorised", {"authorised to defend", "autorisé à soutenir"}},
      {"defended", {"defended", "soutenu"}},
      {"to_correct", {"to be corrected", "à corriger"}},
      {"accepted", {"accepted", "admis"}},
      {"adjourned", {"adjourned", "ajourné"}},
      {"defaulted", {"did not come", "défaillant"}},
      {"archived", {"archived", "archivé"}},
      {"disseminated", {"disseminated", "diffusé"}},
      {"not_disseminated", {"not disseminated", "non diffusé"}},
      {"suspended", {"suspended", "suspendu"}},
      {"abandoned", {"abandoned", "abandonné"}},
      {"submit_subject", {"submit the subject", "soumettre le sujet"}},
      {"ask_revision", {"ask for a revision", "demander une révision"}},
      {"refuse_subject", {"refuse the subject", "refuser le sujet"}},
      {"validate_subject", {"validate the subject", "valider le sujet"}},
      {"start_work", {"start work", "commencer la rédaction"}},
      {"extend", {"give more time", "accorder un délai"}},
      {"ask_completion", {"ask for a completion", "demander un complément"}},
      {"receive", {"declare admissible", "déclarer recevable"}},
      {"authorise", {"authorise the defence", "autoriser la soutenance"}},
      {"refuse_defence", {"refuse the defence", "refuser la soutenance"}},
      {"revoke_authorisation", {"revoke the authorisation", "retirer l’autorisation"}},
      {"record_defence", {"record the defence", "constater la soutenance"}},
      {"record_absence", {"record an absence", "constater une absence"}},
      {"accept", {"accept", "admettre"}},
      {"ask_corrections", {"ask for corrections", "demander des corrections"}},
      {"deposit_corrections", {"deposit the corrections", "déposer les corrections"}},
      {"adjourn", {"adjourn", "ajourner"}},
      {"resume_work", {"resume work", "reprendre la rédaction"}},
      {"disseminate", {"disseminate", "diffuser"}},
      {"decline_dissemination", {"decline dissemination", "refuser la diffusion"}},
      {"retract", {"retract", "retirer de la diffusion"}},
      {"suspend", {"suspend", "suspendre"}},
      {"resume", {"resume", "reprendre"}},
      {"abandon", {"abandon", "abandonner"}},
      {"withdraw", {"withdraw", "retirer"}},
      {"reinstate", {"reinstate", "rétablir"}},
      {"author", {"author", "auteur"}},
      {"jury", {"jury", "jury"}},
      // Levels of confidentiality, opinions, problems and wishes
      {"public", {"public", "public"}},
      {"internal", {"internal", "interne"}},
      {"closed_session", {"closed session", "huis clos"}},
      {"programme", {"programme", "formation"}},
      {"company", {"company", "entreprise"}},
      {"favourable", {"favourable", "favorable"}},
      {"reserved", {"with reservations", "réservé"}},
      {"unfavourable", {"unfavourable", "défavorable"}},
      {"offered", {"offered", "proposé"}},
      {"taken", {"taken", "attribué"}},
      {"closed", {"closed", "fermé"}},
      {"waiting", {"waiting", "en attente"}},
      {"declined", {"declined", "décliné"}},
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
      {"soft_2", {"soft, rank 2", "souple de rang 2"}},
      {"soft_3", {"soft, rank 3", "souple de rang 3"}},
      {"soft_4", {"soft, rank 4", "souple de rang 4"}},
      {"soft_5", {"soft, rank 5", "souple de rang 5"}},
      {"soft_6", {"soft, rank 6", "souple de rang 6"}},
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
      // Reviews
      {"invited", {"invited", "invité"}},
      {"expired", {"no answer in time", "sans réponse à temps"}},
      {"submitted", {"submitted", "rendu"}},
      {"reopened", {"reopened", "rouvert"}},
      {"answer", {"answer", "réponse"}},
      {"review", {"review", "rapport"}},
      // Statements
      {"originality", {"originality", "originalité"}},
      {"ai_use", {"use of AI", "usage de l’IA"}},
      {"confidentiality", {"confidentiality", "confidentialité"}},
      {"data_protection", {"data protection", "protection des données"}},
      {"made", {"made", "faite"}},
      {"revoked", {"revoked", "révoquée"}},
      {"no_follow_up", {"no follow-up", "sans suite"}},
      {"to_explain", {"to be explained", "à expliquer"}},
      {"reported", {"reported", "signalé"}},
      // What was found in versions
      {"ok", {"well", "bien"}},
      {"warning", {"warning", "attention"}},
      {"unchecked", {"not found out", "non vérifié"}},
      {"none", {"nothing to say", "rien à signaler"}},
      {"remark", {"with remarks", "avec remarques"}},
      // Conflicts of interest
      {"conflict_author", {"author", "auteur"}},
      {"conflict_supervision", {"supervision", "encadrement"}},
      {"conflict_company", {"same company", "même entreprise"}},
      {"conflict_coauthorship", {"common publication", "publication commune"}},
      {"conflict_past_work", {"worked together", "travail en commun"}},
      {"conflict_family", {"family", "famille"}},
      {"conflict_other", {"other", "autre"}},
      {"conflict_same_family_name", {"same family name", "même nom de famille"}},
      {"conflict_same_address", {"same address", "même adresse"}},
      {"conflict_computed", {"computed", "calculé"}},
      {"conflict_declared_by_juror", {"declared by the juror", "déclaré par le membre de jury"}},
      {"conflict_declared_by_author", {"declared by the author", "déclaré par l’auteur"}},
      {"conflict_none", {"none known", "aucun connu"}},
      {"conflict_question", {"to confirm", "à confirmer"}},
      {"conflict_conflict", {"conflict", "conflit"}},
      {"conflict_no_conflict", {"no conflict", "pas de conflit"}},
      {"conflict_taken_back", {"taken back", "décision retirée"}},
      {"conflict_not_asked", {"not asked", "pas interrogé"}},
      {"conflict_not_answered", {"not answered", "sans réponse"}},
      {"conflict_answered", {"answered", "répondu"}},
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
namespace {
// Words such as "none" and "company" mean something of their own here.
std::string ConflictWord(const std::string& machine_word, Language language) {
  return machine_word.empty() ? "" : WordFor(absl::StrCat("conflict_", machine_word), language);
}
}  // namespace
std::string WordFor(assignment::v1::ConflictKind kind, Language language) {
  return ConflictWord(MachineWord(kind), language);
}
std::string WordFor(assignment::v1::ConflictSource source, Language language) {
  return ConflictWord(MachineWord(source), language);
}
std::string WordFor(assignment::v1::ConflictState state, Language language) {
  return ConflictWord(MachineWord(state), language);
}
std::string WordFor(assignment::v1::AnswerState state, Language language) {
  return ConflictWord(MachineWord(state), language);
}
std::string WordFor(assignment::v1::ConflictDecision::Verdict verdict, Language language) {
  return ConflictWord(MachineWord(verdict), language);
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
std::string WordFor(submissions::v1::ThesisEvent event, Language language) {
  return WordFor(MachineWord(event), language);
}
std::string WordFor(submissions::v1::Confidentiality level, Language language) {
  return WordFor(MachineWord(level), language);
}
std::string WordFor(submissions::v1::Opinion::Side side, Language language) {
  return WordFor(MachineWord(side), language);
}
std::string WordFor(submissions::v1::Opinion::Verdict verdict, Language language) {
  return WordFor(MachineWord(verdict), language);
}
std::string WordFor(submissions::v1::Problem::State state, Language language) {
  return WordFor(MachineWord(state), language);
}
std::string WordFor(submissions::v1::Wish::State state, Language language) {
  return WordFor(MachineWord(state), language);
}
std::string MachineWordFor(submissions::v1::ThesisEvent event) { return MachineWord(event); }
std::string MachineWordFor(submissions::v1::Thesis::State state) { return MachineWord(state); }
std::string WordFor(submissions::v1::DraftKind kind, Language language) {
  return WordFor(MachineWord(kind), language);
}
std::string WordFor(submissions::v1::Verdict verdict, Language language) {
  return WordFor(MachineWord(verdict), language);
}
std::string WordFor(submissions::v1::MilestoneStatus::State state, Language language) {
  return WordFor(MachineWord(state), language);
}
std::string WordFor(submissions::v1::Review::State state, Language language) {
  // Not an import that was checked only.
  if (state == submissions::v1::Review::STATE_VALIDATED) return Text{"validated", "validé"}.In(language);
  // Not a thesis.
  if (state == submissions::v1::Review::STATE_ACCEPTED) return Text{"accepted", "accepté"}.In(language);
  return WordFor(MachineWord(state), language);
}
std::string WordFor(submissions::v1::Review::Opinion opinion, Language language) {
  return WordFor(MachineWord(opinion), language);
}
std::string WordFor(submissions::v1::ReviewReminder::Missing missing, Language language) {
  return WordFor(MachineWord(missing), language);
}
std::string WordFor(submissions::v1::Statement::Kind kind, Language language) {
  return WordFor(MachineWord(kind), language);
}
std::string WordFor(submissions::v1::Statement::State state, Language language) {
  // Not an import that was checked only.
  if (state == submissions::v1::Statement::STATE_VALIDATED) return Text{"validated", "validée"}.In(language);
  return WordFor(MachineWord(state), language);
}
std::string WordFor(submissions::v1::SimilarityReading::Conclusion conclusion, Language language) {
  return WordFor(MachineWord(conclusion), language);
}
std::string WordFor(submissions::v1::CheckVerdict verdict, Language language) {
  return WordFor(MachineWord(verdict), language);
}
std::string WordFor(submissions::v1::CheckMeaning meaning, Language language) {
  return WordFor(MachineWord(meaning), language);
}

}  // namespace soutenance::cli
