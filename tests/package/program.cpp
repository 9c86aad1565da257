// SPDX-License-Identifier: Apache-2.0
// What a consumer of the package needs at the least: the rooms compile, link and run.
#include <sloop/agent.hpp>
#include <sloop/lambda.hpp>

int main() {
  sloop::Agent agent{{.model = "nowhere/model"}};
  const auto answer = agent.prompt("Hello");
  return !answer && answer.error().kind == sloop::ErrorKind::invalid_input ? 0 : 1;
}
