#include "services/assignment/rpc/conflict_service.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/assignment/rpc/assignment_service.h"
#include "services/assignment/rpc/conflict_facts_grpc.h"
#include "services/assignment/rpc/decision_service.h"
#include "services/assignment/rpc/expertise_facts_grpc.h"
#include "services/assignment/rpc/expertise_service.h"
#include "services/assignment/rpc/people_lookup_grpc.h"
#include "services/assignment/rpc/thesis_lookup_grpc.h"
#include "services/base/error.h"
#include "services/runtime/peers.h"
#include "services/runtime/status_wire.h"
#include "services/runtime/testing/pipeline.h"
#include "services/submissions/rpc/jury_check_grpc.h"
#include "services/submissions/rpc/people_lookup_grpc.h"
#include "services/submissions/rpc/submissions_service.h"
#include "storage/open.h"
#include "storage/sql/assignment_store.h"
#include "storage/sql/conflict_store.h"
#include "storage/sql/expertise_store.h"
#include "storage/sql/submission_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/status_matchers.h"

// Conflicts and expertise over the wire, with the real submissions: what a change of a thesis may do to its
// jury, and that those who may not know of a conflict see no difference whatever they call.
namespace soutenance::assignment {
namespace {

namespace pb = ::soutenance::assignment::v1;
namespace directory_pb = ::soutenance::directory::v1;
namespace submissions_pb = ::soutenance::submissions::v1;
using google::protobuf::Message;
using runtime::testing::Pipeline;
using ::soutenance::testing::IsOk;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::Not;

// A directory in which everybody exists but the ghost, and nobody has a company.
class FakeDirectory : public directory_pb::DirectoryService::Service {
 public:
  grpc::Status ListPeople(grpc::ServerContext*, const directory_pb::ListPeopleRequest* request,
                          directory_pb::ListPeopleResponse* response) override {
    for (const std::string& name : request->names()) {
      if (name == "people/ghost") continue;
      directory_pb::Person& person = *response->add_people();
      person.set_name(name);
      person.set_family_name(name);
    }
    return grpc::Status::OK;
  }
  grpc::Status GetProgramme(grpc::ServerContext*, const directory_pb::GetProgrammeRequest* request,
                            directory_pb::Programme* response) override {
    response->set_name(request->name());
    return grpc::Status::OK;
  }
};

// One answer, as bytes that can be compared.
struct Answer {
  absl::Status status;
  std::string bytes;

  friend bool operator==(const Answer&, const Answer&) = default;
  friend void PrintTo(const Answer& answer, std::ostream* out) {
    *out << answer.status << " " << answer.bytes.size() << " bytes";
  }
};

// ana writes m1, which sam supervises and pia judges; zoe judges nothing yet. law is another programme.
class ConflictServiceTest : public ::testing::Test {
 protected:
  ConflictServiceTest() {
    const std::string msi = "programmes/msi";
    const auto know = [&](const std::string& token, const std::string& person, Role role,
                          const std::string& programme) {
      pipeline_.authenticator().Add(
          token,
          {.account = absl::StrCat("accounts/", token), .person = person, .grants = {{role, programme}}});
    };
    know("staff", "", Role::kStaff, msi);
    know("head", "", Role::kProgrammeHead, msi);
    know("ana", "people/ana", Role::kStudent, msi);
    know("pia", "people/pia", Role::kJuror, msi);
    know("zoe", "people/zoe", Role::kJuror, msi);
    know("sam", "people/sam", Role::kSupervisor, msi);
    know("liaison", "", Role::kCompanyLiaison, msi);
    know("law", "people/lea", Role::kStaff, "programmes/law");
    channel_ = pipeline_.Serve({&service_, &conflict_service_, &expertise_service_, &decision_service_,
                                &submissions_service_, &directory_});
    peers_.SetHosted({"directory", "submissions", "assignment"}, [this] { return channel_; });
    EXPECT_OK(submissions_.BatchUpsertTheses({.service = "directory"},
                                             {{.id = "m1",
                                               .title = "Federated learning",
                                               .authors = {"people/ana"},
                                               .supervisor = "people/sam",
                                               .programme = msi}},
                                             {}));
    pb::SetJuryRequest jury;
    *jury.mutable_jury() = JuryOf({"people/pia"});
    EXPECT_THAT(Call("staff", "AssignmentService/SetJury", jury).status, IsOk());
  }

