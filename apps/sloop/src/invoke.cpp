// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "sloop/aws/event_stream.hpp"
#include "sloop/command/exit_status.hpp"
#include "sloop/core/base64.hpp"
#include "sloop/core/json.hpp"
#include "sloop/core/percent.hpp"
#include "sloop/http/curl_transport.hpp"
#include "sloop/templates/templates.hpp"
#include "subcommands.hpp"

namespace sloop::command {
namespace {

// What Lambda's longest timeout allows, and a little.
constexpr std::chrono::seconds kLongest{910};

struct InvokeOptions {
  std::string name = "function";
  std::string data = "{}";
  std::string sample;
  std::vector<std::string> settings;
  std::string endpoint = "http://127.0.0.1:9000";
  std::string client_context;
  bool event = false;
  bool dry_run = false;
  bool log = false;
  bool stream = false;
  std::string tenant;
  std::string qualifier;
  std::string trace_id;
};

std::string invoke_url(const InvokeOptions& options) {
  const std::string_view version = options.stream ? "2021-11-15" : "2015-03-31";
  const std::string_view call = options.stream ? "response-streaming-invocations" : "invocations";
  std::string url = fmt::format("{}/{}/functions/{}/{}", options.endpoint, version, options.name, call);
  if (!options.qualifier.empty()) url += "?Qualifier=" + encode_percent(options.qualifier);
  return url;
}

Result<std::string> event_of(const InvokeOptions& options, std::istream& in) {
  if (options.sample.empty()) return read_json_argument(options.data, "--data", in);
  const auto event = templates::make_event(options.sample, options.settings);
  if (!event) return fail(event.error());
  return write_json(*event);
}

Result<http::Request> invoke_request(const InvokeOptions& options, std::istream& in) {
  auto body = event_of(options, in);
  if (!body) return fail(body.error());
  http::Request request{.method = "POST",
                        .url = invoke_url(options),
                        .headers = {{"content-type", "application/json"}},
                        .body = std::move(*body)};
  if (options.event) request.headers.set("x-amz-invocation-type", "Event");
  if (options.dry_run) request.headers.set("x-amz-invocation-type", "DryRun");
  if (options.log) request.headers.set("x-amz-log-type", "Tail");
  if (!options.tenant.empty()) request.headers.set("x-amz-tenant-id", options.tenant);
  if (!options.trace_id.empty()) request.headers.set("x-amzn-trace-id", options.trace_id);
  if (options.client_context.empty()) return request;
  if (auto json = parse_json(options.client_context); !json) return fail(json.error().within("--client-context"));
  request.headers.set("x-amz-client-context", encode_base64(options.client_context));
  return request;
}

Error service_error(const http::Response& response) {
  const auto json = parse_json(response.body);
  const std::string message(json ? find_string(*json, "Message") : "");
  const std::string code(response.headers.get_or("x-amzn-errortype", ""));
  return {.kind = kind_of_status(response.status),
          .message = fmt::format("{}{}", code.empty() ? fmt::format("status {}", response.status) : code,
                                 message.empty() ? "; is this a Lambda endpoint?" : ": " + message),
          .status = response.status,
          .code = code};
}

int report(Error error, const Invocation& invocation) {
  if (error.kind == ErrorKind::unavailable) error.message += "; start one with `sloop watch PROGRAM`";
  return invocation.report(error);
}

/// Writes the error and the log that came behind a stream; returns the exit status.
int complete(std::string_view payload, const Invocation& invocation) {
  const auto json = parse_json(payload);
  if (!json) return invocation.report(json.error().within("the end of the stream"));
  invocation.streams.err << decode_base64(find_string(*json, "LogResult")).value_or("");
  if (find_string(*json, "ErrorCode").empty()) return kSuccess;
  invocation.streams.err << find_string(*json, "ErrorCode") << ": " << find_string(*json, "ErrorDetails") << std::endl;
  return kFunctionError;
}

/// Writes chunks as they come.
int print_stream(http::BodyStream& stream, const Invocation& invocation) {
  aws::EventStreamDecoder decoder;
  while (true) {
    const auto bytes = stream.read();
    if (!bytes) return invocation.report(bytes.error());
    if (bytes->empty()) return invocation.report({.kind = ErrorKind::bad_reply, .message = "the stream was cut off"});
    decoder.feed(*bytes);
    while (true) {
      const auto message = decoder.next();
      if (!message) return invocation.report(message.error());
      if (!*message) break;
      if ((*message)->header(":event-type") == "InvokeComplete") return complete((*message)->payload, invocation);
      invocation.streams.out << (*message)->payload << std::flush;
    }
  }
}

int invoke_streamed(http::Transport& transport, const http::Request& request, const Invocation& invocation) {
  const auto stream = transport.open(request, {.deadline = Deadline::after(kLongest)});
  if (!stream) return report(stream.error(), invocation);
  if ((*stream)->status() == 200) return print_stream(**stream, invocation);
  http::Response response{.status = (*stream)->status(), .headers = (*stream)->headers()};
  for (auto bytes = (*stream)->read(); bytes && !bytes->empty(); bytes = (*stream)->read()) response.body += *bytes;
  return invocation.report(service_error(response));
}

int invoke(const InvokeOptions& options, Invocation& invocation) {
  auto request = invoke_request(options, invocation.streams.in);
  if (!request) return invocation.report(request.error());
  // A local Lambda is not behind a proxy, whatever the environment says.
  const auto transport = http::make_curl_transport({.http2 = false, .proxies = false});
  if (options.stream && !options.dry_run) return invoke_streamed(*transport, *request, invocation);
  const auto response = transport->send(*request, {.deadline = Deadline::after(kLongest)});
  if (!response) return report(response.error(), invocation);
  if (response->status >= 300) return invocation.report(service_error(*response));
  if (const auto log = response->headers.get("x-amz-log-result"))
    invocation.streams.err << decode_base64(*log).value_or("");
  if (!response->body.empty()) invocation.streams.out << response->body << std::endl;
  return response->headers.contains("x-amz-function-error") ? kFunctionError : kSuccess;
}

}  // namespace

void add_invoke(CLI::App& app, Invocation& invocation) {
  auto options = std::make_shared<InvokeOptions>();
  auto* command =
      app.add_subcommand("invoke", "Sends an event to a function on the local Lambda and prints the result");
  command->add_option("NAME", options->name, "Name of the function")->capture_default_str();
  auto* data = command->add_option("--data", options->data, "The event: JSON, @FILE, or - for standard input")
                   ->capture_default_str();
  auto* sample =
      command->add_option("--template", options->sample, "A sample event of `sloop event --list`")->excludes(data);
  command->add_option("--set", options->settings, "PATH=VALUE in the sample event; may be repeated")
      ->take_all()
      ->expected(1)
      ->needs(sample);
  command->add_option("--endpoint-url", options->endpoint, "Where the local Lambda is")->capture_default_str();
  command->add_option("--client-context", options->client_context, "JSON that the function finds in its context");
  auto* event = command->add_flag("--event,--async", options->event, "Do not wait for the result");
  command->add_flag("--dry-run", options->dry_run, "Only check the request")->excludes(event);
  command->add_flag("--stream", options->stream, "Print the result while it comes")->excludes(event);
  command->add_option("--tenant", options->tenant, "Tenant whose environment serves the event");
  command->add_option("--qualifier", options->qualifier, "Version or alias");
  command->add_option("--trace-id", options->trace_id, "X-Ray's, Root=...;Parent=...;Sampled=0");
  command->add_flag("--log,--tail", options->log, "Print the end of the function's log on standard error");
  command->footer(
      "Examples:\n  sloop invoke entertainer --data '{\"prompt\":\"Entertain me!\"}' --tail\n"
      "  sloop invoke entertainer --data @event.json --stream\n"
      "  sloop invoke worker --template sqs --set Records.0.body.boat=Petrel");
  command->callback(
      [options, &invocation] { invocation.action = [options, &invocation] { return invoke(*options, invocation); }; });
}

}  // namespace sloop::command
