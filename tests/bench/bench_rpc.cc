// Throughput and latency of a read and of a small write through the whole pipeline and SQLite, against a bare
// gRPC echo. Servers are processes of their own behind Unix sockets, and are measured in turns, so that what
// else the machine does meanwhile falls on all of them.

#include <fcntl.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/server_builder.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/runtime/testing/echo.grpc.pb.h"
#include "soutenance/directory/v1/directory.grpc.pb.h"
#include "tests/testing/process.h"

namespace soutenance::bench {
namespace {

namespace dir = ::soutenance::directory::v1;
using EchoService = runtime::testing::EchoService;
using EchoMessage = runtime::testing::EchoMessage;
using Channels = std::vector<std::shared_ptr<grpc::Channel>>;

[[noreturn]] void Die(const std::string& message) {
  std::cerr << "bench_rpc: " << message << std::endl;
  std::exit(1);
}

// Nothing but gRPC.
class BareEcho final : public EchoService::Service {
  grpc::Status Echo(grpc::ServerContext*, const EchoMessage* request, EchoMessage* response) override {
    response->set_text(request->text());
    return grpc::Status::OK;
  }
};

void ServeEcho(const std::string& address) {
  BareEcho echo;
  grpc::ServerBuilder builder;
  builder.AddListeningPort(address, grpc::InsecureServerCredentials());
  builder.RegisterService(&echo);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) Die(absl::StrCat("cannot listen on ", address));
  std::cout << "echo: serving" << std::endl;
  server->Wait();
}

std::unique_ptr<testing::Process> StartServer(std::vector<std::string> arguments,
                                              const std::string& error_file) {
  absl::StatusOr<std::unique_ptr<testing::Process>> process =
      testing::Process::Start({.arguments = std::move(arguments), .error_file = error_file});
  if (!process.ok()) Die(process.status().ToString());
  const absl::StatusOr<std::string> line = (*process)->ReadLine(absl::Seconds(30));
  if (!line.ok())
    Die(absl::StrCat("a server did not start, see ", error_file, ": ", line.status().ToString()));
  return *std::move(process);
}

// One connection per client thread, as clients on different machines have.
Channels Connect(const std::string& address, int threads) {
  Channels channels;
  for (int i = 0; i < threads; ++i) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    channels.push_back(grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments));
  }
  return channels;
}

void Prepare(grpc::ClientContext& context, const std::string& token) {
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(30)));
  if (!token.empty()) context.AddMetadata("authorization", absl::StrCat("Bearer ", token));
}

