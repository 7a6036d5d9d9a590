#include "services/directory/import/read_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace soutenance::directory::import_folder {

namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A small legal folder; a test replaces the files that matter to it. An empty text leaves the file out.
std::vector<SourceFile> AFolder(std::map<std::string, std::string> replaced = {}) {
  std::map<std::string, std::string> files = {
      {"people.csv",
       "id,family_name,given_name,email\n001,Lefevre,Ana,ana@example.org\n002,Durand,Luc,luc@example.org\n"
       "003,Petit,Zoe,zoe@example.org\n"},
      {"rooms.csv", "id,name,equipment\nR1,Room 1,video\n"},
      {"theses.csv", "id,title,authors,supervisor\nT1,Title,001,002\n"},
      {"juries.csv", "thesis,person,role\nT1,002,supervisor\nT1,003,president\n"},
      {"availability.csv", "person,day,from,to,answer\n"},
      {"campaign.csv",
       "key,value\nid,c1\ntitle,Campaign\nprogramme,p1\ndays,2027-06-14\nhours,09:00-12:00\n"},
  };
  for (auto& [name, text] : replaced) files[name] = text;
  std::vector<SourceFile> folder;
  for (auto& [name, text] : files) {
    if (!text.empty()) folder.push_back({name, text});
  }
  return folder;
}

std::vector<ImportProblem> ProblemsOf(const std::map<std::string, std::string>& replaced) {
  return ReadFolder(AFolder(replaced)).problems;
}

MATCHER_P4(IsProblem, kind, file, line, column, "") {
  *result_listener << Describe(arg, Language::kEnglish) << " [" << arg.kind << "]";
  return arg.kind == kind && arg.place.file == file && arg.place.line == line &&
         arg.place.column_number == column;
}
MATCHER_P(Says, text, "") { return absl::StrContains(Describe(arg, Language::kEnglish), text); }
MATCHER(IsWarning, "") { return arg.severity == Severity::kWarning; }

TEST(ReadFolder, ReadsALegalFolder) {
  const FolderReading reading = ReadFolder(AFolder());
  EXPECT_TRUE(reading.IsAcceptable());
  EXPECT_THAT(reading.problems, IsEmpty());
  ASSERT_EQ(reading.batch.people.size(), 3u);
  EXPECT_EQ(reading.batch.people[0], (PersonRow{.id = "001",
                                                .family_name = "Lefevre",
                                                .given_name = "Ana",
                                                .email = "ana@example.org",
                                                .line = 2}));
  EXPECT_THAT(reading.batch.campaign.rooms, ElementsAre("R1"));
  EXPECT_EQ(reading.batch.calendar, std::nullopt);
}

TEST(ReadFolder, ReadsFrenchFilesInWindows1252) {
  std::vector<SourceFile> folder = AFolder({{"people.csv", ""}, {"rooms.csv", ""}});
  folder.push_back({"PERSONNES.CSV",
                    "Identifiant;Nom;Pr\xE9nom;Courriel\r\n001;Lef\xE8vre;Ana;\r\n002;N\x92"
                    "Diaye;Luc;\r\n003;Petit;Zo\xE9;\r\n"});
  folder.push_back(
      {"salles.csv", "identifiant\tnom\tcapacit\xE9\t\xE9quipement\nR1\tAmphi\t40\tvisio|Projecteur\n"});
  const FolderReading reading = ReadFolder(folder);
  EXPECT_THAT(reading.problems, IsEmpty());
  EXPECT_EQ(reading.batch.people[1].family_name, "N’Diaye");
  EXPECT_EQ(reading.batch.people[2].given_name, "Zoé");
  EXPECT_THAT(reading.batch.rooms[0].equipment, ElementsAre("projector", "video"));
  EXPECT_EQ(reading.batch.rooms[0].capacity_seats, 40);
}

