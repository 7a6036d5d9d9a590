#include "services/submissions/statements/statements.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/base/confidentiality.h"
#include "services/base/error.h"
#include "services/base/programme_roles.h"
#include "services/base/status.h"
#include "services/submissions/deadline.h"
#include "services/submissions/thesis_access.h"

namespace soutenance::submissions {
namespace {

using Reader = StatementStore::Reader;
using Writer = StatementStore::Writer;

bool IsAuthor(const Caller& caller, const Thesis& thesis) {
  return !caller.person.empty() &&
         std::find(thesis.authors.begin(), thesis.authors.end(), caller.person) != thesis.authors.end();
}

// The thesis, for whoever may read what was written.
absl::StatusOr<Thesis> FindReadable(const Reader& reader, const Caller& caller, absl::string_view id) {
  ASSIGN_OR_RETURN(std::optional<Thesis> thesis, reader.FindThesis(id));
  if (!thesis || !MayRead(caller, *thesis)) return NotFound("thesis", absl::StrCat("theses/", id));
  return *std::move(thesis);
}

absl::Status Denied(absl::string_view reason, absl::string_view sentence, const Thesis& thesis) {
  return Error(absl::StatusCode::kPermissionDenied, sentence,
               {.reason = std::string(reason), .metadata = {{"thesis", thesis.Name()}}});
}

absl::Status NoDecision(const Statement& statement, absl::string_view way_out) {
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("the statement is ", StateName(statement.state), "; ", way_out),
               {.reason = "STATEMENT_DECIDED",
                .metadata = {{"statement", statement.key.Name()},
                             {"state", std::string(StateName(statement.state))}}});
}

absl::StatusOr<StatementState> StateAfter(const Statement& before, StatementDecision decision) {
  const bool is_made = before.state == StatementState::kMade;
  switch (decision) {
    case StatementDecision::kValidate:
      if (!is_made) return NoDecision(before, "only one that was made can be validated");
      return StatementState::kValidated;
    case StatementDecision::kRefuse:
      if (!is_made)
        return NoDecision(before, "only one that was made can be refused; revoke a validated one");
      return StatementState::kRefused;
    case StatementDecision::kRevoke:
      if (before.state != StatementState::kValidated)
        return NoDecision(before, "only a validated one can be revoked");
      return StatementState::kRevoked;
  }
  return absl::InternalError("no such decision");
}

std::vector<StatementKind> KindsFor(const Thesis& thesis, const std::vector<StatementKind>& asked) {
  if (!asked.empty()) return asked;
  std::vector<StatementKind> kinds = {StatementKind::kOriginality, StatementKind::kAiUse};
  if (IsConfidential(thesis.level)) kinds.push_back(StatementKind::kConfidentiality);
  kinds.push_back(StatementKind::kDataProtection);
  return kinds;
}

}  // namespace

absl::StatusOr<Statement> Statements::Make(const Caller& caller, const Statement& given,
                                           const Mutation& mutation) {
  std::vector<FieldViolation> problems;
  CheckStatement(given, problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  const absl::Time now = ToMicroseconds(clock_.Now());
  return Once<Statement>(
      store_, mutation, now, [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Statement> {
        ASSIGN_OR_RETURN(const Thesis thesis, FindReadable(reader, caller, given.key.thesis));
        if (!IsAuthor(caller, thesis)) {
          return Denied("NOT_AN_AUTHOR",
                        "a statement is made by an author of the thesis, and by nobody for them", thesis);
        }
        Statement statement = given;
        statement.key.author = caller.person;
        ASSIGN_OR_RETURN(const std::optional<Statement> before, reader.FindStatement(statement.key));
        if (before && before->state == StatementState::kValidated) {
          return Error(absl::StatusCode::kFailedPrecondition,
                       "the statement is validated; ask staff to revoke it before you make another one",
                       {.reason = "STATEMENT_VALIDATED", .metadata = {{"statement", statement.key.Name()}}});
        }
        statement.version = before ? before->version : 0;
        statement.state = StatementState::kMade;
        statement.made = now;
        if (writer == nullptr) return statement;
        RETURN_IF_ERROR(writer->PutStatement(statement));
        ++statement.version;
        return statement;
      });
}

absl::StatusOr<std::vector<Statement>> Statements::ListOfThesis(const Caller& caller,
                                                                absl::string_view thesis) const {
  std::vector<Statement> statements;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    RETURN_IF_ERROR(FindReadable(reader, caller, thesis).status());
    ASSIGN_OR_RETURN(statements, reader.ListStatements(thesis));
    return absl::OkStatus();
  }));
  return statements;
}

absl::StatusOr<Page<Statement>> Statements::ListOfProgramme(const Caller& caller, absl::string_view programme,
                                                            const PageRequest& page) const {
  RETURN_IF_ERROR(CheckRunsProgramme(caller, programme));
  Page<Statement> statements;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    statements = {};
    ASSIGN_OR_RETURN(Page<Thesis> theses, reader.ListTheses(programme, "", page));
    statements.next = std::move(theses.next);
    for (const Thesis& thesis : theses.items) {
      ASSIGN_OR_RETURN(std::vector<Statement> found, reader.ListStatements(thesis.id));
      std::move(found.begin(), found.end(), std::back_inserter(statements.items));
    }
    return absl::OkStatus();
  }));
  return statements;
}

