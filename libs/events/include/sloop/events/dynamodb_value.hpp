// SPDX-License-Identifier: Apache-2.0
//
// DynamoDB's attribute values: `{"S": "text"}`, `{"N": "1.5"}`, `{"M": {..}}`.
//
//   Json plain = plain_json(record.dynamodb.NewImage);   // {"name": "x", "count": 3}
//
// Source: DynamoDB Developer Guide, "Data type descriptors".
#pragma once

#include <map>

#include "sloop/core/error.hpp"
#include "sloop/core/json.hpp"

namespace sloop::events {

/// An item, or a key: by attribute, one value each of the form `{"<type>": ..}`.
using DynamoDbItem = std::map<std::string, Json>;

/// The same without the types: texts, numbers, booleans, null, lists, objects. Numbers that neither 64 bits nor a
/// double can hold exactly stay texts; binary values stay base64. Fails with `invalid_input` on an unknown type.
[[nodiscard]] Result<Json> plain_json(const DynamoDbItem& item);

}  // namespace sloop::events
