/**
 * A small lawful house, and one violation of every rule. The check cruises them together: each plant must be caught
 * by the rule it names, and the lawful files by none. So a rule that has gone blind turns the check red.
 */
export const lawful: Record<string, string> = {
  'package.json': JSON.stringify({
    name: 'planted',
    type: 'module',
    workspaces: ['platform', 'capabilities', 'apps/*'],
    devDependencies: { vitest: '5.1.1' },
  }),
  'tsconfig.base.json': JSON.stringify({
    compilerOptions: { module: 'preserve', moduleResolution: 'bundler', allowImportingTsExtensions: true },
  }),
  'platform/package.json': JSON.stringify({
    name: '@opsflow/platform',
    type: 'module',
    exports: {
      './server/*': './server/*.ts',
      './client/*': './client/*.ts',
      './web': './web/index.ts',
      './*': './*.ts',
    },
    dependencies: { pg: '8.23.1', zod: '4.6.7' },
  }),
  'platform/word.ts': "import { z } from 'zod'\nexport const Word = z.string()\n",
  'platform/server/tenant.ts':
    "import pg from 'pg'\nimport { Word } from '../word.ts'\nexport const open = () => [pg, Word]\n",
  'platform/server/tenant.test.ts':
    "import { test } from 'vitest'\nimport { open } from './tenant.ts'\ntest('opens', open)\n",
  'platform/client/api.ts': "import { Word } from '../word.ts'\nexport const api = Word\n",
  'platform/web/index.ts': "export { button } from './button.ts'\n",
  'platform/web/button.ts': "import { api } from '../client/api.ts'\nexport const button = api\n",
  'capabilities/package.json': JSON.stringify({
    name: '@opsflow/capabilities',
    type: 'module',
    exports: { './*/server': './*/server/index.ts', './*/web': './*/web/index.ts', './*': './*/index.ts' },
    dependencies: { '@opsflow/platform': '0.1.0', pg: '8.23.1', zod: '4.6.7' },
  }),
  'capabilities/tasks/index.ts': "export { task } from './task.ts'\n",
  'capabilities/tasks/task.ts': "import { Word } from '@opsflow/platform/word'\nexport const task = Word\n",
  'capabilities/tasks/server/index.ts': "export { openTask } from './store.ts'\n",
  'capabilities/tasks/server/store.ts':
    "import { open } from '@opsflow/platform/server/tenant'\nexport const openTask = open\n",
  'capabilities/people/index.ts': 'export const person = 1\n',
  'capabilities/people/server/index.ts':
    "import type { Pool } from 'pg'\nexport const identity = (pool: Pool) => pool\n",
  // A test may use a capability that uses its own.
  'capabilities/tasks/server/store.test.ts':
    "import { task } from '@opsflow/capabilities/cooling'\nimport { openTask } from './store.ts'\nopenTask(task)\n",
  'capabilities/cooling/index.ts': "export { task } from '@opsflow/capabilities/tasks'\n",
  'capabilities/cooling/web/index.ts':
    "import { button } from '@opsflow/platform/web'\nimport '../index.ts'\nexport const board = button\n",
  'apps/server/package.json': JSON.stringify({
    name: '@opsflow/server',
    type: 'module',
    dependencies: { '@opsflow/capabilities': '0.1.0', '@opsflow/platform': '0.1.0' },
    devDependencies: { vitest: '5.1.1' },
  }),
  'apps/server/main.ts': "import { openTask } from '@opsflow/capabilities/tasks/server'\nopenTask()\n",
  'apps/web/package.json': JSON.stringify({
    name: '@opsflow/web',
    type: 'module',
    dependencies: { '@opsflow/capabilities': '0.1.0', '@opsflow/platform': '0.1.0' },
  }),
  'apps/web/app/page.tsx': "export { board } from '@opsflow/capabilities/cooling/web'\n",
  'scripts/tool.ts': "import { readFileSync } from 'node:fs'\nexport const tool = readFileSync\n",
}

export type Plant = { rule: string; file: string; text?: string; beside?: Record<string, string> }

const imports = (...specifiers: string[]) => specifiers.map((specifier) => `import '${specifier}'\n`).join('')

