# What is installed and where: headers, runtime, plugin, the tools, the CMake package and the pkg-config
# files. Nothing installed holds the prefix, so that it may be moved.
include(CMakePackageConfigHelpers)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/declorm")

install(DIRECTORY include/declorm DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" FILES_MATCHING PATTERN "*.h")
install(TARGETS declorm EXPORT declormTargets
  RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}")
install(TARGETS declorm_plugin EXPORT declormTargets LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}")
set_target_properties(declorm_plugin PROPERTIES EXPORT_NAME plugin)
# A set of its own: it alone needs the SQLite and thread packages.
install(TARGETS declorm_static EXPORT declormStaticTargets ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
set_target_properties(declorm_static PROPERTIES EXPORT_NAME static OUTPUT_NAME declorm)
if(TARGET declorm_postgresql)
  install(TARGETS declorm_postgresql LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT postgresql)
  set_target_properties(declorm_postgresql PROPERTIES INSTALL_RPATH "$ORIGIN")
  install(FILES "${CMAKE_LIBRARY_OUTPUT_DIRECTORY}/libdeclorm_postgres.so" # a link
    DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT postgresql)
endif()
if(TARGET declorm-check)
  install(TARGETS declorm-check RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
endif()

# `-fplugin=declorm` reaches dlopen unchanged, which looks for a file of exactly that name.
set(link_dir "${CMAKE_BINARY_DIR}/plugin-link")
file(MAKE_DIRECTORY "${link_dir}")
file(CREATE_LINK declorm.so "${link_dir}/declorm" SYMBOLIC)
install(FILES "${link_dir}/declorm" DESTINATION "${CMAKE_INSTALL_LIBDIR}")

foreach(set declormTargets declormStaticTargets)
  install(EXPORT ${set} NAMESPACE declorm:: DESTINATION "${package_dir}")
endforeach()
configure_package_config_file(utils/cmake/declormConfig.cmake.in "${CMAKE_BINARY_DIR}/declormConfig.cmake"
  INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file("${CMAKE_BINARY_DIR}/declormConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES "${CMAKE_BINARY_DIR}/declormConfig.cmake" "${CMAKE_BINARY_DIR}/declormConfigVersion.cmake"
  DESTINATION "${package_dir}")

# From <libdir>/pkgconfig back to the prefix.
file(RELATIVE_PATH pkgconfig_to_prefix
  "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig" "${CMAKE_INSTALL_PREFIX}")
foreach(file declorm declorm-runtime)
  configure_file("utils/cmake/${file}.pc.in" "${CMAKE_BINARY_DIR}/${file}.pc" @ONLY)
  install(FILES "${CMAKE_BINARY_DIR}/${file}.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
endforeach()

add_custom_target(uninstall
  COMMAND "${CMAKE_COMMAND}" "-DMANIFEST=${CMAKE_BINARY_DIR}/install_manifest.txt"
          -P "${CMAKE_SOURCE_DIR}/utils/cmake/Uninstall.cmake" VERBATIM USES_TERMINAL)
include("${CMAKE_CURRENT_LIST_DIR}/Package.cmake")
