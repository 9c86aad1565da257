# SPDX-License-Identifier: Apache-2.0
# Invokes PROGRAM once by `sloop watch` with CASE.event.json; the answer must equal CASE.reply.json as JSON.
file(READ "${CASE}.event.json" event)
file(READ "${CASE}.reply.json" wanted)
execute_process(COMMAND "${SLOOP}" watch "${PROGRAM}" --port 0 --timeout 20 --invoke "${event}"
  OUTPUT_VARIABLE got ERROR_VARIABLE log RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "the invocation ended with status ${status}: ${got}\n${log}")
endif()
string(JSON same EQUAL "${got}" "${wanted}")
if(NOT same)
  message(FATAL_ERROR "the answer is ${got}\nwanted: ${wanted}\n${log}")
endif()