  static pb::Jury JuryOf(const std::vector<std::string>& people,
                         const std::string& programme = "programmes/msi") {
    pb::Jury jury;
    jury.set_name("theses/m1/jury");
    jury.set_programme(programme);
    for (const std::string& person : people) {
      pb::Seat& seat = *jury.add_seats();
      seat.set_person(person);
      seat.set_role(pb::Seat::ROLE_REVIEWER);
    }
    return jury;
  }

  // Calls "ConflictService/GetConflict" with `request`.
  Answer Call(const std::string& token, const std::string& method, const Message& request) {
    const std::string package = method.rfind("Submissions", 0) == 0 ? "submissions" : "assignment";
    grpc::ClientContext context;
    Pipeline::Prepare(context, token);
    grpc::CompletionQueue queue;
    grpc::GenericStub stub(channel_);
    const auto call =
        stub.PrepareCall(&context, absl::StrCat("/soutenance.", package, ".v1.", method), &queue);
    void* tag = nullptr;
    bool ok = false;
    call->StartCall(nullptr);
    queue.Next(&tag, &ok);
    const grpc::Slice slice(request.SerializeAsString());
    call->WriteLast(grpc::ByteBuffer(&slice, 1), {}, nullptr);
    queue.Next(&tag, &ok);
    grpc::ByteBuffer answer;
    call->Read(&answer, nullptr);
    queue.Next(&tag, &ok);
    grpc::Status status;
    call->Finish(&status, nullptr);
    queue.Next(&tag, &ok);
    Answer result{.status = runtime::FromGrpc(status)};
    grpc::Slice bytes;
    if (status.ok() && answer.DumpToSingleSlice(&bytes).ok()) {
      result.bytes.assign(reinterpret_cast<const char*>(bytes.begin()), bytes.size());
    }
    return result;
  }
  absl::Status Declare(const std::string& token, const std::string& other) {
    pb::DeclareConflictRequest request;
    request.set_parent("programmes/msi");
    request.mutable_declaration()->set_other(other);
    request.mutable_declaration()->set_kind(pb::CONFLICT_KIND_FAMILY);
    request.mutable_declaration()->set_reason("cousins");
    return Call(token, "ConflictService/DeclareConflict", request).status;
  }
  absl::Status UpdateThesis(const std::string& author, const std::string& supervisor) {
    submissions_pb::UpdateThesisRequest request;
    request.mutable_thesis()->set_name("theses/m1");
    request.mutable_thesis()->add_authors(author);
    request.mutable_thesis()->set_supervisor(supervisor);
    request.mutable_update_mask()->add_paths("authors");
    request.mutable_update_mask()->add_paths("supervisor");
    return Call("staff", "SubmissionsService/UpdateThesis", request).status;
  }

