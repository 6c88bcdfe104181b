const NPM_OWN = /^npm_(config|package|lifecycle)_/i;
const KEPT = /^npm_config_(registry|cache|userconfig|cafile|https?_proxy|proxy|noproxy)$/i;

/**
 * The environment without what npm exports to its scripts: a nested package manager takes `npm_config_*` for its own
 * settings. What is about reaching the registry stays.
 */
export function cleanEnvironment(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !NPM_OWN.test(name) || KEPT.test(name)));
}
