#include "services/submissions/statements/statements_made.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "storage/open.h"
#include "storage/sql/statement_store.h"
#include "storage/sql/submission_store.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::submissions {
namespace {

using ::soutenance::testing::IsOkAndHolds;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(StatementsMade, AsksEachAuthorForOriginalityAndTheUseOfAi) {
  const auto database = *storage::OpenServiceDatabase("sqlite::memory:", "submissions");
  storage::sql::SubmissionStore theses(*database);
  storage::sql::StatementStore store(*database);
  const StatementsMade condition(store);
  const Thesis thesis = {.id = "42",
                         .title = "T",
                         .authors = {"people/ana"},
                         .supervisor = "people/sam",
                         .programme = "programmes/msi"};
  ASSERT_OK(theses.Write([&](SubmissionStore::Writer& writer) { return writer.Insert(thesis); }));
  const auto put = [&](StatementKind kind, StatementState state) {
    EXPECT_OK(store.Write([&](StatementStore::Writer& writer) {
      return writer.PutStatement(
          {.key = {.thesis = "42", .author = "people/ana", .kind = kind}, .state = state, .text = "t"});
    }));
  };
  put(StatementKind::kOriginality, StatementState::kMade);
  put(StatementKind::kAiUse, StatementState::kRefused);
  EXPECT_THAT(condition.UnmetFor(ThesisEvent::kDeposit, thesis),
              IsOkAndHolds(ElementsAre(Field(&Unmet::explanation, HasSubstr("missing: ana.ai_use;")))));
  EXPECT_THAT(condition.UnmetFor(ThesisEvent::kAuthorise, thesis), IsOkAndHolds(IsEmpty()));
}

}  // namespace
}  // namespace soutenance::submissions
