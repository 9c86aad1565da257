// SPDX-License-Identifier: Apache-2.0
#include "sloop/emulator/fleet.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "fleet_member.hpp"

namespace sloop::emulator {
namespace {

using namespace std::chrono_literals;

// On its way back to the service, a caller gives the environment more time than this to become free.
constexpr std::chrono::milliseconds kHop{100};

}  // namespace

Fleet::Fleet(SandboxOptions sandbox, const FleetOptions& options) : sandbox_(std::move(sandbox)), options_(options) {
  if (!sandbox_.attach) {
    limits_problem_ = Sandbox(sandbox_).limits_problem();
    return;
  }
  const std::lock_guard lock(mutex_);
  members_.push_back(std::make_unique<Member>(*this, ""));
}

Fleet::~Fleet() {
  interrupt();
  members_.clear();
}

std::string Fleet::runtime_address() const {
  const std::lock_guard lock(mutex_);
  return sandbox_.attach ? members_.front()->sandbox().runtime_address() : "";
}

Fleet::Member* Fleet::find_free(const std::string& tenant) {
  Member* best = nullptr;
  for (const auto& member : members_) {
    if (!member->is_free() || (member->tenant() != tenant && !sandbox_.attach)) continue;
    if (best == nullptr || member->last_used() > best->last_used()) best = member.get();
  }
  return best;
}

bool Fleet::has_room(const std::string& tenant) {
  const auto lasting = std::ranges::count_if(members_, [](const auto& member) { return !member->ending(); });
  if (lasting < options_.max_environments) return true;
  // The one of another tenant that has been idle longest makes room.
  Member* oldest = nullptr;
  for (const auto& member : members_)
    if (member->is_idle() && member->tenant() != tenant &&
        (oldest == nullptr || member->last_used() < oldest->last_used()))
      oldest = member.get();
  if (oldest != nullptr) oldest->end();
  return oldest != nullptr;
}

void Fleet::forget_ended() {
  std::erase_if(members_, [](const auto& member) { return member->ended(); });
}

Result<void> Fleet::submit(const std::string& tenant, Job job) {
  std::unique_lock lock(mutex_);
  const auto found = [&] { return interrupted_ || find_free(tenant) != nullptr; };
  const bool soon = std::ranges::any_of(
      members_, [&](const auto& member) { return member->tenant() == tenant && member->is_finishing(); });
  if (soon) changed_.wait_for(lock, kHop, found);
  if (interrupted_) return fail(ErrorKind::cancelled, "the local Lambda was stopped");
  Member* member = find_free(tenant);
  if (member == nullptr) {
    if (!has_room(tenant))
      return fail(ErrorKind::rate_limited,
                  fmt::format("Rate Exceeded: {} has {} environments at once, and all are busy", sandbox_.name,
                              options_.max_environments));
    forget_ended();
    ++started_;
    member = members_.emplace_back(std::make_unique<Member>(*this, tenant)).get();
  }
  member->give(std::move(job));
  return {};
}

void Fleet::answered(const Sandbox& sandbox) {
  const std::lock_guard lock(mutex_);
  for (const auto& member : members_)
    if (&member->sandbox() == &sandbox) member->mark_answered();
}

void Fleet::interrupt() {
  std::unique_lock lock(mutex_);
  interrupted_ = true;
  // Those whose callers have their answers are about to rest.
  changed_.wait_for(lock, kHop, [&] {
    return std::ranges::none_of(members_, [](const auto& member) { return member->is_finishing(); });
  });
  for (const auto& member : members_) {
    // One that serves nothing ends as on Lambda: its extensions are told, and send what they hold.
    member->end();
    if (member->is_busy()) member->sandbox().interrupt();
  }
  changed_.notify_all();
}

int Fleet::environments() const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(std::ranges::count_if(members_, [](const auto& member) { return !member->ended(); }));
}

}  // namespace sloop::emulator
