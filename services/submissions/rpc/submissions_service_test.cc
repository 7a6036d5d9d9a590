#include "services/submissions/rpc/submissions_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/runtime/peers.h"
#include "services/runtime/status_wire.h"
#include "services/runtime/testing/pipeline.h"
#include "services/submissions/rpc/people_lookup_grpc.h"
#include "services/submissions/rpc/submissions_proto.h"
#include "storage/open.h"
#include "storage/sql/submission_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::submissions {
namespace {

namespace directory_pb = ::soutenance::directory::v1;
using runtime::testing::Pipeline;
using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using Stub = pb::SubmissionsService::Stub;

// A directory that knows ana and sam, the programme msi and its cohort 2027, and keeps who asked.
class FakeDirectory : public directory_pb::DirectoryService::Service {
 public:
  grpc::Status ListPeople(grpc::ServerContext* context, const directory_pb::ListPeopleRequest* request,
                          directory_pb::ListPeopleResponse* response) override {
    const auto token = context->client_metadata().find(runtime::kServiceTokenKey);
    if (token != context->client_metadata().end()) {
      service_token = std::string(token->second.data(), token->second.size());
    }
    EXPECT_LE(request->names_size(), 1000);
    for (const std::string& name : request->names()) {
      if (known.count(name) > 0) response->add_people()->set_name(name);
    }
    return grpc::Status::OK;
  }
  grpc::Status GetProgramme(grpc::ServerContext*, const directory_pb::GetProgrammeRequest* request,
                            directory_pb::Programme*) override {
    return Found(request->name());
  }
  grpc::Status GetCohort(grpc::ServerContext*, const directory_pb::GetCohortRequest* request,
                         directory_pb::Cohort*) override {
    return Found(request->name());
  }

  std::set<std::string> known = {"people/ana", "people/sam", "programmes/msi", "programmes/msi/cohorts/2027"};
  std::string service_token;

 private:
  grpc::Status Found(const std::string& name) const {
    return known.count(name) > 0 ? grpc::Status::OK : grpc::Status(grpc::StatusCode::NOT_FOUND, name);
  }
};

pb::Thesis AThesis() {
  pb::Thesis thesis;
  thesis.set_title("Federated learning");
  thesis.add_authors("people/ana");
  thesis.set_supervisor("people/sam");
  thesis.set_programme("programmes/msi");
  return thesis;
}

class SubmissionsServiceTest : public ::testing::Test {
 protected:
  SubmissionsServiceTest() {
    const std::string msi = "programmes/msi";
    Know("staff", {.account = "accounts/staff", .grants = {{Role::kStaff, msi}}});
    Know("ana", {.account = "accounts/ana", .person = "people/ana", .grants = {{Role::kStudent, msi}}});
    Know("zoe", {.account = "accounts/zoe", .person = "people/zoe", .grants = {{Role::kStudent, msi}}});
    const std::shared_ptr<grpc::Channel> channel = pipeline_.Serve({&service_, &directory_});
    peers_.SetHosted({"directory"}, [channel] { return channel; });
    stub_ = pb::SubmissionsService::NewStub(channel);
  }

  void Know(const std::string& token, Caller caller) {
    pipeline_.authenticator().Add(token, std::move(caller));
  }

  // The answer to one call with `token`, whatever it is.
  template <typename Request, typename Response>
  grpc::Status Send(const std::string& token,
                    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                    const Request& request, Response& response) {
    grpc::ClientContext context;
    if (!token.empty()) Pipeline::Prepare(context, token);
    return (stub_.get()->*method)(&context, request, &response);
  }
  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(const std::string& token,
                                grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                                const Request& request) {
    Response response;
    const absl::Status status = runtime::FromGrpc(Send(token, method, request, response));
    if (!status.ok()) return status;
    return response;
  }

  absl::StatusOr<pb::Thesis> Create(const std::string& id, const pb::Thesis& thesis = AThesis()) {
    pb::CreateThesisRequest request;
    request.set_thesis_id(id);
    *request.mutable_thesis() = thesis;
    return Call("staff", &Stub::CreateThesis, request);
  }
  static pb::GetThesisRequest Named(const std::string& name) {
    pb::GetThesisRequest request;
    request.set_name(name);
    return request;
  }

  std::unique_ptr<storage::sql::Database> database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "submissions");
  storage::sql::SubmissionStore store_{*database_};
  soutenance::testing::FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  Pipeline pipeline_{"submissions", {pb::SubmissionsService::service_full_name()}};
  runtime::Peers peers_{{}};
  PeopleLookupGrpc people_{peers_, pipeline_.calls()};
  Submissions submissions_{store_, people_, clock_};
  Lives lives_{{.store = store_, .people = people_, .juries = NoJuries(), .clock = clock_}};
  SubmissionsService service_{submissions_, lives_, pipeline_.calls()};
  FakeDirectory directory_;
  std::unique_ptr<Stub> stub_;
};

