/**
 * The package's main file is CommonJS that Node takes for a module; its module file has the same exports and no
 * types.
 */
declare module 'wgsl_reflect/wgsl_reflect.module.js' {
  export * from 'wgsl_reflect';
}