TEST(ReadFolder, ReplacesEmailAddressesByIds) {
  const FolderReading reading = ReadFolder(AFolder(
      {{"theses.csv",
        "id,title,authors,supervisor,company_tutor\nT1,Title,ANA@example.org,luc@EXAMPLE.org,003\n"}}));
  EXPECT_THAT(reading.problems, IsEmpty());
  EXPECT_THAT(reading.batch.theses[0].authors, ElementsAre("001"));
  EXPECT_EQ(reading.batch.theses[0].supervisor, "002");
}

TEST(ReadFolder, ReportsAllProblemsOfAllFilesAtOnce) {
  const std::vector<ImportProblem> problems = ProblemsOf(
      {{"people.csv", "id,family_name,email\n001,,ana\n002,Durand,\n002,Dupont,\n003,Petit,\nx y,Blanc,\n"},
       {"rooms.csv", "id,name,capacity\nR1,Room 1,many\n"},
       {"juries.csv", "thesis,person,role\nT1,2,supervisor\nT9,003,boss\n"}});
  EXPECT_THAT(
      problems,
      ElementsAre(
          IsProblem("value_missing", "people.csv", 2, 2), IsProblem("email_invalid", "people.csv", 2, 3),
          IsProblem("id_repeated", "people.csv", 4, 1), IsProblem("id_invalid", "people.csv", 6, 1),
          IsProblem("number_invalid", "rooms.csv", 2, 3), IsProblem("person_unknown", "juries.csv", 2, 2),
          IsProblem("thesis_unknown", "juries.csv", 3, 1), IsProblem("choice_unknown", "juries.csv", 3, 3)));
}

TEST(ReadFolder, SuggestsWhatWasProbablyMeant) {
  EXPECT_THAT(
      ProblemsOf({{"theses.csv", "id,title,authors,supervisor\nT1,Title,1,Durand Luc\n"}}),
      ElementsAre(
          AllOf(IsProblem("person_unknown", "theses.csv", 2, 3), Says("did you mean 001 (Ana Lefevre)?")),
          AllOf(IsProblem("person_unknown", "theses.csv", 2, 4), Says("did you mean 002 (Luc Durand)?"))));
  EXPECT_THAT(ProblemsOf({{"theses.csv", "id,title,authors,supervisor\nT1,Title,ana@exmple.org,002\n"}}),
              ElementsAre(Says("did you mean ana@example.org (Ana Lefevre)?")));
  EXPECT_THAT(ProblemsOf({{"theses.csv", "id,title,authors,supervisor\nT1,Title,quelqu-un,002\n"}}),
              ElementsAre(testing::Not(Says("did you mean"))));
}

TEST(ReadFolder, FindsPeopleNamedTwice) {
  EXPECT_THAT(ProblemsOf({{"people.csv",
                           "id,family_name,given_name,email\n001,Lefevre,Ana,ana@example.org\n002,Durand,Luc,"
                           "ANA@example.org\n"
                           "003,Lefèvre,Ana,\n"}}),
              ElementsAre(AllOf(IsProblem("email_repeated", "people.csv", 3, 4), Says("001 on line 2")),
                          AllOf(IsProblem("person_homonym", "people.csv", 4, 2), IsWarning())));
}

TEST(ReadFolder, RefusesContradictoryJuries) {
  EXPECT_THAT(
      ProblemsOf({{"juries.csv",
                   "thesis,person,role\nT1,002,president\nT1,luc@example.org,supervisor\nT1,003,president\n"
                   "T1,001,guest\n"}}),
      ElementsAre(IsProblem("juror_repeated", "juries.csv", 3, 2),
                  IsProblem("president_repeated", "juries.csv", 4, 3),
                  IsProblem("author_on_jury", "juries.csv", 5, 0)));
}

TEST(ReadFolder, RefusesAThesisSupervisedByItsAuthorOrWithThreeAuthors) {
  EXPECT_THAT(ProblemsOf({{"theses.csv", "id,title,authors,supervisor\nT1,Title,002,luc@example.org\n"},
                          {"juries.csv", "thesis,person,role\nT1,003,president\n"}}),
              ElementsAre(IsProblem("author_supervises", "theses.csv", 2, 4)));
  EXPECT_THAT(ProblemsOf({{"theses.csv", "id,title,authors,supervisor\nT1,Title,001|002|003,002\n"},
                          {"juries.csv", "thesis,person,role\n"}}),
              testing::Contains(IsProblem("authors_too_many", "theses.csv", 2, 3)));
}

