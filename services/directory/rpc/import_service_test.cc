#include "services/directory/rpc/import_service.h"

#include <gmock/gmock.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>

#include "services/directory/import/templates.h"
#include "services/directory/rpc/import_targets_grpc.h"
#include "services/directory/testing/callers.h"
#include "services/runtime/status_wire.h"
#include "services/runtime/testing/pipeline.h"
#include "storage/sql/database.h"
#include "storage/sql/directory_store.h"
#include "storage/sql/import_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::directory {
namespace {

using ::soutenance::testing::FakeClock;
using ::soutenance::testing::IsOk;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::Contains;
using ::testing::Each;
using ::testing::Pair;
using ::testing::StartsWith;
using Stub = v1::ImportService::Stub;

// The other services as an import sees them: they take everything, or refuse with `refusal`.
class Others : public submissions::v1::SubmissionsService::Service {
 public:
  class Juries : public assignment::v1::AssignmentService::Service {
   public:
    explicit Juries(Others& others) : others_(others) {}
    grpc::Status BatchUpsertJuries(grpc::ServerContext* context,
                                   const assignment::v1::BatchUpsertJuriesRequest* request,
                                   assignment::v1::BatchUpsertJuriesResponse* response) override {
      response->mutable_juries()->set_created_count(request->juries_size());
      if (!request->validate_only()) others_.juries = *request;
      return others_.Answer(*context);
    }

   private:
    Others& others_;
  };
  class Campaigns : public scheduling::v1::CampaignService::Service {
   public:
    explicit Campaigns(Others& others) : others_(others) {}
    grpc::Status BatchUpsertCampaign(grpc::ServerContext* context,
                                     const scheduling::v1::BatchUpsertCampaignRequest* request,
                                     scheduling::v1::BatchUpsertCampaignResponse* response) override {
      response->mutable_defences()->set_unchanged_count(request->defences_size());
      if (!request->validate_only()) others_.campaign = *request;
      return others_.Answer(*context);
    }

   private:
    Others& others_;
  };

  grpc::Status BatchUpsertTheses(grpc::ServerContext* context,
                                 const submissions::v1::BatchUpsertThesesRequest* request,
                                 submissions::v1::BatchUpsertThesesResponse* response) override {
    response->mutable_theses()->set_updated_count(request->theses_size());
    if (!request->validate_only()) theses = *request;
    return Answer(*context);
  }

  grpc::Status Answer(grpc::ServerContext& context) {
    const auto proof = context.client_metadata().find(runtime::kServiceTokenKey);
    was_asked_by_a_service = proof != context.client_metadata().end();
    return runtime::ToGrpc(refusal);
  }

  absl::Status refusal;
  bool was_asked_by_a_service = false;
  submissions::v1::BatchUpsertThesesRequest theses;
  assignment::v1::BatchUpsertJuriesRequest juries;
  scheduling::v1::BatchUpsertCampaignRequest campaign;
};

class ImportServiceTest : public ::testing::Test {
 protected:
  ImportServiceTest() {
    pipeline_.authenticator().Add("admin", testing::AnAdministrator());
    grpc::ServerBuilder builder;
    builder.RegisterService(&others_);
    builder.RegisterService(&juries_);
    builder.RegisterService(&campaigns_);
    others_server_ = builder.BuildAndStart();
    peers_.SetHosted({"submissions", "assignment", "scheduling"},
                     [this] { return others_server_->InProcessChannel({}); });
    stub_ = v1::ImportService::NewStub(pipeline_.Serve({&service_}));
  }

  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                                const Request& request) {
    grpc::ClientContext context;
    pipeline_.Prepare(context, "admin");
    Response response;
    const absl::Status status = runtime::FromGrpc((stub_.get()->*method)(&context, request, &response));
    if (!status.ok()) return status;
    return response;
  }
  static v1::CreateImportRequest TheTemplates(sheets::Language language) {
    v1::CreateImportRequest request;
    for (const import_folder::SourceFile& file : import_folder::ImportTemplates(language)) {
      request.add_files()->set_name(file.name);
      request.mutable_files(request.files_size() - 1)->set_content(file.bytes);
    }
    return request;
  }

