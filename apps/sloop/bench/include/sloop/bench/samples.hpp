// SPDX-License-Identifier: Apache-2.0
//
// Repeated measurements of one figure, and what to say of them.
//
//   Samples samples({3.1, 2.9, 8.0});
//   samples.median();  // 3.1
#pragma once

#include <vector>

namespace sloop::bench {

class Samples {
 public:
  Samples() = default;
  explicit Samples(std::vector<double> values);

  void add(double value);
  [[nodiscard]] bool empty() const { return values_.empty(); }
  [[nodiscard]] std::size_t size() const { return values_.size(); }
  [[nodiscard]] double median() const { return percentile(50); }
  /// The smallest value that at least `percent` of the values do not exceed (nearest rank); 0 without values.
  [[nodiscard]] double percentile(double percent) const;

 private:
  std::vector<double> values_;  // sorted
};

}  // namespace sloop::bench
