#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/fields.h"
#include "clients/cli/files.h"
#include "clients/cli/layout.h"
#include "clients/cli/nouns.h"
#include "clients/cli/resource.h"
#include "clients/lib/json.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/submissions/receipts/log_file.h"
#include "services/submissions/receipts/receipt.h"
#include "soutenance/submissions/v1/drafts.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = submissions::v1;
namespace receipts = submissions::receipts;

constexpr int64_t kReceiptBytesMax = 64 << 10;
constexpr int64_t kLogBytesMax = int64_t{1} << 30;

// A file whose name says what is wrong with it in the error.
absl::Status About(const std::string& path, const absl::Status& status) {
  return Error(status.code(), absl::StrCat(path, ": ", status.message()), FactsOf(status));
}

// The public key: --key, as digits or a file that holds them; otherwise the server is asked.
absl::StatusOr<std::string> KeyFor(Session& session, const Input& input) {
  if (!input.Has("--key")) {
    ASSIGN_OR_RETURN(const auto key, session.Call<pb::GetReceiptKeyResponse>(pb::GetReceiptKeyRequest()));
    return key.public_key();
  }
  std::string key = input.Get("--key");
  if (!receipts::IsHex(key, 64)) {
    ASSIGN_OR_RETURN(key, ReadFile(key, 4096, session.language()));
    key = std::string(absl::StripAsciiWhitespace(key));
  }
  if (receipts::IsHex(key, 64)) return key;
  return clients::LocalError(
      "KEY_INVALID",
      session.Say({"the key is not 64 hexadecimal digits, nor a file that holds them",
                   "la clé n’est ni 64 chiffres hexadécimaux ni un fichier qui les contient"}));
}

std::string ReceiptText(const Session& session, const receipts::Receipt& receipt) {
  const receipts::Statement& is = receipt.statement;
  return FactsText(is.version.empty() ? is.upload : is.version,
                   {{{"institution", "établissement"}, is.institution},
                    {{"event", "événement"},
                     is.event == "outage"      ? session.Say({"outage", "panne"})
                     : is.event == "committed" ? session.Say({"committed to", "engagement"})
                                               : session.Say({"received", "reçu"})},
                    {{"kind", "nature"}, is.kind},
                    {{"milestone", "jalon"}, is.milestone},
                    {{"file", "fichier"}, is.file_name},
                    {{"size", "taille"}, is.size},
                    {{"SHA-256", "SHA-256"}, is.sha256},
                    {{"by", "par"}, is.account},
                    {{"begun", "commencé"}, is.begun},
                    {{"received", "reçu"}, is.received},
                    {{"deadline", "échéance"}, is.deadline},
                    {{"verdict", "verdict"}, is.verdict},
                    {{"log entry", "entrée du journal"}, absl::StrCat(receipt.log_index)}},
                   session.language(), session.out());
}

std::string ReceiptJson(const receipts::Receipt& receipt) {
  clients::JsonObject json;
  for (const receipts::Field& field : receipts::FieldsOf(receipt.statement))
    json.Text(field.name, field.value);
  return json.Raw("logIndex", absl::StrCat(receipt.log_index))
      .Raw("logSize", absl::StrCat(receipt.log_size))
      .Text("logRoot", receipt.log_root)
      .Text("key", receipt.key)
      .Done();
}

absl::StatusOr<receipts::Receipt> VerifyFile(const Session& session, const std::string& path,
                                             const std::string& key) {
  ASSIGN_OR_RETURN(const std::string text, ReadFile(path, kReceiptBytesMax, session.language()));
  auto receipt = receipts::Verify(text, key);
  if (!receipt.ok()) return About(path, receipt.status());
  return receipt;
}

absl::Status Verify(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(const std::string key, KeyFor(session, input));
  ASSIGN_OR_RETURN(const receipts::Receipt receipt, VerifyFile(session, input.Get("FILE"), key));
  if (session.json()) {
    session.Print(absl::StrCat(ReceiptJson(receipt), "\n"));
  } else {
    session.Print(
        absl::StrCat(session.Say({"Genuine.", "Authentique."}), "\n", ReceiptText(session, receipt)));
  }
  return absl::OkStatus();
}

