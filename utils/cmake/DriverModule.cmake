# add_declorm_driver(NAME SOURCE…): the target declorm_NAME, which is the driver module libdeclorm_NAME.so.
# runtime/engine/driver_module.h says what one is.
function(add_declorm_driver name)
  add_library(declorm_${name} MODULE ${ARGN})
  target_compile_definitions(declorm_${name} PRIVATE DECLORM_VERSION="${PROJECT_VERSION}")
  target_compile_options(declorm_${name} PRIVATE ${DECLORM_SANITIZE_FLAGS})
  target_link_options(declorm_${name} PRIVATE ${DECLORM_SANITIZE_FLAGS})
  if(NOT DECLORM_SANITIZE) # whose functions are the program's
    target_link_options(declorm_${name} PRIVATE -Wl,-z,defs)
  endif()
  target_link_libraries(declorm_${name} PRIVATE declorm_warnings declorm)
endfunction()
