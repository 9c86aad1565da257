# SPDX-License-Identifier: Apache-2.0
# Installs the rooms that a function links, with a CMake package.
include(CMakePackageConfigHelpers)
get_property(rooms GLOBAL PROPERTY SLOOP_ROOMS)
install(TARGETS ${rooms} EXPORT sloop-targets FILE_SET HEADERS)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/sloop)
install(EXPORT sloop-targets NAMESPACE sloop:: DESTINATION ${package_dir})
configure_package_config_file(cmake/sloop-config.cmake.in sloop-config.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(sloop-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/sloop-config.cmake ${CMAKE_CURRENT_BINARY_DIR}/sloop-config-version.cmake
  cmake/SloopDependencies.cmake cmake/SloopFunction.cmake DESTINATION ${package_dir})