TEST(ReadFolder, RefusesContradictoryAnswersAndBadTimes) {
  EXPECT_THAT(ProblemsOf({{"availability.csv",
                           "person,day,from,to,answer\n002,14/06/2027,,,oui\n002,2027-06-14,,,non\n"
                           "003,2027-06-14,9h,8h,oui\n003,2027-06-14,9h,,oui\n003,2027-02-30,,,oui\n"}}),
              ElementsAre(IsProblem("answer_contradictory", "availability.csv", 3, 5),
                          IsProblem("times_reversed", "availability.csv", 4, 4),
                          IsProblem("time_invalid", "availability.csv", 5, 4),
                          IsProblem("day_invalid", "availability.csv", 6, 2)));
}

TEST(ReadFolder, WarnsAboutWhatHasNoEffect) {
  const FolderReading reading = ReadFolder(
      AFolder({{"availability.csv", "person,day,answer\n002,2027-06-13,no\n"},
               {"theses.csv", "id,title,authors,supervisor,duration,equipment\nT1,Title,001,003,200,laser\n"},
               {"calendar.csv", "from,to,kind\n2027-06-14,2027-06-18,company\n"}}));
  EXPECT_TRUE(reading.IsAcceptable());
  EXPECT_THAT(reading.problems, ElementsAre(IsProblem("day_in_company", "calendar.csv", 2, 0),
                                            IsProblem("equipment_nowhere", "theses.csv", 2, 0),
                                            IsProblem("duration_too_long", "theses.csv", 2, 0),
                                            IsProblem("supervisor_differs", "juries.csv", 2, 0),
                                            IsProblem("day_outside_campaign", "availability.csv", 2, 0)));
}

TEST(ReadFolder, ReadsCampaignSettings) {
  const FolderReading reading =
      ReadFolder(AFolder({{"campaign.csv", ""},
                          {"campagne.csv",
                           "clé;valeur\nidentifiant;c1\ntitre;Été\nprogramme;p1\njours;14/06/2027..18/06/"
                           "2027\nhoraires;9h-12h|13h30-18h\n"
                           "annee;2026-2027\nsession;2\npas;30\nduree;45\nbattement;5\ntrajet;20\nsans_"
                           "reponse;si_besoin\nfuseau;Europe/Brussels\n"
                           "langue;en\nsalles;R1\nregle.gaps;souple 5\nrègle.load_per_day;dur\n"}}));
  EXPECT_THAT(reading.problems, IsEmpty());
  const CampaignSettings& campaign = reading.batch.campaign;
  EXPECT_EQ(campaign.days.size(), 5u);
  EXPECT_EQ(campaign.year, 2027);
  EXPECT_EQ(campaign.session, 2);
  EXPECT_EQ(campaign.grid_minutes, 30);
  EXPECT_EQ(campaign.duration_minutes, 45);
  EXPECT_EQ(campaign.silence, Silence::kIfNeeded);
  EXPECT_EQ(campaign.zone, "Europe/Brussels");
  ASSERT_EQ(campaign.rules.size(), 2u);
  EXPECT_EQ(campaign.rules[0],
            (RuleSetting{.rule = "gaps", .strength = RuleStrength::kSoft, .weight = 5, .line = 17}));
}

