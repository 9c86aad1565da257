// SPDX-License-Identifier: Apache-2.0
#include "sloop/web_server.hpp"

#include <atomic>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <optional>

namespace sloop::web {
namespace {

Request request_from(const serve::Request& raw) {
  return {.method = raw.method,
          .path = std::string(raw.path()),
          .query = std::string(raw.query()),
          .headers = raw.headers,
          .body = raw.body,
          .scheme = std::string(raw.headers.get_or("x-forwarded-proto", "http"))};
}

void send(const Response& response, bool with_body, serve::Exchange& exchange) {
  if (!response.stream || !with_body) return exchange.respond(response.status, response.headers, response.body);
  exchange.begin(response.status, response.headers);
  BodyWriter writer([&](std::string_view bytes) -> Result<void> {
    if (!exchange.write(bytes)) return fail(ErrorKind::cancelled, "the client has closed the connection");
    return {};
  });
  // Without `end` the client sees that the body is cut off.
  if (response.stream(writer)) exchange.end();
}

std::optional<std::uint16_t> number(std::string_view text) {
  std::uint16_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// Where to listen: what the arguments say, else the variable `PORT`, else the program.
Result<serve::ServerOptions> listen_options(const RunOptions& options) {
  serve::ServerOptions out{.address = options.address, .port = options.port};
  const char* variable = std::getenv("PORT");
  std::optional<std::string_view> port = variable != nullptr ? std::optional<std::string_view>(variable) : std::nullopt;
  for (std::size_t i = 1; i < options.arguments.size(); ++i) {
    const std::string_view name = options.arguments[i];
    if ((name != "--port" && name != "--address") || i + 1 == options.arguments.size())
      return fail(ErrorKind::invalid_input,
                  "unknown argument '" + std::string(name) + "': there are --port N, --address A");
    const std::string_view value = options.arguments[++i];
    if (name == "--port")
      port = value;
    else
      out.address = value;
  }
  if (!port) return out;
  const auto parsed = number(*port);
  if (!parsed) return fail(ErrorKind::invalid_input, "port '" + std::string(*port) + "' is no number from 0 to 65535");
  out.port = *parsed;
  return out;
}

}  // namespace

Result<std::unique_ptr<serve::Server>> serve_router(const Router& router, const serve::ServerOptions& options,
                                                    std::shared_ptr<Log> log) {
  auto count = std::make_shared<std::atomic<std::uint64_t>>(0);
  return serve::Server::start(options, [&router, log, count](const serve::Request& raw, serve::Exchange& exchange) {
    const lambda::Context context{.request_id = "local-" + std::to_string(++*count), .log = log};
    send(router.handle(request_from(raw), context), raw.method != "HEAD", exchange);
  });
}

namespace detail {

int serve(const Router& router, const RunOptions& options) {
  const auto log = options.lambda.log ? options.lambda.log : std::make_shared<Log>(LogOptions::from_env());
  Result<void> ready = router.errors().empty() ? Result<void>() : Result<void>(fail(router.errors().front()));
  if (ready && options.lambda.init) ready = options.lambda.init();
  const auto listen = ready ? listen_options(options) : fail(ready.error());
  if (!listen) return log->fatal(listen.error().message), 1;
  // Blocked before the server's threads exist, so that this one alone gets them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  const auto server = serve_router(router, *listen, log);
  if (!server) return log->fatal(server.error().message), 1;
  log->info("listening on " + (*server)->url());
  int received = 0;
  sigwait(&signals, &received);
  (*server)->stop();
  return 0;
}

}  // namespace detail
}  // namespace sloop::web
