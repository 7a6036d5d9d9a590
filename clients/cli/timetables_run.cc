#include <algorithm>
#include <limits>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/cli/dates.h"
#include "clients/cli/fields.h"
#include "clients/cli/interrupt.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/resource.h"
#include "clients/cli/timetables.h"
#include "clients/cli/words.h"
#include "services/base/error.h"
#include "services/base/status.h"

namespace soutenance::cli {
namespace {

namespace pb = scheduling::v1;
using clients::Column;
using clients::Connection;

bool IsFinished(const pb::TimetableRun& run) {
  return run.state() == pb::TimetableRun::STATE_SUCCEEDED ||
         run.state() == pb::TimetableRun::STATE_CANCELLED || run.state() == pb::TimetableRun::STATE_FAILED;
}

std::string SecondsText(int64_t ms, Language language) {
  std::string text = absl::StrFormat("%.1f s", static_cast<double>(ms) / 1000.0);
  if (language == Language::kFrench) std::replace(text.begin(), text.end(), '.', ',');
  return text;
}

// "running 3.2 s: 23/24 placed; hard 0, unplaced 1": short, as it must fit into one line of a terminal.
std::string ProgressLine(const pb::TimetableRun& run, Language language) {
  if (!run.has_progress()) return WordFor(run.state(), language);
  const pb::RunProgress& progress = run.progress();
  const std::string score = ProvenScoreText(progress.score(), language);
  return absl::StrCat(WordFor(run.state(), language), " ", SecondsText(progress.elapsed_ms(), language),
                      Text{": ", " : "}.In(language), progress.placed_count(), "/", progress.defence_count(),
                      Text{" placed", " placées"}.In(language), score.empty() ? "" : "; ", score);
}

// `flags` end the command that is suggested.
std::string RunText(const pb::TimetableRun& run, const std::string& flags, const ViewStyle& style) {
  const Language language = style.language;
  const pb::RunProgress& progress = run.progress();
  std::string text = absl::StrCat(Text{"Run ", "Calcul "}.In(language), ShortName(run.name()),
                                  Text{": ", " : "}.In(language), WordFor(run.state(), language));
  if (run.has_progress()) {
    absl::StrAppend(&text, ", ",
                    PlacedText(progress.placed_count(), progress.defence_count(),
                               progress.placed_count_bound(), language),
                    Text{" in ", " en "}.In(language), SecondsText(progress.elapsed_ms(), language));
  }
  absl::StrAppend(&text, "\n");
  if (progress.score_size() > 0) {
    absl::StrAppend(&text, "  Score", Text{": ", " : "}.In(language),
                    ProvenScoreText(progress.score(), language), "\n");
  }
  if (!run.error().empty()) absl::StrAppend(&text, Paragraph(run.error(), 2, "", style.terminal));
  if (!run.timetable().empty()) {
    absl::StrAppend(
        &text, Text{"  Timetable ", "  Planning "}.In(language), ShortName(run.timetable()),
        Text{" is a draft: soutenance timetables show ", " est un brouillon : soutenance timetables show "}
            .In(language),
        ShortName(run.timetable()), flags, "\n");
    if (run.has_progress() && progress.placed_count() < progress.defence_count()) {
      absl::StrAppend(
          &text,
          Text{"  Why not all have a place: soutenance timetables explain --timetable ",
               "  Pourquoi toutes n’ont pas de place : soutenance timetables explain --timetable "}
              .In(language),
          ShortName(run.timetable()), flags, "\n");
    }
  }
  return text;
}

// What a finished run means for the exit code: a run that gave a timetable did what was asked.
absl::Status OutcomeOf(const pb::TimetableRun& run, const Session& session) {
  if (!run.timetable().empty() && run.state() != pb::TimetableRun::STATE_FAILED) return absl::OkStatus();
  if (run.state() == pb::TimetableRun::STATE_FAILED) {
    return Error(absl::StatusCode::kFailedPrecondition,
                 run.error().empty() ? session.Say({"the run failed", "le calcul a échoué"}) : run.error(),
                 {.reason = run.error_reason().empty() ? "RUN_FAILED" : run.error_reason(),
                  .metadata = {{"run", run.name()}}});
  }
  return clients::LocalError("RUN_CANCELLED",
                             session.Say({"the run was cancelled before it found a timetable",
                                          "le calcul a été annulé avant d’avoir trouvé un planning"}));
}

absl::Status CancelRun(Session& session, const std::string& name) {
  pb::CancelTimetableRunRequest request;
  request.set_name(name);
  return session.Call<pb::TimetableRun>(request).status();
}

// Follows `run` until it is finished, showing its progress. An interrupt, if an InterruptGuard lives, cancels
// the run.
absl::StatusOr<pb::TimetableRun> FollowRun(Session& session, pb::TimetableRun run) {
  pb::FollowTimetableRunRequest request;
  request.set_name(run.name());
  bool is_cancelling = false;
  absl::Status cancelled = absl::OkStatus();
  const auto look_at_interrupt = [&] {
    if (interrupted == 0 || is_cancelling) return Connection::Next::kGoOn;
    is_cancelling = true;
    session.ShowProgress(
        session.Say({"cancelling, keeping the best so far…", "annulation, en gardant le meilleur trouvé…"}));
    cancelled = CancelRun(session, run.name());
    return cancelled.ok() ? Connection::Next::kGoOn : Connection::Next::kStop;
  };
  session.ShowProgress(ProgressLine(run, session.language()));
  while (!IsFinished(run)) {
    const absl::Status status =
        session.server().Follow(request, run,
                                {.on_message =
                                     [&] {
                                       if (!is_cancelling)
                                         session.ShowProgress(ProgressLine(run, session.language()));
                                       return look_at_interrupt();
                                     },
                                 .on_tick = look_at_interrupt});
    if (!status.ok() || !cancelled.ok()) {
      session.ShowProgress("");
      return status.ok() ? cancelled : status;
    }
  }
  session.ShowProgress("");
  return run;
}

absl::StatusOr<pb::TimetableRun> GetRun(Session& session, const std::string& name) {
  pb::GetTimetableRunRequest request;
  request.set_name(name);
  return session.Call<pb::TimetableRun>(request);
}

// The run called RUN, or the last one of the campaign.
absl::StatusOr<pb::TimetableRun> FindRun(Session& session, const Input& input) {
  const std::string text = input.Get("RUN");
  ASSIGN_OR_RETURN(const std::string campaign, session.CampaignFor(input, text));
  if (!text.empty()) return GetRun(session, ChildName(campaign, "runs", text));
  pb::ListTimetableRunsRequest request;
  request.set_parent(campaign);
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListTimetableRunsResponse>(request));
  if (list.runs_size() > 0) return list.runs(list.runs_size() - 1);
  return Error(absl::StatusCode::kNotFound,
               session.Say({"this campaign has no run", "cette campagne n’a aucun calcul"}),
               {.reason = "RUN_NOT_FOUND", .metadata = {{"campaign", campaign}}});
}

absl::Status ShowFinished(Session& session, const Input& input, const pb::TimetableRun& run) {
  session.Show(run, [&] { return RunText(run, input.Again({"--campaign"}), StyleOf(session)); });
  return OutcomeOf(run, session);
}

int32_t ToInt32(int64_t number) {
  // The server says what is out of range; here it must only stay out of range.
  return static_cast<int32_t>(
      std::clamp<int64_t>(number, std::numeric_limits<int32_t>::min(), std::numeric_limits<int32_t>::max()));
}

absl::Status Run(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(const std::string campaign, session.CampaignFor(input, input.Get("--base")));
  pb::CreateTimetableRunRequest request;
  request.set_parent(campaign);
  pb::RunParameters& parameters = *request.mutable_parameters();
  parameters.set_time_seconds_max(ToInt32(input.Number("--time")));
  parameters.set_moves_max(input.Number("--moves"));
  parameters.set_seed(input.Number("--seed"));
  parameters.set_threads(ToInt32(input.Number("--threads")));
  if (input.Has("--base")) {
    // "latest" and "published" are resolved now: the run keeps what it started from.
    ASSIGN_OR_RETURN(const pb::Timetable base, GetTimetable(session, input, input.Get("--base")));
    parameters.set_base_timetable(base.name());
  }
  request.set_validate_only(input.Has("--dry-run"));
  // From before the run exists: an interrupt must never leave one behind that nobody follows.
  std::optional<InterruptGuard> guard;
  if (!input.Has("--no-wait")) guard.emplace();
  ASSIGN_OR_RETURN(pb::TimetableRun run, session.Call<pb::TimetableRun>(request));
  if (input.Has("--dry-run")) {
    ShowOutcome(session, input, {"The campaign is ready.", "La campagne est prête."}, run, "");
    return absl::OkStatus();
  }
  if (input.Has("--no-wait")) {
    session.Show(run, [&] {
      return absl::StrCat(RunText(run, input.Again({"--campaign"}), StyleOf(session)), "  ",
                          session.Say({"Follow it: ", "Pour le suivre : "}), "soutenance timetables follow ",
                          ShortName(run.name()), input.Again({"--campaign"}), "\n");
    });
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(run, FollowRun(session, run));
  return ShowFinished(session, input, run);
}

absl::Status Runs(Session& session, const Input& input) {
  if (input.Has("RUN")) {
    ASSIGN_OR_RETURN(const pb::TimetableRun run, FindRun(session, input));
    session.Show(run, [&] { return RunText(run, input.Again({"--campaign"}), StyleOf(session)); });
    return absl::OkStatus();
  }
  pb::ListTimetableRunsRequest request;
  ASSIGN_OR_RETURN(const std::string campaign, session.CampaignFor(input));
  request.set_parent(campaign);
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListTimetableRunsResponse>(request));
  const Language language = session.language();
  clients::Table table({{session.Say({"Run", "Calcul"})},
                        {session.Say({"When", "Quand"})},
                        {session.Say({"State", "État"})},
                        {session.Say({"Placed", "Placées"}), Column::Align::kRight},
                        {session.Say({"Time", "Durée"}), Column::Align::kRight},
                        {"Score", Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"Timetable", "Planning"}), Column::Align::kRight},
                        {session.Say({"By", "Par"})}});
  for (const pb::TimetableRun& run : list.runs()) {
    const pb::RunProgress& progress = run.progress();
    table.Row({ShortName(run.name()), InstantText(run.create_time()), WordFor(run.state(), language),
               run.has_progress() ? absl::StrCat(progress.placed_count(), "/", progress.defence_count()) : "",
               run.has_progress() ? SecondsText(progress.elapsed_ms(), language) : "",
               ScoreText(progress.score(), language), ShortName(run.timetable()), ShortName(run.account())});
  }
  ShowTable(session, list, table, {"no run", "aucun calcul"});
  return absl::OkStatus();
}

