# The Debian package: `cpack -G DEB` in the build folder makes declorm_VERSION_ARCHITECTURE.deb.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME declorm)
set(CPACK_PACKAGE_VENDOR declorm)
set(CPACK_PACKAGE_CONTACT "The declorm developers <declorm@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Object-relational mapping for annotated C++ classes")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
# PostgreSQL's driver is a package of its own, so that the other one needs no libpq.
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_UNSPECIFIED_PACKAGE_NAME declorm)
set(CPACK_DEBIAN_POSTGRESQL_PACKAGE_NAME declorm-postgresql)
set(CPACK_DEBIAN_POSTGRESQL_PACKAGE_DEPENDS "declorm (= ${PROJECT_VERSION})")
set(CPACK_DEBIAN_POSTGRESQL_DESCRIPTION "PostgreSQL's driver for declorm
The module that URLs which begin with postgresql:// load.")
set(CPACK_DEBIAN_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"A Clang plugin and a runtime library. Classes that bear annotations have tables,
sessions and queries; their mistakes are errors of the compiler. With the checker
declorm-check, headers, CMake and pkg-config files.")
# The libraries, by what the files need; and the very compiler that the plugin was built for.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS "${CMAKE_LIBRARY_OUTPUT_DIRECTORY}") # the runtime is ours
execute_process(COMMAND dpkg-query -W "-f=\${Version}" clang-${LLVM_VERSION_MAJOR}
  OUTPUT_VARIABLE clang_package ERROR_QUIET RESULT_VARIABLE no_clang_package)
if(no_clang_package)
  set(CPACK_DEBIAN_PACKAGE_DEPENDS "clang-${LLVM_VERSION_MAJOR}")
else()
  set(CPACK_DEBIAN_PACKAGE_DEPENDS "clang-${LLVM_VERSION_MAJOR} (= ${clang_package})")
endif()
# The static library needs the one, <declorm/json.h> the other.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS libsqlite3-dev)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS nlohmann-json3-dev)
include(CPack)
