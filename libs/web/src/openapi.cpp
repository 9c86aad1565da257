// SPDX-License-Identifier: Apache-2.0
#include "sloop/web/openapi.hpp"

#include <algorithm>

#include "ascii.hpp"

namespace sloop::web {
namespace {

constexpr std::string_view kDefinitions = "#/$defs/";
constexpr std::string_view kComponents = "#/components/schemas/";

/// Writes one document; schemas that refer to definitions of their own get them among the components.
class Writer {
 public:
  Json write(const Router& router, const OpenApiInfo& info) {
    JsonObject about{{"title", info.title}, {"version", info.version}};
    if (!info.description.empty()) about["description"] = info.description;
    JsonObject document{{"openapi", "3.1.0"}, {"info", std::move(about)}};
    if (!info.servers.empty()) {
      JsonArray servers;
      for (const auto& url : info.servers) servers.push_back(JsonObject{{"url", url}});
      document["servers"] = std::move(servers);
    }
    JsonObject paths;
    for (const Route& route : router.routes()) add(route, paths);
    document["paths"] = std::move(paths);
    JsonObject components;
    if (!schemas_.empty()) components["schemas"] = std::move(schemas_);
    if (!info.security_schemes.empty()) components["securitySchemes"] = info.security_schemes;
    if (!components.empty()) document["components"] = std::move(components);
    return document;
  }

 private:
  void add(const Route& route, JsonObject& paths) {
    const std::string method = lower_case(route.method);
    constexpr std::string_view kMethods = " get put post delete options head patch trace ";
    if (route.options.hidden || !kMethods.contains(" " + method + " ")) return;
    OperationNotes notes;
    route.describe(notes);
    std::string path = route.pattern;
    if (const auto rest = path.find("{*"); rest != std::string::npos) path.erase(rest + 1, 1);
    Json& item = paths[path];
    if (item.is_null()) item = JsonObject();
    item.as_object()[method] = operation(route, method, notes);
  }

  JsonObject operation(const Route& route, std::string_view method, const OperationNotes& notes) {
    const RouteOptions& options = route.options;
    JsonObject out;
    if (!options.summary.empty()) out["summary"] = options.summary;
    if (!options.description.empty()) out["description"] = options.description;
    out["operationId"] = options.operation_id.empty() ? generated_id(method, route.pattern) : options.operation_id;
    if (!options.tags.empty()) out["tags"] = JsonArray(options.tags.begin(), options.tags.end());
    if (JsonArray all = parameters(route, notes); !all.empty()) out["parameters"] = std::move(all);
    if (!notes.body.empty())
      out["requestBody"] = JsonObject{{"required", notes.body_required}, {"content", content(notes.body)}};
    out["responses"] = responses(notes);
    if (!options.security.empty()) {
      JsonArray any;
      for (const auto& name : options.security) any.push_back(JsonObject{{name, JsonArray()}});
      out["security"] = std::move(any);
    }
    if (options.deprecated) out["deprecated"] = true;
    return out;
  }

  /// What the types note, and every capture of the pattern that they don't.
  JsonArray parameters(const Route& route, const OperationNotes& notes) {
    JsonArray out;
    std::vector<std::string> open = route.names;
    for (const ParameterNote& note : notes.parameters) {
      std::string name = note.name;
      if (note.in == "path") {
        if (name.empty() && !open.empty()) name = open.front();
        const auto at = std::ranges::find(open, name);
        if (at == open.end()) continue;
        open.erase(at);
      }
      out.push_back(parameter(name, note.in, note.required, schema(note.schema), note.description));
    }
    for (const auto& name : open) out.push_back(parameter(name, "path", true, JsonObject{{"type", "string"}}, ""));
    return out;
  }

  static JsonObject parameter(std::string_view name, std::string_view in, bool required, Json schema,
                              std::string_view description) {
    JsonObject out{{"name", name}, {"in", in}, {"required", required}, {"schema", std::move(schema)}};
    if (!description.empty()) out["description"] = description;
    return out;
  }

  JsonObject content(const std::vector<ContentNote>& notes) {
    JsonObject out;
    for (const ContentNote& note : notes) out[note.content_type] = JsonObject{{"schema", schema(note.schema)}};
    return out;
  }

  JsonObject responses(const OperationNotes& notes) {
    JsonObject out;
    for (const ReplyNote& reply : notes.replies) {
      JsonObject response{{"description", reason_of(reply.status)}};
      if (!reply.content.content_type.empty()) response["content"] = content({reply.content});
      out[std::to_string(reply.status)] = std::move(response);
    }
    for (const int status : notes.refusals)
      out[status == 0 ? "default" : std::to_string(status)] =
          JsonObject{{"description", status == 0 ? "Failure" : reason_of(status)},
                     {"content", content({{"application/problem+json", problem_schema()}})}};
    return out;
  }

  /// RFC 9457.
  static Json problem_schema() {
    return JsonObject{{"type", "object"},
                      {"properties", JsonObject{{"title", JsonObject{{"type", "string"}}},
                                                {"status", JsonObject{{"type", "integer"}}},
                                                {"detail", JsonObject{{"type", "string"}}}}}};
  }

  Json schema(Json value) {
    if (auto* object = value.if_object()) {
      if (const Json* definitions = object->if_contains("$defs")) {
        JsonObject moved = definitions->as_object();
        object->erase("$defs");
        for (auto& member : moved) {
          refer(member.value());
          schemas_[member.key()] = std::move(member.value());
        }
      }
      refer(value);
    }
    return value;
  }

  /// References to definitions become references to components.
  static void refer(Json& value) {
    if (auto* array = value.if_array()) {
      for (Json& item : *array) refer(item);
    } else if (auto* object = value.if_object()) {
      for (auto& member : *object) {
        const auto* text = member.key() == "$ref" ? member.value().if_string() : nullptr;
        if (text != nullptr && std::string_view(*text).starts_with(kDefinitions))
          member.value() = std::string(kComponents) + std::string(std::string_view(*text).substr(kDefinitions.size()));
        else
          refer(member.value());
      }
    }
  }

  /// `get_items_id` for GET /items/{id}.
  static std::string generated_id(std::string_view method, std::string_view pattern) {
    std::string id(method);
    for (const char c : pattern) {
      const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (letter)
        id += c;
      else if (id.back() != '_')
        id += '_';
    }
    if (id.back() == '_') id.pop_back();
    return id;
  }

  JsonObject schemas_;
};

}  // namespace

Json openapi(const Router& router, const OpenApiInfo& info) {
  return Writer().write(router, info);
}

Router& serve_openapi(Router& router, const OpenApiInfo& info, std::string_view path) {
  std::string document = write_json(openapi(router, info));
  return router.get(path, [document = std::move(document)] { return bytes(document, "application/json"); },
                    {.hidden = true});
}

}  // namespace sloop::web