absl::Status Follow(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(pb::TimetableRun run, FindRun(session, input));
  ASSIGN_OR_RETURN(run, FollowRun(session, run));
  return ShowFinished(session, input, run);
}

absl::Status Cancel(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(pb::TimetableRun run, FindRun(session, input));
  RETURN_IF_ERROR(CancelRun(session, run.name()));
  // The run ends a moment later; its timetable, if any, is what the person wants to hear about.
  ASSIGN_OR_RETURN(run, FollowRun(session, run));
  session.Show(run, [&] { return RunText(run, input.Again({"--campaign"}), StyleOf(session)); });
  return absl::OkStatus();
}

}  // namespace

std::vector<Command> TimetableRunCommands() {
  const Argument run = {
      .value = {.word = "RUN", .kind = Value::Kind::kResource, .collection = "runs"},
      .help = {"id of the run; default: the last one", "identifiant du calcul ; par défaut le dernier"},
      .need = Argument::Need::kOptional};
  Argument one_run = run;
  one_run.help = {"show this run only", "ne montrer que ce calcul"};
  return {
      {.verb = "run",
       .summary = {"Compute a timetable, showing the progress",
                   "Calculer un planning, en montrant l’avancement"},
       .details = {"The result is a draft. Ctrl-C stops the search and keeps the best timetable so far. The "
                   "same facts, seed and "
                   "number of moves give the same timetable.",
                   "Le résultat est un brouillon. Ctrl-C arrête la recherche et garde le meilleur planning "
                   "trouvé. Les mêmes "
                   "données, graine et nombre de mouvements donnent le même planning."},
       .flags =
           {NumberFlag("--time", "SECONDS",
                       {"search at most this long; default: 10", "durée maximale ; par défaut 10"}),
            NumberFlag("--moves", "N", {"search at most this many moves", "nombre maximal de mouvements"}),
            NumberFlag(
                "--seed", "N",
                {"start of the random choices; default: 0", "graine des choix aléatoires ; par défaut 0"}),
            NumberFlag("--threads", "N",
                       {"default: all cores of the server", "par défaut tous les cœurs du serveur"}),
            ResourceFlag("--base", "TIMETABLE", "timetables",
                         {"stay close to this one and keep its pins; default: the published one",
                          "rester proche de celui-ci et garder ses placements fixés ; par défaut le publié"}),
            {.name = "--no-wait",
             .value = {},
             .help = {"return at once; see \"timetables follow\"",
                      "rendre la main aussitôt ; voir « timetables follow »"}},
            CampaignFlag(),
            DryRunFlag()},
       .examples = {{"timetables run --time 60", {"a minute at most", "une minute au plus"}},
                    {"timetables run --moves 200000 --seed 7",
                     {"can be repeated exactly", "reproductible à l’identique"}}},
       .run = Run},
      {.verb = "runs",
       .summary = {"List the runs of a campaign, or show one",
                   "Lister les calculs d’une campagne, ou en montrer un"},
       .arguments = {one_run},
       .flags = {CampaignFlag()},
       .examples = {{"timetables runs", {"oldest first", "du plus ancien au plus récent"}}},
       .run = Runs},
      {.verb = "follow",
       .summary = {"Follow a run until it has finished", "Suivre un calcul jusqu’à sa fin"},
       .details = {"Ctrl-C stops following, not the run.", "Ctrl-C arrête le suivi, pas le calcul."},
       .arguments = {run},
       .flags = {CampaignFlag()},
       .examples = {{"timetables follow", {"the last run", "le dernier calcul"}}},
       .run = Follow},
      {.verb = "cancel",
       .summary = {"Stop a run, keeping the best timetable so far",
                   "Arrêter un calcul en gardant le meilleur planning trouvé"},
       .arguments = {run},
       .flags = {CampaignFlag()},
       .examples = {{"timetables cancel", {"the last run", "le dernier calcul"}}},
       .run = Cancel},
  };
}

}  // namespace soutenance::cli
