# SPDX-License-Identifier: Apache-2.0
# Compiler settings that hold for every target of the project.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(PROJECT_IS_TOP_LEVEL)
  find_program(SLOOP_CCACHE ccache)
  if(SLOOP_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${SLOOP_CCACHE}")
  endif()
endif()

add_library(sloop_settings INTERFACE)
target_compile_options(sloop_settings INTERFACE -Wall -Wextra -Wshadow -Wno-missing-field-initializers
  -ffunction-sections -fdata-sections -fstack-protector-strong)
if(SLOOP_DEPS)
  target_compile_definitions(sloop_settings INTERFACE SLOOP_STATIC)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # Sees overlaps in std::string's operator+ that are not there (GCC bug 105329).
  target_compile_options(sloop_settings INTERFACE -Wno-restrict)
endif()
if(SLOOP_SANITIZE)
  target_compile_options(sloop_settings INTERFACE -fsanitize=${SLOOP_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(sloop_settings INTERFACE -fsanitize=${SLOOP_SANITIZE})
endif()
