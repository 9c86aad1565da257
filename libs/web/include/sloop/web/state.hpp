// SPDX-License-Identifier: Apache-2.0
//
// What handlers share: given to the router once, asked for by type.
//
//   router.state(Shop{...});
//   router.get("/items", [](web::State<Shop> shop) { return shop->items(); });
#pragma once

#include <memory>
#include <vector>

namespace sloop::web {

/// The router's value of type `T`. Where requests are served at the same time it must bear being used at the same time.
template <class T>
class State {
 public:
  explicit State(T& value) : value_(&value) {}
  T& operator*() const { return *value_; }
  T* operator->() const { return value_; }

 private:
  T* value_;
};

namespace detail {

template <class T>
inline constexpr char kKey = 0;

/// One address for each type.
template <class T>
const void* key_of() {
  return &kKey<T>;
}

struct StateEntry {
  const void* key;
  std::shared_ptr<void> value;
};
using States = std::vector<StateEntry>;

}  // namespace detail
}  // namespace sloop::web
