// SPDX-License-Identifier: Apache-2.0
//
// Change streams of Amazon DocumentDB.
//
//   for (const auto& change : event.events) if (change.event.operationType == "insert") ...
//
// Documents are in MongoDB's extended JSON. Source: AWS Lambda Developer Guide, "Using Lambda with Amazon DocumentDB".
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/json.hpp"
#include "sloop/core/rest.hpp"

namespace sloop::events {

struct DocumentDbNamespace {
  std::string db = {};
  std::optional<std::string> coll = {};
  Rest rest = {};
};

struct DocumentDbTruncatedArray {
  std::string field = {};
  std::int64_t newSize = 0;
  Rest rest = {};
};

struct DocumentDbUpdateDescription {
  std::optional<std::map<std::string, Json>> updatedFields = {};
  std::optional<std::vector<std::string>> removedFields = {};
  std::optional<std::vector<DocumentDbTruncatedArray>> truncatedArrays = {};
  Rest rest = {};
};

struct DocumentDbChangeEvent {
  Json _id = {};
  /// `insert`, `update`, `replace`, `delete`, `drop`, `dropDatabase`, `rename`, `invalidate`.
  std::string operationType = {};
  std::optional<Json> clusterTime = {};
  std::optional<Json> documentKey = {};
  std::optional<Json> fullDocument = {};
  std::optional<Json> fullDocumentBeforeChange = {};
  std::optional<Json> txnNumber = {};
  std::optional<Json> lsid = {};
  std::optional<DocumentDbNamespace> ns = {};
  std::optional<DocumentDbNamespace> to = {};
  std::optional<DocumentDbUpdateDescription> updateDescription = {};
  Rest rest = {};
};

struct DocumentDbInnerEvent {
  DocumentDbChangeEvent event = {};
  Rest rest = {};
};

struct DocumentDbEvent {
  std::string eventSourceArn = {};
  std::string eventSource = {};
  std::vector<DocumentDbInnerEvent> events = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "documentdb";
};

}  // namespace sloop::events
