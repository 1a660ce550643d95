// Uses a model that another translation unit registers: this one is compiled without the plugin.
#ifndef BLOG_IMPORTED
#include "blog.h"
#endif
#include <declorm/declorm.h>
#include <iostream>

int main() {
  // CHECK: table posts: id revision title stars language
  const declorm::Engine engine = declorm::create_engine("sqlite://");
  for (declorm::Table *table : declorm::metadata().sorted_tables()) {
    std::cout << "table " << table->name() << ':';
    for (const declorm::Column *column : table->columns())
      std::cout << ' ' << column->name();
    std::cout << std::endl;
  }
  declorm::metadata().create_all(engine);
  {
    declorm::Session session(engine);
    session.add(blog::Post("first", 5));
    session.add(blog::Post("second", 3));
    session.commit();
  }
  // CHECK: 1 1 first 5 en
  // CHECK-NEXT: 2 1 second 3 en
  declorm::Session session(engine);
  for (const blog::Post &post : session.query<blog::Post>())
    std::cout << post.id << ' ' << post.revision << ' ' << post.title() << ' ' << post.stars() << ' '
              << post.language().value_or("none") << std::endl;
}
