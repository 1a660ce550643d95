// statement.h: select, insert, update, delete_.
#ifndef DECLORM_STATEMENT_H
#define DECLORM_STATEMENT_H

#include "declorm/select.h"
#include "declorm/write.h"

#endif // DECLORM_STATEMENT_H
