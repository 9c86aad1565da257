// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <fstream>
#include <memory>

#include "interrupt.hpp"
#include "sloop/command/exit_status.hpp"
#include "sloop/serve/local_authority.hpp"
#include "sloop/testing/mock_provider.hpp"
#include "subcommands.hpp"

namespace sloop::command {
namespace {

struct MockOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  std::vector<std::string> replies;
  int latency = 0;
  double rate = 0;
  std::vector<std::string> faults;
  std::string always;
  std::string tls_root;
};

Result<serve::TlsOptions> local_tls(const MockOptions& options) {
  auto authority = serve::LocalAuthority::create();
  if (!authority) return fail(authority.error());
  std::ofstream file(options.tls_root);
  if (!(file << authority->root_pem()))
    return fail(ErrorKind::forbidden, fmt::format("--tls-root {}: can't be written", options.tls_root));
  return authority->issue(options.address);
}

Result<testing::MockProviderOptions> provider_options(const MockOptions& options) {
  testing::MockProviderOptions out{.address = options.address,
                                   .port = options.port,
                                   .replies = options.replies,
                                   .latency = std::chrono::milliseconds(options.latency),
                                   .tokens_per_second = options.rate};
  for (const auto& text : options.faults) {
    auto fault = testing::Fault::parse(text);
    if (!fault) return fail(fault.error().within("--fault"));
    out.faults.push_back(*fault);
  }
  if (!options.always.empty()) {
    auto fault = testing::Fault::parse(options.always);
    if (!fault) return fail(fault.error().within("--always"));
    out.always = *fault;
  }
  if (options.tls_root.empty()) return out;
  auto tls = local_tls(options);
  if (!tls) return fail(tls.error());
  out.tls = std::move(*tls);
  return out;
}

int mock(const MockOptions& options, Invocation& invocation) {
  auto with = provider_options(options);
  if (!with) return invocation.report(with.error());
  const Interrupt interrupt;
  auto provider = testing::MockProvider::start(std::move(*with));
  if (!provider) return invocation.report(provider.error());
  const std::string base = (*provider)->base_url();
  invocation.streams.out << base << std::endl;
  invocation.streams.err << fmt::format(
                                "the mock provider answers at {}; use it: OPENAI_BASE_URL={} OPENAI_API_KEY=mock{}",
                                base, base, options.tls_root.empty() ? "" : " SSL_CERT_FILE=" + options.tls_root)
                         << std::endl;
  interrupt.wait();
  return kSuccess;
}

}  // namespace

void add_mock(CLI::App& app, Invocation& invocation) {
  auto options = std::make_shared<MockOptions>();
  auto* command = app.add_subcommand(
      "mock", "Runs a model provider on this machine (OpenAI Chat Completions) that answers what it is told");
  command->add_option("--address", options->address, "Where to listen")->capture_default_str();
  command->add_option("--port", options->port, "0: any free port")->capture_default_str();
  command->add_option("--reply", options->replies, "Answered in turn; may be repeated")->take_all()->expected(1);
  command->add_option("--latency", options->latency, "Milliseconds before an answer")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->add_option("--rate", options->rate, "Words of a streamed answer per second; 0: all at once")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command
      ->add_option(
          "--fault", options->faults,
          "For the next request: 429, 429:2 (retry-after), 500, cut, slow, html, garbage, hang; may be repeated")
      ->take_all()
      ->expected(1);
  command->add_option("--always", options->always, "The same for every request");
  command->add_option("--tls-root", options->tls_root, "Serve TLS, and write the root certificate to this file");
  command->footer(
      "Its address is printed on standard output.\n\nExample:\n  sloop mock --port 8080 --latency 300 --rate 50 "
      "--fault 429:1");
  command->callback(
      [options, &invocation] { invocation.action = [options, &invocation] { return mock(*options, invocation); }; });
}

}  // namespace sloop::command
