// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/reply.hpp"

#include <algorithm>

namespace sloop {

std::string ModelReply::reasoning() const {
  std::string all;
  for (const Part& part : message.content)
    if (const auto* reasoning = std::get_if<ReasoningPart>(&part)) all += reasoning->text;
  return all;
}

std::vector<ToolCallPart> ModelReply::tool_calls() const {
  std::vector<ToolCallPart> calls;
  for (const Part& part : message.content)
    if (const auto* call = std::get_if<ToolCallPart>(&part)) calls.push_back(*call);
  return calls;
}

UsageSplit split(const Usage& usage, UsageConvention convention) {
  UsageSplit out{.cache_read = usage.cached_input.value_or(0),
                 .cache_write = usage.cache_write.value_or(0),
                 .output_reasoning = usage.reasoning.value_or(0)};
  const std::int64_t input = usage.input.value_or(0);
  const std::int64_t cached = out.cache_read + out.cache_write;
  out.input_uncached = convention.cache_beside_input ? input : std::max<std::int64_t>(0, input - cached);
  out.input_total = convention.cache_beside_input ? input + cached : input;
  const std::int64_t output = usage.output.value_or(0);
  out.output_text =
      convention.reasoning_beside_output ? output : std::max<std::int64_t>(0, output - out.output_reasoning);
  out.output_total = convention.reasoning_beside_output ? output + out.output_reasoning : output;
  return out;
}

}  // namespace sloop
