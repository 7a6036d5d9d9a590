#include "services/runtime/log.h"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/base/error.h"

namespace soutenance::runtime {
namespace {

absl::string_view LevelName(LogLevel level) {
  switch (level) {
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
      return "error";
  }
  return "";
}

void AppendQuoted(absl::string_view text, std::string& line) {
  line += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      line += '\\';
      line += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      absl::StrAppendFormat(&line, "\\u%04x", static_cast<unsigned>(c));
    } else {
      line += c;
    }
  }
  line += '"';
}

void AppendField(absl::string_view name, absl::string_view value, std::string& line) {
  line += line.empty() ? '{' : ',';
  AppendQuoted(name, line);
  line += ':';
  AppendQuoted(value, line);
}

std::string StartLine(absl::Time time, LogLevel level, absl::string_view event) {
  std::string line;
  AppendField("time", absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", time, absl::UTCTimeZone()), line);
  AppendField("level", LevelName(level), line);
  AppendField("event", event, line);
  return line;
}

LogLevel LevelOf(const CallRecord& record) {
  const bool our_fault = record.code == "INTERNAL" || record.code == "UNKNOWN" || record.code == "DATA_LOSS";
  return our_fault ? LogLevel::kError : LogLevel::kInfo;
}

}  // namespace

Log::Log(LogLevel level, Sink sink) : level_(level), sink_(std::move(sink)) {}

absl::StatusOr<std::unique_ptr<Log>> Log::Open(LogLevel level, const std::string& path) {
  try {
    std::shared_ptr<spdlog::sinks::sink> out;
    if (path.empty()) {
      out = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    } else {
      out = std::make_shared<spdlog::sinks::basic_file_sink_mt>(path);
    }
    auto logger = std::make_shared<spdlog::logger>("soutenance", std::move(out));
    logger->set_pattern("%v");
    logger->flush_on(spdlog::level::info);
    return std::make_unique<Log>(level, [logger](absl::string_view line) {
      logger->info(spdlog::string_view_t(line.data(), line.size()));
    });
  } catch (const spdlog::spdlog_ex& failure) {
    return Error(absl::StatusCode::kFailedPrecondition,
                 absl::StrCat("the log file ", path, " cannot be written: ", failure.what()),
                 {.reason = "LOG_NOT_WRITABLE", .metadata = {{"path", path}}});
  }
}

void Log::Write(const CallRecord& record) const {
  const LogLevel level = LevelOf(record);
  if (level < level_) return;
  std::string line = StartLine(record.start, level, "call");
  AppendField("request_id", record.request_id, line);
  AppendField("service", record.service, line);
  AppendField("method", record.method, line);
  AppendField("caller", record.caller, line);
  AppendField("peer", record.peer, line);
  AppendField("code", record.code, line);
  if (!record.reason.empty()) AppendField("reason", record.reason, line);
  if (!record.detail.empty()) AppendField("detail", record.detail, line);
  absl::StrAppendFormat(&line, ",\"ms\":%.3f,\"bytes_in\":%d,\"bytes_out\":%d}",
                        absl::ToDoubleMilliseconds(record.duration), record.bytes_in, record.bytes_out);
  sink_(line);
}

void Log::Event(LogLevel level, absl::string_view event, const LogFields& fields) const {
  if (level < level_) return;
  std::string line = StartLine(absl::Now(), level, event);
  for (const auto& [name, value] : fields) AppendField(name, value, line);
  line += '}';
  sink_(line);
}

}  // namespace soutenance::runtime
