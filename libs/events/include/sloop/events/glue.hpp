// SPDX-License-Identifier: Apache-2.0
//
// AWS Glue: jobs, crawlers and the Data Catalog.
//
// Source: AWS Glue Developer Guide, "Automating AWS Glue with EventBridge".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/rest.hpp"
#include "sloop/events/eventbridge.hpp"

namespace sloop::events {

struct GlueJobRunStateChange {
  std::string jobName = {};
  std::string jobRunId = {};
  std::string state = {};
  std::optional<std::string> severity = {};
  std::optional<std::string> message = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "Glue Job State Change";
};

/// `state` is `Started`, `Succeeded` or `Failed`.
struct GlueCrawlerStateChange {
  std::string crawlerName = {};
  std::string state = {};
  std::optional<std::string> accountId = {};
  std::optional<std::string> completionDate = {};
  std::optional<std::string> startTime = {};
  std::optional<std::string> cloudWatchLogLink = {};
  std::optional<std::string> errorMessage = {};
  std::optional<std::string> runningTime = {};
  std::optional<std::string> message = {};
  std::optional<Json> tablesCreated = {};
  std::optional<Json> tablesUpdated = {};
  std::optional<Json> tablesDeleted = {};
  std::optional<Json> partitionsCreated = {};
  std::optional<Json> partitionsUpdated = {};
  std::optional<Json> partitionsDeleted = {};
  std::optional<Json> warningMessage = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "Glue Crawler State Change";
};

struct GlueJobRunStatus {
  std::string jobName = {};
  std::string jobRunId = {};
  std::string state = {};
  std::optional<std::string> severity = {};
  std::optional<std::string> message = {};
  std::optional<std::string> startedOn = {};
  std::optional<Json> notificationCondition = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "Glue Job Run Status";
};

struct GlueDataCatalogTableStateChange {
  std::string databaseName = {};
  std::string tableName = {};
  std::optional<std::vector<std::string>> changedPartitions = {};
  std::optional<std::string> typeOfChange = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "Glue Data Catalog Table State Change";
};

struct GlueDataCatalogDatabaseStateChange {
  std::string databaseName = {};
  std::optional<std::vector<std::string>> changedTables = {};
  std::optional<std::string> typeOfChange = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "Glue Data Catalog Database State Change";
};

}  // namespace sloop::events
