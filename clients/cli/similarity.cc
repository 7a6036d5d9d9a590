#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/cli/dates.h"
#include "clients/cli/fields.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/nouns.h"
#include "clients/cli/resource.h"
#include "clients/cli/words.h"
#include "services/base/status.h"
#include "soutenance/submissions/v1/statements.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = submissions::v1;
using clients::Column;

const std::vector<Field>& Fields() {
  static const auto& fields = *new std::vector<Field>{
      {.flag = TextFlag("--tool", "NAME", {"which tool", "quel outil"}), .name = "tool"},
      {.flag = NumberFlag("--rate", "PERMILLE",
                          {"its number, in tenths of a percent", "son taux, en pour mille"}),
       .name = "rate_per_mille"},
      {.flag = TextFlag("--excluded", "TEXT", {"sources left out of account", "sources écartées"}),
       .name = "excluded_sources"},
      {.flag = YesNoFlag("--indexed",
                         {"the text went into the tool’s collection", "texte versé dans la base de l’outil"}),
       .name = "indexed"},
      {.flag = ChoiceFlag("--conclusion", {"no_follow_up", "to_explain", "reported"},
                          {"what you conclude; required", "votre conclusion ; obligatoire"}),
       .name = "conclusion"},
      {.flag = TextFlag("--comment", "TEXT", {"why", "pourquoi"}), .name = "comment"},
  };
  return fields;
}

std::string RateText(int per_mille) { return absl::StrFormat("%d.%d %%", per_mille / 10, per_mille % 10); }

absl::Status Record(Session& session, const Input& input) {
  pb::RecordSimilarityReadingRequest request;
  RETURN_IF_ERROR(FillResource(input, Fields(), session.language(), *request.mutable_reading()).status());
  request.mutable_reading()->set_draft(
      ChildName(TopName("theses", input.Get("THESIS")), "drafts", input.Get("VERSION")));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto reading, session.Call<pb::SimilarityReading>(request));
  ShowOutcome(session, input, {"Recorded.", "Enregistré."}, reading,
              FactsText(reading.draft(),
                        {{{"tool", "outil"}, reading.tool()},
                         {{"rate", "taux"}, RateText(reading.rate_per_mille())},
                         {{"conclusion", "conclusion"}, WordFor(reading.conclusion(), session.language())},
                         {{"comment", "commentaire"}, reading.comment()}},
                        session.language(), session.out()));
  return absl::OkStatus();
}

absl::Status List(Session& session, const Input& input) {
  pb::ListSimilarityReadingsRequest request;
  request.set_parent(TopName("theses", input.Get("THESIS")));
  ASSIGN_OR_RETURN(const auto list, session.Call<pb::ListSimilarityReadingsResponse>(request));
  clients::Table table({{session.Say({"Version", "Version"})},
                        {session.Say({"Tool", "Outil"})},
                        {session.Say({"Rate", "Taux"}), Column::Align::kRight},
                        {session.Say({"Conclusion", "Conclusion"})},
                        {session.Say({"Comment", "Commentaire"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"Read", "Lu le"})},
                        {session.Say({"By", "Par"})}});
  for (const pb::SimilarityReading& each : list.readings()) {
    table.Row({ShortName(each.draft()), each.tool(), RateText(each.rate_per_mille()),
               WordFor(each.conclusion(), session.language()), each.comment(), InstantText(each.read_time()),
               ShortName(each.reader())});
  }
  ShowTable(session, list, table, {"no reading", "aucune lecture"});
  return absl::OkStatus();
}

}  // namespace

Noun SimilarityNoun() {
  const Argument thesis = NameArgument("THESIS", "theses", {"the thesis", "le mémoire"});
  return {
      .name = "similarity",
      .summary = {"what people conclude from similarity reports", "conclusions des lectures de similitude"},
      .commands = {
          {.verb = "record",
           .summary = {"Record a reading", "Enregistrer une lecture"},
           .details = {"A number alone decides nothing: a person reads the report and concludes.",
                       "Un taux seul ne décide rien : une personne lit le rapport et conclut."},
           .arguments = {thesis,
                         {.value = {.word = "VERSION"},
                          .help = {"number of the version", "numéro de la version"}}},
           .flags = Flags(FlagsOf(Fields()), {DryRunFlag()}),
           .examples = {{"similarity record m2-017 3 --tool Compilatio --rate 124 --conclusion no_follow_up",
                         {"12.4 %, quotations", "12,4 %, des citations"}}},
           .run = Record},
          {.verb = "list",
           .summary = {"List the readings of a thesis", "Lister les lectures d’un mémoire"},
           .arguments = {thesis},
           .examples = {{"similarity list m2-017", {"of one thesis", "d’un mémoire"}}},
           .run = List},
      }};
}

}  // namespace soutenance::cli
