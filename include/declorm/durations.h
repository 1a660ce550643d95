// durations.h: std::chrono's durations and points of time, without its calendar.
//
// libstdc++ has them apart; all of its <chrono> would cost a user of <declorm/declorm.h> a tenth of
// everything. Who writes dates includes <chrono>.
#ifndef DECLORM_DURATIONS_H
#define DECLORM_DURATIONS_H

#if __has_include(<bits/chrono.h>)
#include <bits/chrono.h>
#else
#include <chrono>
#endif

#endif // DECLORM_DURATIONS_H
