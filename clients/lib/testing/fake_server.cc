#include "clients/lib/testing/fake_server.h"

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <mutex>

#include "services/runtime/status_wire.h"

namespace soutenance::clients::testing {
namespace {

grpc::ByteBuffer ToBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

std::string FromBuffer(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  for (const grpc::Slice& slice : slices)
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return bytes;
}

std::string ShortMethod(const std::string& path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

// Everything that calls share.
class FakeServer::Service : public grpc::CallbackGenericService {
 public:
  explicit Service(const std::string& address) {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::ServerBuilder builder;
    builder.AddListeningPort(address, grpc::InsecureServerCredentials());
    builder.SetMaxReceiveMessageSize(64 << 20);
    builder.RegisterCallbackGenericService(this);
    server_ = builder.BuildAndStart();
    if (server_ == nullptr) {
      std::cerr << "the fake server cannot listen at " << address << "\n";
      std::abort();
    }
  }

  ~Service() override { server_->Shutdown(std::chrono::system_clock::now()); }

  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext* context) override;

  Answer NextAnswer(const std::string& method) {
    const std::lock_guard lock(mutex_);
    std::vector<Answer>& answers = answers_[method];
    if (answers.empty())
      return {.status = absl::UnimplementedError("nobody told the fake server about " + method)};
    Answer answer = answers.front();
    if (answers.size() > 1) answers.erase(answers.begin());
    return answer;
  }

  std::mutex mutex_;
  std::map<std::string, std::vector<Answer>, std::less<>> answers_;
  std::map<std::string, std::function<void()>, std::less<>> before_;
  std::map<std::string, std::vector<Received>, std::less<>> calls_;
  std::vector<Reactor*> held_;
  std::unique_ptr<grpc::Server> server_;
};

// One call: reads the request, writes the messages of its answer one after the other, finishes.
class FakeServer::Reactor : public grpc::ServerGenericBidiReactor {
 public:
  Reactor(Service& service, grpc::GenericCallbackServerContext& context)
      : service_(service), method_(ShortMethod(context.method())) {
    for (const auto& [key, value] : context.client_metadata()) {
      received_.metadata[std::string(key.data(), key.size())] = std::string(value.data(), value.size());
    }
    StartRead(&request_);
  }

  const std::string& method() const { return method_; }

  void OnReadDone(bool ok) override {
    if (!ok) {
      Finish(grpc::Status::CANCELLED);
      return;
    }
    received_.request = FromBuffer(request_);
    std::function<void()> before;
    {
      const std::lock_guard lock(service_.mutex_);
      service_.calls_[method_].push_back(received_);
      if (const auto found = service_.before_.find(method_); found != service_.before_.end())
        before = found->second;
    }
    if (before) before();
    answer_ = service_.NextAnswer(method_);
    GoOn();
  }

  void OnWriteDone(bool) override { GoOn(); }

  // The last message of a held stream.
  void Release(const std::string& message) {
    answer_.messages = {message};
    answer_.end = Answer::End::kFinish;
    written_ = 0;
    GoOn();
  }

  void OnCancel() override {
    if (Unhold()) Finish(grpc::Status::CANCELLED);
  }

  void OnDone() override { delete this; }

 private:
  void GoOn() {
    if (written_ < answer_.messages.size()) {
      message_ = ToBuffer(answer_.messages[written_++]);
      StartWrite(&message_);
    } else if (answer_.end == Answer::End::kHold) {
      const std::lock_guard lock(service_.mutex_);
      service_.held_.push_back(this);
    } else {
      Finish(runtime::ToGrpc(answer_.status));
    }
  }

  bool Unhold() {
    const std::lock_guard lock(service_.mutex_);
    return std::erase(service_.held_, this) > 0;
  }

  Service& service_;
  const std::string method_;
  Received received_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer message_;
  Answer answer_;
  std::size_t written_ = 0;
};

grpc::ServerGenericBidiReactor* FakeServer::Service::CreateReactor(
    grpc::GenericCallbackServerContext* context) {
  return new Reactor(*this, *context);
}

FakeServer::FakeServer()
    : address_("unix:" + folder_.path() + "/s.sock"), service_(std::make_unique<Service>(address_)) {}

FakeServer::FakeServer(const std::string& socket_path)
    : address_("unix:" + socket_path), service_(std::make_unique<Service>(address_)) {}

FakeServer::~FakeServer() = default;

void FakeServer::Answers(absl::string_view method, Answer answer) {
  const std::lock_guard lock(service_->mutex_);
  service_->answers_[std::string(method)].push_back(std::move(answer));
}

void FakeServer::Before(absl::string_view method, std::function<void()> action) {
  const std::lock_guard lock(service_->mutex_);
  service_->before_[std::string(method)] = std::move(action);
}

void FakeServer::Release(absl::string_view method, const google::protobuf::Message& message) {
  std::vector<Reactor*> released;
  {
    const std::lock_guard lock(service_->mutex_);
    for (Reactor* reactor : service_->held_) {
      if (reactor->method() == method) released.push_back(reactor);
    }
    std::erase_if(service_->held_, [&](Reactor* reactor) { return reactor->method() == method; });
  }
  for (Reactor* reactor : released) reactor->Release(message.SerializeAsString());
}

void FakeServer::SetServing(const std::string& service, bool serving) {
  service_->server_->GetHealthCheckService()->SetServingStatus(service, serving);
}

std::vector<FakeServer::Received> FakeServer::Calls(absl::string_view method) const {
  const std::lock_guard lock(service_->mutex_);
  const auto found = service_->calls_.find(std::string(method));
  return found == service_->calls_.end() ? std::vector<Received>{} : found->second;
}

}  // namespace soutenance::clients::testing
