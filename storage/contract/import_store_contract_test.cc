#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "services/base/status.h"
#include "storage/contract/backends.h"
#include "storage/sql/import_store.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::storage::sql {
namespace {

using directory::CollectionChanges;
using directory::Import;
using directory::import_folder::SourceFile;
using sheets::ImportProblem;
using sheets::Language;
using sheets::Severity;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Optional;
using Reader = ImportStore::Reader;
using Writer = ImportStore::Writer;

const absl::Time kNow = absl::UnixEpoch() + absl::Hours(500000);

class ImportStoreContract : public contract::OnEveryBackend {
 protected:
  void Insert(const Import& import, const std::vector<SourceFile>& files = {}) {
    ASSERT_OK(store_->Write([&](Writer& writer) { return writer.InsertImport(import, files); }));
  }
  template <typename Look>
  auto Read(Look look) {
    std::invoke_result_t<Look, const Reader&> result = absl::UnknownError("not run");
    EXPECT_OK(store_->Read([&](const Reader& reader) {
      result = look(reader);
      return result.status();
    }));
    return *std::move(result);
  }
  std::vector<SourceFile> Files(const std::string& id) {
    return Read([&](const Reader& reader) { return reader.Files(id); });
  }

  std::unique_ptr<Database> database_ = OpenDatabase("directory");
  std::unique_ptr<ImportStore> store_ = std::make_unique<ImportStore>(*database_);
};

Import AnImport(const std::string& id) {
  ChangeList people;
  people.Add({.resource = "people/ana", .label = "Ana Lefèvre"});
  people.AddUnchanged();
  return {.id = id,
          .state = Import::State::kApplying,
          .campaign = "c1",
          .programme = "msi",
          .language = Language::kEnglish,
          .problems = {{.severity = Severity::kWarning,
                        .kind = "jury_missing",
                        .place = {.file = "mémoires.csv", .line = 3, .column = "id", .column_number = 1},
                        .found = "T1",
                        .sentence = {"no jury", "pas de jury"}}},
          .error_count = 0,
          .warning_count = 1,
          .collections = {{"people", people}},
          .create_time = kNow,
          .account = "accounts/ana"};
}

TEST_P(ImportStoreContract, KeepsEveryFieldAndTheFilesByteByByte) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
  const std::vector<SourceFile> files = {{"zz.csv", bytes}, {"aa.csv", ""}};
  Insert(AnImport("i1"), files);
  if (RemembersAfterClosing()) {
    store_.reset();
    database_.reset();
    database_ = OpenDatabase("directory");
    store_ = std::make_unique<ImportStore>(*database_);
  }
  EXPECT_THAT(Read([](const Reader& reader) { return reader.FindImport("i1"); }), Optional(AnImport("i1")));
  EXPECT_EQ(Files("i1"), files);
}

TEST_P(ImportStoreContract, FindsNothingWithoutError) {
  EXPECT_EQ(Read([](const Reader& reader) { return reader.FindImport("i1"); }), std::nullopt);
  EXPECT_EQ(Read([](const Reader& reader) { return reader.FindApplying(); }), std::nullopt);
  EXPECT_THAT(Files("i1"), IsEmpty());
}

TEST_P(ImportStoreContract, ForgetsTheFilesOfAFinishedImport) {
  Insert(AnImport("i1"), {{"people.csv", "id\n"}});
  Import done = AnImport("i1");
  done.state = Import::State::kDone;
  done.done_time = kNow + absl::Seconds(3);
  ASSERT_OK(store_->Write([&](Writer& writer) { return writer.FinishImport(done); }));
  EXPECT_THAT(Read([](const Reader& reader) { return reader.FindImport("i1"); }), Optional(done));
  EXPECT_THAT(Files("i1"), IsEmpty());
  EXPECT_EQ(Read([](const Reader& reader) { return reader.FindApplying(); }), std::nullopt);
}

TEST_P(ImportStoreContract, FindsTheOldestThatIsBeingCarriedOut) {
  Import done = AnImport("i0");
  done.state = Import::State::kDone;
  Insert(done);
  Insert(AnImport("i2"));
  Insert(AnImport("i1"));
  EXPECT_THAT(Read([](const Reader& reader) { return reader.FindApplying(); }),
              Optional(Field(&Import::id, "i1")));
}

TEST_P(ImportStoreContract, ListsWithoutDetailsInPages) {
  Insert(AnImport("i2"));
  Insert(AnImport("i1"));
  const Page<Import> page = Read([](const Reader& reader) { return reader.ListImports({.size = 1}); });
  Import without_details = AnImport("i1");
  without_details.problems.clear();
  without_details.collections.clear();
  EXPECT_THAT(page.items, ElementsAre(without_details));
  EXPECT_THAT(Read([&](const Reader& reader) { return reader.ListImports({.after = page.next}); }).items,
              ElementsAre(Field(&Import::id, "i2")));
}

SOUTENANCE_ON_EVERY_BACKEND(ImportStoreContract);

}  // namespace
}  // namespace soutenance::storage::sql
