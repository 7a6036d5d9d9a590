#include "services/runtime/health.h"

#include <gmock/gmock.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>

#include "absl/strings/string_view.h"

namespace soutenance::runtime {
namespace {

namespace pb = ::grpc::health::v1;

class HealthTest : public ::testing::Test {
 protected:
  HealthTest() {
    grpc::ServerBuilder builder;
    builder.RegisterService(&health_);
    server_ = builder.BuildAndStart();
    stub_ = pb::Health::NewStub(server_->InProcessChannel({}));
  }
  ~HealthTest() override {
    health_.Stop();
    server_->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(5));
  }

  static void Prepare(grpc::ClientContext& context) {
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  }

  static pb::HealthCheckRequest Of(absl::string_view service) {
    pb::HealthCheckRequest request;
    request.set_service(std::string(service));
    return request;
  }

  grpc::StatusCode Check(absl::string_view service, pb::HealthCheckResponse& response) {
    grpc::ClientContext context;
    Prepare(context);
    return stub_->Check(&context, Of(service), &response).error_code();
  }

  HealthService health_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<pb::Health::Stub> stub_;
};

TEST_F(HealthTest, TellsWhatItWasTold) {
  health_.SetServing("echo", false);
  pb::HealthCheckResponse response;
  EXPECT_EQ(Check("echo", response), grpc::OK);
  EXPECT_EQ(response.status(), pb::HealthCheckResponse::NOT_SERVING);
  health_.SetServing("echo", true);
  EXPECT_EQ(Check("echo", response), grpc::OK);
  EXPECT_EQ(response.status(), pb::HealthCheckResponse::SERVING);
}

TEST_F(HealthTest, DoesNotKnowOtherServices) {
  pb::HealthCheckResponse response;
  EXPECT_EQ(Check("nothing", response), grpc::NOT_FOUND);
}

TEST_F(HealthTest, ServesNothingAfterItStopped) {
  health_.SetServing("echo", true);
  health_.Stop();
  health_.SetServing("echo", true);
  pb::HealthCheckResponse response;
  EXPECT_EQ(Check("echo", response), grpc::OK);
  EXPECT_EQ(response.status(), pb::HealthCheckResponse::NOT_SERVING);
}

TEST_F(HealthTest, TellsWatchersEveryChangeAndWhenToGo) {
  grpc::ClientContext context;
  Prepare(context);
  const auto stream = stub_->Watch(&context, Of("echo"));
  pb::HealthCheckResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.status(), pb::HealthCheckResponse::SERVICE_UNKNOWN);
  health_.SetServing("echo", true);
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.status(), pb::HealthCheckResponse::SERVING);
  health_.SetServing("other", true);
  health_.Stop();
  // Watchers may be told once more before they are sent away.
  while (stream->Read(&response)) EXPECT_EQ(response.status(), pb::HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(stream->Finish().error_code(), grpc::UNAVAILABLE);
}

TEST_F(HealthTest, RefusesMoreWatchersThanItHasThreadsFor) {
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::unique_ptr<grpc::ClientReader<pb::HealthCheckResponse>>> streams;
  pb::HealthCheckResponse response;
  for (int i = 0; i < HealthService::kWatchersMax; ++i) {
    Prepare(*contexts.emplace_back(std::make_unique<grpc::ClientContext>()));
    streams.push_back(stub_->Watch(contexts.back().get(), Of("echo")));
    ASSERT_TRUE(streams.back()->Read(&response));
  }
  grpc::ClientContext context;
  Prepare(context);
  const auto stream = stub_->Watch(&context, Of("echo"));
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(stream->Finish().error_code(), grpc::RESOURCE_EXHAUSTED);
  health_.Stop();
  for (const auto& each : streams) {
    while (each->Read(&response)) {
    }
    each->Finish();
  }
}

}  // namespace
}  // namespace soutenance::runtime
