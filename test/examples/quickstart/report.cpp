// Reading: a statement over two classes, typed rows back.
#include "blog.h"
#include "model.h"

#include <iostream>

namespace blog {

void report(const declorm::Engine &engine) {
  using declorm::attr, declorm::col;
  declorm::Connection connection = engine.connect();
  auto addresses_of_users = declorm::select(attr<User>("name_"), col<&Address::email>)
                                .join<Address>(col<&Address::user_id> == attr<User>("id_"))
                                .where(col<&Address::email>.like("%.com"))
                                .order_by(col<&Address::email>);
  for (const auto &[name, email] : connection.execute(addresses_of_users))
    std::cout << name.as<std::string>() << " has " << email << '\n';
}

} // namespace blog
