// SPDX-License-Identifier: Apache-2.0
#include "fuzz.hpp"
#include "matching_roots.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto der = text_of(data, size);
  const auto subject = sloop::http::subject_of_der(der);
  require(subject.empty() ||
          (subject.data() >= der.data() && subject.data() + subject.size() <= der.data() + der.size()));
  return 0;
}
