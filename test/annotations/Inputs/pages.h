// pages.h: what the examples of the annotations' pages include.
#include <declorm/declorm.h>

#include <map>
#include <string>
#include <vector>
