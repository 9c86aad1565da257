# SPDX-License-Identifier: Apache-2.0
# The libraries that the rooms use, as targets. Read by the build and by the installed package alike.
include(CMakeFindDependencyMacro)
find_package(Threads REQUIRED)

# A function compiles Boost.JSON itself, section by section: the distribution's archive is one object, which brings
# streams and locales with it.
if(NOT TARGET sloop_json)
  add_library(sloop_json INTERFACE IMPORTED GLOBAL)
  if(SLOOP_DEPS)
    find_package(Boost 1.81 REQUIRED)
    target_link_libraries(sloop_json INTERFACE Boost::headers)
  else()
    find_package(Boost 1.81 REQUIRED COMPONENTS json)
    target_link_libraries(sloop_json INTERFACE Boost::json)
  endif()
endif()

if(NOT TARGET sloop_curl)
  add_library(sloop_curl INTERFACE IMPORTED GLOBAL)
  if(SLOOP_DEPS)
    include("${SLOOP_DEPS}/sloop-deps.cmake")
    target_link_libraries(sloop_curl INTERFACE sloop_deps::curl)
  else()
    find_package(CURL REQUIRED)
    find_package(OpenSSL REQUIRED)
    find_package(ZLIB REQUIRED)
    target_link_libraries(sloop_curl INTERFACE CURL::libcurl OpenSSL::SSL OpenSSL::Crypto)
  endif()
endif()

# Of its own, for functions whose libcurl comes without (NO_TLS) and which compress all the same.
if(NOT TARGET sloop_zlib)
  add_library(sloop_zlib INTERFACE IMPORTED GLOBAL)
  if(SLOOP_DEPS)
    find_library(SLOOP_DEPS_Z NAMES libz.a REQUIRED)
    target_link_libraries(sloop_zlib INTERFACE "${SLOOP_DEPS_Z}")
  else()
    target_link_libraries(sloop_zlib INTERFACE ZLIB::ZLIB)
  endif()
endif()