TEST_F(SubmissionsServiceTest, CreatesReadsUpdatesAndWithdraws) {
  ASSERT_OK_AND_ASSIGN(const pb::Thesis created, Create("42"));
  EXPECT_EQ(created.name(), "theses/42");
  EXPECT_EQ(created.state(), pb::Thesis::STATE_ACTIVE);
  EXPECT_FALSE(created.etag().empty());

  pb::UpdateThesisRequest update;
  *update.mutable_thesis() = created;
  update.mutable_thesis()->set_title("Better");
  update.mutable_update_mask()->add_paths("title");
  ASSERT_OK_AND_ASSIGN(const pb::Thesis updated, Call("staff", &Stub::UpdateThesis, update));
  EXPECT_EQ(updated.title(), "Better");
  EXPECT_THAT(Call("staff", &Stub::UpdateThesis, update),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));

  pb::WithdrawThesisRequest withdraw;
  withdraw.set_name("theses/42");
  withdraw.set_etag(updated.etag());
  withdraw.set_reason("left");
  ASSERT_OK_AND_ASSIGN(const pb::Thesis withdrawn, Call("staff", &Stub::WithdrawThesis, withdraw));
  EXPECT_EQ(withdrawn.state(), pb::Thesis::STATE_WITHDRAWN);

  ASSERT_OK_AND_ASSIGN(const pb::Thesis read, Call("ana", &Stub::GetThesis, Named("theses/42")));
  EXPECT_EQ(read.SerializeAsString(), withdrawn.SerializeAsString());
  ASSERT_OK_AND_ASSIGN(const pb::ListThesesResponse list,
                       Call("ana", &Stub::ListTheses, pb::ListThesesRequest()));
  ASSERT_EQ(list.theses_size(), 1);
  EXPECT_EQ(list.theses(0).SerializeAsString(), withdrawn.SerializeAsString());
  EXPECT_EQ(list.next_page_token(), "");
}

TEST_F(SubmissionsServiceTest, PagesWithTokens) {
  for (const char* id : {"a", "b", "c"}) ASSERT_OK(Create(id));
  pb::ListThesesRequest request;
  request.set_page_size(2);
  ASSERT_OK_AND_ASSIGN(const pb::ListThesesResponse first, Call("staff", &Stub::ListTheses, request));
  EXPECT_EQ(first.theses_size(), 2);
  request.set_page_token(first.next_page_token());
  ASSERT_OK_AND_ASSIGN(const pb::ListThesesResponse second, Call("staff", &Stub::ListTheses, request));
  ASSERT_EQ(second.theses_size(), 1);
  EXPECT_EQ(second.theses(0).name(), "theses/c");
  EXPECT_EQ(second.next_page_token(), "");
}

TEST_F(SubmissionsServiceTest, TellsWhatABatchChanged) {
  pb::BatchUpsertThesesRequest request;
  *request.add_theses() = AThesis();
  request.mutable_theses(0)->set_name("theses/42");
  ASSERT_OK_AND_ASSIGN(const pb::BatchUpsertThesesResponse response,
                       Call("staff", &Stub::BatchUpsertTheses, request));
  EXPECT_EQ(response.theses().created_count(), 1);
  ASSERT_EQ(response.theses().changes_size(), 1);
  EXPECT_EQ(response.theses().changes(0).resource(), "theses/42");
}

TEST_F(SubmissionsServiceTest, AHiddenThesisAndAnAbsentOneAnswerByteForByteAlike) {
  const auto ask = [&](auto method, const auto& request, auto response) {
    const grpc::Status status = Send("zoe", method, request, response);
    return absl::StrCat(status.error_code(), "|", status.error_message(), "|", status.error_details(), "|",
                        response.SerializeAsString());
  };
  const auto everything = [&] {
    pb::ListThesesRequest named;
    named.add_names("theses/42");
    return absl::StrCat(ask(&Stub::GetThesis, Named("theses/42"), pb::Thesis()),
                        ask(&Stub::ListTheses, named, pb::ListThesesResponse()),
                        ask(&Stub::ListTheses, pb::ListThesesRequest(), pb::ListThesesResponse()));
  };
  const std::string absent = everything();
  ASSERT_OK(Create("42"));
  EXPECT_EQ(everything(), absent);
}

