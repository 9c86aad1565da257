// SPDX-License-Identifier: Apache-2.0
#include "sloop/command/command.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <iostream>
#include <map>
#include <sstream>

#include "sloop/aws/event_stream.hpp"
#include "sloop/core/json.hpp"
#include "sloop/model/provider.hpp"
#include "sloop/serve/server.hpp"
#include "sloop/testing/mock_provider.hpp"
#include "subcommands.hpp"

namespace sloop::command {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

struct Outcome {
  int status;
  std::string out;
  std::string err;
};

Outcome sloop(std::vector<std::string> args, const std::string& input = "") {
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  const int status = run(std::move(args), {in, out, err});
  return {status, out.str(), err.str()};
}

std::unique_ptr<testing::MockProvider> provider(testing::MockProviderOptions options = {.replies = {"Ha ha!"}}) {
  return testing::MockProvider::start(std::move(options)).value();
}

/// The command line with the provider's address and a key behind it.
Outcome ask(const testing::MockProvider& from, std::vector<std::string> args, const std::string& input = "") {
  args.insert(args.end(), {"--base-url", from.base_url(), "--api-key", "k", "--attempts", "1"});
  return sloop(std::move(args), input);
}

TEST(Command, every_subcommand_has_help_with_an_example) {
  for (const char* name : {"watch", "invoke", "event", "package", "bench", "mock", "complete", "prompt", "embed",
                           "rerank", "image", "speak", "transcribe", "tokens", "moderate", "models", "doctor"}) {
    const auto help = sloop({name, "--help"});
    EXPECT_EQ(help.status, 0) << name;
    EXPECT_THAT(help.out, HasSubstr("Example")) << name;
  }
  EXPECT_THAT(sloop({"--help"}).out, HasSubstr("Exit status"));
}

TEST(Command, a_wrong_line_is_refused_in_one_line_with_the_remedy) {
  const std::vector<std::vector<std::string>> lines = {
      {}, {"no-such"}, {"watch", "p", "--memory", "much"}, {"complete", "--model"}, {"package", "x", "--frobnicate"}};
  for (const auto& line : lines) {
    const auto outcome = sloop(line);
    EXPECT_EQ(outcome.status, 2);
    EXPECT_THAT(outcome.err, StartsWith("sloop: "));
    EXPECT_THAT(outcome.err, HasSubstr("--help"));
    EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << outcome.err;
  }
}

TEST(Command, complete_takes_a_request_as_json_and_prints_one_object) {
  const auto from = provider();
  const auto outcome = ask(*from, {"complete"}, R"({"messages":[{"role":"user","content":"Hi"}],"max_tokens":9})");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const auto json = parse_json(outcome.out).value();
  EXPECT_EQ(find_string(json, "text"), "Ha ha!");
  EXPECT_EQ(find_string(json, "finish"), "stop");
  EXPECT_EQ(find_string(json, "finish_raw"), "completed");
  EXPECT_TRUE(find(json, "error")->is_null());
  EXPECT_EQ(*find(json, {"usage", "output"}), *find(json, {"provider_usage", "output_tokens"}));
  EXPECT_THAT(from->requests().at(0).body, HasSubstr("_tokens\":9"));
}

TEST(Command, complete_speaks_a_dialect_to_any_server) {
  const auto from = provider();
  for (const std::string_view name : dialect_names()) {
    const std::string dialect(name);
    const auto outcome = ask(*from, {"complete", "Hi", "--dialect", dialect, "--model", "any", "--stream"});
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("\"text\":\"Ha ha!\"")) << dialect;
  }
  const auto wrong = ask(*from, {"complete", "Hi", "--dialect", "latin", "--model", "any"});
  EXPECT_EQ(wrong.status, 2);
  EXPECT_THAT(wrong.err, HasSubstr("--dialect latin: is none of openai-chat, "));
}

