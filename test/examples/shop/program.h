// program.h: what the four parts of the program share.
#pragma once

#include "../../Inputs/portable.h"

#include <declorm/declorm.h>
#include <iostream>
#include <string_view>

inline std::ostream &heading(std::string_view text) {
  return std::cout << "== " << text << std::endl;
}

/// The statements that are sent meanwhile are printed.
struct Logged {
  Logged() { on = true; }
  ~Logged() { on = false; }
  static inline bool on = false;
};

/// The rows of a query in raw SQL.
void show_rows(declorm::Session &session, std::string_view sql);

namespace people {
void fill(declorm::Session &session);
void show(const declorm::Engine &engine);
void change(const declorm::Engine &engine);
void remove(const declorm::Engine &engine);
} // namespace people

namespace shop {
void make_product_tags(declorm::MetaData &metadata);
void fill_catalog(declorm::Session &session);
void show_catalog(const declorm::Engine &engine);
void change_catalog(const declorm::Engine &engine);
void remove_from_catalog(const declorm::Engine &engine);

void fill_orders(declorm::Session &session);
void show_orders(const declorm::Engine &engine);
void change_orders(const declorm::Engine &engine);
void remove_orders(const declorm::Engine &engine);
} // namespace shop
