// SPDX-License-Identifier: Apache-2.0
#include "sloop/extension/telemetry.hpp"

#include <utility>

#include "sloop/core/reflect.hpp"

namespace sloop::extension {
namespace {

using Record = TelemetryRecord::Record;

template <class T>
Record read(const Json& json) {
  if constexpr (requires(T record) { record.rest; }) {
    if (auto record = from_json<T>(json)) return std::move(*record);
    return UnknownRecord{json};
  } else {
    return T{json};
  }
}

constexpr std::pair<std::string_view, Record (*)(const Json&)> kKinds[] = {
    {"platform.initStart", &read<PlatformInitStart>},
    {"platform.initRuntimeDone", &read<PlatformInitRuntimeDone>},
    {"platform.initReport", &read<PlatformInitReport>},
    {"platform.start", &read<PlatformStart>},
    {"platform.runtimeDone", &read<PlatformRuntimeDone>},
    {"platform.report", &read<PlatformReport>},
    {"platform.restoreStart", &read<PlatformRestoreStart>},
    {"platform.restoreRuntimeDone", &read<PlatformRestoreRuntimeDone>},
    {"platform.restoreReport", &read<PlatformRestoreReport>},
    {"platform.extension", &read<PlatformExtension>},
    {"platform.telemetrySubscription", &read<PlatformSubscription>},
    {"platform.logsSubscription", &read<PlatformSubscription>},
    {"platform.logsDropped", &read<PlatformLogsDropped>},
    {"platform.end", &read<PlatformEnd>},
    {"platform.fault", &read<PlatformFault>},
    {"function", &read<FunctionLog>},
    {"extension", &read<ExtensionLog>},
};

TelemetryRecord record_of(const Json& json) {
  TelemetryRecord record{.time = std::string(find_string(json, "time")),
                         .type = std::string(find_string(json, "type")),
                         .record = UnknownRecord{json}};
  const Json* content = find(json, "record");
  if (content == nullptr) return record;
  record.record = UnknownRecord{*content};
  for (const auto& [type, read_kind] : kKinds)
    if (type == record.type) record.record = read_kind(*content);
  return record;
}

}  // namespace

Result<std::vector<TelemetryRecord>> parse_telemetry(std::string_view body) {
  const auto json = parse_json(body);
  if (!json) return fail(json.error().within("telemetry"));
  const auto* array = json->if_array();
  if (array == nullptr) return fail(ErrorKind::invalid_input, "telemetry: expected an array of records");
  std::vector<TelemetryRecord> records;
  records.reserve(array->size());
  for (const auto& item : *array) records.push_back(record_of(item));
  return records;
}

}  // namespace sloop::extension
