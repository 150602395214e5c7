// Who may import whom. Each rule is one sentence of the house; plants.ts holds a violation of each that must be caught.
const TEST = '[.]test[.]tsx?$'
/** Pure words and rules: files at the top of the platform or of a capability, its decoders of payloads and its library of templates. */
const CORE = '^(platform/[^/]+|capabilities/[^/]+/((decoders|library)/)?[^/]+)[.]tsx?$'
const DOOR = '^capabilities/[^/]+/((server|client|web|mobile)/)?index[.]tsx?$'
const SERVER = '^(platform|capabilities/[^/]+)/server/'
const SCREEN = '^((platform|capabilities/[^/]+)/(web|mobile)/|apps/(web|mobile)/)'
const SCREEN_TOOLING = '^apps/(web|mobile)/(e2e/|[^/]+[.]config[.][^/]+$)'
const PG = 'node_modules/pg(-pool|-cursor|-native|-promise)?/'
const TOOLING =
  '^(bench|scripts)/|[.]config[.][^/]+$|^apps/[^/]+/(e2e|test)/|for-tests[.]ts$|/vitest-global[.]ts$|^platform/server/isolation/'

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

const options = {
  doNotFollow: { path: 'node_modules' },
  exclude: { path: ['(^|/)([.]next|out|[.]data)/', 'next-env[.]d[.]ts$'] },
  tsPreCompilationDeps: true,
  preserveSymlinks: false,
  tsConfig: { fileName: 'tsconfig.base.json' },
  enhancedResolveOptions: {
    exportsFields: ['exports'],
    conditionNames: ['import', 'types', 'default'],
    extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
  },
}

module.exports = {
  options,
  forbidden: [
    rule(
      'platform-knows-no-capability',
      'The platform would survive if restaurants vanished.',
      { path: '^platform/' },
      { path: '^(capabilities|apps)/' },
    ),
    rule(
      'capability-knows-no-app',
      'Apps are composed of capabilities, never the reverse.',
      { path: '^capabilities/' },
      { path: '^apps/' },
    ),
    rule(
      'app-knows-no-app',
      'Server, web and mobile meet at the contract.',
      { path: '^apps/([^/]+)/' },
      { path: '^apps/', pathNot: '^apps/$1/' },
    ),
    rule(
      'product-knows-no-tooling',
      'What runs at a customer does not lean on benches and scripts.',
      { path: '^(platform|capabilities|apps)/', pathNot: [TEST, TOOLING] },
      { path: TOOLING, pathNot: '[.]config[.][^/]+$' },
    ),

    rule(
      'core-is-pure',
      'A pure rule imports nothing but other pure rules and zod: no runtime, no face, no library.',
      { path: CORE, pathNot: TEST },
      { pathNot: [CORE, '(^|/)node_modules/zod/'] },
    ),
    rule(
      'client-is-headless',
      'Client code draws nothing and reaches no server: the web and the native app share it.',
      { path: '/client/', pathNot: [TEST, 'for-tests[.]ts$'] },
      { path: '/(server|web|mobile)/|node_modules/(react-dom|react-native|next)/' },
    ),
    rule(
      'screens-never-touch-server',
      'Screens speak to the server through the contract.',
      { path: SCREEN, pathNot: [TEST, SCREEN_TOOLING] },
      { path: SERVER },
    ),
    rule(
      'browser-has-no-node',
      'Code that ships to a browser imports nothing of Node.',
      { path: ['/(client|web|mobile)/', CORE], pathNot: [TEST, SCREEN_TOOLING, 'for-tests[.]ts$'] },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'server-never-touches-screens',
      'The server knows the core, not who draws it.',
      { path: [SERVER, '^apps/server/'], pathNot: [TEST, TOOLING] },
      { path: '^(platform|capabilities/[^/]+)/(client|web|mobile)/' },
    ),

    rule(
      'front-door-of-capabilities',
      'Another capability is entered by the index.ts of a face (its tests by what it holds ready for tests).',
      { path: '^capabilities/([^/]+)/' },
      { path: '^capabilities/', pathNot: ['^capabilities/$1/', DOOR, 'for-tests[.]ts$'] },
    ),
    rule(
      'front-door-for-apps',
      'Apps enter a capability by the index.ts of a face; its stand-ins for tests have no face.',
      { path: '^apps/' },
      { path: '^capabilities/', pathNot: [DOOR, '[.]for-tests[.]ts$'] },
    ),
    rule(
      'front-door-of-pixels',
      'The design system has one door: platform/web.',
      { path: '^(capabilities|apps)/' },
      { path: '^platform/web/', pathNot: ['^platform/web/index[.]tsx?$', '[.]css$'] },
    ),
    rule(
      'packages-by-name',
      'Another package is imported by its name, so that its exports decide what is public.',
      { path: '^(capabilities|apps)/' },
      { path: '^platform/', dependencyTypes: ['local'] },
    ),

    rule(
      'only-the-platform-opens-pg',
      'Every statement runs under a signed tenant context; a second way to a connection would have none.',
      {
        path: '^(platform|capabilities|apps)/',
        pathNot: ['^platform/server/', '^capabilities/people/server/', TEST, TOOLING],
      },
      { path: PG },
    ),
    rule(
      'identity-is-given-its-pool',
      'The identity provider is handed a pool: it may name the type of pg, not open it.',
      { path: '^capabilities/people/server/', pathNot: TEST },
      { path: PG, dependencyTypesNot: ['type-only'] },
    ),

    rule('no-circle', 'A circle has no beginning to read from.', {}, { circular: true }),
    rule('product-knows-no-test', 'Tests know the product.', { pathNot: [TEST, TOOLING] }, { path: TEST }),
    rule('unresolvable', 'The import leads nowhere.', {}, { couldNotResolve: true }),
    rule(
      'undeclared-dependency',
      "A package is declared in its own workspace's package.json.",
      { pathNot: [TEST, TOOLING] },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
    rule(
      'tool-is-no-dependency',
      'What runs at a customer is not a development dependency.',
      { path: '^(platform|capabilities|apps)/', pathNot: [TEST, TOOLING] },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
  ],
}