TEST(ReadFolder, RefusesBadCampaignSettings) {
  EXPECT_THAT(
      ProblemsOf({{"campaign.csv",
                   "key,value\nid,c1\nid,c2\ntitle,Campaign\nprogramme,p1\ndays,2027-06-14\nzone,"
                   "Paris\ncolour,blue\n"
                   "rooms,R2\nrule.Gaps,soft\nrule.gaps,loud\ngrid,0\n"}}),
      ElementsAre(
          IsProblem("key_missing", "campaign.csv", 0, 0), IsProblem("key_repeated", "campaign.csv", 3, 1),
          IsProblem("zone_unknown", "campaign.csv", 7, 2), IsProblem("key_unknown", "campaign.csv", 8, 1),
          IsProblem("room_unknown", "campaign.csv", 9, 2), IsProblem("rule_invalid", "campaign.csv", 10, 1),
          IsProblem("value_invalid", "campaign.csv", 11, 2),
          IsProblem("number_invalid", "campaign.csv", 12, 2)));
}

TEST(ReadFolder, NamesUnknownMissingAndRepeatedFiles) {
  std::vector<SourceFile> folder = AFolder({{"rooms.csv", ""}});
  folder.push_back({"notes.csv", "a,b\n"});
  folder.push_back({"personnes.csv", "identifiant,nom\n"});
  folder.push_back({"README.md", "# notes"});
  folder.push_back({".DS_Store", std::string(8, '\0')});
  folder.push_back({"people.xlsx", "PK\x03\x04"});
  const FolderReading reading = ReadFolder(folder);
  EXPECT_THAT(
      reading.problems,
      testing::UnorderedElementsAre(
          AllOf(IsProblem("file_missing", "", 0, 0), Says("rooms.csv")),
          AllOf(IsProblem("file_unknown", "notes.csv", 0, 0), Says("availability.csv")),
          IsProblem("file_unknown", "people.xlsx", 0, 0), IsProblem("file_repeated", "personnes.csv", 0, 0)));
}

TEST(ReadFolder, NamesUnknownRepeatedAndMissingColumns) {
  EXPECT_THAT(
      ProblemsOf({{"people.csv", "id,nom,family_name,colour\n001,a,b,c\n"}}),
      ElementsAre(IsProblem("column_repeated", "people.csv", 1, 3),
                  IsProblem("column_unknown", "people.csv", 1, 4), testing::_, testing::_, testing::_));
  const std::vector<ImportProblem> missing = ProblemsOf({{"people.csv", "id,given_name\n001,Ana\n"}});
  ASSERT_EQ(missing.size(), 1u) << "one missing column must not make every reference a problem";
  EXPECT_THAT(missing[0], AllOf(IsProblem("column_missing", "people.csv", 1, 0), Says("family_name")));
}

TEST(ReadFolder, ExplainsFilesThatAreNotText) {
  EXPECT_THAT(ProblemsOf({{"rooms.csv", "PK\x03\x04..."}}),
              ElementsAre(IsProblem("encoding_workbook", "rooms.csv", 0, 0)));
  EXPECT_THAT(ProblemsOf({{"rooms.csv", "id,name\né,é\nR\xE9,x\n"}}),
              ElementsAre(IsProblem("encoding_mixed", "rooms.csv", 3, 0)));
}

TEST(ReadFolder, RefusesMoreThanSixteenMebibytes) {
  const FolderReading reading = ReadFolder({{"people.csv", std::string(kFolderBytesMax + 1, 'x')}});
  EXPECT_THAT(reading.problems, ElementsAre(IsProblem("folder_too_large", "", 0, 0)));
}

TEST(ReadFolder, CountsProblemsBeyondThoseItLists) {
  std::string people = "id,family_name\n";
  for (int i = 0; i < 1500; ++i) people += "a b,Name\n";
  const FolderReading reading = ReadFolder(AFolder({{"people.csv", people}}));
  EXPECT_EQ(reading.problems.size(), 1000u);
  EXPECT_GE(reading.error_count, 1500u);
  EXPECT_EQ(reading.unlisted_count(), reading.error_count + reading.warning_count - 1000);
}

TEST(ReadFolder, DoesNotDependOnTheOrderOfTheFiles) {
  std::vector<SourceFile> folder = AFolder();
  const FolderReading before = ReadFolder(folder);
  std::reverse(folder.begin(), folder.end());
  EXPECT_EQ(ReadFolder(folder).batch, before.batch);
}

}  // namespace
}  // namespace soutenance::directory::import_folder
