#include "services/directory/import/templates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/directory/import/campaign_keys.h"
#include "services/directory/import/format.h"
#include "services/sheets/text.h"

namespace soutenance::directory::import_folder {
namespace {

class Templates : public ::testing::TestWithParam<Language> {};

TEST_P(Templates, CanBeImportedAsTheyAre) {
  const FolderReading reading = ReadFolder(ImportTemplates(GetParam()));
  for (const ImportProblem& problem : reading.problems)
    ADD_FAILURE() << Describe(problem, Language::kEnglish);
  EXPECT_EQ(reading.batch.people.size(), 6u);
  EXPECT_EQ(reading.batch.theses.size(), 2u);
  EXPECT_EQ(reading.batch.juries.size(), 7u);
  EXPECT_EQ(reading.batch.campaign.days.size(), 2u);
}

TEST_P(Templates, ShowEveryFileAndEveryColumnInTheirLanguage) {
  const std::vector<SourceFile> files = ImportTemplates(GetParam());
  ASSERT_EQ(files.size(), SheetFormats().size());
  for (const SourceFile& file : files) {
    const SheetFormat* const format = FindSheet(file.name);
    ASSERT_NE(format, nullptr) << file.name;
    EXPECT_EQ(file.name,
              std::string(GetParam() == Language::kFrench ? format->name.fr : format->name.en) + ".csv");
  }
}

TEST_P(Templates, ShowEverySettingOfTheCampaign) {
  const std::string campaign = ImportTemplates(GetParam()).front().bytes;
  for (const CampaignKeyFormat& key : CampaignKeyFormats()) {
    const std::string name(GetParam() == Language::kFrench ? key.name.fr : key.name.en);
    EXPECT_THAT(campaign, ::testing::HasSubstr("\n" + name + ";"));
  }
}

TEST(TemplatesOfBothLanguages, SayTheSame) {
  const ImportBatch fr = ReadFolder(ImportTemplates(Language::kFrench)).batch;
  const ImportBatch en = ReadFolder(ImportTemplates(Language::kEnglish)).batch;
  EXPECT_EQ(fr.campaign.days, en.campaign.days);
  EXPECT_EQ(fr.campaign.hours, en.campaign.hours);
  ASSERT_EQ(fr.juries.size(), en.juries.size());
  for (size_t i = 0; i < fr.juries.size(); ++i) EXPECT_EQ(fr.juries[i].role, en.juries[i].role);
}

INSTANTIATE_TEST_SUITE_P(BothLanguages, Templates, ::testing::Values(Language::kFrench, Language::kEnglish),
                         [](const auto& param) {
                           return param.param == Language::kFrench ? "French" : "English";
                         });

}  // namespace
}  // namespace soutenance::directory::import_folder