  runtime::testing::Pipeline pipeline_{"directory", {v1::ImportService::service_full_name()}};
  Others others_;
  Others::Juries juries_{others_};
  Others::Campaigns campaigns_{others_};
  std::unique_ptr<grpc::Server> others_server_;
  runtime::Peers peers_{{}};
  FakeClock clock_{absl::UnixEpoch() + absl::Hours(500000)};
  std::unique_ptr<storage::sql::Database> database_ =
      *storage::sql::Database::Open("sqlite::memory:", {.service = "directory"});
  storage::sql::DirectoryStore people_{*database_};
  storage::sql::ImportStore store_{*database_};
  Directory directory_{people_, clock_};
  ImportTargetsGrpc targets_{peers_, pipeline_.calls()};
  Imports imports_{{store_, directory_, targets_, clock_}, [] {}};
  ImportService service_{imports_, pipeline_.calls()};
  std::unique_ptr<Stub> stub_;
};

TEST_F(ImportServiceTest, CarriesAFolderToAllServices) {
  v1::CreateImportRequest request = TheTemplates(sheets::Language::kFrench);
  request.set_request_id("r1");
  ASSERT_OK_AND_ASSIGN(const v1::Import import, Call(&Stub::CreateImport, request));
  EXPECT_EQ(import.state(), v1::Import::STATE_DONE) << import.DebugString();
  EXPECT_THAT(import.name(), StartsWith("imports/"));
  EXPECT_THAT(import.campaign(), StartsWith("campaigns/"));
  EXPECT_EQ(import.account(), "accounts/zoe");
  EXPECT_TRUE(import.has_done_time());
  std::map<std::string, changes::v1::ChangeList> changes;
  for (const v1::CollectionChanges& entry : import.collections())
    changes[entry.collection()] = entry.changes();
  EXPECT_EQ(changes["theses"].updated_count(), 0) << "counts of changes that are not listed are lost";
  EXPECT_EQ(changes["defences"].unchanged_count(), others_.campaign.defences_size());
  EXPECT_GT(changes["people"].created_count(), 0);

  EXPECT_TRUE(others_.was_asked_by_a_service);
  EXPECT_THAT(others_.theses.request_id(), StartsWith("import-"));
  const submissions::v1::Thesis& thesis = others_.theses.theses(0);
  EXPECT_THAT(thesis.name(), StartsWith("theses/"));
  EXPECT_THAT(thesis.supervisor(), StartsWith("people/"));
  EXPECT_THAT(thesis.authors(), Each(StartsWith("people/")));
  EXPECT_EQ(thesis.programme(), others_.campaign.campaign().programme());
  EXPECT_EQ(others_.juries.juries(0).name(), thesis.name() + "/jury");
  EXPECT_EQ(others_.juries.juries(0).programme(), thesis.programme());
  EXPECT_EQ(others_.campaign.campaign().name(), import.campaign());
  EXPECT_EQ(others_.campaign.defences_size(), others_.theses.theses_size());

  v1::GetImportRequest get;
  get.set_name(import.name());
  ASSERT_OK_AND_ASSIGN(const v1::Import read, Call(&Stub::GetImport, get));
  EXPECT_EQ(read.DebugString(), import.DebugString());
  ASSERT_OK_AND_ASSIGN(const v1::ListImportsResponse list,
                       Call(&Stub::ListImports, v1::ListImportsRequest()));
  EXPECT_EQ(list.imports_size(), 1);
  EXPECT_EQ(list.imports(0).collections_size(), 0);
}

