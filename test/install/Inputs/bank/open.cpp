#include "account.h"
#include <declorm/declorm.h>

void open_accounts(const declorm::Engine &engine) {
  declorm::metadata().create_all(engine);
  engine.begin([](declorm::Connection &connection) {
    connection.insert(std::vector{Account("ann", 10), Account("bob", 20)});
  });
}
