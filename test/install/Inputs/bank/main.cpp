#include "account.h"
#include <declorm/declorm.h>
#include <iostream>

void open_accounts(const declorm::Engine &engine);
void deposit(const declorm::Engine &engine, const std::string &owner, std::int64_t amount);

int main() {
  declorm::Engine engine = declorm::create_engine("sqlite://");
  open_accounts(engine);
  deposit(engine, "bob", 5);
  declorm::Connection connection = engine.connect();
  for (const Account &account :
       connection.select<Account>().order_by(declorm::attr<Account>("id_")))
    std::cout << account.text() << '\n';
}
