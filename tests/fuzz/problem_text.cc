// Whatever bytes come as the text of a problem: either they are refused with what is wrong where, in valid
// UTF-8, or they are a problem, whose text is canonical, and on which rules and checker agree that nothing is
// placed yet.
#include "services/scheduling/solver/io/problem_text.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "services/base/error.h"
#include "services/scheduling/solver/check/check.h"
#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/model/timetable.h"
#include "services/scheduling/solver/model/utf8.h"

namespace {

using namespace soutenance;  // NOLINT: one function

void Expect(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "problem text: %s\n", what);
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const absl::StatusOr<scheduling::solver::Problem> problem = scheduling::solver::ParseProblem(text);
  if (!problem.ok()) {
    const ErrorFacts facts = FactsOf(problem.status());
    Expect(absl::IsInvalidArgument(problem.status()), "refused with another code than INVALID_ARGUMENT");
    Expect(!facts.fields.empty(), "refused without saying what is wrong");
    for (const FieldViolation& violation : facts.fields) {
      Expect(scheduling::solver::IsUtf8(violation.description), "a sentence that is not UTF-8");
    }
    return 0;
  }
  const std::string canonical = scheduling::solver::WriteProblem(*problem);
  const absl::StatusOr<scheduling::solver::Problem> again = scheduling::solver::ParseProblem(canonical);
  Expect(again.ok(), "what was written cannot be read");
  Expect(scheduling::solver::WriteProblem(*again) == canonical,
         "the text of a problem changes when it is read");
  const scheduling::solver::Timetable empty(*problem);
  Expect(scheduling::solver::RuleSet(*problem).Evaluate(empty).hard() == 0,
         "an empty timetable breaks a rule");
  Expect(scheduling::solver::Check(*problem, empty.placements()).empty(),
         "the checker refuses an empty timetable");
  return 0;
}
