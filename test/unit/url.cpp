// Parts of database URLs.
#include "runtime/engine/url.h"

#include "declorm/error.h"
#include <gtest/gtest.h>

using declorm::detail::parse_url;
using declorm::detail::Url;

TEST(Url, Memory) {
  const Url url = parse_url("sqlite://");
  EXPECT_EQ(url.dialect, "sqlite");
  EXPECT_FALSE(url.has_database);
  EXPECT_EQ(url.database, "");
}

TEST(Url, Paths) {
  EXPECT_EQ(parse_url("sqlite:///blog.db").database, "blog.db");
  EXPECT_EQ(parse_url("sqlite:////var/blog.db").database, "/var/blog.db");
  EXPECT_EQ(parse_url("sqlite:///a%20b%3F%25.db").database, "a b?%.db");
}

TEST(Url, Everything) {
  const Url url = parse_url("postgresql://me:s%40c:r@t@[::1]:5432/blog?a=1&b=%26");
  EXPECT_EQ(url.user, "me");
  EXPECT_EQ(url.password, "s@c:r@t");
  EXPECT_EQ(url.host, "[::1]");
  EXPECT_EQ(url.port, "5432");
  EXPECT_EQ(url.database, "blog");
  ASSERT_EQ(url.query.size(), 2U);
  EXPECT_EQ(url.query[1].second, "&");
  EXPECT_EQ(url.shown, "postgresql://me:***@[::1]:5432/blog?a=1&b=%26");
}

TEST(Url, SeveralHosts) {
  const Url url = parse_url("postgresql://me:x@a:1,[::1],b:2/blog");
  EXPECT_EQ(url.host, "a,[::1],b");
  EXPECT_EQ(url.port, "1,,2");
  EXPECT_EQ(url.shown, "postgresql://me:***@a:1,[::1],b:2/blog");
  EXPECT_EQ(parse_url("postgresql://a,b/blog").port, "");
  EXPECT_THROW(parse_url("postgresql://a,/blog"), declorm::ArgumentError);
  EXPECT_THROW(parse_url("postgresql://,a/blog"), declorm::ArgumentError);
  EXPECT_THROW(parse_url("postgresql://a:x,b/blog"), declorm::ArgumentError);
}

TEST(Url, NoPasswordToHide) {
  EXPECT_EQ(parse_url("mysql://me@host/blog").shown, "mysql://me@host/blog");
  EXPECT_EQ(parse_url("mysql://host:1/a@b").shown, "mysql://host:1/a@b");
}

TEST(Url, Refused) {
  EXPECT_THROW(parse_url("://x"), declorm::ArgumentError);
  EXPECT_THROW(parse_url("sqlite:///a%zz"), declorm::ArgumentError);
  EXPECT_THROW(parse_url("sqlite:///a%00"), declorm::ArgumentError);
  EXPECT_THROW(parse_url("sqlite:///a?=1"), declorm::ArgumentError);
}
