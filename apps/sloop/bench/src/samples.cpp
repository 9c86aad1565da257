// SPDX-License-Identifier: Apache-2.0
#include "sloop/bench/samples.hpp"

#include <algorithm>
#include <cmath>

namespace sloop::bench {

Samples::Samples(std::vector<double> values) : values_(std::move(values)) {
  std::ranges::sort(values_);
}

void Samples::add(double value) {
  values_.insert(std::ranges::upper_bound(values_, value), value);
}

double Samples::percentile(double percent) const {
  if (values_.empty()) return 0;
  const double rank = std::ceil(percent / 100 * static_cast<double>(values_.size()));
  const auto index = static_cast<std::size_t>(std::max(rank, 1.0)) - 1;
  return values_[std::min(index, values_.size() - 1)];
}

}  // namespace sloop::bench
