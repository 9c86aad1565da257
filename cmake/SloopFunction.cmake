# SPDX-License-Identifier: Apache-2.0
#
# sloop_add_function(<name> <source>..)
#
# Adds a Lambda function: an executable named `bootstrap`, linked statically when the package was built with static
# dependencies (SLOOP_DEPS), else for development on this machine only.
function(sloop_add_function name)
  add_executable(${name} ${ARGN})
  set_target_properties(${name} PROPERTIES OUTPUT_NAME bootstrap)
  target_compile_options(${name} PRIVATE -ffunction-sections -fdata-sections -fstack-protector-strong)
  target_link_libraries(${name} PRIVATE sloop::agent sloop::lambda)
  if(SLOOP_DEPS)
    set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
    target_link_options(${name} PRIVATE -static-pie -Wl,--gc-sections -s)
  endif()
endfunction()
