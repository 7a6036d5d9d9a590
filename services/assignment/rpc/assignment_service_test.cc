#include "services/assignment/rpc/assignment_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/assignment/rpc/assignment_proto.h"
#include "services/assignment/rpc/conflict_facts_grpc.h"
#include "services/assignment/rpc/people_lookup_grpc.h"
#include "services/assignment/rpc/thesis_lookup_grpc.h"
#include "services/runtime/peers.h"
#include "services/runtime/status_wire.h"
#include "services/runtime/testing/pipeline.h"
#include "services/submissions/rpc/people_lookup_grpc.h"
#include "services/submissions/rpc/submissions_service.h"
#include "storage/open.h"
#include "storage/sql/assignment_store.h"
#include "storage/sql/conflict_store.h"
#include "storage/sql/submission_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::assignment {
namespace {

namespace directory_pb = ::soutenance::directory::v1;
namespace submissions_pb = ::soutenance::submissions::v1;
using runtime::testing::Pipeline;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using Stub = pb::AssignmentService::Stub;

// A directory in which everybody exists but the ghost.
class FakeDirectory : public directory_pb::DirectoryService::Service {
 public:
  grpc::Status ListPeople(grpc::ServerContext*, const directory_pb::ListPeopleRequest* request,
                          directory_pb::ListPeopleResponse* response) override {
    EXPECT_LE(request->names_size(), 1000);
    for (const std::string& name : request->names()) {
      if (name != "people/ghost") response->add_people()->set_name(name);
    }
    return grpc::Status::OK;
  }
};

pb::Jury AJury(const std::string& thesis, const std::vector<std::string>& people = {"people/pia"}) {
  pb::Jury jury;
  jury.set_name(absl::StrCat("theses/", thesis, "/jury"));
  jury.set_programme("programmes/msi");
  for (const std::string& person : people) {
    pb::Seat& seat = *jury.add_seats();
    seat.set_person(person);
    seat.set_role(pb::Seat::ROLE_EXAMINER);
    seat.set_mode(pb::Seat::MODE_ON_SITE);
  }
  return jury;
}

// Assignment and the real submissions behind one server; the directory is a fake.
class AssignmentServiceTest : public ::testing::Test {
 protected:
  AssignmentServiceTest() {
    const std::string msi = "programmes/msi";
    Know("staff", {.account = "accounts/staff", .grants = {{Role::kStaff, msi}}});
    Know("law", {.account = "accounts/law", .grants = {{Role::kStaff, "programmes/law"}}});
    Know("ana", {.account = "accounts/ana", .person = "people/ana", .grants = {{Role::kStudent, msi}}});
    Know("pia", {.account = "accounts/pia", .person = "people/pia", .grants = {{Role::kJuror, msi}}});
    Know("zoe", {.account = "accounts/zoe", .person = "people/zoe", .grants = {{Role::kStudent, msi}}});
    channel_ = pipeline_.Serve({&service_, &submissions_service_, &directory_});
    peers_.SetHosted({"directory", "submissions"}, [this] { return channel_; });
    stub_ = pb::AssignmentService::NewStub(channel_);
  }

  void Know(const std::string& token, Caller caller) {
    pipeline_.authenticator().Add(token, std::move(caller));
  }

  // A thesis that ana writes and sam supervises.
  static submissions::Thesis AThesis(const std::string& id) {
    return {.id = id,
            .title = "Federated learning",
            .authors = {"people/ana"},
            .supervisor = "people/sam",
            .programme = "programmes/msi"};
  }
  void StoreTheses(const std::vector<submissions::Thesis>& theses) {
    ASSERT_OK(submissions_.BatchUpsertTheses({.service = "directory"}, theses, {}));
  }

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

  absl::StatusOr<pb::Jury> Set(const pb::Jury& jury) {
    pb::SetJuryRequest request;
    *request.mutable_jury() = jury;
    return Call("staff", &Stub::SetJury, request);
  }
  static pb::GetJuryRequest Named(const std::string& name) {
    pb::GetJuryRequest request;
    request.set_name(name);
    return request;
  }

  std::unique_ptr<storage::sql::Database> submissions_database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "submissions");
  std::unique_ptr<storage::sql::Database> database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "assignment");
  storage::sql::SubmissionStore submission_store_{*submissions_database_};
  storage::sql::AssignmentStore store_{*database_};
  soutenance::testing::FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  Pipeline pipeline_{
      "assignment",
      {pb::AssignmentService::service_full_name(), submissions_pb::SubmissionsService::service_full_name()}};
  runtime::Peers peers_{{}};
  submissions::PeopleLookupGrpc submissions_people_{peers_, pipeline_.calls()};
  submissions::Submissions submissions_{submission_store_, submissions_people_, clock_};
  submissions::Lives lives_{{.store = submission_store_,
                             .people = submissions_people_,
                             .juries = submissions::NoJuries(),
                             .clock = clock_}};
  submissions::SubmissionsService submissions_service_{submissions_, lives_, pipeline_.calls()};
  ThesisLookupGrpc theses_{peers_, pipeline_.calls()};
  PeopleLookupGrpc people_{peers_, pipeline_.calls()};
  storage::sql::ConflictStore conflict_store_{*database_};
  ConflictFactsGrpc facts_{peers_, pipeline_.calls()};
  ConflictGate gate_{conflict_store_, facts_, clock_};
  Assignment assignment_{store_, theses_, people_, gate_, clock_};
  AssignmentService service_{assignment_, pipeline_.calls()};
  FakeDirectory directory_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<Stub> stub_;
};

