// driver_factory.h: the only place that knows which databases there are.
#ifndef DECLORM_ENGINE_DRIVER_FACTORY_H
#define DECLORM_ENGINE_DRIVER_FACTORY_H

#include "runtime/engine/driver.h"
#include "runtime/engine/url.h"

namespace declorm::detail {

/// Throws ArgumentError for a database that this build does not know, or a wrong URL for it.
std::unique_ptr<Driver> make_driver(const Url &url);

} // namespace declorm::detail

#endif // DECLORM_ENGINE_DRIVER_FACTORY_H