  std::unique_ptr<storage::sql::Database> submissions_database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "submissions");
  std::unique_ptr<storage::sql::Database> database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "assignment");
  storage::sql::SubmissionStore submission_store_{*submissions_database_};
  storage::sql::AssignmentStore store_{*database_};
  storage::sql::ConflictStore conflict_store_{*database_};
  storage::sql::ExpertiseStore expertise_store_{*database_};
  soutenance::testing::FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  Pipeline pipeline_{"assignment",
                     {pb::AssignmentService::service_full_name(), pb::ConflictService::service_full_name(),
                      pb::ExpertiseService::service_full_name(), pb::JuryDecisionService::service_full_name(),
                      submissions_pb::SubmissionsService::service_full_name()}};
  runtime::Peers peers_{{}};
  submissions::PeopleLookupGrpc submissions_people_{peers_, pipeline_.calls()};
  submissions::JuryCheckGrpc jury_check_{peers_, pipeline_.calls()};
  // One pipeline serves both modules here, so that assignment would not know that it is submissions who ask
  // it back.
  submissions::Submissions submissions_{submission_store_, submissions_people_, clock_,
                                        submissions::NoJuries(), &jury_check_};
  submissions::Lives lives_{{.store = submission_store_,
                             .people = submissions_people_,
                             .juries = submissions::NoJuries(),
                             .clock = clock_}};
  submissions::SubmissionsService submissions_service_{submissions_, lives_, pipeline_.calls()};
  ThesisLookupGrpc theses_{peers_, pipeline_.calls()};
  PeopleLookupGrpc people_{peers_, pipeline_.calls()};
  ConflictFactsGrpc facts_{peers_, pipeline_.calls()};
  ConflictGate gate_{conflict_store_, facts_, clock_};
  Assignment assignment_{store_, theses_, people_, gate_, clock_};
  AssignmentService service_{assignment_, pipeline_.calls()};
  JuryBulk bulk_{
      {.store = store_, .theses = theses_, .people = people_, .conflicts = gate_, .clock = clock_}};
  DecisionService decision_service_{bulk_, pipeline_.calls()};
  ConflictDesk desk_{
      {.store = conflict_store_, .juries = store_, .gate = gate_, .people = people_, .clock = clock_}};
  ConflictService conflict_service_{desk_, pipeline_.calls()};
  ExpertiseFactsGrpc texts_{peers_, pipeline_.calls()};
  ExpertiseDesk expertise_{expertise_store_, store_, texts_, clock_};
  ExpertiseService expertise_service_{expertise_, pipeline_.calls()};
  FakeDirectory directory_;
  std::shared_ptr<grpc::Channel> channel_;
};

TEST_F(ConflictServiceTest, AChangeOfAThesisThatMakesAJurorAnAuthorIsRefused) {
  EXPECT_THAT(UpdateThesis("people/pia", "people/sam"),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("JURY_RULE_BROKEN")));
  EXPECT_THAT(UpdateThesis("people/ana", "people/pia"),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("CONFLICT_OF_INTEREST")));
  EXPECT_OK(UpdateThesis("people/zoe", "people/sam"));
  submissions_pb::BatchUpsertThesesRequest many;
  submissions_pb::Thesis& thesis = *many.add_theses();
  thesis.set_name("theses/m1");
  thesis.set_title("Federated learning");
  thesis.add_authors("people/pia");
  thesis.set_supervisor("people/sam");
  thesis.set_programme("programmes/msi");
  EXPECT_THAT(Call("staff", "SubmissionsService/BatchUpsertTheses", many).status,
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("JURY_RULE_BROKEN")));
}

TEST_F(ConflictServiceTest, ADeclarationAboutTheNewAuthorCountsWhenTheThesisChanges) {
  ASSERT_OK(Declare("pia", "people/zoe"));
  EXPECT_THAT(UpdateThesis("people/zoe", "people/sam"),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("CONFLICT_OF_INTEREST")));
}

TEST_F(ConflictServiceTest, SupervisionInAnotherProgrammeCountsAndIsNotTold) {
  EXPECT_OK(submissions_.BatchUpsertTheses({.service = "directory"},
                                           {{.id = "secret",
                                             .title = "T",
                                             .authors = {"people/ana"},
                                             .supervisor = "people/zoe",
                                             .programme = "programmes/law"}},
                                           {}));
  pb::SetJuryRequest request;
  *request.mutable_jury() = JuryOf({"people/zoe"});
  const absl::Status refused = Call("staff", "AssignmentService/SetJury", request).status;
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("CONFLICT_OF_INTEREST")));
  EXPECT_THAT(std::string(refused.message()), Not(::testing::HasSubstr("secret")));
}

