// The translation unit that registers the model.
#include "blog.h"
