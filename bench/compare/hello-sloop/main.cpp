// SPDX-License-Identifier: Apache-2.0
// A function that calls no model: the floor of Sloop's runtime.
#include <sloop/lambda.hpp>

struct Reply {
  std::string response;
};

int main() {
  return sloop::lambda::run([](const sloop::Json&) { return Reply{.response = "Ha!"}; });
}
