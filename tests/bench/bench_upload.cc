// The two ends of ops/bench upload (upload.py):
//   bench_upload bare ADDRESS                              serves a bare stream that computes SHA-256 and
//   keeps nothing bench_upload send ADDRESS TOKEN THESES MIB CLIENTS     sends CLIENTS files of MIB each, one
//   after the other of the THESES "theses/1,theses/2"; THESES "-": to the bare stream
// `send` prints the seconds from the first byte to the last answer, those that the clients' own digests took
// before, how many failed, and the clients' processor time from the first byte on.

#include <grpcpp/grpcpp.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_split.h"
#include "soutenance/submissions/v1/drafts.grpc.pb.h"
#include "storage/files/sha256.h"

namespace {

namespace pb = soutenance::submissions::v1;
using Clock = std::chrono::steady_clock;
using soutenance::storage::files::Sha256;

constexpr std::size_t kPiece = 256 << 10;

double Seconds(Clock::duration duration) { return std::chrono::duration<double>(duration).count(); }

// The processor time of this process so far.
double ProcessorSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

class BareService final : public pb::DraftService::Service {
 public:
  grpc::Status UploadContent(grpc::ServerContext*, grpc::ServerReader<pb::UploadContentRequest>* reader,
                             pb::UploadContentResponse*) override {
    Sha256 sha256;
    pb::UploadContentRequest piece;
    while (reader->Read(&piece)) sha256.Add(piece.content());
    return sha256.Finish().empty() ? grpc::Status::CANCELLED : grpc::Status::OK;
  }
};

int ServeBare(const std::string& address) {
  BareService service;
  grpc::ServerBuilder builder;
  builder.AddListeningPort(address, grpc::InsecureServerCredentials());
  builder.RegisterService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) return 1;
  std::cout << "ready" << std::endl;
  server->Wait();
  return 0;
}

struct Job {
  std::string address;
  std::string token;
  std::string thesis;  // "-": bare
  int64_t bytes;
  unsigned seed;
};

// One megabyte of noise, again and again with its place in it: no two files and no two pieces are alike.
class Content {
 public:
  explicit Content(unsigned seed) : seed_(seed), noise_(1 << 20, '\0') {
    std::mt19937 random(seed);
    for (char& byte : noise_) byte = static_cast<char>(random());
  }
  void Piece(int64_t offset, std::size_t size, std::string& to) const {
    to.assign(noise_, static_cast<std::size_t>(offset) % noise_.size() / 2, size);
    const std::string place = std::to_string(offset) + "/" + std::to_string(seed_);
    to.replace(0, std::min(place.size(), to.size()), place.substr(0, to.size()));
  }

 private:
  const unsigned seed_;
  std::string noise_;
};

class Sender {
 public:
  explicit Sender(Job job)
      : job_(std::move(job)),
        content_(job_.seed),
        stub_(grpc::CreateCustomChannel(job_.address, grpc::InsecureChannelCredentials(), Alone())) {}

  bool is_bare() const { return job_.thesis == "-"; }

  void Digest() {
    Sha256 sha256;
    std::string piece;
    ForEachPiece([&](int64_t offset, std::size_t size) {
      content_.Piece(offset, size, piece);
      sha256.Add(piece);
      return true;
    });
    sha256_ = sha256.Finish();
  }

  bool Send() {
    std::string upload;
    if (!is_bare()) {
      pb::CreateUploadRequest create;
      create.set_parent(job_.thesis);
      create.mutable_upload()->set_kind(pb::DRAFT_KIND_DRAFT);
      create.mutable_upload()->set_sha256(sha256_);
      create.mutable_upload()->set_size(job_.bytes);
      create.mutable_upload()->set_file_name("bench.pdf");
      pb::Upload created;
      grpc::ClientContext context;
      Prepare(context);
      if (!Good(stub_.CreateUpload(&context, create, &created))) return false;
      upload = created.name();
    }
    grpc::ClientContext context;
    Prepare(context);
    pb::UploadContentResponse response;
    const auto writer = stub_.UploadContent(&context, &response);
    pb::UploadContentRequest piece;
    piece.set_name(upload);
    Sha256 sha256;
    ForEachPiece([&](int64_t offset, std::size_t size) {
      piece.set_offset(offset);
      content_.Piece(offset, size, *piece.mutable_content());
      // The bare client computes the digest on the way; the other one has it already.
      if (is_bare()) sha256.Add(piece.content());
      return writer->Write(piece);
    });
    writer->WritesDone();
    if (!Good(writer->Finish())) return false;
    if (is_bare()) return true;
    pb::SubmitDraftRequest submit;
    submit.set_upload(upload);
    pb::Draft draft;
    grpc::ClientContext submit_context;
    Prepare(submit_context);
    return Good(stub_.SubmitDraft(&submit_context, submit, &draft));
  }

 private:
  static grpc::ChannelArguments Alone() {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return arguments;
  }
  void Prepare(grpc::ClientContext& context) const {
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::minutes(20));
    if (!job_.token.empty()) context.AddMetadata("authorization", "Bearer " + job_.token);
  }
  static bool Good(const grpc::Status& status) {
    if (!status.ok()) std::cerr << status.error_code() << " " << status.error_message() << "\n";
    return status.ok();
  }
  template <typename F>
  void ForEachPiece(F each) const {
    for (int64_t offset = 0; offset < job_.bytes; offset += static_cast<int64_t>(kPiece)) {
      const auto size = static_cast<std::size_t>(std::min<int64_t>(kPiece, job_.bytes - offset));
      if (!each(offset, size)) return;
    }
  }

  const Job job_;
  const Content content_;
  pb::DraftService::Stub stub_;
  std::string sha256_;
};

int Send(const std::string& address, const std::string& token, const std::string& theses, int64_t mib,
         int clients) {
  const std::vector<std::string> names = absl::StrSplit(theses, ',');
  std::vector<std::unique_ptr<Sender>> senders;
  std::random_device random;
  for (int i = 0; i < clients; ++i) {
    senders.push_back(std::make_unique<Sender>(
        Job{address, token, names[static_cast<std::size_t>(i) % names.size()], mib << 20, random()}));
  }
  const auto begin = Clock::now();
  if (theses != "-") {
    for (const auto& sender : senders) sender->Digest();
  }
  const auto digested = Clock::now();
  const double processor_before = ProcessorSeconds();
  std::atomic<int> failed = 0;
  std::vector<std::thread> threads;
  for (const auto& sender : senders) {
    threads.emplace_back([&] { failed += !sender->Send(); });
  }
  for (std::thread& thread : threads) thread.join();
  std::cout << Seconds(Clock::now() - digested) << " " << Seconds(digested - begin) << " " << failed << " "
            << ProcessorSeconds() - processor_before << "\n";
  return failed == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() == 2 && words[0] == "bare") return ServeBare(words[1]);
  if (words.size() == 6 && words[0] == "send") {
    return Send(words[1], words[2], words[3], std::atoll(words[4].c_str()), std::atoi(words[5].c_str()));
  }
  std::cerr << "see ops/bench upload --help\n";
  return 2;
}