TEST_F(AssignmentServiceTest, SetsReadsListsAndDeletes) {
  StoreTheses({AThesis("42")});
  ASSERT_OK_AND_ASSIGN(const pb::Jury jury, Set(AJury("42", {"people/pia", "people/sam"})));
  EXPECT_FALSE(jury.etag().empty());
  for (const char* token : {"staff", "ana", "pia"}) {
    ASSERT_OK_AND_ASSIGN(const pb::Jury read, Call(token, &Stub::GetJury, Named("theses/42/jury")));
    EXPECT_EQ(read.SerializeAsString(), jury.SerializeAsString()) << token;
    ASSERT_OK_AND_ASSIGN(const pb::ListJuriesResponse list,
                         Call(token, &Stub::ListJuries, pb::ListJuriesRequest()));
    ASSERT_EQ(list.juries_size(), 1) << token;
    EXPECT_EQ(list.juries(0).SerializeAsString(), jury.SerializeAsString()) << token;
  }
  pb::DeleteJuryRequest remove;
  remove.set_name("theses/42/jury");
  remove.set_etag("v99");
  EXPECT_THAT(Call("staff", &Stub::DeleteJury, remove),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  remove.set_etag(jury.etag());
  ASSERT_OK(Call("staff", &Stub::DeleteJury, remove));
  EXPECT_THAT(Call("staff", &Stub::GetJury, Named("theses/42/jury")),
              StatusIs(absl::StatusCode::kNotFound, Reason("JURY_NOT_FOUND")));
}

TEST_F(AssignmentServiceTest, TellsBrokenRulesAndUnknownPeople) {
  StoreTheses({AThesis("42")});
  const absl::Status broken = Set(AJury("42", {"people/ana"})).status();
  EXPECT_THAT(broken, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("JURY_RULE_BROKEN")));
  EXPECT_THAT(FactsOf(broken).preconditions,
              ElementsAre(Field(&PreconditionViolation::type, "author_on_jury")));
  const absl::Status unknown = Set(AJury("42", {"people/pia", "people/ghost"})).status();
  EXPECT_THAT(FactsOf(unknown).fields, ElementsAre(Field(&FieldViolation::field, "jury.seats[1].person")));
  EXPECT_THAT(Set(AJury("43")), StatusIs(absl::StatusCode::kNotFound, Reason("THESIS_NOT_FOUND")));
}

TEST_F(AssignmentServiceTest, AHiddenJuryAndAnAbsentOneAnswerByteForByteAlike) {
  const auto answer = [&](const std::string& token, auto method, const auto& request, auto response) {
    const grpc::Status status = Send(token, method, request, response);
    return absl::StrCat(status.error_code(), "|", status.error_message(), "|", status.error_details(), "|",
                        response.SerializeAsString(), "\n");
  };
  const auto everything = [&] {
    pb::ListJuriesRequest named;
    named.add_theses("theses/42");
    pb::DeleteJuryRequest remove;
    remove.set_name("theses/42/jury");
    pb::SetJuryRequest set;
    *set.mutable_jury() = AJury("42");
    set.mutable_jury()->set_programme("programmes/law");
    std::string all;
    for (const char* token : {"zoe", "law"}) {
      absl::StrAppend(&all, answer(token, &Stub::GetJury, Named("theses/42/jury"), pb::Jury()),
                      answer(token, &Stub::ListJuries, named, pb::ListJuriesResponse()),
                      answer(token, &Stub::ListJuries, pb::ListJuriesRequest(), pb::ListJuriesResponse()),
                      answer(token, &Stub::DeleteJury, remove, google::protobuf::Empty()),
                      answer(token, &Stub::SetJury, set, pb::Jury()));
    }
    return all;
  };
  const std::string absent = everything();
  StoreTheses({AThesis("42")});
  ASSERT_OK(Set(AJury("42")));
  EXPECT_EQ(everything(), absent);
}

