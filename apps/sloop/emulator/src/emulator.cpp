// SPDX-License-Identifier: Apache-2.0
#include "sloop/emulator/emulator.hpp"

#include <fmt/format.h>

#include <charconv>
#include <future>
#include <optional>

#include "sloop/core/base64.hpp"
#include "sloop/core/json.hpp"

namespace sloop::emulator {
namespace {

constexpr std::string_view kFunctions = "/2015-03-31/functions/";
constexpr std::string_view kInvocations = "/invocations";
constexpr std::size_t kMaxAsyncPayload = 1024 * 1024;
constexpr std::size_t kMaxClientContext = 3583;

struct Refusal {
  int status;
  std::string_view type;
  std::string message;
};

void refuse(serve::Exchange& exchange, const Refusal& refusal) {
  const std::string body =
      write_json(JsonObject{{"Type", refusal.status < 500 ? "User" : "Service"}, {"Message", refusal.message}});
  exchange.respond(refusal.status,
                   {{"content-type", "application/json"},
                    {"x-amzn-requestid", new_request_id()},
                    {"x-amzn-errortype", std::string(refusal.type)}},
                   body);
}

/// `%3A` and the like as bytes.
std::string decode_percent(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16).ptr == text.data() + i + 3) {
      out.push_back(static_cast<char>(value));
      i += 2;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

/// The function's name in `name`, `account:function:name`, an ARN, each with or without `:$LATEST` behind it.
std::string function_name(std::string_view target) {
  std::string name = decode_percent(target);
  if (const auto at = name.rfind(":function:"); at != std::string::npos)
    name.erase(0, at + 10);
  else if (name.starts_with("function:"))
    name.erase(0, 9);
  if (name.ends_with(":$LATEST")) name.resize(name.size() - 8);
  return name;
}

std::optional<Refusal> check_body(const serve::Request& request, bool asynchronous) {
  const std::size_t limit = asynchronous ? kMaxAsyncPayload : kMaxPayload;
  if (request.body.size() > limit)
    return Refusal{413, "RequestTooLargeException",
                   fmt::format("Request must be smaller than {} bytes for the InvokeFunction operation", limit)};
  if (request.body.empty()) return std::nullopt;
  if (auto json = parse_json(request.body); !json)
    return Refusal{400, "InvalidRequestContentException",
                   "Could not parse request body into json: " + json.error().message};
  return std::nullopt;
}

std::optional<Refusal> read_client_context(const Headers& headers, std::string& out) {
  const auto text = headers.get("x-amz-client-context");
  if (!text) return std::nullopt;
  if (text->size() > kMaxClientContext)
    return Refusal{400, "InvalidRequestContentException",
                   fmt::format("Client context must be no more than {} bytes", kMaxClientContext)};
  const auto decoded = decode_base64(*text);
  if (!decoded || !parse_json(*decoded))
    return Refusal{400, "InvalidRequestContentException", "Client context must be a valid Base64-encoded JSON object."};
  out = *decoded;
  return std::nullopt;
}

Result<void> check_options(const SandboxOptions& options) {
  if (options.command.empty()) return fail(ErrorKind::invalid_input, "no program given");
  if (options.memory_size < 128 || options.memory_size > 10240)
    return fail(ErrorKind::invalid_input, fmt::format("memory {} MB: must be 128 to 10240", options.memory_size));
  if (options.timeout < std::chrono::seconds(1) || options.timeout > std::chrono::seconds(900))
    return fail(ErrorKind::invalid_input,
                fmt::format("timeout {} s: must be 1 to 900", options.timeout.count() / 1000));
  return {};
}

}  // namespace

Result<std::unique_ptr<Emulator>> Emulator::start(EmulatorOptions options) {
  if (auto good = check_options(options.sandbox); !good) return fail(good.error());
  const serve::ServerOptions server_options{.address = options.address, .port = options.port};
  std::unique_ptr<Emulator> emulator(new Emulator(std::move(options)));
  auto server = serve::Server::start(server_options,
                                     [raw = emulator.get()](const serve::Request& request, serve::Exchange& exchange) {
                                       raw->handle(request, exchange);
                                     });
  if (!server) return fail(server.error());
  emulator->server_ = std::move(*server);
  return emulator;
}

Emulator::Emulator(EmulatorOptions options)
    : sandbox_(std::move(options.sandbox)), worker_([this](const std::stop_token& stop) { work(stop); }) {}

Emulator::~Emulator() {
  // The worker first: handlers wait for it.
  interrupt();
  worker_.join();
  if (server_) server_->stop();
}

void Emulator::interrupt() {
  worker_.request_stop();
  sandbox_.interrupt();
}

void Emulator::work(const std::stop_token& stop) {
  while (true) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait(lock, stop, [&] { return !jobs_.empty(); })) break;
    const Job job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    job();
  }
  sandbox_.stop();
  const std::lock_guard lock(mutex_);
  jobs_.clear();
}

