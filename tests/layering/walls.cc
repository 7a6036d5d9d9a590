#include "tests/layering/walls.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace soutenance::layering {
namespace {

// What a file can include, besides paths of the project.
constexpr absl::string_view kStandard = "the standard library";
constexpr absl::string_view kSystem = "the operating system";
constexpr absl::string_view kAbseil = "Abseil";
constexpr absl::string_view kThread = "threads";
constexpr absl::string_view kWire = "the wire";
constexpr absl::string_view kSql = "SQL";
constexpr absl::string_view kLibrary = "a library";
// Hashes, random bytes, characters: functions of their arguments, without files, network or state.
constexpr absl::string_view kComputing = "a computing library";

// One folder and what its files may include: things named above, or paths of the project. "{own}" is the
// folder of the service that the file belongs to.
struct Wall {
  absl::string_view folder;  // "*" is one service
  absl::string_view is;      // what a file of it is, in a sentence
  std::vector<absl::string_view> may;
};

// The longest folder that fits is the one that counts.
const std::vector<Wall>& Walls() {
  static const auto* const walls = new std::vector<Wall>{
      {"services/base/", "base", {kStandard, kSystem, kAbseil, "services/base/"}},
      {"services/*/",
       "a service core",
       // Not the solver's search, constraints and checker by name: a core uses its own rooms as it likes.
       {kStandard, kAbseil, kComputing, "services/base/", "services/sheets/", "{own}"}},
      {"services/sheets/",
       "the reader of sheets",
       {kStandard, kAbseil, kLibrary, "services/base/", "services/sheets/"}},
      {"services/scheduling/solver/",
       "the solver",
       {kStandard, kAbseil, kLibrary, "services/base/id.h", "services/base/status.h", "services/base/error.h",
        "services/scheduling/solver/"}},
      // The program soutenance-solve: files, signals, the terminal.
      {"services/scheduling/solver/solve_",
       "soutenance-solve",
       {kStandard, kSystem, kAbseil, kThread, kLibrary, "services/base/", "services/scheduling/solver/"}},
      // Portfolios run in parallel; the result does not depend on it (search/solve.h).
      {"services/scheduling/solver/search/",
       "the search",
       {kStandard, kAbseil, kLibrary, kThread, "services/base/id.h", "services/base/status.h",
        "services/base/error.h", "services/scheduling/solver/"}},
      // Bounds are proven beside the search, which does not wait for them (exact/prover.h).
      {"services/scheduling/solver/exact/",
       "the exact room",
       {kStandard, kAbseil, kLibrary, kThread, "services/base/id.h", "services/base/status.h",
        "services/base/error.h", "services/scheduling/solver/"}},
      // The files of soutenance-solve: solve_main.cc and what belongs to it.
      {"services/scheduling/solver/solve_",
       "the solver's program",
       {kStandard, kSystem, kAbseil, kThread, kLibrary, "services/base/status.h", "services/base/error.h",
        "services/scheduling/solver/"}},
      {"services/assignment/solver/",
       "the assignment engine",
       {kStandard, kAbseil, kLibrary, "services/base/status.h", "services/base/error.h",
        "services/assignment/solver/"}},
      {"services/assignment/compose/",
       "the composition of juries",
       {kStandard, kAbseil, kLibrary, "services/base/status.h", "services/base/error.h",
        "services/assignment/compose/"}},
      {"services/assignment/expertise/",
       "an expertise score",
       {kStandard, kAbseil, kComputing, kLibrary, "services/assignment/expertise/"}},
      {"services/assignment/conflicts/",
       "what makes a conflict of interest",
       {kStandard, kAbseil, kComputing, "services/assignment/conflicts/"}},
      // Of its service, what a jury and a profile are: the library assignment_entities.
      {"services/assignment/rules/",
       "the rules of juries",
       {kStandard, kAbseil, kComputing, "services/base/", "services/assignment/jury.h",
        "services/assignment/profile.h", "services/assignment/assignment_entities",
        "services/assignment/rules/"}},
      {"services/assignment/solver/assign_",
       "soutenance-assign",
       {kStandard, kSystem, kAbseil, kLibrary, "services/base/status.h", "services/base/error.h",
        "services/assignment/solver/"}},
      {"services/scheduling/documents/",
       "a document",
       {kStandard, kAbseil, kLibrary, "services/base/", "services/scheduling/documents/"}},
      {"services/directory/import/",
       "the reader of import folders",
       {kStandard, kAbseil, "services/base/", "services/sheets/", "services/directory/import/"}},
      // What servers issue and clients verify offline; both read and write it with this one room.
      {"services/submissions/receipts/",
       "the room of receipts",
       {kStandard, kAbseil, kComputing, "services/base/", "services/submissions/receipts/"}},
      // The program that reads what people sent, and those who run it, from a thread of less priority. What
      // can be found is told by the core.
      {"services/submissions/inspect/",
       "the room of the inspector",
       {kStandard, kSystem, kAbseil, kThread, kLibrary, "services/base/", "services/submissions/checks/",
        "services/submissions/inspect/"}},
      {"services/*/rpc/",
       "an rpc folder",
       {kStandard, kAbseil, kWire, "services/base/", "services/sheets/", "services/runtime/", "{own}"}},
      {"services/runtime/",
       "the runtime",
       {kStandard, kSystem, kAbseil, kThread, kWire, kLibrary, "services/base/", "services/runtime/"}},
      {"services/host/",
       "the host",
       {kStandard, kSystem, kAbseil, kThread, kWire, kLibrary, "services/", "storage/"}},
      {"storage/", "storage", {kStandard, kSystem, kAbseil, "services/base/", "storage/", "{cores}"}},
      {"storage/files/",
       "the store of files",
       {kStandard, kSystem, kAbseil, kThread, kComputing, "services/base/", "storage/files/",
        "services/submissions/"}},
      {"storage/sql/",
       "a database adapter",
       {kStandard, kSystem, kAbseil, kThread, kSql, kLibrary, "services/base/", "storage/sql/", "{cores}"}},
      // Errors on the wire are read by the same code that writes them (services/runtime/README.md).
      {"clients/",
       "a client",
       {kStandard, kSystem, kAbseil, kThread, kWire, kLibrary, "clients/", "services/base/error.h",
        "services/base/status.h", "services/runtime/status_wire.h", "services/submissions/receipts/"}},
  };
  return *walls;
}

constexpr absl::string_view kServices[] = {"directory", "submissions", "assignment", "scheduling"};

// "services/scheduling/" of a file below it; empty if the file belongs to no service.
std::string ServiceOf(absl::string_view path) {
  for (const absl::string_view service : kServices) {
    const std::string folder = absl::StrCat("services/", service, "/");
    if (absl::StartsWith(path, folder)) return folder;
  }
  return "";
}

const Wall* FindWall(absl::string_view file) {
  const Wall* found = nullptr;
  const std::string own = ServiceOf(file);
  for (const Wall& wall : Walls()) {
    const std::string folder = absl::StrReplaceAll(wall.folder, {{"services/*/", own}});
    if (folder.empty() || !absl::StartsWith(file, folder)) continue;
    if (found == nullptr || wall.folder.size() >= found->folder.size()) found = &wall;
  }
  return found;
}

bool IsProjectPath(absl::string_view included) {
  for (const absl::string_view top : {"services/", "storage/", "clients/", "tests/"}) {
    if (absl::StartsWith(included, top)) return true;
  }
  return false;
}

// Which of the things above a header outside of the project is.
absl::string_view ThingOf(absl::string_view included) {
  if (included == "thread") return kThread;
  if (absl::EndsWith(included, ".pb.h") || absl::StartsWith(included, "google/protobuf/") ||
      absl::StartsWith(included, "grpc")) {
    return kWire;
  }
  if (absl::StartsWith(included, "soci/") || included == "sqlite3.h" || included == "libpq-fe.h") return kSql;
  if (absl::StartsWith(included, "absl/")) return kAbseil;
  if (!absl::StrContains(included, '.') && !absl::StrContains(included, '/')) return kStandard;
  for (const absl::string_view header :
       {"dirent.h", "fcntl.h", "grp.h", "poll.h", "pthread.h", "pwd.h", "signal.h", "spawn.h", "stdlib.h",
        "termios.h", "unistd.h", "wchar.h"}) {
    if (included == header) return kSystem;
  }
  if (absl::StartsWith(included, "unicode/") || included == "sodium.h" || included == "openssl/sha.h" ||
      included == "openssl/evp.h") {
    return kComputing;
  }
  return absl::StartsWith(included, "sys/") ? kSystem : kLibrary;
}

// What a path of the project stands for, in a refusal.
std::string MeaningOf(absl::string_view file, absl::string_view included) {
  if (absl::StrContains(included, "/rpc/")) return "the wire";
  if (absl::StartsWith(included, "storage/")) return "SQL";
  if (absl::StartsWith(included, "services/host/")) return "the host";
  if (absl::StartsWith(included, "services/runtime/")) return "the runtime";
  if (absl::StartsWith(included, "clients/")) return "the clients";
  if (absl::StartsWith(included, "tests/")) return "the tests";
  const std::string service = ServiceOf(included);
  if (!service.empty() && service != ServiceOf(file)) {
    return ServiceOf(file).empty() ? "a service" : "another service";
  }
  return std::string(included);
}

bool IsTest(absl::string_view file) {
  return absl::StartsWith(file, "tests/") || absl::EndsWith(file, "_test.cc") ||
         absl::StartsWith(file, "storage/contract/") || absl::StrContains(file, "/testing/");
}

bool IsAllowed(const Wall& wall, absl::string_view file, absl::string_view included) {
  const std::string own = ServiceOf(file);
  const std::string other = ServiceOf(included);
  const bool on_the_wire = absl::StrContains(included, "/rpc/");
  for (const absl::string_view may : wall.may) {
    if (!IsProjectPath(included)) {
      const absl::string_view thing = ThingOf(included);
      if (thing == may || (thing == kComputing && may == kLibrary)) return true;
    } else if (may == "{own}") {
      // A core does not know the rpc folder that translates it.
      if (!own.empty() && other == own && (!on_the_wire || absl::StrContains(file, "/rpc/"))) return true;
    } else if (may == "{cores}") {
      if (!other.empty() && !on_the_wire) return true;
    } else if (absl::StartsWith(included, may)) {
      return true;
    }
  }
  return false;
}

std::string Refusal(absl::string_view file, absl::string_view included, absl::string_view is,
                    absl::string_view what) {
  return absl::StrCat(file, " includes ", included, ": ", is, " may not know ", what);
}

}  // namespace

