#include "tests/system/deployment.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <signal.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/host/modules.h"

namespace soutenance::system_test {
namespace {

// Generous, because sanitizers and a busy machine make a start slow.
constexpr absl::Duration kStartTimeMax = absl::Seconds(60);

[[noreturn]] void Die(const std::string& message) {
  std::cerr << "deployment: " << message << std::endl;
  std::abort();
}

void WriteKey(const std::string& path) {
  std::ofstream(path) << std::string(64, '7');
  chmod(path.c_str(), 0600);
}

grpc::ChannelArguments ClientArguments() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(16 << 20);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 200);
  // Otherwise a channel made after a restart shares the connection of the one before.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return arguments;
}

}  // namespace

Deployment::Deployment(Shape shape, std::string store) : shape_(shape), store_(std::move(store)) {
  if (shape_ == Shape::kBinaryPerService) {
    for (const host::Module& module : host::AllModules()) units_.push_back({module.name, {module.name}});
    WriteKey(absl::StrCat(folder_.path(), "/service.key"));
  } else {
    units_.push_back({"all", {}});
  }
  Start();
}

Deployment::~Deployment() { Stop(); }

std::shared_ptr<grpc::Channel> Deployment::ChannelTo(const std::string& module) const {
  return channels_.at(UnitOf(module).name);
}

std::string Deployment::DataDir(const std::string& module) const {
  return absl::StrCat(folder_.path(), "/", UnitOf(module).name);
}

void Deployment::Kill() {
  for (const auto& process : processes_) process->Signal(SIGKILL);
  for (const auto& process : processes_) process->Wait();
  processes_.clear();
  channels_.clear();
}

std::vector<int> Deployment::Stop() {
  std::vector<int> codes;
  channels_.clear();
  if (host_ != nullptr) codes.push_back(0);
  host_.reset();
  for (const auto& process : processes_) process->Signal(SIGTERM);
  for (const auto& process : processes_) codes.push_back(process->Wait());
  processes_.clear();
  return codes;
}

void Deployment::Start() {
  if (shape_ == Shape::kInProcess) {
    StartInProcess();
  } else {
    StartProcesses();
  }
  ReadToken();
}

std::string Deployment::AddressOf(const Unit& unit) const {
  return absl::StrCat("unix:", folder_.path(), "/", unit.name, "/soutenance.sock");
}

const Deployment::Unit& Deployment::UnitOf(const std::string& module) const {
  for (const Unit& unit : units_) {
    if (unit.services.empty() || unit.services.front() == module) return unit;
  }
  Die(absl::StrCat("nobody hosts ", module));
}

std::vector<std::string> Deployment::Arguments(const Unit& unit) const {
  std::vector<std::string> arguments = {SOUTENANCED, "--data-dir",
                                        absl::StrCat(folder_.path(), "/", unit.name)};
  if (!store_.empty()) arguments.insert(arguments.end(), {"--store", store_});
  if (unit.services.empty()) return arguments;
  arguments.insert(arguments.end(), {"--services", unit.services.front(), "--service-key-file",
                                     absl::StrCat(folder_.path(), "/service.key")});
  for (const Unit& other : units_) {
    if (other.name == unit.name) continue;
    arguments.insert(arguments.end(), {"--peer", absl::StrCat(other.name, "=", AddressOf(other))});
  }
  return arguments;
}

void Deployment::StartProcesses() {
  for (const Unit& unit : units_) {
    absl::StatusOr<std::unique_ptr<testing::Process>> process = testing::Process::Start(
        {.arguments = Arguments(unit), .error_file = absl::StrCat(folder_.path(), "/", unit.name, ".log")});
    if (!process.ok()) Die(process.status().ToString());
    processes_.push_back(*std::move(process));
  }
  for (size_t i = 0; i < units_.size(); ++i) {
    const absl::StatusOr<std::string> line = processes_[i]->ReadLine(kStartTimeMax);
    if (!line.ok() || !absl::StrContains(*line, "serving")) {
      std::cerr << std::ifstream(absl::StrCat(folder_.path(), "/", units_[i].name, ".log")).rdbuf();
      Die(absl::StrCat("soutenanced for ", units_[i].name, " did not start: ", line.status().ToString()));
    }
    channels_[units_[i].name] = grpc::CreateCustomChannel(
        AddressOf(units_[i]), grpc::InsecureChannelCredentials(), ClientArguments());
  }
}

void Deployment::StartInProcess() {
  const std::string data_dir = absl::StrCat(folder_.path(), "/all");
  absl::StatusOr<std::unique_ptr<host::Host>> host =
      host::Host::Start({.data_dir = data_dir,
                         .store = store_.empty() ? absl::StrCat("sqlite:", data_dir) : store_,
                         .log_file = absl::StrCat(folder_.path(), "/all.log"),
                         .inspector = SOUTENANCE_INSPECT},
                        host::AllModules(), clock_);
  if (!host.ok()) Die(host.status().ToString());
  host_ = *std::move(host);
  channels_["all"] = host_->InProcessChannel();
}

void Deployment::ReadToken() {
  const std::string path = absl::StrCat(DataDir("directory"), "/administrator.token");
  std::getline(std::ifstream(path), administrator_token_);
  if (administrator_token_.empty()) Die(absl::StrCat("there is no token in ", path));
}

}  // namespace soutenance::system_test