// Seconds of processor time that the process `pid` has used.
double ProcessorSeconds(pid_t pid) {
  std::ifstream file(absl::StrCat("/proc/", pid, "/stat"));
  std::string text;
  std::getline(file, text);
  // The name of the program, in parentheses, may hold blanks; the times are the 12th and 13th words after it.
  const std::vector<std::string> words = absl::StrSplit(text.substr(text.rfind(')') + 2), ' ');
  return (std::stod(words[11]) + std::stod(words[12])) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

struct Sample {
  std::vector<double> micros;  // of every call, over all turns
  double seconds = 0;
  double server_seconds = 0;  // of processor time
  double client_seconds = 0;

  double Micros(double all_seconds) const { return 1e6 * all_seconds / static_cast<double>(micros.size()); }

  double PerSecond() const { return static_cast<double>(micros.size()) / seconds; }
  double Percentile(double part) const {
    return micros[static_cast<size_t>(part * static_cast<double>(micros.size() - 1))];
  }
};

// Calls `call(thread)` on every thread, again and again, for `seconds`.
void Measure(int threads, double seconds, pid_t server, const std::function<grpc::Status(int)>& call,
             Sample& sample) {
  const double server_before = ProcessorSeconds(server), client_before = ProcessorSeconds(getpid());
  std::vector<std::vector<double>> micros(static_cast<size_t>(threads));
  std::vector<std::thread> workers;
  const absl::Time begin = absl::Now();
  const absl::Time end = begin + absl::Seconds(seconds);
  for (int i = 0; i < threads; ++i) {
    workers.emplace_back([&, i] {
      while (absl::Now() < end) {
        const int64_t start = absl::GetCurrentTimeNanos();
        const grpc::Status status = call(i);
        if (!status.ok()) Die(absl::StrCat("a call failed: ", status.error_message()));
        micros[static_cast<size_t>(i)].push_back(static_cast<double>(absl::GetCurrentTimeNanos() - start) /
                                                 1000);
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  sample.seconds += absl::ToDoubleSeconds(absl::Now() - begin);
  sample.server_seconds += ProcessorSeconds(server) - server_before;
  sample.client_seconds += ProcessorSeconds(getpid()) - client_before;
  for (const auto& each : micros) sample.micros.insert(sample.micros.end(), each.begin(), each.end());
}

// Median microseconds in which a small write of a file reaches the disk below `folder`.
double FlushMicros(const std::string& folder) {
  const std::string path = absl::StrCat(folder, "/flush");
  const int file = open(path.c_str(), O_CREAT | O_WRONLY, 0600);
  std::vector<double> micros;
  for (int i = 0; i < 51; ++i) {
    const int64_t start = absl::GetCurrentTimeNanos();
    if (write(file, "4096 bytes would be no slower", 29) != 29 || fsync(file) != 0)
      Die("cannot write " + path);
    micros.push_back(static_cast<double>(absl::GetCurrentTimeNanos() - start) / 1000);
  }
  close(file);
  std::sort(micros.begin(), micros.end());
  return micros[micros.size() / 2];
}

void Print(const std::string& name, Sample& sample, const Sample& echo) {
  std::sort(sample.micros.begin(), sample.micros.end());
  const auto processor = [](const Sample& each) {
    return each.Micros(each.server_seconds + each.client_seconds);
  };
  absl::PrintF(
      "%-26s %7.0f/s  p50 %6.0f us  p99 %6.0f us  processor %3.0f us server %3.0f us client  "
      "%4.2f of the echo's throughput, %4.2f by processor time\n",
      name, sample.PerSecond(), sample.Percentile(0.50), sample.Percentile(0.99),
      sample.Micros(sample.server_seconds), sample.Micros(sample.client_seconds),
      sample.PerSecond() / echo.PerSecond(), processor(echo) / processor(sample));
}

dir::Room SampleRoom() {
  dir::Room room;
  room.set_title("Salle Thérèse-Planiol");
  room.set_site("Campus des Tilleuls");
  room.set_capacity(24);
  room.add_equipment("video");
  return room;
}

struct Arguments {
  int threads = 8;
  double seconds = 2;
  int turns = 3;
  std::string echo_address;
};

void Run(const std::string& self, const Arguments& arguments) {
  const testing::TemporaryFolder folder;
  const std::string bin = self.substr(0, self.rfind('/'));
  const std::string echo_address = absl::StrCat("unix:", folder.path(), "/echo.sock");
  const std::string data_dir = absl::StrCat(folder.path(), "/data");
  const auto echo_server = StartServer({self, "--serve-echo", echo_address}, folder.path() + "/echo.log");
  const auto server =
      StartServer({absl::StrCat(bin, "/soutenanced"), "--data-dir", data_dir}, folder.path() + "/log");
  std::string token;
  std::getline(std::ifstream(data_dir + "/administrator.token"), token);

  const Channels echo_channels = Connect(echo_address, arguments.threads);
  const Channels channels = Connect(absl::StrCat("unix:", data_dir, "/soutenance.sock"), arguments.threads);
  std::vector<std::unique_ptr<EchoService::Stub>> echo_stubs;
  std::vector<std::unique_ptr<dir::DirectoryService::Stub>> stubs;
  for (int i = 0; i < arguments.threads; ++i) {
    echo_stubs.push_back(EchoService::NewStub(echo_channels[static_cast<size_t>(i)]));
    stubs.push_back(dir::DirectoryService::NewStub(channels[static_cast<size_t>(i)]));
    dir::CreateRoomRequest create;
    create.set_room_id(absl::StrCat("room-", i));
    *create.mutable_room() = SampleRoom();
    grpc::ClientContext context;
    Prepare(context, token);
    dir::Room room;
    const grpc::Status status = stubs.back()->CreateRoom(&context, create, &room);
    if (!status.ok()) Die(absl::StrCat("CreateRoom: ", status.error_message()));
  }

  const auto echo = [&](int i) {
    grpc::ClientContext context;
    Prepare(context, "");
    EchoMessage request, answer;
    request.set_text("Salle Therese-Planiol, Campus des Tilleuls, 24, video, rooms/room-0");
    return echo_stubs[static_cast<size_t>(i)]->Echo(&context, request, &answer);
  };
  const auto read = [&](int i) {
    grpc::ClientContext context;
    Prepare(context, token);
    dir::GetRoomRequest request;
    request.set_name(absl::StrCat("rooms/room-", i));
    dir::Room room;
    return stubs[static_cast<size_t>(i)]->GetRoom(&context, request, &room);
  };
  std::vector<int> capacities(static_cast<size_t>(arguments.threads), 24);
  const auto write = [&](int i) {
    grpc::ClientContext context;
    Prepare(context, token);
    dir::UpdateRoomRequest request;
    *request.mutable_room() = SampleRoom();
    request.mutable_room()->set_name(absl::StrCat("rooms/room-", i));
    request.mutable_room()->set_capacity(++capacities[static_cast<size_t>(i)]);
    request.mutable_update_mask()->add_paths("capacity");
    dir::Room room;
    return stubs[static_cast<size_t>(i)]->UpdateRoom(&context, request, &room);
  };

  Sample warm_up, echo_sample, read_sample, write_sample;
  Measure(arguments.threads, 0.5, echo_server->pid(), echo, warm_up);
  Measure(arguments.threads, 0.5, server->pid(), read, warm_up);
  for (int turn = 0; turn < arguments.turns; ++turn) {
    Measure(arguments.threads, arguments.seconds, echo_server->pid(), echo, echo_sample);
    Measure(arguments.threads, arguments.seconds, server->pid(), read, read_sample);
    Measure(arguments.threads, arguments.seconds, server->pid(), write, write_sample);
  }
  absl::PrintF(
      "rpc: %d client threads, %d turns of %.1f s each, %u cores; a flush of the disk takes %.0f us\n",
      arguments.threads, arguments.turns, arguments.seconds, std::thread::hardware_concurrency(),
      FlushMicros(folder.path()));
  Print("bare echo", echo_sample, echo_sample);
  Print("read (GetRoom)", read_sample, echo_sample);
  Print("small write (UpdateRoom)", write_sample, echo_sample);
}

}  // namespace
}  // namespace soutenance::bench

int main(int argc, char** argv) {
  soutenance::bench::Arguments arguments;
  CLI::App app("A read and a small write through the whole pipeline and SQLite, against a bare gRPC echo.",
               "bench_rpc");
  app.add_option("--threads", arguments.threads, "Client threads, one connection each")
      ->capture_default_str();
  app.add_option("--seconds", arguments.seconds, "Seconds a turn")->capture_default_str();
  app.add_option("--turns", arguments.turns, "Turns of each")->capture_default_str();
  app.add_option("--serve-echo", arguments.echo_address, "Used by the bench itself")->group("");
  CLI11_PARSE(app, argc, argv);
  if (!arguments.echo_address.empty()) {
    soutenance::bench::ServeEcho(arguments.echo_address);
    return 0;
  }
  char self[4096];
  const ssize_t size = readlink("/proc/self/exe", self, sizeof(self));
  soutenance::bench::Run(std::string(self, static_cast<size_t>(size > 0 ? size : 0)), arguments);
  return 0;
}
