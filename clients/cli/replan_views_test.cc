#include "clients/cli/replan_views.h"

#include <gmock/gmock.h>

namespace soutenance::cli {
namespace {

namespace pb = scheduling::v1;
using clients::Language;
using ::testing::HasSubstr;
using ::testing::Not;

pb::Placement At(const char* start, const char* room) {
  pb::Placement placement;
  placement.set_defence("campaigns/m2/defences/42");
  placement.set_start(start);
  placement.set_room("rooms/b12");
  placement.set_room_title(room);
  placement.add_students("Léa Martin");
  return placement;
}

// One defence moves, of which Ana and Bob must be told.
pb::ReplanTimetableResponse OneMove() {
  pb::ReplanTimetableResponse response;
  response.mutable_timetable()->set_placed_count(12);
  response.mutable_timetable()->set_defence_count(12);
  response.add_hit("campaigns/m2/defences/42");
  response.set_minimal(true);
  response.add_facts_changed("The availability of Bob Roy changed.");
  for (const char* name : {"Ana Ruiz", "Bob Roy"}) {
    pb::ToldPerson& person = *response.add_people();
    person.set_display_name(name);
    pb::ToldChange& change = *person.add_changes();
    change.set_defence("campaigns/m2/defences/42");
    change.set_kind(pb::ToldChange::KIND_MOVED);
    change.set_notice_days(person.display_name() == "Bob Roy" ? 3 : 0);
    *change.mutable_before() = At("2027-06-14T09:00", "B12");
    *change.mutable_after() = At("2027-06-15T10:00", "C1");
    change.set_sentence("The defence of Léa Martin, announced for Monday, now takes place on Tuesday.");
  }
  return response;
}

TEST(ReplanText, SaysWhatMovesAndWhoMustBeToldWhat) {
  const std::string text = ReplanText(OneMove(), {});
  EXPECT_THAT(text,
              HasSubstr("1 defence hit, 0 others moved, 2 people to tell (nothing disturbs less; proven)"));
  EXPECT_THAT(text, HasSubstr("- The availability of Bob Roy changed."));
  EXPECT_THAT(text, HasSubstr("moved"));
  EXPECT_THAT(text, HasSubstr("Ana Ruiz (notice: none)\n    - The defence of Léa Martin"));
  EXPECT_THAT(text, HasSubstr("Bob Roy (notice: 3 days)\n    - The defence of Léa Martin"));
}

TEST(ReplanText, SpeaksFrench) {
  const std::string text = ReplanText(OneMove(), {.language = Language::kFrench});
  EXPECT_THAT(text, HasSubstr("1 soutenance touchée"));
  EXPECT_THAT(text, HasSubstr("Personnes à prévenir"));
  EXPECT_THAT(text, HasSubstr("déplacée"));
}

TEST(ReplanText, DoesNotSpeakOfPeopleWhereNothingChanges) {
  EXPECT_THAT(ReplanText(pb::ReplanTimetableResponse(), {}), Not(HasSubstr("People to tell")));
}

TEST(ReplanText, WarnsOfDefencesWithoutAPlace) {
  pb::ReplanTimetableResponse response = OneMove();
  response.mutable_timetable()->set_placed_count(11);
  response.mutable_timetable()->set_placed_count_bound(11);
  EXPECT_THAT(ReplanText(response, {}), HasSubstr("11"));
}

}  // namespace
}  // namespace soutenance::cli
