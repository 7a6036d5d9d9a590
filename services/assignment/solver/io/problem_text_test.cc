#include "services/assignment/solver/io/problem_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/base/error.h"

namespace soutenance::assignment::solver {
namespace {

using ::testing::ElementsAre;

constexpr char kText[] = R"(soutenance assignment 1
# a comment
reviewer ana 0 2
reviewer bo 1 2
thesis networks 1
thesis compilers 2
scores networks 0.75 -     # may not
score compilers ana -0.000000001
score compilers bo 1
pin compilers bo
held networks ana
end
)";

std::string Refusal(const std::string& lines) {
  const absl::StatusOr<ProblemText> text = ParseProblem("soutenance assignment 1\n" + lines);
  if (text.ok()) return "ok";
  const FieldViolation fault = FactsOf(text.status()).fields[0];
  return fault.field + ": " + fault.description;
}

TEST(ProblemText, IsReadAsItStandsThere) {
  const absl::StatusOr<ProblemText> text = ParseProblem(kText);
  ASSERT_TRUE(text.ok()) << text.status();
  const Problem& problem = text->problem;
  EXPECT_EQ(problem.scale(), 1'000'000'000);
  EXPECT_THAT(problem.scores(0), ElementsAre(750'000'000, kForbidden));
  EXPECT_THAT(problem.scores(1), ElementsAre(-1, 1'000'000'000));
  EXPECT_EQ(problem.reviewer(1).least, 1);
  EXPECT_THAT(problem.pinned(), ElementsAre(Pair{1, 1}));
  EXPECT_THAT(text->held, ElementsAre(Pair{0, 0}));
}

TEST(ProblemText, ComesBackAsItWas) {
  const absl::StatusOr<ProblemText> text = ParseProblem(kText);
  const std::string written = WriteProblem(text->problem, text->held);
  const absl::StatusOr<ProblemText> again = ParseProblem(written);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(WriteProblem(again->problem, again->held), written);
  EXPECT_EQ(again->problem.spec().scores, text->problem.spec().scores);
}

TEST(ProblemText, ScalesLargeScoresDown) {
  const absl::StatusOr<ProblemText> text = ParseProblem(
      "soutenance assignment 1\nreviewer ana 0 1\nthesis networks 1\nscores networks 250.5\nend\n");
  EXPECT_EQ(text->problem.scale(), 1'000'000);
  EXPECT_THAT(text->problem.scores(0), ElementsAre(250'500'000));
}

TEST(ProblemText, NamesTheLineOfAFault) {
  EXPECT_EQ(FactsOf(ParseProblem("soutenance problem 1\n").status()).fields[0].description,
            "expected \"soutenance assignment 1\"");
  EXPECT_EQ(Refusal("reviewer ana two 3\nend\n"), "line 2: \"two\" is not a whole number");
  EXPECT_EQ(
      Refusal("judge ana\nend\n"),
      "line 2: \"judge\" is not known; expected reviewer, thesis, scores, score, forbid, pin, held or end");
  EXPECT_EQ(Refusal("reviewer ana 0 1\nthesis t 1\nscores t 1 1\nend\n"),
            "line 4: has more scores than there are reviewers");
  EXPECT_EQ(Refusal("reviewer ana 0 1\nthesis t 1\nscores t much\nend\n"),
            "line 4: \"much\" is not a score; expected a decimal from -1e9 to 1e9");
  EXPECT_EQ(Refusal("reviewer ana 0 1\nthesis t 1\npin t bo\nend\n"),
            "line 4: there is no reviewer \"bo\" above");
  EXPECT_EQ(Refusal("thesis t 1\nreviewer ana 0 1\nend\n"),
            "line 3: reviewers stand before the first thesis");
  EXPECT_EQ(Refusal("thesis t 1\n"), "line 2: the text ends without the line \"end\": it was cut off");
}

// Whatever single byte is damaged, it is read or refused.
TEST(ProblemText, SurvivesDamage) {
  const std::string text = kText;
  for (size_t i = 0; i < text.size(); ++i) {
    for (const char damaged : {'\0', ' ', '9', '-', '\n', '\x7f'}) {
      std::string copy = text;
      copy[i] = damaged;
      const absl::StatusOr<ProblemText> read = ParseProblem(copy);
      EXPECT_EQ(read.ok(), FactsOf(read.status()).fields.empty());
    }
  }
}

}  // namespace
}  // namespace soutenance::assignment::solver