void Emulator::enqueue(Job job) {
  const std::lock_guard lock(mutex_);
  if (worker_.get_stop_token().stop_requested()) return;
  jobs_.push_back(std::move(job));
  changed_.notify_all();
}

SandboxOutcome Emulator::invoke(const SandboxInvocation& invocation) {
  auto promise = std::make_shared<std::promise<SandboxOutcome>>();
  auto outcome = promise->get_future();
  enqueue([this, promise, invocation] { promise->set_value(sandbox_.invoke(invocation)); });
  promise.reset();
  try {
    return outcome.get();
  } catch (const std::future_error&) {
    // The job was dropped.
    return {.body = R"({"errorType":"Sandbox.Failure","errorMessage":"the local Lambda was stopped"})",
            .is_error = true};
  }
}

void Emulator::handle(const serve::Request& request, serve::Exchange& exchange) {
  const auto path = request.path();
  if (!path.starts_with(kFunctions) || !path.ends_with(kInvocations) ||
      path.size() < kFunctions.size() + kInvocations.size())
    return refuse(exchange, {404, "UnknownOperationException", fmt::format("{} is not served here", path)});
  if (request.method != "POST")
    return refuse(exchange, {405, "MethodNotAllowedException", fmt::format("{} is not POST", request.method)});
  const auto target = path.substr(kFunctions.size(), path.size() - kFunctions.size() - kInvocations.size());
  if (function_name(target) != sandbox_.options().name)
    return refuse(exchange, {404, "ResourceNotFoundException",
                             fmt::format("Function not found: {} (this local Lambda serves {})", decode_percent(target),
                                         sandbox_.arn())});
  invoke_by_http(request, exchange);
}

void Emulator::invoke_by_http(const serve::Request& request, serve::Exchange& exchange) {
  const Headers& headers = request.headers;
  const auto type = headers.get_or("x-amz-invocation-type", "RequestResponse");
  if (type != "RequestResponse" && type != "Event" && type != "DryRun")
    return refuse(exchange, {400, "InvalidParameterValueException",
                             fmt::format("X-Amz-Invocation-Type: {} is none of RequestResponse, Event, DryRun", type)});
  SandboxInvocation invocation{.request_id = new_request_id(),
                               .event = request.body.empty() ? "{}" : request.body,
                               .trace_id = std::string(headers.get_or("x-amzn-trace-id", "")),
                               .tenant_id = std::string(headers.get_or("x-amz-tenant-id", ""))};
  if (const auto refusal = check_body(request, type == "Event")) return refuse(exchange, *refusal);
  if (const auto refusal = read_client_context(headers, invocation.client_context)) return refuse(exchange, *refusal);
  const Headers head{{"x-amzn-requestid", invocation.request_id}};
  if (type == "DryRun") return exchange.respond(204, head, "");
  if (type == "Event") {
    enqueue([this, invocation] { (void)sandbox_.invoke(invocation); });
    return exchange.respond(202, head, "");
  }
  respond(invoke(invocation), headers.get_or("x-amz-log-type", "None") == "Tail", exchange);
}

void Emulator::respond(const SandboxOutcome& outcome, bool with_log, serve::Exchange& exchange) {
  Headers head{{"content-type", "application/json"},
               {"x-amzn-requestid", outcome.report.request_id},
               {"x-amz-executed-version", "$LATEST"}};
  if (outcome.is_error) head.add("x-amz-function-error", "Unhandled");
  if (with_log) head.add("x-amz-log-result", encode_base64(outcome.log_tail));
  exchange.respond(200, head, outcome.body);
}

}  // namespace sloop::emulator