TEST_F(ImportServiceTest, TellsProblemsInTheLanguageOfTheRequest) {
  others_.refusal = InvalidFields({{"theses[0].title", "is too long"}});
  v1::CreateImportRequest request;
  request.add_files()->set_name("personnes.csv");
  request.mutable_files(0)->set_content("identifiant;nom\n;Martin\n");
  ASSERT_OK_AND_ASSIGN(const v1::Import french, Call(&Stub::CreateImport, request));
  EXPECT_EQ(french.state(), v1::Import::STATE_REFUSED);
  EXPECT_EQ(french.name(), "");
  EXPECT_GT(french.error_count(), 1);
  const auto first_of_people = [](const v1::Import& import) {
    for (const v1::ImportProblem& problem : import.problems()) {
      if (problem.file() == "personnes.csv") return problem;
    }
    return v1::ImportProblem();
  };
  const v1::ImportProblem problem = first_of_people(french);
  EXPECT_EQ(problem.line(), 2);
  EXPECT_EQ(problem.column(), "identifiant");
  EXPECT_EQ(problem.severity(), v1::ImportProblem::SEVERITY_ERROR);
  EXPECT_EQ(problem.expected(), "la cellule est vide ; une valeur est obligatoire");
  request.set_language("en");
  ASSERT_OK_AND_ASSIGN(const v1::Import english, Call(&Stub::CreateImport, request));
  EXPECT_EQ(first_of_people(english).expected(), "the cell is empty; a value is required");
}

TEST_F(ImportServiceTest, TellsWhatAnotherServiceRefuses) {
  others_.refusal = InvalidFields({{"theses[0].title", "is too long"}});
  ASSERT_OK_AND_ASSIGN(const v1::Import import,
                       Call(&Stub::CreateImport, TheTemplates(sheets::Language::kEnglish)));
  EXPECT_EQ(import.state(), v1::Import::STATE_REFUSED);
  EXPECT_EQ(import.problems(0).file(), "theses.csv");
  EXPECT_GT(import.problems(0).line(), 1);
  EXPECT_EQ(import.problems(0).expected(), "title is too long");
}

TEST_F(ImportServiceTest, SaysWhichServiceIsAway) {
  runtime::Peers away(std::map<std::string, std::string>{{"submissions", "unix:/nonexistent/socket"}});
  ImportTargetsGrpc targets(away, pipeline_.calls());
  EXPECT_THAT(targets.UpsertTheses({}, {.validate_only = true}),
              StatusIs(absl::StatusCode::kUnavailable, Reason("PEER_DOWN")));
  EXPECT_THAT(targets.UpsertJuries({}, {.validate_only = true}),
              StatusIs(absl::StatusCode::kUnavailable, Reason("PEER_UNKNOWN")));
}

TEST_F(ImportServiceTest, RefusesPathsAndUnknownLanguages) {
  v1::CreateImportRequest request;
  request.add_files()->set_name("../people.csv");
  request.add_files();
  request.set_language("de");
  const absl::Status status = Call(&Stub::CreateImport, request).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(FactsOf(status).fields.size(), 3u);
}

TEST_F(ImportServiceTest, GivesTemplatesInBothLanguages) {
  v1::GetImportTemplatesRequest request;
  ASSERT_OK_AND_ASSIGN(const v1::GetImportTemplatesResponse french, Call(&Stub::GetImportTemplates, request));
  request.set_language("en");
  ASSERT_OK_AND_ASSIGN(const v1::GetImportTemplatesResponse english,
                       Call(&Stub::GetImportTemplates, request));
  const auto has = [](const v1::GetImportTemplatesResponse& templates, const std::string& name) {
    for (const v1::ImportFile& file : templates.files()) {
      if (file.name() == name) return !file.content().empty();
    }
    return false;
  };
  EXPECT_TRUE(has(french, "personnes.csv"));
  EXPECT_TRUE(has(english, "people.csv"));
}

}  // namespace
}  // namespace soutenance::directory