TEST(Command, complete_streams_events_first_and_the_object_last) {
  const auto from = provider();
  const auto outcome = ask(*from, {"complete", "Hi", "--stream"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  std::istringstream lines(outcome.out);
  std::string text;
  Json last;
  for (std::string line; std::getline(lines, line);) {
    last = parse_json(line).value();
    if (find_string(last, "type") == "text_delta") text += find_string(last, "text");
  }
  EXPECT_EQ(text, "Ha ha!");
  EXPECT_EQ(find_string(last, "text"), "Ha ha!");
}

TEST(Command, a_failed_call_is_an_object_a_line_and_a_status) {
  const auto from = provider({.always = testing::Fault{.status = 429}});
  const auto outcome = ask(*from, {"complete", "Hi"});
  EXPECT_EQ(outcome.status, 7);
  const auto json = parse_json(outcome.out).value();
  EXPECT_EQ(*find(json, {"error", "status"}), Json(429));
  EXPECT_EQ(find_string(*find(json, "error"), "kind"), "rate_limited");
  EXPECT_TRUE(find(json, "finish")->is_null());
  EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1);
}

TEST(Command, a_cut_stream_keeps_what_came) {
  const auto from =
      provider({.replies = {"one two three four five six"}, .always = testing::Fault{.kind = testing::FaultKind::cut}});
  const auto outcome = ask(*from, {"complete", "Hi", "--stream"});
  EXPECT_EQ(outcome.status, 12);
  const std::string last = outcome.out.substr(outcome.out.rfind('\n', outcome.out.size() - 2) + 1);
  EXPECT_THAT(std::string(find_string(parse_json(last).value(), "text")), StartsWith("one"));
}

TEST(Command, prompt_prints_the_answer_as_text) {
  const auto from = provider();
  const auto outcome = ask(*from, {"prompt", "-", "--preamble", "Be funny."}, "Entertain me!");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "Ha ha!\n");
  EXPECT_THAT(from->requests().at(0).body, HasSubstr("Entertain me!"));
  EXPECT_THAT(from->requests().at(0).body, HasSubstr("Be funny."));
}

TEST(Command, wrong_requests_and_models_are_named) {
  EXPECT_THAT(sloop({"complete", "--api-key", "k"}, R"({"messages":[{"role":"user","content":7}]})").err,
              HasSubstr("standard input: messages[0].content"));
  EXPECT_THAT(sloop({"complete", "--api-key", "k"}, "no json").err, HasSubstr("standard input: "));
  EXPECT_THAT(sloop({"prompt", "Hi", "--model", "nobody/x", "--api-key", "k"}).err, HasSubstr("openai"));
  EXPECT_THAT(sloop({"prompt", "Hi", "--model", "gpt", "--api-key", "k"}).err, HasSubstr("provider/model"));
  EXPECT_EQ(sloop({"prompt", "Hi", "--base-url", "http://127.0.0.1:1/v1", "--api-key", "k", "--attempts", "1"}).status,
            8);
}

TEST(Command, watch_names_what_is_wrong_with_its_program) {
  EXPECT_THAT(sloop({"watch", "/nowhere/bootstrap"}).err, HasSubstr("/nowhere/bootstrap: no such file"));
  EXPECT_THAT(sloop({"watch", "true", "--memory", "12"}).err, HasSubstr("128 to 10240"));
  EXPECT_THAT(sloop({"watch", "true", "--env", "X"}).err, HasSubstr("NAME=VALUE"));
  EXPECT_THAT(sloop({"watch", "true", "--invoke", "{"}).err, HasSubstr("--invoke: "));
  EXPECT_THAT(sloop({"watch"}).err, HasSubstr("PROGRAM is required (or --only-runtime-api)"));
}

TEST(Command, watch_names_what_is_wrong_with_its_environments) {
  EXPECT_THAT(sloop({"watch", "true", "--extensions", "/nowhere"}).err,
              HasSubstr("--extensions /nowhere: no such folder"));
  EXPECT_THAT(sloop({"watch", "true", "--log-format", "xml"}).err, HasSubstr("neither text nor json"));
  EXPECT_THAT(sloop({"watch", "true", "--function", "x"}).err, HasSubstr("NAME=PROGRAM"));
  EXPECT_THAT(sloop({"watch", "true", "--function", "function=true"}).err, HasSubstr("two functions"));
  EXPECT_THAT(sloop({"watch", "true", "--retries", "3"}).err, HasSubstr("0 to 2"));
  EXPECT_THAT(sloop({"watch", "true", "--snap-start", "--managed-instances", "2"}).err,
              HasSubstr("exclude each other"));
  EXPECT_THAT(sloop({"watch", "true", "--concurrency", "0"}).err, HasSubstr("at least one"));
}

