// Every example jury is judged as its file says.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "services/assignment/rules/check.h"
#include "services/assignment/rules/testing/example.h"
#include "services/assignment/rules/words.h"

namespace soutenance::assignment::rules {
namespace {

std::string Contents(const std::filesystem::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<std::string> Names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(JURY_EXAMPLES)) {
    const std::string name = entry.path().filename();
    if (name != "people" && name != "README.md") names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

class ExampleJury : public ::testing::TestWithParam<std::string> {};

TEST_P(ExampleJury, IsJudgedAsItsFileSays) {
  const std::filesystem::path folder = JURY_EXAMPLES;
  const Example example = ReadExample(Contents(folder / GetParam()), Contents(folder / "people"));
  ASSERT_EQ(example.problem, "");
  std::vector<FieldViolation> problems;
  CheckRuleSet(example.set, "rules", problems);
  for (const FieldViolation& problem : problems) ADD_FAILURE() << problem.field << " " << problem.description;

  const Checker checker(example.set);
  const Verdict verdict = checker.Check(example.seats, example.context);
  ASSERT_EQ(verdict.rules.size(), example.set.rules.size() + 1);
  bool is_accepted = true;
  std::size_t expected_count = 0;
  for (const RuleVerdict& said : verdict.rules) {
    const Rule& rule = checker.rule(said.rule);
    SCOPED_TRACE(Sentence(rule, said, example.context, Language::kEnglish));
    const auto at = example.expected.find(rule.id);
    const Expectation expected = at == example.expected.end() ? Expectation{} : at->second;
    if (at != example.expected.end()) ++expected_count;
    EXPECT_EQ(static_cast<int>(said.outcome), static_cast<int>(expected.outcome));
    EXPECT_EQ(said.measure.counted, expected.counted.value_or(said.measure.counted));
    EXPECT_EQ(said.measure.of, expected.of.value_or(said.measure.of));
    if (IsRefused(rule, said.outcome)) is_accepted = false;
  }
  EXPECT_EQ(expected_count, example.expected.size()) << "the file names a rule that the set does not have";
  EXPECT_EQ(is_accepted, example.is_accepted);
}

INSTANTIATE_TEST_SUITE_P(Files, ExampleJury, ::testing::ValuesIn(Names()), [](const auto& file) {
  std::string name = file.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(Examples, AreThirtyAtLeastSomeLegalAndSomeNot) { EXPECT_GE(Names().size(), 30u); }

}  // namespace
}  // namespace soutenance::assignment::rules
