// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/price.hpp"

#include <algorithm>

namespace sloop {
namespace {

/// How a name is compared with the text of a row.
enum class Match : char { equals, starts_with, ends_with, contains };

struct PriceRow {
  std::string_view provider;
  Match match;
  std::string_view text;
  Price price;
};

constexpr PriceRow kPrices[] = {
#include "price_table.inc"
};
constexpr std::string_view kDate =
#include "price_date.inc"
    ;

/// The name of the table for a provider that has several rows in the table of providers.
std::string_view table_name(std::string_view provider) {
  if (provider == "openai-chat") return "openai";
  if (provider == "azure-chat") return "azure";
  if (provider == "vertex") return "gemini";
  return provider;
}

bool matches(const PriceRow& row, std::string_view model) {
  switch (row.match) {
    case Match::equals: return model == row.text;
    case Match::starts_with: return model.starts_with(row.text);
    case Match::ends_with: return model.ends_with(row.text);
    case Match::contains: return model.contains(row.text);
  }
  return false;
}

double part(std::int64_t tokens, double price) {
  return static_cast<double>(tokens) * price / 1e6;
}

}  // namespace

std::string_view price_date() {
  return kDate;
}

std::optional<Price> find_price(std::string_view provider, std::string_view model) {
  const auto name = table_name(provider);
  // The table's own order decides, but a row that names the model itself goes before patterns.
  const PriceRow* best = nullptr;
  for (const auto& row : kPrices) {
    if (row.provider != name || !matches(row, model)) continue;
    if (row.match == Match::equals) return row.price;
    if (best == nullptr) best = &row;
  }
  return best == nullptr ? std::nullopt : std::optional(best->price);
}

double cost_of(const Price& price, const UsageSplit& usage) {
  const bool beyond = price.threshold > 0 && usage.input_total > price.threshold;
  const TokenPrices& rates = beyond ? price.above : price.base;
  const auto rate = [&](double special) { return special < 0 ? rates.input : special; };
  return part(usage.input_uncached, rates.input) + part(usage.cache_read, rate(rates.cache_read)) +
         part(usage.cache_write, rate(rates.cache_write)) + part(usage.output_total, rates.output);
}

std::optional<double> cost_of(std::string_view provider, std::string_view model, const ModelReply& reply) {
  if (const Json* told = find(reply.provider_usage, "cost"); told != nullptr && told->is_number())
    return told->to_number<double>();
  auto price = find_price(provider, reply.model);
  if (!price) price = find_price(provider, model);
  if (!price) return std::nullopt;
  return cost_of(*price, split(reply.usage, reply.usage_convention));
}

}  // namespace sloop
