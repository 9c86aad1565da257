# SPDX-License-Identifier: Apache-2.0
# Installs Debian packages, only those that are missing; asks for root only for that.
build_packages=(g++ cmake ninja-build ccache pkg-config git ca-certificates
  libboost1.81-dev libboost-json1.81-dev libcurl4-openssl-dev libssl-dev libnghttp2-dev zlib1g-dev
  libfmt-dev libcli11-dev libtomlplusplus-dev libarchive-dev)
test_packages=(libgtest-dev libgmock-dev openssl python3 python3-venv file)
bench_packages=(libbenchmark-dev zip)
check_packages=(clang-19 clang-tidy-19 clang-format-19 libclang-rt-19-dev)

missing_packages() {
  local name
  for name in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || printf '%s\n' "$name"
  done
}

install_packages() {
  command -v dpkg-query >/dev/null || die "this is no Debian system: install the packages named in scripts/setup.sh by hand"
  local missing as_root=()
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    as_root=(sudo -n)
    sudo -n true 2>/dev/null || die "packages are missing; as root: apt-get install ${missing[*]}"
  fi
  say "installing ${missing[*]}"
  quietly "${as_root[@]}" apt-get update
  quietly "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
}

# The static dependencies are fetched by cargo; Debian 12's own is too old, its cargo-web is not.
cargo_is_usable() {
  local version
  version=$(cargo --version 2>/dev/null | sed -nE 's/^cargo 1\.([0-9]+)\..*/\1/p')
  [ -n "$version" ] && [ "$version" -ge 85 ]
}
setup_cargo() { cargo_is_usable || install_packages cargo-web; }

# For the test that looks at pages: large, so only ./dev check installs it; without it the test is skipped, saying so.
setup_browser() {
  local name
  for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null; then return; fi
  done
  install_packages chromium
}

setup_build() { install_packages "${build_packages[@]}"; }
setup_test() {
  install_packages "${build_packages[@]}" "${test_packages[@]}"
  setup_cargo
  tests/peers/install.sh
}
setup_demo() { install_packages "${build_packages[@]}" file; setup_cargo; }
setup_bench() { install_packages "${build_packages[@]}" "${test_packages[@]}" "${bench_packages[@]}"; setup_cargo; }
setup_all() { install_packages "${build_packages[@]}" "${test_packages[@]}" "${bench_packages[@]}" "${check_packages[@]}"; setup_cargo; }