TEST_F(AssignmentServiceTest, RefusesEveryMethodWithoutTokenAndWritingOnesWithTheWrongRole) {
  const auto check = [&](auto method, const auto& request, bool for_all) {
    EXPECT_THAT(Call("", method, request),
                StatusIs(absl::StatusCode::kUnauthenticated, Reason("TOKEN_MISSING")));
    if (for_all) return;
    EXPECT_THAT(Call("zoe", method, request),
                StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
  };
  check(&Stub::GetJury, pb::GetJuryRequest(), true);
  check(&Stub::ListJuries, pb::ListJuriesRequest(), true);
  check(&Stub::SetJury, pb::SetJuryRequest(), false);
  check(&Stub::DeleteJury, pb::DeleteJuryRequest(), false);
  check(&Stub::BatchUpsertJuries, pb::BatchUpsertJuriesRequest(), false);
}

TEST_F(AssignmentServiceTest, ABatchOfManyAsksAboutAThousandAtATime) {
  std::vector<submissions::Thesis> theses;
  pb::BatchUpsertJuriesRequest request;
  for (int i = 0; i < 1500; ++i) {
    theses.push_back(AThesis(absl::StrCat("t", i)));
    *request.add_juries() = AJury(theses.back().id, {absl::StrCat("people/juror-", i)});
  }
  StoreTheses(theses);
  ASSERT_OK_AND_ASSIGN(const pb::BatchUpsertJuriesResponse response,
                       Call("staff", &Stub::BatchUpsertJuries, request));
  EXPECT_EQ(response.juries().created_count(), 1500);
  EXPECT_EQ(response.juries().changes_size(), 1000);

  pb::ListJuriesRequest list;
  list.set_page_size(1000);
  ASSERT_OK_AND_ASSIGN(const pb::ListJuriesResponse first, Call("ana", &Stub::ListJuries, list));
  EXPECT_EQ(first.juries_size(), 1000);
  list.set_page_token(first.next_page_token());
  ASSERT_OK_AND_ASSIGN(const pb::ListJuriesResponse second, Call("ana", &Stub::ListJuries, list));
  EXPECT_EQ(second.juries_size(), 500);
  EXPECT_EQ(second.next_page_token(), "");
}

TEST_F(AssignmentServiceTest, AnImportTriesJuriesBeforeItsThesesAndThenWritesThem) {
  pb::BatchUpsertJuriesRequest request;
  *request.add_juries() = AJury("42", {"people/ghost"});
  request.set_validate_only(true);
  const auto upsert = [&] {
    grpc::ClientContext context;
    pipeline_.PrepareAsService(context, "directory",
                               {.account = "accounts/staff", .grants = {{Role::kStaff, "programmes/msi"}}});
    pb::BatchUpsertJuriesResponse response;
    return runtime::FromGrpc(stub_->BatchUpsertJuries(&context, request, &response));
  };
  EXPECT_OK(upsert());
  request.set_validate_only(false);
  request.mutable_juries(0)->mutable_seats(0)->set_person("people/ana");
  StoreTheses({AThesis("42")});
  EXPECT_THAT(upsert(), StatusIs(absl::StatusCode::kFailedPrecondition, Reason("JURY_RULE_BROKEN")));
  request.mutable_juries(0)->mutable_seats(0)->set_person("people/pia");
  EXPECT_OK(upsert());
}

TEST_F(AssignmentServiceTest, AJuryGoesAlongWithItsThesis) {
  StoreTheses({AThesis("42")});
  ASSERT_OK_AND_ASSIGN(const pb::Jury before, Call("staff", &Stub::SetJury, [] {
                         pb::SetJuryRequest set;
                         *set.mutable_jury() = AJury("42");
                         return set;
                       }()));
  pb::FollowThesesRequest request;
  const auto add = [&](const char* thesis) {
    pb::FollowThesesRequest::Place& place = *request.add_places();
    place.set_thesis(thesis);
    place.set_programme("programmes/law");
  };
  add("theses/42");
  add("theses/43");
  EXPECT_THAT(Call("staff", &Stub::FollowTheses, request), StatusIs(absl::StatusCode::kPermissionDenied))
      << "no person says so";
  grpc::ClientContext context;
  pipeline_.PrepareAsService(context, "submissions", {});
  google::protobuf::Empty nothing;
  EXPECT_OK(runtime::FromGrpc(stub_->FollowTheses(&context, request, &nothing)));
  ASSERT_OK_AND_ASSIGN(const pb::Jury after, Call("law", &Stub::GetJury, Named("theses/42/jury")));
  EXPECT_EQ(after.programme(), "programmes/law");
  EXPECT_EQ(after.seats_size(), before.seats_size());
  EXPECT_THAT(Call("staff", &Stub::GetJury, Named("theses/42/jury")),
              StatusIs(absl::StatusCode::kNotFound, Reason("JURY_NOT_FOUND")));
}

TEST_F(AssignmentServiceTest, ARepetitionOverTheWireReturnsTheSameBytes) {
  StoreTheses({AThesis("42")});
  pb::SetJuryRequest request;
  *request.mutable_jury() = AJury("42");
  request.set_request_id("r-1");
  ASSERT_OK_AND_ASSIGN(const pb::Jury first, Call("staff", &Stub::SetJury, request));
  ASSERT_OK_AND_ASSIGN(const pb::Jury again, Call("staff", &Stub::SetJury, request));
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
}

}  // namespace
}  // namespace soutenance::assignment
