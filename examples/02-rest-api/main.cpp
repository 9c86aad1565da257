// SPDX-License-Identifier: Apache-2.0
// A REST service: JSON in and out, a binary upload and its download, an OpenAPI document. Behind a Function URL, API
// Gateway or a load balancer as a Lambda function; started by hand, a server: `bootstrap --port 8080`.
#include <algorithm>
#include <map>
#include <mutex>
#include <sloop/web.hpp>

namespace web = sloop::web;

struct NewNote {
  std::string title;
  std::vector<std::string> tags;
  static constexpr sloop::FieldInfo field_info[] = {{.name = "title", .description = "One line"}};
};
struct Note {
  int id;
  std::string title;
  std::vector<std::string> tags;
};
struct Filter {
  std::optional<std::string> tag;
};

/// Lives as long as the process. A real service keeps its notes elsewhere.
class Notes {
 public:
  Note add(NewNote note) {
    const std::lock_guard lock(mutex_);
    const int id = static_cast<int>(notes_.size()) + 1;
    return notes_[id] = {id, std::move(note.title), std::move(note.tags)};
  }
  std::optional<Note> find(int id) {
    const std::lock_guard lock(mutex_);
    const auto found = notes_.find(id);
    return found == notes_.end() ? std::nullopt : std::optional(found->second);
  }
  std::vector<Note> list(const Filter& filter) {
    const std::lock_guard lock(mutex_);
    std::vector<Note> out;
    for (const auto& [id, note] : notes_)
      if (!filter.tag || std::ranges::find(note.tags, *filter.tag) != note.tags.end()) out.push_back(note);
    return out;
  }
  void attach(int id, web::Response file) {
    const std::lock_guard lock(mutex_);
    files_[id] = std::move(file);
  }
  std::optional<web::Response> file(int id) {
    const std::lock_guard lock(mutex_);
    const auto found = files_.find(id);
    return found == files_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  std::mutex mutex_;
  std::map<int, Note> notes_;
  std::map<int, web::Response> files_;
};

int main(int argc, char** argv) {
  web::Router router;
  router.share(std::make_shared<Notes>());
  router.use(web::access_log()).use(web::cors()).use(web::compression()).use(web::body_limit(4 << 20));

  router.get("/notes", [](web::State<Notes> notes, web::Query<Filter> filter) { return notes->list(*filter); },
             {.summary = "All notes"});
  router.post("/notes",
              [](web::State<Notes> notes, web::JsonBody<NewNote> note) {
                return web::Reply<Note, 201>{notes->add(std::move(*note))};
              },
              {.summary = "Add a note"});
  router.get("/notes/{id}", [](web::State<Notes> notes, web::Path<int> id) { return notes->find(*id); },
             {.summary = "One note"});
  router.put("/notes/{id}/file",
             [](web::State<Notes> notes, web::Path<int> id, web::RawBody file,
                web::HeaderValue<"content-type"> type) -> sloop::Result<void> {
               if (!notes->find(*id)) return sloop::fail(sloop::ErrorKind::not_found, "there is no such note");
               notes->attach(*id, web::bytes(std::move(*file), *type));
               return {};
             },
             {.summary = "Attach a file"});
  router.get("/notes/{id}/file", [](web::State<Notes> notes, web::Path<int> id) { return notes->file(*id); },
             {.summary = "The attached file"});

  web::serve_openapi(router, {.title = "Notes", .version = "1.0.0"});
  return web::run(router, {.arguments = {argv, static_cast<std::size_t>(argc)}});
}
