#include "services/base/error.h"

#include <cstddef>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/cord.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace soutenance {
namespace {

constexpr absl::string_view kPayload = "soutenance/error-facts";

// The encoding is a sequence of length-prefixed strings ("5:hello"): nothing to escape, nothing to guess.
void Put(absl::string_view text, std::string& out) { absl::StrAppend(&out, text.size(), ":", text); }

class Reader {
 public:
  explicit Reader(absl::string_view in) : in_(in) {}

  std::string Text() {
    const std::size_t colon = in_.find(':');
    std::size_t size = 0;
    if (colon == absl::string_view::npos || !absl::SimpleAtoi(in_.substr(0, colon), &size) ||
        in_.size() - colon - 1 < size) {
      in_ = {};
      return {};
    }
    std::string text(in_.substr(colon + 1, size));
    in_.remove_prefix(colon + 1 + size);
    return text;
  }

  std::size_t Count() {
    std::size_t count = 0;
    return absl::SimpleAtoi(Text(), &count) ? count : 0;
  }

 private:
  absl::string_view in_;
};

std::string Encode(const ErrorFacts& facts) {
  std::string out;
  Put(facts.reason, out);
  Put(absl::StrCat(facts.metadata.size()), out);
  for (const auto& [key, value] : facts.metadata) {
    Put(key, out);
    Put(value, out);
  }
  Put(absl::StrCat(facts.fields.size()), out);
  for (const FieldViolation& violation : facts.fields) {
    Put(violation.field, out);
    Put(violation.description, out);
  }
  Put(absl::StrCat(facts.preconditions.size()), out);
  for (const PreconditionViolation& violation : facts.preconditions) {
    Put(violation.type, out);
    Put(violation.subject, out);
    Put(violation.description, out);
  }
  Put(facts.retry_after ? absl::StrCat(absl::ToInt64Milliseconds(*facts.retry_after)) : "", out);
  return out;
}

ErrorFacts Decode(absl::string_view encoded) {
  Reader reader(encoded);
  ErrorFacts facts{.reason = reader.Text()};
  for (std::size_t n = reader.Count(); n > 0; --n) {
    std::string key = reader.Text();
    facts.metadata[std::move(key)] = reader.Text();
  }
  for (std::size_t n = reader.Count(); n > 0; --n) {
    std::string field = reader.Text();
    facts.fields.push_back({.field = std::move(field), .description = reader.Text()});
  }
  for (std::size_t n = reader.Count(); n > 0; --n) {
    PreconditionViolation violation{.type = reader.Text()};
    violation.subject = reader.Text();
    violation.description = reader.Text();
    facts.preconditions.push_back(std::move(violation));
  }
  if (int64_t ms = 0; absl::SimpleAtoi(reader.Text(), &ms)) facts.retry_after = absl::Milliseconds(ms);
  return facts;
}

}  // namespace

absl::Status Error(absl::StatusCode code, absl::string_view sentence, const ErrorFacts& facts) {
  absl::Status status(code, sentence);
  status.SetPayload(kPayload, absl::Cord(Encode(facts)));
  return status;
}

ErrorFacts FactsOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kPayload);
  return payload.has_value() ? Decode(std::string(*payload)) : ErrorFacts{};
}

absl::Status InvalidFields(std::vector<FieldViolation> fields) {
  std::string sentence = absl::StrCat(fields.front().field, ": ", fields.front().description);
  if (fields.size() > 1) absl::StrAppend(&sentence, " (and ", fields.size() - 1, " more)");
  return Error(absl::StatusCode::kInvalidArgument, sentence,
               {.reason = "FIELD_INVALID", .fields = std::move(fields)});
}

absl::Status NotFound(absl::string_view kind, absl::string_view name) {
  return Error(absl::StatusCode::kNotFound, absl::StrCat("there is no ", kind, " ", name),
               {.reason = absl::StrCat(absl::AsciiStrToUpper(kind), "_NOT_FOUND"),
                .metadata = {{"name", std::string(name)}}});
}

absl::Status StaleEtag(absl::string_view name) {
  return Error(absl::StatusCode::kAborted,
               absl::StrCat(name, " was changed by somebody else since it was read; read it again and redo"),
               {.reason = "STALE_ETAG", .metadata = {{"name", std::string(name)}}});
}

}  // namespace soutenance
