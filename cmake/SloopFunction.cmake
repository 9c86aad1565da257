# SPDX-License-Identifier: Apache-2.0
#
# sloop_add_function(<name> <source>.. [NO_TLS] [DIALECTS <dialect>..])
#
# Adds a Lambda function: an executable named `bootstrap`, linked statically when the package was built with static
# dependencies (SLOOP_DEPS), else for development on this machine only (a router is an
# HTTP server then, when it is started outside Lambda). DIALECTS names the wire formats that the function
# speaks, as `sloop complete --dialect` does (openai-responses, anthropic ..): the others are not linked, which makes the
# package smaller. Without it all are. NO_TLS is for functions that call nothing over https (the Runtime API is plain
# HTTP): neither the TLS library nor HTTP/2 is linked then, and a request to an https address is an error that says so.
# Together with an agent it needs DIALECTS (bedrock-converse signs by the TLS library's digests).
#
# sloop_add_extension(<name> <source>.. [NO_TLS])
#
# Adds a Lambda extension: an executable of that name, for the folder `extensions` of a layer, linked the same way.
function(sloop_add_function name)
  cmake_parse_arguments(arg "NO_TLS" "" "DIALECTS" ${ARGN})
  add_executable(${name} ${arg_UNPARSED_ARGUMENTS})
  if(arg_DIALECTS)
    _sloop_link_dialects(${name} ${arg_DIALECTS})
  endif()
  set_target_properties(${name} PROPERTIES OUTPUT_NAME bootstrap)
  target_link_libraries(${name} PRIVATE sloop::agent sloop::events sloop::lambda sloop::web)
  if(NOT SLOOP_DEPS AND TARGET sloop::web_server)
    target_link_libraries(${name} PRIVATE sloop::web_server)
  endif()
  _sloop_link_for_lambda(${name} ${arg_NO_TLS})
endfunction()

function(sloop_add_extension name)
  cmake_parse_arguments(arg "NO_TLS" "" "" ${ARGN})
  add_executable(${name} ${arg_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE sloop::extension)
  _sloop_link_for_lambda(${name} ${arg_NO_TLS})
endfunction()

# One static file where the dependencies are; without what nobody calls.
function(_sloop_link_for_lambda name no_tls)
  if(no_tls)
    _sloop_leave_out_tls(${name})
  endif()
  target_compile_options(${name} PRIVATE -ffunction-sections -fdata-sections -fstack-protector-strong)
  if(SLOOP_DEPS)
    set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
    target_link_options(${name} PRIVATE -static-pie -Wl,--gc-sections -Wl,-z,pack-relative-relocs -s)
  endif()
endfunction()

# Writes the function's own `find_wire`; the linker then has no use for the library's, which names all.
function(_sloop_link_dialects name)
  set(known openai-chat openai-responses anthropic gemini cohere mistral ollama bedrock-converse)
  set(includes)
  set(cases)
  foreach(dialect IN LISTS ARGN)
    if(NOT dialect IN_LIST known)
      list(JOIN known ", " names)
      message(FATAL_ERROR "sloop_add_function(${name}): DIALECTS ${dialect}: is none of ${names}")
    endif()
    string(REPLACE "-" "_" id ${dialect})
    string(APPEND includes "#include <sloop/model/dialects/${id}.hpp>\n")
    string(APPEND cases "  if (dialect == Dialect::${id}) return &${id}::wire();\n")
  endforeach()
  file(CONFIGURE OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/${name}_dialects.cpp" CONTENT
"#include <sloop/model/dialects/wires.hpp>
@includes@
namespace sloop::dialects {
const Wire* find_wire(Dialect dialect) {
@cases@  return nullptr;
}
}  // namespace sloop::dialects
" @ONLY)
  target_sources(${name} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/${name}_dialects.cpp")
endfunction()

# Writes the function's own `find_tls`; the linker then has no use for the library's, and sloop_deps::curl no TLS.
function(_sloop_leave_out_tls name)
  file(CONFIGURE OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/${name}_no_tls.cpp" CONTENT
"#include <sloop/http/tls.hpp>

namespace sloop::http {
const Tls* find_tls() {
  return nullptr;
}
}  // namespace sloop::http
" @ONLY)
  target_sources(${name} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/${name}_no_tls.cpp")
  set_target_properties(${name} PROPERTIES SLOOP_NO_TLS ON)
endfunction()
