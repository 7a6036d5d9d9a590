#include "services/runtime/status_wire.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/any.pb.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/message.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "services/base/error.h"

namespace soutenance::runtime {
namespace {

constexpr char kDomain[] = "soutenance";
constexpr char kTruncated[] = "truncated";
// The sentence also travels percent-encoded beside the details, within the same 8 KiB.
constexpr std::size_t kSentenceBytesMax = 1024;
constexpr std::size_t kDescriptionBytesMax = 400;
constexpr std::size_t kValueBytesMax = 200;
constexpr std::size_t kViolationsMax = 200;

// Length of the UTF-8 sequence at the start of `text`, or 0 if there is none.
std::size_t Utf8Length(absl::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  std::size_t length = 0;
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) length = 2;
  if (first >= 0xE0 && first <= 0xEF) length = 3;
  if (first >= 0xF0 && first <= 0xF4) length = 4;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) return 0;
  }
  const auto second = static_cast<unsigned char>(text[1]);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool surrogate = first == 0xED && second >= 0xA0;
  const bool beyond = first == 0xF4 && second >= 0x90;
  return overlong || surrogate || beyond ? 0 : length;
}

// Cost of a character in a percent-encoded header.
std::size_t EncodedSize(absl::string_view character) {
  const auto byte = static_cast<unsigned char>(character[0]);
  const bool plain = character.size() == 1 && byte >= 0x20 && byte <= 0x7E && byte != '%';
  return plain ? 1 : 3 * character.size();
}

