#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Builds the static libraries that the Lambda bootstrap links: a TLS library and libcurl.
# They are built once per pin and compiler, and kept in the user's cache.
#
#   deps/build.sh [--tls aws-lc|openssl] [--print-prefix]
#
# The last (and only) line on stdout is the prefix; progress goes to stderr.
# --print-prefix builds nothing. Environment: SLOOP_CACHE (where to keep things),
# SLOOP_JOBS (parallel compilations), CC, CXX, CARGO.
# Exit status: 0 done, 1 a step failed, 2 wrong usage, 3 something must be installed first.
set -euo pipefail
exec 3>&1 1>&2
export LC_ALL=C

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=${SLOOP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/sloop}/deps
jobs=${SLOOP_JOBS:-$(nproc)}
cc=${CC:-cc}
cxx=${CXX:-c++}
tls=aws-lc
print_only=

# The oldest cargo that reads the lock file and every manifest it names.
readonly kOldestCargo=85 # 1.85

say() { printf 'deps: %s\n' "$*" >&2; }

# missing WHAT REMEDY
missing() {
  say "missing: $1"
  say "remedy:  $2"
  exit 3
}

usage() {
  printf 'usage: deps/build.sh [--tls aws-lc|openssl] [--print-prefix]\n' >&2
  exit 2
}

parse_arguments() {
  while (($#)); do
    case $1 in
    --tls) tls=${2:-} && shift ;;
    --tls=*) tls=${1#--tls=} ;;
    --print-prefix) print_only=1 ;;
    *) usage ;;
    esac
    shift || usage
  done
  [[ $tls == aws-lc || $tls == openssl ]] || usage
}

