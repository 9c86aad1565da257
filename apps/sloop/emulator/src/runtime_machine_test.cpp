// SPDX-License-Identifier: Apache-2.0
#include "sloop/emulator/runtime_machine.hpp"

#include <gtest/gtest.h>

namespace sloop::emulator {
namespace {

using enum InvocationPhase;

std::string message_of(const std::optional<Refusal>& refusal) {
  return refusal ? std::to_string(refusal->status) + " " + refusal->type + ": " + refusal->message : "accepted";
}

/// A process that has the event `id`.
RuntimeMachine running_machine() {
  RuntimeMachine machine;
  EXPECT_FALSE(machine.ask_next());
  machine.offer({.request_id = "id", .body = "{}"});
  EXPECT_NE(machine.take_next(), nullptr);
  return machine;
}

TEST(RuntimeMachine, an_invocation_goes_from_offered_to_done) {
  RuntimeMachine machine;
  EXPECT_FALSE(machine.ask_next());
  EXPECT_EQ(machine.take_next(), nullptr);
  machine.offer({.request_id = "id"});
  EXPECT_EQ(machine.invocation("id"), offered);
  EXPECT_EQ(machine.take_next()->request_id, "id");
  EXPECT_FALSE(machine.begin_result("id", false));
  EXPECT_EQ(machine.invocation("id"), responding);
  EXPECT_EQ(machine.result("id"), nullptr);
  machine.end_result("id", {.body = "1"});
  EXPECT_EQ(machine.invocation("id"), responded);
  EXPECT_EQ(machine.result("id")->body, "1");
  EXPECT_FALSE(machine.ask_next());
  EXPECT_EQ(machine.invocation("id"), done);
}

TEST(RuntimeMachine, calls_out_of_order_are_refused_by_the_names_of_the_states) {
  auto machine = running_machine();
  EXPECT_EQ(message_of(machine.fail_init({})),
            "403 InvalidStateTransition: Transition from Running to InitError is not allowed.");
  EXPECT_EQ(message_of(machine.ask_restore()),
            "403 InvalidStateTransition: Transition from Running to RestoreReady is not allowed.");
  EXPECT_EQ(message_of(machine.begin_result("other", false)), "400 InvalidRequestID: Invalid request ID");
  EXPECT_FALSE(machine.begin_result("id", false));
  EXPECT_EQ(message_of(machine.ask_next()),
            "403 InvalidStateTransition: Transition from InvocationResponse to Ready is not allowed.");
  EXPECT_EQ(
      message_of(machine.begin_result("id", true)),
      "403 InvalidStateTransition: Transition from InvocationResponse to InvocationErrorResponse is not allowed.");
  machine.end_result("id", {});
  EXPECT_EQ(message_of(machine.begin_result("id", false)),
            "403 InvalidStateTransition: Transition from ResponseSent to InvocationResponse is not allowed.");
}

TEST(RuntimeMachine, a_wrong_response_mode_fails_the_invocation) {
  auto machine = running_machine();
  EXPECT_EQ(machine.begin_result("id", false, "buffered")->type, "InvalidFunctionResponseMode");
  EXPECT_EQ(machine.result("id")->error_type, "Runtime.InvalidResponseModeHeader");
  EXPECT_FALSE(running_machine().begin_result("id", false, "Streaming"));
}

TEST(RuntimeMachine, asking_again_without_a_result_gives_the_same_event) {
  auto machine = running_machine();
  EXPECT_FALSE(machine.ask_next());
  EXPECT_EQ(machine.take_next()->request_id, "id");
}

TEST(RuntimeMachine, a_failed_initialisation_ends_all) {
  RuntimeMachine machine;
  EXPECT_FALSE(machine.fail_init({.body = "why"}));
  EXPECT_EQ(machine.ask_next()->message, "Transition from InitError to Ready is not allowed.");
  machine.end();
  EXPECT_EQ(machine.phase(), RuntimePhase::init_failed) << "the report counts, not the end after it";
  EXPECT_EQ(machine.init_error()->body, "why");
}

TEST(RuntimeMachine, a_process_is_restored_before_it_asks_for_events) {
  RuntimeMachine machine;
  EXPECT_FALSE(machine.ask_restore());
  EXPECT_EQ(machine.ask_next()->message, "Transition from RestoreReady to Ready is not allowed.");
  EXPECT_EQ(machine.fail_restore({})->message, "Transition from RestoreReady to RestoreError is not allowed.");
  machine.restore();
  EXPECT_EQ(machine.phase(), RuntimePhase::restoring);
  EXPECT_FALSE(machine.ask_next());
  EXPECT_EQ(machine.phase(), RuntimePhase::serving);
  RuntimeMachine failing;
  EXPECT_FALSE(failing.ask_restore());
  failing.restore();
  EXPECT_FALSE(failing.fail_init({}));
  EXPECT_EQ(failing.phase(), RuntimePhase::restore_failed);
}

TEST(RuntimeMachine, several_events_at_once_keep_apart) {
  RuntimeMachine machine(true);
  EXPECT_FALSE(machine.ask_next());
  machine.offer({.request_id = "a"});
  machine.offer({.request_id = "b"});
  EXPECT_EQ(machine.take_next()->request_id, "a");
  EXPECT_FALSE(machine.ask_next());
  EXPECT_EQ(machine.take_next()->request_id, "b");
  EXPECT_EQ(machine.take_next(), nullptr);
  EXPECT_FALSE(machine.begin_result("b", false));
  machine.end_result("b", {.body = "2"});
  EXPECT_EQ(machine.invocation("b"), done);
  EXPECT_EQ(machine.invocation("a"), InvocationPhase::running);
  machine.expire("a");
  EXPECT_EQ(machine.begin_result("a", false)->status, 410);
  machine.forget("a");
  EXPECT_EQ(machine.begin_result("a", false)->status, 410) << "late is still late";
}

TEST(RuntimeMachine, the_end_of_the_process_loses_what_it_had) {
  auto machine = running_machine();
  machine.end();
  EXPECT_EQ(machine.invocation("id"), lost);
  machine.offer({.request_id = "next"});
  EXPECT_EQ(machine.invocation("next"), lost);
}

}  // namespace
}  // namespace sloop::emulator