TEST_F(ConflictServiceTest, AConflictIsShownDecidedAndListed) {
  ASSERT_OK(Declare("pia", "people/ana"));
  pb::GetConflictRequest get;
  get.set_name("theses/m1/conflicts/pia");
  pb::Conflict conflict;
  ASSERT_TRUE(conflict.ParseFromString(Call("staff", "ConflictService/GetConflict", get).bytes));
  EXPECT_EQ(conflict.state(), pb::CONFLICT_STATE_CONFLICT);
  EXPECT_TRUE(conflict.seated());
  EXPECT_EQ(conflict.findings(0).source(), pb::CONFLICT_SOURCE_DECLARED_BY_JUROR);
  EXPECT_EQ(conflict.findings(0).detail(), "cousins");
  EXPECT_EQ(conflict.findings(0).since_time().seconds(), 1'800'000'000);
  pb::PinConflictRequest pin;
  pin.set_name("theses/m1/conflicts/pia");
  pin.set_verdict(pb::ConflictDecision::VERDICT_NO_CONFLICT);
  pin.set_reason("distant cousins");
  ASSERT_TRUE(conflict.ParseFromString(Call("staff", "ConflictService/PinConflict", pin).bytes));
  EXPECT_EQ(conflict.state(), pb::CONFLICT_STATE_NONE);
  EXPECT_TRUE(conflict.decision_holds());
  pin.clear_verdict();
  EXPECT_THAT(Call("staff", "ConflictService/PinConflict", pin).status,
              StatusIs(absl::StatusCode::kInvalidArgument));
}

// ---- two databases that differ only in what is hidden

// Every request that could tell something, each tried out only.
std::vector<std::pair<std::string, std::shared_ptr<Message>>> Probes() {
  std::vector<std::pair<std::string, std::shared_ptr<Message>>> probes;
  const auto add = [&](const std::string& method, auto request) {
    probes.emplace_back(method, std::make_shared<decltype(request)>(std::move(request)));
  };
  for (const std::string name :
       {"theses/m1/conflicts/pia", "theses/m1/conflicts/zoe", "theses/m1/conflicts/ana",
        "theses/m0/conflicts/pia", "theses/m1/conflicts/ghost"}) {
    pb::GetConflictRequest get;
    get.set_name(name);
    add("ConflictService/GetConflict", get);
    pb::PinConflictRequest pin;
    pin.set_name(name);
    pin.set_verdict(pb::ConflictDecision::VERDICT_CONFLICT);
    pin.set_reason("r");
    pin.set_validate_only(true);
    add("ConflictService/PinConflict", pin);
    pb::UnpinConflictRequest unpin;
    unpin.set_name(name);
    unpin.set_reason("r");
    unpin.set_validate_only(true);
    add("ConflictService/UnpinConflict", unpin);
  }
  for (const std::string programme : {"programmes/msi", "programmes/law"}) {
    pb::ListConflictsRequest list;
    list.set_parent(programme);
    for (const auto state :
         {pb::CONFLICT_STATE_NONE, pb::CONFLICT_STATE_QUESTION, pb::CONFLICT_STATE_CONFLICT}) {
      list.add_states(state);
    }
    add("ConflictService/ListConflicts", list);
    list.add_people("people/pia");
    add("ConflictService/ListConflicts", list);
    pb::ListDeclarationsRequest declarations;
    declarations.set_parent(programme);
    add("ConflictService/ListDeclarations", declarations);
    pb::ListConflictAnswersRequest answers;
    answers.set_parent(programme);
    add("ConflictService/ListConflictAnswers", answers);
    pb::AnswerConflictsRequest answer;
    answer.set_parent(programme);
    answer.set_validate_only(true);
    add("ConflictService/AnswerConflicts", answer);
    pb::AskForConflictsRequest ask;
    ask.set_parent(programme);
    ask.add_people("people/pia");
    ask.set_only_new(true);
    ask.set_validate_only(true);
    add("ConflictService/AskForConflicts", ask);
    pb::GetConflictPolicyRequest policy;
    policy.set_name(absl::StrCat(programme, "/conflictPolicy"));
    add("ConflictService/GetConflictPolicy", policy);
    pb::SetConflictPolicyRequest set;
    set.mutable_policy()->set_name(policy.name());
    set.set_validate_only(true);
    add("ConflictService/SetConflictPolicy", set);
    for (const std::string other : {"people/ana", "people/pia", "people/zoe", "people/ghost"}) {
      pb::DeclareConflictRequest declare;
      declare.set_parent(programme);
      declare.mutable_declaration()->set_other(other);
      declare.mutable_declaration()->set_kind(pb::CONFLICT_KIND_OTHER);
      declare.mutable_declaration()->set_reason("r");
      declare.set_validate_only(true);
      add("ConflictService/DeclareConflict", declare);
      for (const std::string declarer : {"people/ana", "people/pia"}) {
        pb::WithdrawDeclarationRequest withdraw;
        withdraw.set_name(absl::StrCat(programme, "/", declarer, "/declarations/", other.substr(7)));
        withdraw.set_validate_only(true);
        add("ConflictService/WithdrawDeclaration", withdraw);
      }
    }
    pb::SetJuryRequest jury;
    jury.mutable_jury()->set_name("theses/m1/jury");
    jury.mutable_jury()->set_programme(programme);
    pb::Seat& seat = *jury.mutable_jury()->add_seats();
    seat.set_person("people/pia");
    seat.set_role(pb::Seat::ROLE_EXAMINER);
    jury.set_validate_only(true);
    add("AssignmentService/SetJury", jury);
    pb::BatchUpsertJuriesRequest juries;
    *juries.add_juries() = jury.jury();
    juries.set_validate_only(true);
    add("AssignmentService/BatchUpsertJuries", juries);
    submissions_pb::BatchUpsertThesesRequest theses;
    submissions_pb::Thesis& thesis = *theses.add_theses();
    thesis.set_name("theses/m1");
    thesis.set_title("T");
    thesis.add_authors("people/pia");
    thesis.set_supervisor("people/sam");
    thesis.set_programme(programme);
    theses.set_validate_only(true);
    add("SubmissionsService/BatchUpsertTheses", theses);
  }
  pb::CheckThesisChangesRequest check;
  check.add_theses()->set_name("theses/m1");
  check.mutable_theses(0)->add_authors("people/ana");
  add("ConflictService/CheckThesisChanges", check);
  pb::CheckReviewerRequest reviewer;
  *reviewer.mutable_thesis() = check.theses(0);
  reviewer.set_person("people/pia");
  add("ConflictService/CheckReviewer", reviewer);
  pb::ListExpertiseRequest expertise;
  expertise.set_parent("theses/m1");
  add("ExpertiseService/ListExpertise", expertise);
  pb::GetExpertiseRequest one;
  one.set_name("theses/m1/expertise/pia");
  add("ExpertiseService/GetExpertise", one);
  pb::OverrideExpertiseRequest overrule;
  overrule.set_name("theses/m1/expertise/pia");
  overrule.set_reason("r");
  overrule.set_validate_only(true);
  add("ExpertiseService/OverrideExpertise", overrule);
  pb::GetJuryRequest jury;
  jury.set_name("theses/m1/jury");
  add("AssignmentService/GetJury", jury);
  add("AssignmentService/ListJuries", pb::ListJuriesRequest());
  submissions_pb::UpdateThesisRequest update;
  update.mutable_thesis()->set_name("theses/m1");
  update.mutable_thesis()->add_authors("people/pia");
  update.mutable_update_mask()->add_paths("authors");
  update.set_validate_only(true);
  add("SubmissionsService/UpdateThesis", update);
  return probes;
}

TEST_F(ConflictServiceTest, ThoseWhoMayNotKnowSeeNoDifferenceWhateverIsHidden) {
  const auto probes = Probes();
  std::set<std::string> probed;
  for (const auto& [method, request] : probes) probed.insert(method);
  for (const auto* service :
       {pb::ConflictService::service_full_name(), pb::ExpertiseService::service_full_name()}) {
    const auto* type = google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(service);
    for (int i = 0; i < type->method_count(); ++i) {
      EXPECT_EQ(probed.count(absl::StrCat(type->name(), "/", type->method(i)->name())), 1u)
          << type->method(i)->full_name() << " is not probed";
    }
  }

  // What is done in secret, and who may know of it besides those who run the programme.
  struct Secret {
    std::string what;
    std::function<absl::Status()> make;
    std::string known_to;
  };
  const std::vector<Secret> secrets = {
      {"pia declares ana", [&] { return Declare("pia", "people/ana"); }, "pia"},
      {"ana declares pia", [&] { return Declare("ana", "people/pia"); }, "ana"},
      {"zoe declares ana", [&] { return Declare("zoe", "people/ana"); }, "zoe"},
      {"it is decided about pia",
       [&] {
         pb::PinConflictRequest pin;
         pin.set_name("theses/m1/conflicts/pia");
         pin.set_verdict(pb::ConflictDecision::VERDICT_CONFLICT);
         pin.set_reason("r");
         return Call("staff", "ConflictService/PinConflict", pin).status;
       },
       ""},
      {"pia is asked",
       [&] {
         pb::AskForConflictsRequest ask;
         ask.set_parent("programmes/msi");
         ask.add_people("people/pia");
         return Call("staff", "ConflictService/AskForConflicts", ask).status;
       },
       "pia"},
      {"pia answers",
       [&] {
         pb::AnswerConflictsRequest answer;
         answer.set_parent("programmes/msi");
         return Call("pia", "ConflictService/AnswerConflicts", answer).status;
       },
       "pia"},
      {"other years count",
       [&] {
         pb::SetConflictPolicyRequest set;
         set.mutable_policy()->set_name("programmes/msi/conflictPolicy");
         set.mutable_policy()->set_years(9);
         return Call("head", "ConflictService/SetConflictPolicy", set).status;
       },
       ""},
      {"an expertise is overruled",
       [&] {
         pb::OverrideExpertiseRequest overrule;
         overrule.set_name("theses/m1/expertise/pia");
         overrule.set_score(0.5);
         overrule.set_reason("r");
         return Call("staff", "ExpertiseService/OverrideExpertise", overrule).status;
       },
       ""},
  };
  const std::vector<std::string> callers = {"ana", "pia", "zoe", "sam", "liaison", "law", "nobody"};
  std::map<std::pair<std::string, size_t>, Answer> before;
  const auto ask_everything = [&](const std::string& caller, const std::string& what) {
    for (size_t i = 0; i < probes.size(); ++i) {
      Answer now = Call(caller, probes[i].first, *probes[i].second);
      Answer& earlier = before[{caller, i}];
      if (!what.empty()) {
        EXPECT_EQ(now, earlier) << what << ", " << caller << " calls " << probes[i].first << " "
                                << probes[i].second->ShortDebugString();
      }
      earlier = std::move(now);
    }
  };
  for (const std::string& caller : callers) ask_everything(caller, "");
  for (const Secret& secret : secrets) {
    ASSERT_OK(secret.make()) << secret.what;
    for (const std::string& caller : callers) {
      ask_everything(caller, caller == secret.known_to ? "" : secret.what);
    }
  }
}

pb::ImportJuriesRequest AFile(const std::string& lines) {
  pb::ImportJuriesRequest request;
  request.set_kind(pb::JURY_FILE_KIND_JURIES);
  request.set_file("juries.csv");
  request.set_content(absl::StrCat("thesis,person,role\n", lines));
  request.set_language("en");
  return request;
}

// One request a method of JuryDecisionService, about what others keep to themselves.
std::vector<std::pair<std::string, std::unique_ptr<Message>>> DecisionProbes(const std::string& batch) {
  std::vector<std::pair<std::string, std::unique_ptr<Message>>> probes;
  const auto add = [&](const std::string& method, const auto& request) {
    probes.emplace_back(absl::StrCat("JuryDecisionService/", method),
                        std::make_unique<std::decay_t<decltype(request)>>(request));
  };
  pb::ImportJuriesRequest file = AFile("m1,zoe,reviewer\n");
  file.set_validate_only(true);
  add("ImportJuries", file);
  pb::ExportJuriesRequest exported;
  exported.set_programme("programmes/msi");
  exported.set_kind(pb::JURY_FILE_KIND_JURIES);
  add("ExportJuries", exported);
  exported.set_programme("programmes/law");
  exported.add_theses("theses/m1");
  add("ExportJuries", exported);
  pb::GetJuryBatchRequest get;
  get.set_name(batch);
  add("GetJuryBatch", get);
  pb::ListJuryBatchesRequest list;
  list.set_programme("programmes/msi");
  add("ListJuryBatches", list);
  pb::UndoJuryBatchRequest undo;
  undo.set_name(batch);
  undo.set_validate_only(true);
  add("UndoJuryBatch", undo);
  pb::ListJuryDecisionsRequest decisions;
  decisions.set_thesis("theses/m1");
  add("ListJuryDecisions", decisions);
  decisions.set_person("people/zoe");
  add("ListJuryDecisions", decisions);
  decisions.Clear();
  decisions.set_programme("programmes/msi");
  add("ListJuryDecisions", decisions);
  return probes;
}

TEST_F(ConflictServiceTest, ImportsUndoesAndTellsOverTheWire) {
  pb::ImportJuriesRequest file = AFile("m1,pia,president\nm1,zoe,reviewer\n");
  file.set_reason("council");
  file.set_request_id("once");
  const Answer imported = Call("staff", "JuryDecisionService/ImportJuries", file);
  ASSERT_OK(imported.status);
  pb::JuryBatchResult result;
  ASSERT_TRUE(result.ParseFromString(imported.bytes));
  EXPECT_EQ(result.state(), pb::JuryBatchResult::STATE_DONE) << result.ShortDebugString();
  ASSERT_EQ(result.batch().decisions_size(), 1);
  const pb::JuryDecision& decision = result.batch().decisions(0);
  EXPECT_EQ(decision.thesis(), "theses/m1");
  EXPECT_EQ(decision.reason(), "council");
  EXPECT_EQ(decision.etag(), "v2");
  EXPECT_EQ(decision.seats_before_size(), 1);
  EXPECT_EQ(decision.seats_after(0).role(), pb::Seat::ROLE_PRESIDENT);
  EXPECT_GT(result.batch().undo_until_time().seconds(), result.batch().create_time().seconds());
  EXPECT_EQ(Call("staff", "JuryDecisionService/ImportJuries", file).bytes, imported.bytes);

  pb::ImportJuriesRequest wrong = AFile("m1,ana,reviewer\n");
  ASSERT_TRUE(result.ParseFromString(Call("staff", "JuryDecisionService/ImportJuries", wrong).bytes));
  EXPECT_EQ(result.state(), pb::JuryBatchResult::STATE_REFUSED);
  ASSERT_EQ(result.problems_size(), 2);
  EXPECT_EQ(result.problems(1).line(), 2);
  EXPECT_EQ(result.problems(1).column(), "person");
  EXPECT_EQ(result.problems(1).kind(), "conflict_of_interest");
  EXPECT_EQ(result.problems(1).message().rfind("juries.csv, line 2, column B (person)", 0), 0u)
      << result.problems(1).message();

  pb::UndoJuryBatchRequest undo;
  ASSERT_TRUE(result.ParseFromString(imported.bytes));
  undo.set_name(result.batch().name());
  const Answer undone = Call("head", "JuryDecisionService/UndoJuryBatch", undo);
  ASSERT_OK(undone.status);
  pb::GetJuryRequest get;
  get.set_name("theses/m1/jury");
  pb::Jury jury;
  ASSERT_TRUE(jury.ParseFromString(Call("staff", "AssignmentService/GetJury", get).bytes));
  EXPECT_EQ(jury.seats_size(), 1);
  pb::ListJuryDecisionsRequest history;
  history.set_thesis("theses/m1");
  pb::ListJuryDecisionsResponse decisions;
  ASSERT_TRUE(
      decisions.ParseFromString(Call("staff", "JuryDecisionService/ListJuryDecisions", history).bytes));
  ASSERT_EQ(decisions.decisions_size(), 3);
  EXPECT_EQ(decisions.decisions(0).way(), pb::JURY_DECISION_WAY_UNDO);
  EXPECT_EQ(decisions.decisions(0).account(), "accounts/head");
}

TEST_F(ConflictServiceTest, DecisionsAreKnownToThoseWhoRunTheProgrammeOnly) {
  std::set<std::string> probed;
  for (const auto& [method, request] : DecisionProbes("juryBatches/b")) probed.insert(method);
  const auto* type = google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
      pb::JuryDecisionService::service_full_name());
  for (int i = 0; i < type->method_count(); ++i) {
    EXPECT_EQ(probed.count(absl::StrCat(type->name(), "/", type->method(i)->name())), 1u)
        << type->method(i)->full_name() << " is not probed";
  }

  pb::JuryBatchResult result;
  ASSERT_TRUE(result.ParseFromString(
      Call("staff", "JuryDecisionService/ImportJuries", AFile("m1,pia,president\n")).bytes));
  const std::string there = result.batch().name();
  ASSERT_FALSE(there.empty());
  const auto hidden = DecisionProbes(there);
  const auto absent = DecisionProbes("juryBatches/nothing");
  for (const std::string caller : {"ana", "pia", "zoe", "sam", "liaison", "law", "nobody"}) {
    for (size_t i = 0; i < hidden.size(); ++i) {
      SCOPED_TRACE(absl::StrCat(caller, " calls ", hidden[i].first));
      const Answer answer = Call(caller, hidden[i].first, *hidden[i].second);
      const Answer of_nothing = Call(caller, absent[i].first, *absent[i].second);
      EXPECT_EQ(answer.status.code(), of_nothing.status.code());
      EXPECT_EQ(answer.bytes, of_nothing.bytes);
      if (caller != "law") {
        EXPECT_FALSE(answer.status.ok());
      }
    }
  }
  // Who runs another programme sees the same, whatever is decided here.
  std::vector<Answer> before;
  for (const auto& [method, request] : hidden) before.push_back(Call("law", method, *request));
  ASSERT_OK(Call("staff", "JuryDecisionService/ImportJuries", AFile("m1,zoe,reviewer\n")).status);
  for (size_t i = 0; i < hidden.size(); ++i) {
    EXPECT_EQ(Call("law", hidden[i].first, *hidden[i].second), before[i]) << hidden[i].first;
  }
  for (const std::string caller : {"staff", "head"}) {
    for (const auto& [method, request] : hidden) {
      const bool is_of_law = method == "JuryDecisionService/ExportJuries" &&
                             request->ShortDebugString().find("law") != std::string::npos;
      EXPECT_EQ(Call(caller, method, *request).status.ok(), !is_of_law) << caller << " calls " << method;
    }
  }
}

}  // namespace
}  // namespace soutenance::assignment