absl::StatusOr<Statement> Statements::Decide(const Caller& caller, const StatementKey& key,
                                             StatementDecision decision, const std::string& reason,
                                             const Mutation& mutation) {
  if (decision != StatementDecision::kValidate && absl::StripAsciiWhitespace(reason).empty()) {
    return InvalidFields({{.field = "reason", .description = "is empty; say why"}});
  }
  if (reason.size() > Statement::kReasonBytesMax) {
    return InvalidFields({{.field = "reason", .description = "is too long; at most 2,000 bytes are kept"}});
  }
  return Once<Statement>(
      store_, mutation, clock_.Now(), [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Statement> {
        ASSIGN_OR_RETURN(const std::optional<Thesis> thesis, reader.FindThesis(key.thesis));
        ASSIGN_OR_RETURN(std::optional<Statement> statement, reader.FindStatement(key));
        if (!thesis || !statement || !MayRead(caller, *thesis)) return NotFound("statement", key.Name());
        RETURN_IF_ERROR(CheckRunsProgramme(caller, thesis->programme));
        ASSIGN_OR_RETURN(statement->state, StateAfter(*statement, decision));
        statement->decided_by = caller.account;
        statement->reason = reason;
        if (writer == nullptr) return *std::move(statement);
        RETURN_IF_ERROR(writer->PutStatement(*statement));
        ++statement->version;
        return *std::move(statement);
      });
}

absl::StatusOr<Page<MissingStatement>> Statements::ListMissing(const Caller& caller,
                                                               absl::string_view programme,
                                                               absl::string_view cohort,
                                                               std::vector<StatementKind> kinds,
                                                               const PageRequest& page) const {
  RETURN_IF_ERROR(CheckRunsProgramme(caller, programme));
  Page<MissingStatement> missing;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    missing = {};
    ASSIGN_OR_RETURN(Page<Thesis> theses, reader.ListTheses(programme, cohort, page));
    missing.next = std::move(theses.next);
    for (const Thesis& thesis : theses.items) {
      for (const std::string& author : thesis.authors) {
        for (const StatementKind kind : KindsFor(thesis, kinds)) {
          const StatementKey key{.thesis = thesis.id, .author = author, .kind = kind};
          ASSIGN_OR_RETURN(const std::optional<Statement> statement, reader.FindStatement(key));
          if (statement && statement->IsInForce()) continue;
          missing.items.push_back(
              {.key = key, .state = statement ? std::optional(statement->state) : std::nullopt});
        }
      }
    }
    return absl::OkStatus();
  }));
  return missing;
}

absl::StatusOr<SimilarityReading> Statements::RecordReading(const Caller& caller,
                                                            const SimilarityReading& given,
                                                            const Mutation& mutation) {
  std::vector<FieldViolation> problems;
  CheckReading(given, problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  const absl::Time now = ToMicroseconds(clock_.Now());
  return Once<SimilarityReading>(
      store_, mutation, now, [&](const Reader& reader, Writer* writer) -> absl::StatusOr<SimilarityReading> {
        ASSIGN_OR_RETURN(const Thesis thesis, FindReadable(reader, caller, given.thesis));
        if (!RunsProgramme(caller, thesis.programme) && caller.person != thesis.supervisor) {
          return Denied(
              "ROLE_NOT_ALLOWED",
              "similarity readings are recorded by those who run the programme and by the supervisor",
              thesis);
        }
        ASSIGN_OR_RETURN(const auto draft, reader.FindDraft(given.thesis, given.draft));
        if (!draft) {
          return InvalidFields({{.field = "reading.draft", .description = "is no version of this thesis"}});
        }
        if (IsConfidential(thesis.level) && given.indexed) {
          return Error(absl::StatusCode::kFailedPrecondition,
                       "the thesis is confidential: its text does not go into the collection of a tool. Have "
                       "it removed "
                       "there, and record the reading with \"indexed\" false",
                       {.reason = "CONFIDENTIAL_NOT_INDEXED", .metadata = {{"thesis", thesis.Name()}}});
        }
        ASSIGN_OR_RETURN(const std::vector<SimilarityReading> before, reader.ListReadings(given.thesis));
        SimilarityReading reading = given;
        reading.number = before.empty() ? 1 : before.back().number + 1;
        reading.reader = caller.account;
        reading.read = now;
        if (writer != nullptr) RETURN_IF_ERROR(writer->InsertReading(reading));
        return reading;
      });
}

absl::StatusOr<std::vector<SimilarityReading>> Statements::ListReadings(const Caller& caller,
                                                                        absl::string_view id) const {
  std::vector<SimilarityReading> readings;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const Thesis thesis, FindReadable(reader, caller, id));
    ASSIGN_OR_RETURN(readings, reader.ListReadings(id));
    if (caller.person == thesis.supervisor && !caller.person.empty()) return absl::OkStatus();
    if (RunsProgramme(caller, thesis.programme) && !IsAuthor(caller, thesis)) return absl::OkStatus();
    std::erase_if(readings, [&](const SimilarityReading& each) {
      return !IsAuthor(caller, thesis) || each.conclusion != Conclusion::kToExplain;
    });
    return absl::OkStatus();
  }));
  return readings;
}

}  // namespace soutenance::submissions