TEST(Command, invoke_prints_a_stream_and_the_error_behind_it) {
  const auto server = serve::Server::start({}, [](const serve::Request& request, serve::Exchange& exchange) {
    if (request.target != "/2021-11-15/functions/f/response-streaming-invocations?Qualifier=live")
      return exchange.respond(404, {}, "");
    const auto event = [&](std::string type, std::string payload) {
      exchange.write(aws::encode_event({.headers = {{":event-type", std::move(type)}}, .payload = std::move(payload)}));
    };
    exchange.begin(200, {});
    event("PayloadChunk", "one ");
    event("PayloadChunk", "two");
    event("InvokeComplete", R"({"ErrorCode":"Function.Broken","ErrorDetails":"why","LogResult":"aGVsbG8K"})");
    exchange.end();
  });
  const auto outcome =
      sloop({"invoke", "f", "--endpoint-url", (*server)->url(), "--stream", "--tail", "--qualifier", "live"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.out, "one two");
  EXPECT_EQ(outcome.err, "hello\nFunction.Broken: why\n");
  EXPECT_EQ(sloop({"invoke", "other", "--endpoint-url", (*server)->url(), "--stream"}).status, 5);
}

TEST(Command, bench_takes_sizes_by_commas_and_functions_behind_them) {
  const auto outcome = sloop({"bench", "--memory", "128,256", "a=/nowhere"});
  EXPECT_EQ(outcome.status, 5);
  EXPECT_THAT(outcome.err, HasSubstr("/nowhere: no such file"));
  EXPECT_EQ(sloop({"bench", "/nowhere", "--memory", "128,much"}).status, 2);
}

TEST(Command, bench_refuses_files_that_cannot_be_written_before_it_measures) {
  for (const char* option : {"--json", "--html", "--svg"}) {
    const auto outcome = sloop({"bench", "/bin/true", option, "/proc/none/out"});
    EXPECT_EQ(outcome.status, 4);
    EXPECT_EQ(outcome.err, std::string("sloop: ") + option + " /proc/none/out: can't be written\n");
  }
}

TEST(Command, invoke_without_a_local_lambda_says_how_to_start_one) {
  const auto outcome = sloop({"invoke", "--endpoint-url", "http://127.0.0.1:1"});
  EXPECT_EQ(outcome.status, 8);
  EXPECT_THAT(outcome.err, HasSubstr("sloop watch"));
}

/// A server with one answer for every path.
std::unique_ptr<serve::Server> server_of(std::map<std::string, std::string> answers) {
  return serve::Server::start({},
                              [answers = std::move(answers)](const serve::Request& request, serve::Exchange& exchange) {
                                const auto answer = answers.find(std::string(request.path()));
                                if (answer == answers.end())
                                  return exchange.respond(404, {}, R"({"error":{"message":"unknown path"}})");
                                exchange.respond(200, {{"content-type", "application/json"}}, answer->second);
                              })
      .value();
}

TEST(Command, embed_and_rerank_print_one_object) {
  const auto server = server_of(
      {{"/v1/embeddings", R"({"data":[{"embedding":[1,2,3,4,5],"index":0}],"usage":{"prompt_tokens":2}})"},
       {"/v2/rerank", R"({"results":[{"index":1,"relevance_score":0.9},{"index":0,"relevance_score":0.1}]})"}});
  const auto embedded = sloop(
      {"embed", "--dialect", "openai-chat", "--model", "m", "--base-url", server->url() + "/v1"}, R"({"texts":["a"]})");
  EXPECT_EQ(embedded.status, 0) << embedded.err;
  const auto vectors = parse_json(embedded.out).value();
  EXPECT_EQ(write_json(*find(vectors, "first")), "[1,2,3,4]");
  EXPECT_EQ(write_json(*find(vectors, "usage")), R"({"input":2})");
  const auto ranked =
      sloop({"rerank", "q", "a", "b", "--model", "cohere/m", "--api-key", "k", "--base-url", server->url()});
  EXPECT_EQ(ranked.status, 0) << ranked.err;
  EXPECT_EQ(write_json(*find(parse_json(ranked.out).value(), "ranking")),
            R"([{"index":1,"score":0.9},{"index":0,"score":0.1}])");
  const auto wrong = sloop({"embed", "x", "--dialect", "openai-chat", "--model", "m", "--base-url", server->url()});
  EXPECT_NE(wrong.status, 0);
  EXPECT_EQ(find_string(*find(parse_json(wrong.out).value(), "error"), "message"), "unknown path");
}

TEST(Command, models_lists_the_table_and_what_a_provider_has) {
  EXPECT_THAT(sloop({"models"}).out, HasSubstr("ANTHROPIC_API_KEY"));
  const auto server = server_of({{"/v1/models", R"({"data":[{"id":"b"},{"id":"a"}]})"},
                                 {"/v1beta/models", R"({"models":[{"name":"models/gemini-x"}]})"},
                                 {"/api/tags", R"({"models":[{"name":"qwen3:4b"}]})"}});
  const auto of = [&](const std::string& provider, const std::string& path) {
    return sloop({"models", provider, "--api-key", "k", "--base-url", server->url() + path}).out;
  };
  EXPECT_EQ(of("openai", "/v1"), "openai/a\nopenai/b\n");
  EXPECT_EQ(of("anthropic", ""), "anthropic/a\nanthropic/b\n");
  EXPECT_EQ(of("gemini", ""), "gemini/gemini-x\n");
  EXPECT_EQ(of("ollama", ""), "ollama/qwen3:4b\n");
  EXPECT_EQ(sloop({"models", "nobody"}).status, 2);
}

TEST(Command, complete_tells_what_a_call_cost) {
  const auto from = provider();
  const auto known = ask(*from, {"complete", "Hi", "--model", "openai/gpt-4o", "--cost"});
  const auto cost = *find(parse_json(known.out).value(), "cost");
  EXPECT_GT(find(cost, "usd")->to_number<double>(), 0);
  EXPECT_THAT(known.out, HasSubstr("prices_of"));
  const auto unknown = ask(*from, {"complete", "Hi", "--model", "openai/no-such", "--cost"});
  EXPECT_TRUE(find(parse_json(unknown.out).value(), "cost")->is_null());
  EXPECT_THAT(ask(*from, {"prompt", "Hi", "--model", "openai/gpt-4o", "--cost"}).err, HasSubstr("US dollars"));
}

TEST(Command, image_speak_and_transcribe_print_one_object_and_write_files) {
  const auto from = provider({.replies = {"Hello there."}});
  const std::string folder = ::testing::TempDir();
  const auto image = ask(*from, {"image", "a sloop", "--output", folder + "sloop_command_test.png", "--cost", "--model",
                                 "openai/gpt-image-1.5"});
  EXPECT_EQ(image.status, 0) << image.err;
  const auto images = parse_json(image.out).value();
  EXPECT_EQ(find_string(find(images, "images")->as_array().at(0), "media_type"), "image/png");
  EXPECT_GT(find(images, {"cost", "usd"})->to_number<double>(), 0);
  EXPECT_THAT(read_argument("@" + folder + "sloop_command_test.png", std::cin).value(), HasSubstr("PNG"));
  const auto sound = folder + "sloop_command_test.wav";
  EXPECT_EQ(ask(*from, {"speak", "Ahoy!", "--output", sound, "--voice", "echo"}).status, 0);
  EXPECT_THAT(from->requests().back().body, HasSubstr(R"("voice":"echo")"));
  const auto heard = ask(*from, {"transcribe", sound, "--cost"});
  EXPECT_EQ(find_string(parse_json(heard.out).value(), "text"), "Hello there.") << heard.err;
  EXPECT_THAT(ask(*from, {"speak", "Ahoy!"}).out, HasSubstr(R"("base64":"UklGR)"));
  EXPECT_EQ(ask(*from, {"transcribe", "/nowhere.wav"}).status, 5);
  EXPECT_EQ(ask(*from, {"image", "x", "--output", "/proc/none/x.png"}).status, 4);
  EXPECT_THAT(ask(*from, {"image", "x", "--model", "anthropic/m"}).out, HasSubstr("makes no images"));
}

TEST(Command, tokens_and_moderate_print_one_object) {
  const auto from = provider();
  const auto tokens = ask(*from, {"tokens", "one two three", "--model", "anthropic/claude-haiku-4-5", "--cost"});
  EXPECT_EQ(*find(parse_json(tokens.out).value(), "tokens"), Json(3)) << tokens.err;
  EXPECT_THAT(tokens.out, HasSubstr("usd"));
  const auto judged = parse_json(ask(*from, {"moderate", "good", "bad"}).out).value();
  EXPECT_EQ(*find(judged, "flagged"), Json(true));
  EXPECT_EQ(find(judged, "results")->as_array().size(), 2u);
  EXPECT_NE(ask(*from, {"tokens", "x", "--model", "groq/m"}).status, 0);
}

TEST(Command, complete_falls_back_and_keeps_answers) {
  const auto from = provider();
  const auto busy = provider({.always = testing::Fault{.status = 503}});
  setenv("GROQ_BASE_URL", from->base_url().c_str(), 1);
  setenv("GROQ_API_KEY", "k", 1);
  const auto answer = ask(*busy, {"complete", "Hi", "--fallback", "groq/m"});
  EXPECT_THAT(answer.out, HasSubstr("model 1 of 2 failed (unavailable: "));
  EXPECT_THAT(answer.out, HasSubstr("Ha ha!"));
  const auto folder = std::filesystem::path(::testing::TempDir()) / "sloop_command_test_cache";
  std::filesystem::remove_all(folder);
  const auto before = from->requests().size();
  for (int i = 0; i < 2; ++i)
    EXPECT_THAT(ask(*from, {"complete", "Hi", "--stream", "--cache", folder.string()}).out, HasSubstr("Ha ha!"));
  EXPECT_EQ(from->requests().size(), before + 1);
  std::filesystem::remove_all(folder);
  unsetenv("GROQ_BASE_URL");
  unsetenv("GROQ_API_KEY");
}

TEST(Command, models_says_what_providers_have_beside_chat) {
  const auto table = sloop({"models"}).out;
  EXPECT_THAT(table, HasSubstr("embed image speak transcribe tokens moderate"));
  EXPECT_THAT(table, HasSubstr("vertex"));
  const auto server = server_of(
      {{"/foundation-models", R"({"modelSummaries":[{"modelId":"amazon.nova-lite-v1:0"}]})"},
       {"/v1beta1/publishers/google/models", R"({"publisherModels":[{"name":"publishers/google/models/gemini-x"}]})"}});
  EXPECT_EQ(sloop({"models", "bedrock", "--api-key", "k", "--base-url", server->url()}).out,
            "bedrock/amazon.nova-lite-v1:0\n");
  EXPECT_EQ(sloop({"models", "vertex", "--api-key", "k", "--base-url", server->url() + "/v1/publishers/google"}).out,
            "vertex/gemini-x\n");
}

TEST(Command, doctor_asks_whoever_has_a_key_here) {
  const auto server = server_of({{"/v1/models", R"({"data":[{"id":"a"},{"id":"b"}]})"}});
  setenv("GROQ_API_KEY", "k", 1);
  setenv("GROQ_BASE_URL", (server->url() + "/v1").c_str(), 1);
  const auto one = sloop({"doctor", "groq"});
  EXPECT_EQ(one.status, 0);
  EXPECT_EQ(one.out, "groq          ok, 2 models\n");
  setenv("GROQ_BASE_URL", (server->url() + "/wrong").c_str(), 1);
  const auto wrong = sloop({"doctor", "groq"});
  EXPECT_NE(wrong.status, 0);
  EXPECT_THAT(wrong.out, HasSubstr("FAILED: unknown path"));
  unsetenv("GROQ_API_KEY");
  unsetenv("GROQ_BASE_URL");
  EXPECT_THAT(sloop({"doctor", "groq"}).out, HasSubstr("no keys found"));
  EXPECT_EQ(sloop({"doctor", "nobody"}).status, 2);
}

}  // namespace
}  // namespace sloop::command