absl::Status Show(Session& session, const Input& input) {
  pb::GetReceiptRequest request;
  request.set_name(input.Get("NAME"));
  ASSIGN_OR_RETURN(const auto answer, session.Call<pb::GetReceiptResponse>(request));
  if (input.Has("--out")) {
    if (input.Get("--out") == "-") {
      session.Print(answer.receipt());
      return absl::OkStatus();
    }
    RETURN_IF_ERROR(WriteFile(input.Get("--out"), answer.receipt(), session.language()));
  }
  ASSIGN_OR_RETURN(const receipts::Receipt receipt, receipts::Read(answer.receipt()));
  session.Show(answer, [&] { return ReceiptText(session, receipt); });
  return absl::OkStatus();
}

absl::Status Key(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(const auto key, session.Call<pb::GetReceiptKeyResponse>(pb::GetReceiptKeyRequest()));
  if (input.Has("--out")) {
    RETURN_IF_ERROR(WriteFile(input.Get("--out"), absl::StrCat(key.public_key(), "\n"), session.language()));
  }
  session.Show(key, [&] { return absl::StrCat(key.public_key(), "\n"); });
  return absl::OkStatus();
}

absl::Status Export(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(const auto key, session.Call<pb::GetReceiptKeyResponse>(pb::GetReceiptKeyRequest()));
  ASSIGN_OR_RETURN(const auto head, session.Call<pb::ReceiptLogHead>(pb::GetReceiptLogHeadRequest()));
  ASSIGN_OR_RETURN(const auto entries,
                   session.List<pb::ListReceiptLogEntriesResponse>(pb::ListReceiptLogEntriesRequest()));
  std::vector<std::string> leaves;
  for (const std::string& leaf : entries.leaf_hashes()) {
    // Entries that were added since the head was signed are in the next export.
    if (static_cast<int64_t>(leaves.size()) < head.size()) leaves.push_back(absl::HexStringToBytes(leaf));
  }
  ASSIGN_OR_RETURN(const std::string text, receipts::WriteLog({.institution = head.institution(),
                                                               .size = head.size(),
                                                               .root = head.root(),
                                                               .signature = head.signature()},
                                                              key.public_key(), leaves));
  RETURN_IF_ERROR(WriteFile(input.Get("FILE"), text, session.language()));
  session.Show(head, [&] {
    return absl::StrCat(input.Get("FILE"), ": ",
                        Counted(head.size(), {"entry", "entrée"}, {"entries", "entrées"}, session.language()),
                        "\n");
  });
  return absl::OkStatus();
}

absl::StatusOr<receipts::Log> AuditFile(const Session& session, const std::string& path,
                                        const std::string& key) {
  ASSIGN_OR_RETURN(const std::string text, ReadFile(path, kLogBytesMax, session.language()));
  auto log = receipts::AuditLog(text, key);
  if (!log.ok()) return About(path, log.status());
  return log;
}

absl::Status Audit(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(const std::string key, KeyFor(session, input));
  ASSIGN_OR_RETURN(const receipts::Log log, AuditFile(session, input.Get("FILE"), key));
  if (input.Has("--earlier")) {
    ASSIGN_OR_RETURN(const receipts::Log earlier, AuditFile(session, input.Get("--earlier"), key));
    if (const absl::Status status = receipts::CheckContinues(log, earlier); !status.ok()) {
      return About(input.Get("FILE"), status);
    }
  }
  const std::vector<std::string> files = input.GetAll("--receipt");
  for (const std::string& path : files) {
    ASSIGN_OR_RETURN(const receipts::Receipt receipt, VerifyFile(session, path, key));
    if (const absl::Status status = receipts::CheckReceipt(log, receipt); !status.ok())
      return About(path, status);
  }
  if (session.json()) {
    session.Print(absl::StrCat(clients::JsonObject()
                                   .Text("institution", log.head.institution)
                                   .Raw("size", absl::StrCat(log.head.size))
                                   .Text("root", log.head.root)
                                   .Raw("receipts", absl::StrCat(files.size()))
                                   .Done(),
                               "\n"));
    return absl::OkStatus();
  }
  session.Print(absl::StrCat(
      session.Say({"Genuine: ", "Authentique : "}),
      Counted(log.head.size, {"entry", "entrée"}, {"entries", "entrées"}, session.language()), ", ",
      Counted(static_cast<int64_t>(files.size()), {"receipt in its place", "reçu à sa place"},
              {"receipts in their places", "reçus à leur place"}, session.language()),
      "\n"));
  return absl::OkStatus();
}

