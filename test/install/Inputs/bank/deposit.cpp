#include "account.h"
#include <declorm/declorm.h>

void deposit(const declorm::Engine &engine, const std::string &owner, std::int64_t amount) {
  declorm::Session session(engine);
  session.query<Account>().filter(declorm::attr<Account>("owner_") == owner).one().deposit(amount);
  session.commit();
}