export const plants: Plant[] = [
  {
    rule: 'platform-knows-no-capability',
    file: 'platform/server/planted-capability.ts',
    text: imports('../../capabilities/tasks/index.ts'),
  },
  {
    rule: 'capability-knows-no-app',
    file: 'capabilities/tasks/server/planted-app.ts',
    text: imports('../../../apps/server/main.ts'),
  },
  { rule: 'app-knows-no-app', file: 'apps/web/app/planted-app.ts', text: imports('../../server/main.ts') },
  {
    rule: 'product-knows-no-tooling',
    file: 'platform/server/planted-tooling.ts',
    text: imports('../../scripts/tool.ts'),
  },
  { rule: 'core-is-pure', file: 'platform/planted-library.ts', text: imports('pg') },
  { rule: 'core-is-pure', file: 'platform/planted-runtime.ts', text: imports('node:fs') },
  { rule: 'core-is-pure', file: 'capabilities/tasks/planted-face.ts', text: imports('./server/store.ts') },
  {
    rule: 'core-is-pure',
    file: 'capabilities/tasks/planted-type.ts',
    text: "import type { Pool } from 'pg'\nexport type X = Pool\n",
  },
  { rule: 'client-is-headless', file: 'platform/client/planted-server.ts', text: imports('../server/tenant.ts') },
  { rule: 'client-is-headless', file: 'platform/client/planted-pixels.ts', text: imports('../web/button.ts') },
  { rule: 'client-is-headless', file: 'platform/client/planted-dom.ts', text: imports('react-dom') },
  {
    rule: 'screens-never-touch-server',
    file: 'capabilities/tasks/web/planted-server.tsx',
    text: imports('../server/index.ts'),
  },
  {
    rule: 'screens-never-touch-server',
    file: 'apps/web/app/planted-server.tsx',
    text: imports('@opsflow/capabilities/tasks/server'),
  },
  { rule: 'browser-has-no-node', file: 'platform/web/planted-node.ts', text: imports('node:fs') },
  { rule: 'browser-has-no-node', file: 'capabilities/tasks/client/planted-node.ts', text: imports('node:crypto') },
  {
    rule: 'server-never-touches-screens',
    file: 'capabilities/tasks/server/planted-pixels.ts',
    text: imports('@opsflow/platform/web'),
  },
  {
    rule: 'server-never-touches-screens',
    file: 'apps/server/planted-pixels.ts',
    text: imports('@opsflow/capabilities/cooling/web'),
  },
  {
    rule: 'front-door-of-capabilities',
    file: 'capabilities/cooling/server/planted-window.ts',
    text: imports('../../tasks/server/store.ts'),
  },
  {
    rule: 'front-door-of-capabilities',
    file: 'capabilities/cooling/planted-window.ts',
    text: imports('../tasks/task.ts'),
  },
  {
    rule: 'front-door-for-apps',
    file: 'apps/server/planted-window.ts',
    text: imports('../../capabilities/tasks/server/store.ts'),
  },
  {
    rule: 'front-door-of-pixels',
    file: 'capabilities/cooling/web/planted-window.ts',
    text: imports('../../../platform/web/button.ts'),
  },
  { rule: 'packages-by-name', file: 'capabilities/tasks/planted-path.ts', text: imports('../../platform/word.ts') },
  { rule: 'only-the-platform-opens-pg', file: 'capabilities/tasks/server/planted-pg.ts', text: imports('pg') },
  { rule: 'only-the-platform-opens-pg', file: 'apps/server/planted-pg.ts', text: imports('pg') },
  { rule: 'only-the-platform-opens-pg', file: 'capabilities/tasks/server/planted-pool.ts', text: imports('pg-pool') },
  { rule: 'identity-is-given-its-pool', file: 'capabilities/people/server/planted-pg.ts', text: imports('pg') },
  {
    rule: 'no-circle-of-capabilities',
    file: 'capabilities/alpha',
    beside: {
      'capabilities/alpha/index.ts': "export { b } from '@opsflow/capabilities/beta'\nexport const a = 1\n",
      'capabilities/beta/index.ts': 'export const b = 1\n',
      'capabilities/beta/server/index.ts': "export { a } from '@opsflow/capabilities/alpha'\n",
    },
  },
  {
    rule: 'no-circle',
    file: 'platform/server/planted-circle.ts',
    text: imports('./planted-circle-back.ts'),
    beside: { 'platform/server/planted-circle-back.ts': imports('./planted-circle.ts') },
  },
  { rule: 'product-knows-no-test', file: 'platform/server/planted-test.ts', text: imports('./tenant.test.ts') },
  { rule: 'unresolvable', file: 'platform/server/planted-nowhere.ts', text: imports('./nowhere.ts') },
  { rule: 'undeclared-dependency', file: 'platform/server/planted-undeclared.ts', text: imports('express') },
  { rule: 'tool-is-no-dependency', file: 'apps/server/planted-tool.ts', text: imports('vitest') },
]
