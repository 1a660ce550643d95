// declorm.h: everything but <declorm/json.h>.
#ifndef DECLORM_DECLORM_H
#define DECLORM_DECLORM_H

#include "declorm/blob.h"
#include "declorm/column.h"
#include "declorm/composite.h"
#include "declorm/counted_time.h"
#include "declorm/decimal.h"
#include "declorm/dialect.h"
#include "declorm/difference.h"
#include "declorm/engine.h"
#include "declorm/error.h"
#include "declorm/expression.h"
#include "declorm/functions.h"
#include "declorm/lazy.h"
#include "declorm/mapper.h"
#include "declorm/objects.h"
#include "declorm/proxy.h"
#include "declorm/reflection.h"
#include "declorm/relationship.h"
#include "declorm/rows.h"
#include "declorm/schema.h"
#include "declorm/select.h"
#include "declorm/session.h"
#include "declorm/sessionmaker.h"
#include "declorm/statement.h"
#include "declorm/type.h"
#include "declorm/uuid.h"
#include "declorm/value.h"
#include "declorm/write.h"

#endif // DECLORM_DECLORM_H
