// main.cpp: a shop's program: its tables, and what is done with them in turn.
#include "program.h"

#include "../../Inputs/database.h"

void show_rows(declorm::Session &session, std::string_view sql) {
  for (const declorm::Row &row : session.execute(sql)) {
    std::cout << " ";
    for (std::size_t i = 0; i != row.size(); ++i)
      std::cout << ' ' << row[i].to_string();
    std::cout << std::endl;
  }
}

static void show_all_rows(const declorm::Engine &engine) {
  declorm::Session session(engine);
  for (const declorm::Table *table : declorm::metadata().sorted_tables()) {
    std::cout << table->name() << std::endl;
    show_rows(session, "SELECT * FROM " + table->name() + " ORDER BY 1, 2");
  }
}

int main(int argc, char **) {
  shop::make_product_tags(declorm::metadata());
  if (argc > 1) {
    for (const declorm::Table *table : declorm::metadata().sorted_tables())
      std::cout << declorm::create_sql(*table, declorm::dialect("sqlite")) << std::endl;
    return 0;
  }
  declorm::EngineOptions options;
  options.echo = true;
  options.logger = [](std::string_view line) {
    const bool is_own = line.starts_with("RETURNING "); // each database's way to give keys back
    if (Logged::on && !is_own)
      std::cout << "    " << test::portable(line) << std::endl;
  };
  const declorm::Engine engine = test::open_database(std::move(options));
  declorm::metadata().create_all(engine);
  {
    declorm::Session session(engine);
    heading("fill");
    const Logged log;
    people::fill(session);
    shop::fill_catalog(session);
    shop::fill_orders(session);
    std::cout << "the rest:" << std::endl;
    session.commit();
  }
  heading("rows");
  show_all_rows(engine);
  people::show(engine);
  shop::show_catalog(engine);
  shop::show_orders(engine);
  people::change(engine);
  shop::change_catalog(engine);
  shop::change_orders(engine);
  heading("rows after the changes");
  show_all_rows(engine);
  people::remove(engine);
  shop::remove_from_catalog(engine);
  shop::remove_orders(engine);
  heading("rows at the end");
  show_all_rows(engine);
}
