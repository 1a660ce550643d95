// What the program does with its model.
#ifndef QUICKSTART_BLOG_H
#define QUICKSTART_BLOG_H

#include <declorm/declorm.h>

#include <string>

namespace blog {

void fill(const declorm::Engine &engine);
void report(const declorm::Engine &engine);
void rename(const declorm::Engine &engine, const std::string &from, const std::string &to);

} // namespace blog

#endif // QUICKSTART_BLOG_H