Argument FileArgument(Text help) {
  return {.value = {.word = "FILE", .kind = Value::Kind::kFile}, .help = help};
}

Flag KeyFlag() {
  return {
      .name = "--key",
      .value = {.word = "KEY", .kind = Value::Kind::kFile},
      .help = {
          "the institution's public key, digits or a file: then no server is asked",
          "la clé publique de l’établissement, chiffres ou fichier : alors aucun serveur n’est consulté"}};
}

}  // namespace

Noun ReceiptsNoun() {
  return {
      .name = "receipts",
      .summary = {"proofs of what was submitted, and their log", "preuves de dépôt, et leur journal"},
      .commands = {
          {.verb = "verify",
           .summary = {"Check a receipt; a field that was altered is named",
                       "Vérifier un reçu ; un champ altéré est nommé"},
           .arguments = {FileArgument({"the receipt", "le reçu"})},
           .flags = {KeyFlag()},
           .examples = {{"receipts verify memoire.pdf.receipt --key univ.pub",
                         {"without a server", "sans serveur"}}},
           .run = Verify},
          {.verb = "show",
           .summary = {"Show the receipt of a version or of an upload",
                       "Montrer le reçu d’une version ou d’un envoi"},
           .arguments = {{.value = {.word = "NAME"},
                          .help = {"theses/ID/drafts/NUMBER or theses/ID/uploads/ID",
                                   "theses/ID/drafts/NUMÉRO ou theses/ID/uploads/ID"}}},
           .flags =
               {{.name = "--out",
                 .value = {.word = "FILE", .kind = Value::Kind::kFile},
                 .help = {"also write the file; \"-\": only write it to standard output",
                          "écrire aussi le fichier ; « - » : seulement l’écrire sur la sortie standard"}}},
           .examples = {{"receipts show theses/m2-017/drafts/3", {"of one version", "d’une version"}}},
           .run = Show},
          {.verb = "key",
           .summary = {"Show the institution's public key", "Montrer la clé publique de l’établissement"},
           .flags = {{.name = "--out",
                      .value = {.word = "FILE", .kind = Value::Kind::kFile},
                      .help = {"also write it to a file", "l’écrire aussi dans un fichier"}}},
           .examples = {{"receipts key --out univ.pub", {"for later", "pour plus tard"}}},
           .run = Key},
          {.verb = "export",
           .summary = {"Write the log of all receipts to a file",
                       "Écrire le journal de tous les reçus dans un fichier"},
           .details = {"The log holds hashes and tells nothing about anybody.",
                       "Le journal contient des empreintes et ne dit rien de personne."},
           .arguments = {FileArgument({"where to", "où"})},
           .examples = {{"receipts export log.txt", {"the whole log", "tout le journal"}}},
           .run = Export},
          {.verb = "audit",
           .summary = {"Check an exported log: what was removed, moved or edited is named",
                       "Contrôler un journal exporté : ce qui fut retiré, déplacé ou modifié est nommé"},
           .arguments = {FileArgument({"the exported log", "le journal exporté"})},
           .flags = {KeyFlag(),
                     {.name = "--receipt",
                      .value = {.word = "FILE", .kind = Value::Kind::kFile},
                      .help = {"also check that this receipt has its place in it",
                               "contrôler aussi que ce reçu y est à sa place"},
                      .times = Flag::Times::kRepeated},
                     {.name = "--earlier",
                      .value = {.word = "FILE", .kind = Value::Kind::kFile},
                      .help = {"also check that it only continues this earlier export",
                               "contrôler aussi qu’il ne fait que prolonger cet export antérieur"}}},
           .examples = {{"receipts audit log.txt --key univ.pub --receipt memoire.pdf.receipt",
                         {"the log, and one receipt in it", "le journal, et un reçu dans celui-ci"}}},
           .run = Audit},
      }};
}

}  // namespace soutenance::cli
