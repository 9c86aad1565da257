// SPDX-License-Identifier: Apache-2.0
//
// Many streamed agent runs at once in one process, on one thread: what they cost.
//
//   client --url http://127.0.0.1:8080/v1 --model mock-50 --runs 100 [--ca FILE]
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "sloop/agent.hpp"
#include "sloop/http/curl_transport.hpp"

namespace {

struct Arguments {
  std::string url;
  std::string ca;
  std::string model;
  int runs = 1;
};

Arguments arguments_of(int count, char** values) {
  Arguments out;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string name = values[i];
    const std::string value = values[i + 1];
    if (name == "--url") out.url = value;
    if (name == "--ca") out.ca = value;
    if (name == "--model") out.model = value;
    if (name == "--runs") out.runs = std::atoi(value.c_str());
  }
  return out;
}

double cpu_ms() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto ms = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
  };
  return ms(usage.ru_utime) + ms(usage.ru_stime);
}

/// The process's own figure; `ru_maxrss` is inherited from the parent.
double peak_mb() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::strtod(line.c_str() + 6, nullptr) / 1024;
  return 0;
}

}  // namespace

int main(int count, char** values) {
  const Arguments arguments = arguments_of(count, values);
  if (arguments.url.empty() || arguments.model.empty()) {
    std::fprintf(stderr, "usage: client --url URL --model NAME --runs N [--ca FILE]\n");
    return 2;
  }
  const auto model =
      sloop::open_model(sloop::Dialect::openai_chat, arguments.model,
                        {.api_key = "any",
                         .base_url = arguments.url,
                         .transport = sloop::http::make_curl_transport({.ca_file = arguments.ca, .proxies = false})});
  if (!model) {
    std::fprintf(stderr, "%s\n", model.error().message.c_str());
    return 1;
  }
  const sloop::Agent agent{{.preamble = "You are a comedian.", .instance = *model}};
  const double start_cpu = cpu_ms();
  const double start_mb = peak_mb();
  const auto begin = std::chrono::steady_clock::now();
  std::vector<sloop::AnswerStream> streams;
  for (int i = 0; i < arguments.runs; ++i) streams.push_back(agent.stream("Entertain me!"));
  std::size_t characters = 0;
  const auto answers = sloop::collect(streams, [&](std::size_t, const sloop::StreamEvent& event) {
    if (const auto* delta = event.text_delta()) characters += delta->size();
  });
  int ok = 0;
  for (const auto& answer : answers) {
    if (answer) ++ok;
    if (!answer) std::fprintf(stderr, "%s\n", answer.error().message.c_str());
  }
  const std::chrono::duration<double, std::milli> wall = std::chrono::steady_clock::now() - begin;
  std::printf(
      "{\"runs\":%d,\"ok\":%d,\"characters\":%zu,\"wall_ms\":%.1f,\"cpu_ms\":%.1f,\"peak_mb\":%.2f,"
      "\"start_cpu_ms\":%.1f,\"start_mb\":%.2f}\n",
      arguments.runs, ok, characters, wall.count(), cpu_ms(), peak_mb(), start_cpu, start_mb);
  return ok == arguments.runs ? 0 : 1;
}
