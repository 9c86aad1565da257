# SPDX-License-Identifier: Apache-2.0
# The libraries that the rooms use, as targets. Read by the build and by the installed package alike.
include(CMakeFindDependencyMacro)
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json)

if(NOT TARGET sloop_curl)
  add_library(sloop_curl INTERFACE IMPORTED GLOBAL)
  if(SLOOP_DEPS)
    include("${SLOOP_DEPS}/sloop-deps.cmake")
    target_link_libraries(sloop_curl INTERFACE sloop_deps::curl)
  else()
    find_package(CURL REQUIRED)
    find_package(OpenSSL REQUIRED)
    target_link_libraries(sloop_curl INTERFACE CURL::libcurl OpenSSL::SSL OpenSSL::Crypto)
  endif()
endif()
