// SPDX-License-Identifier: Apache-2.0
// The definitions of Boost.JSON, compiled with our settings in static functions (see cmake/SloopDependencies.cmake).
#include <boost/json/src.hpp>