std::vector<std::string> Includes(absl::string_view source) {
  std::vector<std::string> included;
  for (absl::string_view line : absl::StrSplit(source, '\n')) {
    line = absl::StripAsciiWhitespace(line);
    if (!absl::ConsumePrefix(&line, "#")) continue;
    line = absl::StripLeadingAsciiWhitespace(line);
    if (!absl::ConsumePrefix(&line, "include")) continue;
    line = absl::StripAsciiWhitespace(line);
    if (line.size() < 2 || (line.front() != '"' && line.front() != '<')) continue;
    const size_t end = line.find(line.front() == '"' ? '"' : '>', 1);
    if (end != absl::string_view::npos) included.emplace_back(line.substr(1, end - 1));
  }
  return included;
}

std::optional<std::string> WhyNot(absl::string_view file, absl::string_view included) {
  if (IsTest(file)) return std::nullopt;
  if (absl::EndsWith(file, ".h") && (included == "sqlite3.h" || included == "libpq-fe.h")) {
    return Refusal(file, included, "a header", "a database's own library; include it in the source");
  }
  const Wall* const wall = FindWall(file);
  if (wall == nullptr)
    return absl::StrCat(file, " stands in no room of the house; see tests/layering/walls.cc");
  if (IsAllowed(*wall, file, included)) return std::nullopt;
  return Refusal(file, included, wall->is,
                 IsProjectPath(included) ? MeaningOf(file, included) : std::string(ThingOf(included)));
}

std::vector<Library> Libraries(absl::string_view cmake_lists) {
  constexpr absl::string_view kCall = "soutenance_library(";
  std::vector<Library> libraries;
  for (size_t at = cmake_lists.find(kCall); at != absl::string_view::npos; at = cmake_lists.find(kCall, at)) {
    at += kCall.size();
    const absl::string_view call = cmake_lists.substr(at, cmake_lists.find(')', at) - at);
    Library library;
    for (absl::string_view word : absl::StrSplit(call, absl::ByAnyChar(" \n\t"), absl::SkipEmpty())) {
      if (library.name.empty()) library.name = std::string(word);
      if (absl::ConsumePrefix(&word, "soutenance::")) library.links.emplace_back(word);
    }
    libraries.push_back(std::move(library));
  }
  return libraries;
}

}  // namespace soutenance::layering