# The path of a static archive as the compiler's linker would find it, or nothing.
archive() {
  local path
  path=$($cc -print-file-name="$1")
  if [[ $path == /* ]]; then printf '%s' "$path"; fi
}

# header_version MACRO HEADER: the string that a system header defines, without a detour by pkg-config.
header_version() {
  printf '#include <%s>\nsloop_version %s\n' "$2" "$1" | $cc -E -P - 2>/dev/null |
    sed -n 's/^sloop_version *"\([^"]*\)".*/\1/p'
}

require_compiler() {
  local tool
  for tool in "${cc%% *}" "${cxx%% *}"; do
    command -v "$tool" >/dev/null || missing "the compiler '$tool'" "apt-get install g++"
  done
}

require_tools() {
  local tool
  for tool in cmake ninja flock; do
    command -v "$tool" >/dev/null ||
      missing "the command '$tool'" "apt-get install cmake ninja-build util-linux"
  done
  [[ -n $(archive libnghttp2.a) && -n $nghttp2_version ]] ||
    missing "nghttp2's static archive and header" "apt-get install libnghttp2-dev"
  [[ $tls != openssl || (-n $(archive libssl.a) && -n $(archive libcrypto.a) && -n $openssl_version) ]] ||
    missing "OpenSSL's static archives and headers" "apt-get install libssl-dev"
}

hash12() { sha256sum | cut -c1-12; }

# Everything that decides what the result contains is part of its name.
choose_prefix() {
  nghttp2_version=$(header_version NGHTTP2_VERSION nghttp2/nghttp2ver.h)
  openssl_version=
  if [[ $tls == openssl ]]; then
    openssl_version=$(header_version OPENSSL_VERSION_STR openssl/opensslv.h)
  fi
  prefix=$root/$tls-$({
    cat "$here/build.sh" "$here/Cargo.toml" "$here/Cargo.lock"
    find "$here/patches" -name '*.patch' -print0 2>/dev/null | sort -z | xargs -0r cat
    $cc --version && $cxx --version && $cc -dumpmachine
    printf '%s\n' "$nghttp2_version" "$openssl_version"
  } | hash12)
  sources=$root/sources-$(cat "$here/Cargo.toml" "$here/Cargo.lock" | hash12)
}

# The first cargo that is new enough; /usr/bin/cargo is where Debian's cargo-web installs it.
find_cargo() {
  local candidate minor
  for candidate in ${CARGO:+"$CARGO"} cargo /usr/bin/cargo; do
    minor=$("$candidate" --version 2>/dev/null | sed -n 's/^cargo 1\.\([0-9]*\)\..*/\1/p') || continue
    if [[ -n $minor ]] && ((minor >= kOldestCargo)); then
      printf '%s' "$candidate"
      return
    fi
  done
}

# step LABEL COMMAND..: runs it quietly; a failure shows the end of its log, where the rest is,
# and $remedy if there is one.
step() {
  local label=$1 log=$work/log
  shift
  say "$label"
  if ! "$@" >"$log" 2>&1 </dev/null; then
    tail -n 30 "$log" >&2
    cp "$log" "$root/failed.log"
    say "failed: $label (whole log: $root/failed.log)"
    if [[ -n ${remedy:-} ]]; then say "remedy:  $remedy"; fi
    exit 1
  fi
}

# cargo compares every package with the lock file's checksum. It runs in an empty folder, so that
# no toolchain file or cargo configuration of a surrounding project is picked up; a mirror in the
# user's own configuration is respected.
vendor() {
  cd "$work/pins" && "$1" vendor --locked --versioned-dirs --respect-source-config "$work/vendor"
}

fetch_sources() {
  if [[ -d $sources ]]; then return; fi
  local cargo
  cargo=$(find_cargo)
  [[ -n $cargo ]] || missing \
    "cargo 1.$kOldestCargo or newer, which fetches the pinned C sources of curl (and AWS-LC); either TLS library needs them" \
    "apt-get install cargo-web"
  mkdir -p "$work/pins" "$work/sources"
  cp "$here/Cargo.toml" "$here/Cargo.lock" "$work/pins/"
  local remedy="reach the package registry once, directly or by a mirror in cargo's configuration"
  step "fetching the pinned sources with $("$cargo" --version | cut -d' ' -f1,2)" vendor "$cargo"
  mv "$work"/vendor/aws-lc-sys-*/ "$work/sources/aws-lc-sys"
  mv "$work"/vendor/curl-sys-*/ "$work/sources/curl-sys"
  # The other packages are Rust that only cargo would need.
  rm -rf "$work/vendor"
  mv -T "$work/sources" "$sources"
}

# prepare_tree NAME: a fresh copy with our patches, patches/NAME-*.patch, if there are any;
# neither they nor a build rule can then alter the kept sources.
prepare_tree() {
  local patch
  mkdir -p "$work/src"
  cp -r "$sources/$1-sys/$1" "$work/src/$1"
  for patch in "$here/patches/$1"-*.patch; do
    [[ -f $patch ]] || continue
    step "applying ${patch##*/}" patch -d "$work/src/$1" -p1 -i "$patch"
  done
}

read_versions() {
  curl_version=$(sed -n 's/^#define LIBCURL_VERSION "\([0-9.]*\).*/\1/p' "$work/src/curl/include/curl/curlver.h")
  aws_lc_version=
  if [[ $tls == aws-lc ]]; then
    aws_lc_version=$(sed -n 's/^#define AWSLC_VERSION_NUMBER_STRING "\([0-9.]*\).*/\1/p' \
      "$work/src/aws-lc/include/openssl/base.h")
  fi
}

# Settings for both libraries. The path map keeps the build folder out of the binary's strings.
common_settings() {
  local flags="-ffunction-sections -fdata-sections -fstack-protector-strong -fno-asynchronous-unwind-tables -fno-unwind-tables -ffile-prefix-map=$work/src/="
  settings=(-G Ninja -DCMAKE_BUILD_TYPE=MinSizeRel -DBUILD_SHARED_LIBS=OFF
    -DCMAKE_POSITION_INDEPENDENT_CODE=ON -DBUILD_TESTING=OFF -DCMAKE_EXPORT_NO_PACKAGE_REGISTRY=ON
    "-DCMAKE_C_FLAGS=$flags" "-DCMAKE_CXX_FLAGS=$flags")
}

build_aws_lc() {
  local options=(
    -DDISABLE_GO=ON -DDISABLE_PERL=ON # the assembler files come ready-made with the package
    -DBUILD_TOOL=OFF -DBUILD_LIBSSL=ON -DENABLE_SOURCE_MODIFICATION=OFF
    -DDISABLE_CPU_JITTER_ENTROPY=ON # the jitter source costs over 20 ms of CPU at the first use
    -DOPENSSL_SMALL=ON) # a quarter of the executable, for 0.1 ms of CPU
  step "configuring AWS-LC $aws_lc_version" \
    cmake -S "$work/src/aws-lc" -B "$work/aws-lc" "${settings[@]}" "${options[@]}"
  step "compiling AWS-LC $aws_lc_version" cmake --build "$work/aws-lc" -j "$jobs" --target crypto ssl
  cp "$work/aws-lc/crypto/libcrypto.a" "$work/aws-lc/ssl/libssl.a" "$out/lib/"
  cp -r "$work/src/aws-lc/include/openssl" "$out/include/"
  cp "$work/src/aws-lc/LICENSE" "$out/licences/aws-lc.txt"
  cp "$work/src/aws-lc/third_party/fiat/LICENSE" "$out/licences/fiat-crypto.txt"
}

# Where curl finds its TLS library; fills tls_settings.
locate_tls() {
  local lib=$out/lib include=$out/include
  if [[ $tls == openssl ]]; then
    lib=$(dirname "$(archive libssl.a)")
    include=/usr/include
  fi
  tls_settings=("-DOPENSSL_INCLUDE_DIR=$include" "-DOPENSSL_SSL_LIBRARY=$lib/libssl.a"
    "-DOPENSSL_CRYPTO_LIBRARY=$lib/libcrypto.a")
}

curl_options() {
  local name
  # HTTP(S) alone, over TCP, directly or through a proxy; bodies as they are, since none is asked for compressed.
  options=(-DHTTP_ONLY=ON -DCURL_ZLIB=OFF -DENABLE_IPV6=ON
    -DENABLE_THREADED_RESOLVER=ON # without it a name lookup ignores every timeout
    -DCURL_DISABLE_VERBOSE_STRINGS=OFF # without them every error text is "Error"
    -DCURL_CA_BUNDLE=none -DCURL_CA_PATH=none # the caller brings the roots
    -DCURL_DISABLE_OPENSSL_AUTO_LOAD_CONFIG=ON # no openssl.cnf: one file means one behaviour
    -DCURL_ENABLE_EXPORT_TARGET=OFF -DPICKY_COMPILER=OFF
    -DCMAKE_DISABLE_FIND_PACKAGE_Perl=ON) # with Perl, curl's docs are built, which the package lacks
  for name in ALTSVC AWS BINDLOCAL COOKIES DIGEST_AUTH DOH FORM_API GETOPTIONS HSTS KERBEROS_AUTH \
    MIME NEGOTIATE_AUTH NETRC PROGRESS_METER SHA512_256 SHUFFLE_DNS; do
    options+=("-DCURL_DISABLE_$name=ON")
  done
  for name in BUILD_CURL_EXE BUILD_EXAMPLES BUILD_LIBCURL_DOCS BUILD_MISC_DOCS ENABLE_CURL_MANUAL \
    CURL_USE_CMAKECONFIG CURL_USE_PKGCONFIG CURL_BROTLI CURL_ZSTD CURL_USE_LIBPSL CURL_USE_LIBSSH2 \
    USE_LIBIDN2 ENABLE_UNIX_SOCKETS; do
    options+=("-D$name=OFF")
  done
}

# compile_curl ARCHIVE OPTION..
compile_curl() {
  local name=$1 options
  shift
  curl_options
  step "configuring curl $curl_version ($name)" cmake -S "$work/src/curl" -B "$work/$name" \
    "${settings[@]}" "${options[@]}" "$@"
  step "compiling curl $curl_version ($name)" cmake --build "$work/$name" -j "$jobs" --target libcurl_static
  cp "$work/$name/lib/libcurl.a" "$out/lib/$name.a"
}

# Once with TLS and HTTP/2, once without either, for functions that call nothing over https.
build_curl() {
  local tls_settings
  locate_tls
  compile_curl libcurl -DCURL_USE_OPENSSL=ON "${tls_settings[@]}" \
    -DUSE_NGHTTP2=ON "-DNGHTTP2_LIBRARY=$(archive libnghttp2.a)"
  compile_curl libcurl-plain -DCURL_ENABLE_SSL=OFF -DUSE_NGHTTP2=OFF
  mkdir -p "$out/include/curl"
  cp "$work/src/curl/include/curl/"*.h "$out/include/curl/"
  cp "$work/src/curl/COPYING" "$out/licences/curl.txt"
}

# The archives that stay where the distribution put them are linked all the same.
copy_system_licences() {
  local name package
  for name in nghttp2:libnghttp2-dev openssl:libssl-dev; do
    package=/usr/share/doc/${name#*:}/copyright
    if [[ $name == openssl:* && $tls != openssl ]]; then continue; fi
    if [[ -f $package ]]; then cp -L "$package" "$out/licences/${name%%:*}.txt"; fi
  done
}

write_package() {
  local tls_text="AWS-LC $aws_lc_version" ssl_line
  # shellcheck disable=SC2016 # the variables are CMake's
  if [[ $tls == openssl ]]; then
    tls_text="OpenSSL $openssl_version"
    ssl_line='_sloop_deps_system(SSL libssl.a)
_sloop_deps_system(CRYPTO libcrypto.a)'
  else
    ssl_line='set(SLOOP_DEPS_SSL "${CMAKE_CURRENT_LIST_DIR}/lib/libssl.a")
set(SLOOP_DEPS_CRYPTO "${CMAKE_CURRENT_LIST_DIR}/lib/libcrypto.a")'
  fi
  cat >"$out/sloop-deps.cmake" <<EOF
# SPDX-License-Identifier: Apache-2.0
# Written by deps/build.sh. Defines sloop_deps::curl; the folder may be moved.
# A target whose property SLOOP_NO_TLS is true gets the libcurl that has neither TLS nor HTTP/2.
set(SLOOP_DEPS_TLS "$tls")
set(SLOOP_DEPS_VERSIONS "curl $curl_version, $tls_text, nghttp2 $nghttp2_version")

if(TARGET sloop_deps::curl)
  return()
endif()

# Archives of the distribution, which are referenced and not copied.
macro(_sloop_deps_system name archive)
  find_library(SLOOP_DEPS_\${name} NAMES \${archive} REQUIRED)
  mark_as_advanced(SLOOP_DEPS_\${name})
endmacro()
_sloop_deps_system(NGHTTP2 libnghttp2.a)
$ssl_line

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)

add_library(sloop_deps::curl INTERFACE IMPORTED GLOBAL)
target_include_directories(sloop_deps::curl SYSTEM INTERFACE "\${CMAKE_CURRENT_LIST_DIR}/include")
target_compile_definitions(sloop_deps::curl INTERFACE CURL_STATICLIB)
set(_sloop_deps_tls "\${CMAKE_CURRENT_LIST_DIR}/lib/libcurl.a" "\${SLOOP_DEPS_NGHTTP2}"
  "\${SLOOP_DEPS_SSL}" "\${SLOOP_DEPS_CRYPTO}")
set(_sloop_deps_plain "\${CMAKE_CURRENT_LIST_DIR}/lib/libcurl-plain.a")
target_link_libraries(sloop_deps::curl INTERFACE
  "\$<IF:\$<BOOL:\$<TARGET_PROPERTY:SLOOP_NO_TLS>>,\${_sloop_deps_plain},\${_sloop_deps_tls}>"
  Threads::Threads \${CMAKE_DL_LIBS})
EOF
}

# One build at a time; whoever waited finds the result there.
take_lock() {
  mkdir -p "$root"
  exec 9>"$root/lock"
  if ! flock -n 9; then
    say "waiting for another build"
    flock 9
  fi
}

build_all() {
  local started=$SECONDS out settings
  find "$root" -maxdepth 1 -name '.work-*' -exec rm -rf {} + # left by a build that was killed
  work=$(mktemp -d "$root/.work-XXXXXX")
  trap 'rm -rf "$work"' EXIT
  export CC=$cc CXX=$cxx
  unset CFLAGS CXXFLAGS CPPFLAGS LDFLAGS ASMFLAGS # the name of the result does not cover them
  out=$work/prefix
  mkdir -p "$out"/{include,lib,licences}
  fetch_sources
  prepare_tree curl
  if [[ $tls == aws-lc ]]; then prepare_tree aws-lc; fi
  read_versions
  common_settings
  if [[ $tls == aws-lc ]]; then build_aws_lc; fi
  build_curl
  copy_system_licences
  write_package
  chmod 755 "$out"
  mv -T "$out" "$prefix"
  say "built $tls in $((SECONDS - started)) s"
}

parse_arguments "$@"
require_compiler
choose_prefix
if [[ -z $print_only && ! -d $prefix ]]; then
  require_tools
  take_lock
  if [[ ! -d $prefix ]]; then build_all; fi
fi
printf '%s\n' "$prefix" >&3
