// SPDX-License-Identifier: Apache-2.0
//
// An extension beside any function: ships its log lines, and what each invocation cost, as lines of JSON to the
// address in LOG_SHIPPER_URL. Lambda starts it from /opt/extensions; locally: sloop watch bootstrap --extensions FOLDER
#include <cstdlib>
#include <sloop/extension.hpp>
#include <sloop/http/curl_transport.hpp>
#include <sloop/http/retry.hpp>

namespace extension = sloop::extension;

sloop::Json line_of(const extension::TelemetryRecord& record) {
  sloop::JsonObject line{{"time", record.time}, {"type", record.type}};
  if (const auto* log = record.as<extension::FunctionLog>()) line["message"] = log->record;
  if (const auto* report = record.as<extension::PlatformReport>()) {
    line["requestId"] = report->requestId;
    line["durationMs"] = report->metrics.durationMs.value_or(0);
  }
  return line;
}

int main() {
  const char* url = std::getenv("LOG_SHIPPER_URL");
  const auto transport = sloop::http::with_retries(sloop::http::default_transport(), {});
  const auto ship = [&](const std::vector<extension::TelemetryRecord>& records) -> sloop::Result<void> {
    std::string lines;
    for (const auto& record : records)
      if (record.as<extension::FunctionLog>() != nullptr || record.as<extension::PlatformReport>() != nullptr)
        lines += sloop::write_json(line_of(record)) + "\n";
    if (lines.empty()) return {};
    const auto sent = transport->send(
        {.method = "POST", .url = url, .headers = {{"content-type", "application/x-ndjson"}}, .body = std::move(lines)},
        {.deadline = sloop::Deadline::after(std::chrono::seconds(1))});
    if (!sent) return sloop::fail(sent.error());
    if (sent->status >= 300)
      return sloop::fail(sloop::kind_of_status(sent->status), "status " + std::to_string(sent->status));
    return {};
  };
  return extension::run({.init = [&]() -> sloop::Result<void> {
                           if (url != nullptr) return {};
                           return sloop::fail(sloop::ErrorKind::invalid_input,
                                              "LOG_SHIPPER_URL is not set: set it to where the lines are to go");
                         },
                         .on_telemetry = ship});
}