// `text` in valid UTF-8, cut with "..." so that its percent-encoded form has at most `bytes_max` bytes.
std::string Clean(absl::string_view text, std::size_t bytes_max) {
  std::string clean;
  std::size_t encoded = 0;
  while (!text.empty()) {
    const std::size_t length = Utf8Length(text);
    const absl::string_view character = length == 0 ? absl::string_view("?") : text.substr(0, length);
    encoded += EncodedSize(character);
    if (encoded + 3 > bytes_max && text.size() > 3) return absl::StrCat(clean, "...");
    absl::StrAppend(&clean, character);
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return clean;
}

std::string Clean(absl::string_view text) { return Clean(text, std::string::npos / 2); }

// The same facts give the same bytes, so that an answer about what is hidden equals one about what is absent.
// Left to itself, protobuf writes the entries of a map in another order each time.
void Pack(const google::protobuf::Message& detail, google::rpc::Status& wire) {
  google::protobuf::Any& any = *wire.add_details();
  any.set_type_url(absl::StrCat("type.googleapis.com/", detail.GetDescriptor()->full_name()));
  google::protobuf::io::StringOutputStream stream(any.mutable_value());
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  detail.SerializeToCodedStream(&coded);
}

google::rpc::Status Pack(const absl::Status& status, const std::string& sentence, const ErrorFacts& facts) {
  google::rpc::Status wire;
  wire.set_code(static_cast<int>(status.code()));
  wire.set_message(sentence);
  google::rpc::ErrorInfo info;
  info.set_domain(kDomain);
  info.set_reason(facts.reason.empty() ? absl::StatusCodeToString(status.code()) : facts.reason);
  for (const auto& [key, value] : facts.metadata) (*info.mutable_metadata())[Clean(key)] = Clean(value);
  Pack(info, wire);
  if (!facts.fields.empty()) {
    google::rpc::BadRequest bad;
    for (const FieldViolation& violation : facts.fields) {
      auto* out = bad.add_field_violations();
      out->set_field(Clean(violation.field));
      out->set_description(Clean(violation.description));
    }
    Pack(bad, wire);
  }
  if (!facts.preconditions.empty()) {
    google::rpc::PreconditionFailure failure;
    for (const PreconditionViolation& violation : facts.preconditions) {
      auto* out = failure.add_violations();
      out->set_type(Clean(violation.type));
      out->set_subject(Clean(violation.subject));
      out->set_description(Clean(violation.description));
    }
    Pack(failure, wire);
  }
  if (facts.retry_after) {
    google::rpc::RetryInfo retry;
    const absl::Duration after = *facts.retry_after;
    retry.mutable_retry_delay()->set_seconds(absl::ToInt64Seconds(after));
    retry.mutable_retry_delay()->set_nanos(
        static_cast<int>(absl::ToInt64Nanoseconds(after - absl::Seconds(absl::ToInt64Seconds(after)))));
    Pack(retry, wire);
  }
  return wire;
}

bool Fits(const google::rpc::Status& wire) { return wire.ByteSizeLong() <= kDetailsBytesMax; }

void CutTexts(ErrorFacts& facts) {
  for (auto& [key, value] : facts.metadata) value = Clean(value, kValueBytesMax);
  for (FieldViolation& violation : facts.fields) {
    violation.field = Clean(violation.field, kValueBytesMax);
    violation.description = Clean(violation.description, kDescriptionBytesMax);
  }
  for (PreconditionViolation& violation : facts.preconditions) {
    violation.type = Clean(violation.type, kValueBytesMax);
    violation.subject = Clean(violation.subject, kValueBytesMax);
    violation.description = Clean(violation.description, kDescriptionBytesMax);
  }
  facts.reason = Clean(facts.reason, kValueBytesMax);
}

// Removes the violations that cannot fit whatever their encoding, so that the exact search below starts close
// to its end. Returns how many.
template <typename Violation>
std::size_t DropSurplus(std::vector<Violation>& violations) {
  std::size_t bytes = 0, kept = 0;
  for (const Violation& violation : violations) {
    bytes += violation.description.size();
    if (bytes > kDetailsBytesMax || kept == kViolationsMax) break;
    ++kept;
  }
  const std::size_t dropped = violations.size() - kept;
  violations.resize(kept);
  return dropped;
}

google::rpc::Status PackWithinLimit(const absl::Status& status, const std::string& sentence,
                                    ErrorFacts facts) {
  google::rpc::Status wire = Pack(status, sentence, facts);
  if (Fits(wire)) return wire;
  CutTexts(facts);
  std::size_t left_out = DropSurplus(facts.preconditions) + DropSurplus(facts.fields);
  facts.metadata[kTruncated] =
      left_out == 0 ? "texts were shortened" : absl::StrCat(left_out, " entries were left out");
  for (wire = Pack(status, sentence, facts); !Fits(wire); wire = Pack(status, sentence, facts)) {
    if (!facts.preconditions.empty()) {
      facts.preconditions.pop_back();
    } else if (!facts.fields.empty()) {
      facts.fields.pop_back();
    } else if (facts.metadata.size() > 1) {
      const auto last = std::prev(facts.metadata.end());
      facts.metadata.erase(last->first == kTruncated ? std::prev(last) : last);
    } else {
      break;
    }
    ++left_out;
    facts.metadata[kTruncated] = absl::StrCat(left_out, " entries were left out");
  }
  return wire;
}

}  // namespace

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const std::string sentence = Clean(status.message(), kSentenceBytesMax);
  const google::rpc::Status wire = PackWithinLimit(status, sentence, FactsOf(status));
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), sentence, wire.SerializeAsString());
}

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  const auto code = static_cast<absl::StatusCode>(status.error_code());
  google::rpc::Status wire;
  if (status.error_details().empty() || !wire.ParseFromString(status.error_details())) {
    return absl::Status(code, status.error_message());
  }
  ErrorFacts facts;
  google::rpc::ErrorInfo info;
  google::rpc::BadRequest bad;
  google::rpc::PreconditionFailure failure;
  google::rpc::RetryInfo retry;
  for (const google::protobuf::Any& detail : wire.details()) {
    if (detail.UnpackTo(&info)) {
      facts.reason = info.reason();
      for (const auto& [key, value] : info.metadata()) facts.metadata[key] = value;
    } else if (detail.UnpackTo(&bad)) {
      for (const auto& violation : bad.field_violations()) {
        facts.fields.push_back({.field = violation.field(), .description = violation.description()});
      }
    } else if (detail.UnpackTo(&failure)) {
      for (const auto& violation : failure.violations()) {
        facts.preconditions.push_back({.type = violation.type(),
                                       .subject = violation.subject(),
                                       .description = violation.description()});
      }
    } else if (detail.UnpackTo(&retry)) {
      facts.retry_after =
          absl::Seconds(retry.retry_delay().seconds()) + absl::Nanoseconds(retry.retry_delay().nanos());
    }
  }
  return Error(code, status.error_message(), facts);
}

}  // namespace soutenance::runtime
