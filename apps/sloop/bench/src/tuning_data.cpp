// SPDX-License-Identifier: Apache-2.0
#include <bit>
#include <cstdint>

#include "sloop/core/base64.hpp"
#include "tuning.hpp"

namespace sloop::bench {
namespace {

template <typename Bits>
void append_little_endian(std::string& bytes, Bits bits) {
  for (std::size_t i = 0; i < sizeof(Bits); ++i) bytes += static_cast<char>(bits >> (8 * i) & 0xFF);
}

void append_float(std::string& bytes, double value) {
  append_little_endian(bytes, std::bit_cast<std::uint32_t>(static_cast<float>(value)));
}

}  // namespace

std::vector<TuningPoint> tuning_points(const Function& function, Start start) {
  const bool cold = start == Start::cold;
  std::vector<TuningPoint> points;
  for (const auto* one : function.sizes) {
    const Samples& times = cold ? one->first_reply_ms : one->warm_ms;
    const Samples& billed = cold ? one->cold_billed_ms : one->warm_billed_ms;
    if (times.empty()) continue;
    points.push_back({.memory_mb = one->memory_mb,
                      .time_ms = times.median(),
                      .low_ms = times.percentile(10),
                      .high_ms = times.percentile(90),
                      .cost = one->cost_per_million(billed.median())});
  }
  return points;
}

std::string tuner_url(const std::vector<TuningPoint>& points) {
  std::string sizes;
  std::string times;
  std::string costs;
  for (const auto& point : points) {
    append_little_endian(sizes, static_cast<std::uint16_t>(point.memory_mb));
    append_float(times, point.time_ms);
    append_float(costs, point.cost / 1e6);
  }
  return "https://lambda-power-tuning.show/#" + encode_base64(sizes) + ";" + encode_base64(times) + ";" +
         encode_base64(costs);
}

}  // namespace sloop::bench
