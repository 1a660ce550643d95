// Where a relationship is loaded, or may be, nothing is said.
//
// RUN: %declorm_check %s -- -std=c++20 -I%include | count 0
#include "Inputs/shop.h"

using declorm::col;

void with_selectinload(Session &session) {
  for (User &user : session.query<User>().options(selectinload<&User::addresses>()))
    std::cout << user.addresses.size();
}
void with_joinedload(Session &session) {
  auto *address = session.query<Address>()
                      .filter(col<&Address::id> == 1)
                      .options(joinedload<&Address::user>())
                      .first();
  std::cout << address->user->name;
}
void along_a_path(Session &session) {
  const auto users = session.query<User>()
                         .options(selectinload<&User::orders>().joinedload<&Order::items>(),
                                  selectinload<&User::groups>())
                         .all();
  for (const User *user : users)
    for (const Order *order : user->orders)
      std::cout << order->items.size() << user->groups.size();
}
void contained(Session &session) {
  for (User &user : session.query<User>().join<&User::orders>().options(
           declorm::contains_eager<&User::orders>()))
    std::cout << user.orders.size();
}
void option_in_a_variable(Session &session) {
  const auto option = selectinload<&User::addresses>();
  const auto query = session.query<User>().options(option);
  for (User &user : query.limit(1))
    std::cout << user.addresses.size();
}
void option_from_elsewhere(Session &session, const declorm::LoadOption &option) {
  for (User &user : session.query<User>().options(option))
    std::cout << user.addresses.size();
}
void query_from_elsewhere(const declorm::Query<User> &query) {
  for (User &user : query)
    std::cout << user.addresses.size();
}
void always_loaded(Session &session) {
  for (Order &order : session.query<Order>())
    std::cout << order.tags.size();
  for (Express &express : session.query<Express>())
    std::cout << express.tags.size();
}
void lazy(Session &session) {
  for (Author &author : session.query<Author>())
    for (Book *book : author.books)
      std::cout << book->author->id;
}
void loaded_by_call(Session &session) {
  User *user = session.get<User>(1);
  session.load(*user, &User::addresses);
  std::cout << user->addresses.size();
}
void loaded_when_empty(Session &session) {
  for (User &user : session.query<User>()) {
    if (user.addresses.empty())
      session.load(user, &User::addresses);
    std::cout << user.addresses.size();
  }
}
void asked_for(Session &session) {
  User &user = session.query<User>().one();
  if (session.is_loaded(user, &User::addresses))
    std::cout << user.addresses.size();
}
void replaced(Session &session, Address &address) {
  User &user = session.query<User>().one();
  session.set(user, &User::addresses, {&address});
  std::cout << user.addresses.size();
}
void refreshed(Session &session) {
  User &user = session.query<User>().one();
  session.refresh(user);
  std::cout << user.addresses.size();
}
void added_to(Session &session, Address &address) {
  User &user = session.query<User>().one();
  user.addresses.push_back(&address);
  std::cout << user.addresses.size();
}
void assigned(Session &session, User &user) {
  Address &address = session.query<Address>().one();
  address.user = &user;
  std::cout << address.user->name;
}
void by_the_other_side(Session &session, Address &address) {
  User &user = session.query<User>().one();
  address.user = &user;
  session.flush();
  std::cout << user.addresses.size();
}
void by_the_key(Session &session, Address &address) {
  User &user = session.query<User>().one();
  address.user_id = user.id;
  session.flush();
  std::cout << user.addresses.size();
}
void by_reference(Session &session) {
  User &user = session.query<User>().one();
  auto &addresses = user.addresses;
  addresses.clear();
  std::cout << user.addresses.size();
}
void fill(User &user);
void fill(Session &session, std::vector<User *> users);
void filled_by_a_function(Session &session) {
  for (User &user : session.query<User>()) {
    fill(user);
    std::cout << user.addresses.size();
  }
}
void list_to_a_function(Session &session) {
  const auto users = session.query<User>().all();
  fill(session, users);
  for (User *user : users)
    std::cout << user->addresses.size();
}
void filled_in_the_turn_before(Session &session) {
  User &user = session.query<User>().one();
  for (int i = 0; i != 2; ++i) {
    std::cout << user.addresses.size();
    fill(user);
  }
}
void filled_by_an_algorithm(Session &session) {
  auto users = session.query<User>().all();
  std::for_each(users.begin(), users.end(), [](auto *user) { fill(*user); });
  std::cout << users.front()->addresses.size();
}
void session_to_a_function(Session &session) {
  User &user = session.query<User>().one();
  fill(session, {});
  std::cout << user.addresses.size();
}
void session_under_another_name(Session &session) {
  Session &same = session;
  User &user = session.query<User>().one();
  same.load(user, &User::addresses);
  same.query<User>().options(selectinload<&User::orders>()).all();
  std::cout << user.addresses.size() << user.orders.size();
}
void added_before(const declorm::Engine &engine) {
  Session session(engine);
  User &ed = session.add(User{{.name = "ed"}, {}, {}, {}});
  ed.addresses.push_back(&session.add(Address{.email = "ed@x"}));
  session.commit();
  for (User &user : session.query<User>()) // the same object
    std::cout << user.addresses.size();
}
void loaded_before(Session &session) {
  session.query<User>().options(selectinload<&User::addresses>()).all();
  for (User &user : session.query<User>())
    std::cout << user.addresses.size();
}
void held_before(Session &session) { // the pointers are set with the rows
  const auto users = session.query<User>().all();
  for (Address &address : session.query<Address>())
    std::cout << address.user->name << users.size();
}
void pointing_back(Session &session) {
  for (User &user : session.query<User>().options(selectinload<&User::addresses>()))
    for (Address *address : user.addresses)
      std::cout << address->user->name;
}
void tree(Session &session) { // the parents are among them, and what is loaded may be all
  for (Node &node : session.query<Node>().options(selectinload<&Node::children>()))
    for (Node *child : node.children)
      std::cout << (child->parent == &node) << child->children.size();
}
void lambda_that_loads(Session &session) {
  User &user = session.query<User>().one();
  const auto count = [&] { return user.addresses.size(); };
  fill(user);
  std::cout << count();
}
void lambda_called_later(const declorm::Engine &engine) {
  Session session(engine);
  const auto count = [&] { return session.query<User>().one().addresses.size(); };
  session.add(User{});
  std::cout << count();
}
struct Service {
  Session session;
  void prepare();
  void run() {
    prepare();
    for (User &user : session.query<User>())
      std::cout << user.addresses.size();
  }
};
void another_object(Session &session, User &given) {
  User *user = session.get<User>(1);
  user = &given;
  std::cout << user->addresses.size();
}
void given(User &user, const std::vector<User *> &users) {
  std::cout << user.addresses.size() << users.front()->orders.size();
}
void made(Session &session) {
  User user;
  user.orders = session.query<Order>().all();
  std::cout << user.orders.size();
}
void columns_only(Session &session) {
  for (const Order &order : session.query<Order>())
    std::cout << order.id << order.user_id.value_or(0) << order.kind;
  std::cout << session.query<User>().count()
            << session.query<User>().filter(col<&User::addresses>.any()).exists();
}
template <class T> void never_instantiated(Session &session) {
  for (auto &object : session.query<T>())
    std::cout << object.addresses.size();
}
void set_when_null(Session &session) {
  for (Address &address : session.query<Address>())
    if (!address.user)
      address.user = session.get<User>(address.user_id.value_or(0));
}
struct Loader {
  explicit Loader(Session &loads_in);
  void fill_all();
};
void session_that_is_kept(Session &session) {
  Loader loader(session);
  session.expunge_all();
  User &user = session.query<User>().one();
  loader.fill_all();
  std::cout << user.addresses.size();
}
void filled_before(Session &session, User &given) {
  fill(given);
  User &user = session.query<User>().one(); // which may be that one
  std::cout << user.addresses.size();
}
void only_sometimes(Session &session, bool with_addresses) {
  auto query = session.query<User>();
  if (with_addresses)
    query = query.options(selectinload<&User::addresses>());
  for (User &user : query)
    std::cout << user.addresses.size();
}
void chosen(Session &session, User &given) {
  User *user = session.get<User>(1);
  User &shown = user ? *user : given;
  std::cout << shown.addresses.size();
}
void swapped(Session &session, std::vector<Address *> &addresses) {
  User &user = session.query<User>().one();
  std::swap(user.addresses, addresses);
  std::cout << user.addresses.size();
}
void deleted(Session &session, Address &address) { // which loads what it cascades to
  User &user = session.query<User>().one();
  session.delete_(address);
  session.flush();
  std::cout << user.addresses.size();
}
void two_ways_at_once(Session &session) {
  session.query<Address>()
      .options(joinedload<&Address::user>().selectinload<&User::addresses>())
      .all();
  for (User &user : session.query<User>())
    std::cout << user.addresses.size();
}
declorm::Session &the_session();
void reached_by_others(Loader &loader) {
  Session &session = the_session();
  User &user = session.query<User>().one();
  loader.fill_all();
  std::cout << user.addresses.size();
}
std::function<void()> stored(Session &session) {
  User &user = session.query<User>().one();
  const std::function<void()> fill_it = [&] { session.load(user, &User::addresses); };
  fill_it();
  std::cout << user.addresses.size();
  return fill_it;
}
void not_evaluated(Session &session) {
  User &user = session.query<User>().one();
  (void)sizeof(user.addresses);
  static_cast<void>(user.orders);
}
void another_key(Session &session) { // whose flush loads what refers to it
  User &user = session.query<User>().one();
  user.id = 7;
  session.commit();
  std::cout << user.addresses.size();
}
void option_that_changes(Session &session, bool with_orders) {
  auto option = selectinload<&User::addresses>();
  if (with_orders)
    option = selectinload<&User::addresses>();
  declorm::LoadOption other = option;
  other = selectinload<&User::orders>();
  for (User &user : session.query<User>().options(other))
    std::cout << user.orders.size();
}
struct Request {
  Session &session;
};
void load_all(Request &request);
void session_in_an_object(Request &request) {
  load_all(request);
  for (User &user : request.session.query<User>())
    std::cout << user.addresses.size();
}
struct Counter {
  Loader loader;
  explicit Counter(Session &session) : loader(session) {
    User &user = session.query<User>().one();
    loader.fill_all();
    std::cout << user.addresses.size();
  }
};
void held_by_a_lazy_one(Session &session, const Book &book) {
  std::cout << book.author->id;
  for (Fan &fan : session.query<Fan>())
    std::cout << fan.author->id;
}
void held_by_a_select(Session &session) {
  const auto users = session.execute(declorm::select<User>()).all();
  for (Address &address : session.query<Address>())
    std::cout << address.user->id << users.size();
}
void loaded_in_a_loop_before(Session &session) {
  const auto users = session.query<User>().all();
  for (User *user : users)
    session.load(*user, &User::orders);
  for (User *user : users)
    std::cout << user->orders.size();
}
struct Helper {
  Session &session;
  void load(User &user) { session.load(user, &User::orders); }
};
void filled_by_a_helper(Session &session) {
  Helper helper{session};
  for (User &user : session.query<User>()) {
    helper.load(user);
    std::cout << user.orders.size();
  }
}
declorm::Query<User> with_orders(Session &session) {
  return session.query<User>().options(selectinload<&User::orders>());
}
const auto also_with_orders = [](declorm::Query<User> query) {
  return query.options(selectinload<&User::orders>());
};
void query_of_a_function(Session &session) {
  for (User &user : with_orders(session))
    std::cout << user.orders.size();
  session.expunge_all();
  auto query = session.query<User>();
  query = also_with_orders(query);
  for (User &user : query)
    std::cout << user.orders.size();
}
void loaded_through_a_pointer(Session &session) {
  User &user = session.query<User>().one();
  const auto member = &User::orders;
  session.load(user, member);
  const auto load = &Session::load<User, std::vector<Address *>, User>;
  (session.*load)(user, &User::addresses);
  std::cout << user.orders.size() << user.addresses.size();
}
void target_got_by_key(Session &session) {
  for (Express &express : session.query<Express>())
    if (Address *address = session.get<Address>(express.target_id.value_or(0)))
      std::cout << address->email << (express.target == address);
}