TEST_F(SubmissionsServiceTest, StaffOfAnotherProgrammeCannotTellAHiddenThesisFromAnAbsentOne) {
  Know("law", {.account = "accounts/law", .grants = {{Role::kStaff, "programmes/law"}}});
  const auto everything = [&] {
    pb::UpdateThesisRequest update;
    update.mutable_thesis()->set_name("theses/42");
    pb::WithdrawThesisRequest withdraw;
    withdraw.set_name("theses/42");
    withdraw.set_reason("left");
    pb::Thesis response;
    std::string answers;
    for (const grpc::Status& status : {Send("law", &Stub::GetThesis, Named("theses/42"), response),
                                       Send("law", &Stub::UpdateThesis, update, response),
                                       Send("law", &Stub::WithdrawThesis, withdraw, response)}) {
      EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
      absl::StrAppend(&answers, status.error_message(), "|", status.error_details(), "|");
    }
    return answers;
  };
  const std::string absent = everything();
  ASSERT_OK(Create("42"));
  EXPECT_EQ(everything(), absent);
}

TEST_F(SubmissionsServiceTest, RefusesEveryMethodWithoutTokenAndWritingOnesWithTheWrongRole) {
  const auto check = [&](auto method, const auto& request, bool for_all) {
    EXPECT_THAT(Call("", method, request),
                StatusIs(absl::StatusCode::kUnauthenticated, Reason("TOKEN_MISSING")));
    if (for_all) return;
    EXPECT_THAT(Call("zoe", method, request),
                StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
  };
  check(&Stub::GetThesis, pb::GetThesisRequest(), true);
  check(&Stub::ListTheses, pb::ListThesesRequest(), true);
  check(&Stub::CreateThesis, pb::CreateThesisRequest(), false);
  check(&Stub::UpdateThesis, pb::UpdateThesisRequest(), true);
  check(&Stub::WithdrawThesis, pb::WithdrawThesisRequest(), false);
  check(&Stub::BatchUpsertTheses, pb::BatchUpsertThesesRequest(), false);
}

TEST_F(SubmissionsServiceTest, AsksTheDirectoryOnBehalfOfTheCaller) {
  pb::Thesis thesis = AThesis();
  thesis.set_supervisor("people/ghost");
  thesis.set_cohort("programmes/msi/cohorts/1999");
  const absl::Status status = Create("42", thesis).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  EXPECT_THAT(FactsOf(status).fields,
              ElementsAre(::testing::Field(&FieldViolation::field, "thesis.supervisor"),
                          ::testing::Field(&FieldViolation::field, "thesis.cohort")));
  ASSERT_OK_AND_ASSIGN(const Caller asked, pipeline_.identity().Verify(directory_.service_token));
  EXPECT_EQ(asked.service, "submissions");
  EXPECT_EQ(asked.account, "accounts/staff");
}

TEST_F(SubmissionsServiceTest, AsksAboutMoreThanAThousandPeople) {
  pb::BatchUpsertThesesRequest request;
  for (int i = 0; i < 1500; ++i) {
    pb::Thesis& thesis = *request.add_theses();
    thesis = AThesis();
    thesis.set_name(absl::StrCat("theses/", i));
    thesis.set_authors(0, absl::StrCat("people/author-", i));
    directory_.known.insert(thesis.authors(0));
  }
  ASSERT_OK_AND_ASSIGN(const pb::BatchUpsertThesesResponse response,
                       Call("staff", &Stub::BatchUpsertTheses, request));
  EXPECT_EQ(response.theses().created_count(), 1500);
}

TEST_F(SubmissionsServiceTest, ARepetitionOverTheWireReturnsTheSameBytes) {
  pb::CreateThesisRequest request;
  request.set_thesis_id("42");
  *request.mutable_thesis() = AThesis();
  request.set_request_id("r-1");
  ASSERT_OK_AND_ASSIGN(const pb::Thesis first, Call("staff", &Stub::CreateThesis, request));
  ASSERT_OK_AND_ASSIGN(const pb::Thesis again, Call("staff", &Stub::CreateThesis, request));
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  request.mutable_thesis()->set_title("Other");
  EXPECT_THAT(Call("staff", &Stub::CreateThesis, request),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("REQUEST_ID_REUSED")));
}

TEST(PeopleLookupGrpcTest, SaysThatTheDirectoryCannotBeReached) {
  Pipeline pipeline("submissions", {pb::SubmissionsService::service_full_name()});
  runtime::Peers peers(std::map<std::string, std::string>{{"directory", "unix:/nowhere/directory.sock"}});
  const PeopleLookupGrpc people(peers, pipeline.calls());
  EXPECT_THAT(people.KnownPeople({"people/ana"}),
              StatusIs(absl::StatusCode::kUnavailable, Reason("PEER_DOWN")));
  EXPECT_THAT(people.HasProgramme("programmes/msi"),
              StatusIs(absl::StatusCode::kUnavailable, Reason("PEER_DOWN")));
  EXPECT_THAT(people.KnownPeople({}), IsOkAndHolds(std::set<std::string>()));
}

}  // namespace
}  // namespace soutenance::submissions
