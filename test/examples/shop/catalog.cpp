// catalog.cpp: products in a tree of categories, with tags.
#include "program.h"
#include "shop/category.h"
#include "shop/product.h"

#include <algorithm>

using declorm::col, declorm::selectinload;

namespace shop {

void make_product_tags(declorm::MetaData &metadata) {
  const auto part = [](const char *name, const char *target) {
    return declorm::Column(name, declorm::BigInteger, declorm::primary_key,
                           declorm::ForeignKey(target));
  };
  metadata.add_table("product_tags", part("product_id", "products.id"), part("tag_id", "tags.id"));
}

// The tree comes in by its root: shared pointers bring what they own.
void fill_catalog(declorm::Session &session) {
  const auto category = [](const char *name) {
    auto made = std::make_shared<Category>();
    made->name = name;
    return made;
  };
  const auto goods = category("goods"), food = category("food"), fruit = category("fruit"),
             tools = category("tools");
  goods->children = {food, tools};
  fruit->parent = food;
  food->children = {fruit};
  session.add(goods);
  const auto product = [&](const char *name, std::int64_t cents, Category &in) -> Product & {
    Product &made = session.add(Product{.name = name, .cents = cents});
    made.category = &in;
    return made;
  };
  Product &apple = product("apple", 40, *fruit), &pear = product("pear", 60, *fruit),
          &saw = product("saw", 1900, *tools), &bread = product("bread", 350, *food);
  Tag &green = session.add(Tag{.name = "green"}), &sharp = session.add(Tag{.name = "sharp"});
  apple.tags = {&green};
  green.products = {&pear};
  saw.tags.insert(&sharp);
  static_cast<void>(bread);
}

static void show_tree(const Category &category, int depth) {
  std::cout << std::string(std::size_t(2 * depth), ' ') << category.name;
  if (const std::shared_ptr<Category> parent = category.parent.lock())
    std::cout << " in " << parent->name;
  for (const Product *product : category.products)
    std::cout << ", " << product->name;
  std::cout << std::endl;
  for (const std::shared_ptr<Category> &child : category.children)
    show_tree(*child, depth + 1);
}

static void show_tags(declorm::Session &session) {
  for (const Tag &tag :
       session.query<Tag>().order_by(col<&Tag::id>).options(selectinload<&Tag::products>())) {
    std::cout << tag.name << ":";
    for (const Product *product : tag.products)
      std::cout << ' ' << product->name;
    std::cout << std::endl;
  }
}

static Category &named_category(declorm::Session &session, const char *name) {
  return session.query<Category>().filter(col<&Category::name> == name).one();
}
static Product &named_product(declorm::Session &session, const char *name) {
  return session.query<Product>().filter(col<&Product::name> == name).one();
}

static void show_whole_tree(declorm::Session &session) {
  Category &goods =
      session.query<Category>()
          .filter(col<&Category::name> == "goods")
          .options(selectinload<&Category::children>()
                       .selectinload<&Category::children>()
                       .selectinload<&Category::products>(),
                   selectinload<&Category::children>().selectinload<&Category::products>())
          .one();
  show_tree(goods, 1);
}

void show_catalog(const declorm::Engine &engine) {
  {
    heading("the tree of categories");
    declorm::Session session(engine);
    const Logged log;
    show_whole_tree(session);
  }
  {
    heading("tags, and products with their tags");
    declorm::Session session(engine);
    const Logged log;
    show_tags(session);
    for (const Product &product :
         session.query<Product>()
             .order_by(col<&Product::name>)
             .options(declorm::joinedload<&Product::tags>(),
                      declorm::joinedload<&Product::category>().joinedload<&Category::products>()))
      std::cout << product.name << " of " << product.category->name << " beside "
                << product.category->products.size() - 1 << " with " << product.tags.size()
                << " tags" << std::endl;
  }
}

void change_catalog(const declorm::Engine &engine) {
  {
    heading("tools go under food, fruit goes to goods");
    declorm::Session session(engine);
    Category &food = named_category(session, "food"), &goods = named_category(session, "goods");
    const Logged log;
    session.load(goods, &Category::children);
    session.load(food, &Category::children);
    const std::shared_ptr<Category> fruit = food.children.front(), tools = goods.children.back();
    fruit->parent = goods.children.front()->parent;
    goods.children.pop_back();
    food.children.push_back(tools);
    session.commit();
    show_whole_tree(session);
  }
  {
    heading("tags: append to a list never loaded, take out, replace");
    declorm::Session session(engine);
    Product &bread = named_product(session, "bread"), &saw = named_product(session, "saw"),
            &pear = named_product(session, "pear"), &apple = named_product(session, "apple");
    Tag &green = *session.get<Tag>(1), &sharp = *session.get<Tag>(2);
    const Logged log;
    green.products.push_back(&bread);
    session.load(pear, &Product::tags);
    pear.tags.erase(&green);
    session.set(saw, &Product::tags, {&green});
    session.flush();
    std::cout << green.products.size()
              << " shown, loaded: " << session.is_loaded(green, &Tag::products) << std::endl;
    session.load(green, &Tag::products);
    for (const Product *product : green.products)
      std::cout << "  " << product->name << std::endl;
    session.load(apple, &Product::tags);
    apple.tags.swap(pear.tags); // pear has none
    session.set(sharp, &Tag::products, {&saw, &pear});
    session.commit();
    show_tags(session);
  }
}

void remove_from_catalog(const declorm::Engine &engine) {
  {
    heading("food is taken out of the tree, and all below it; products stay, in no category");
    declorm::Session session(engine);
    Category &goods = named_category(session, "goods");
    session.load(goods, &Category::children);
    const Logged log;
    goods.children.pop_front();
    session.commit();
    show_rows(session, "SELECT name, category_id FROM products ORDER BY 1");
  }
  {
    heading("a product goes with its tags' rows, not with its tags");
    declorm::Session session(engine);
    Product &pear = named_product(session, "pear");
    Tag &green = *session.get<Tag>(1);
    session.load(green, &Tag::products);
    const Logged log;
    session.delete_(pear);
    session.flush();
    std::cout << green.products.size() << " are green" << std::endl;
    session.commit();
  }
  {
    heading("a product that was ordered cannot go");
    declorm::Session session(engine);
    Product &saw = named_product(session, "saw");
    const Logged log;
    session.delete_(saw);
    try {
      session.commit();
    } catch (const declorm::IntegrityError &error) {
      std::cout << test::portable(error.what()) << std::endl;
    }
    session.rollback();
    std::cout << "it is there: " << session.contains(saw) << std::endl;
    show_tags(session);
  }
}

} // namespace shop
