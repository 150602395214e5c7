import { relative } from 'node:path'
import { type Check, committedFiles, runTool } from './check.ts'

/** A runtime's types: what its files may see (DOM, Node, neither) is decided by its tsconfig. */
type Face = { name: string; config: string; owns: (file: string) => boolean }

const isTest = (file: string) => /[.](test|for-tests)[.]tsx?$/.test(file)
const inFace = (face: string) => (file: string) => new RegExp(`^(platform|capabilities/[^/]+)/${face}/`).test(file)
const inClient = inFace('client')
const inWeb = inFace('web')

/** The first face that owns a file is the one that must have compiled it. */
const faces: Face[] = [
  { name: 'browser tests', config: 'apps/web/e2e/tsconfig.json', owns: (file) => file.startsWith('apps/web/e2e/') },
  {
    name: 'service worker',
    config: 'apps/web/worker/tsconfig.json',
    owns: (file) => file.startsWith('apps/web/worker/'),
  },
  { name: 'web app', config: 'apps/web/tsconfig.json', owns: (file) => file.startsWith('apps/web/') },
  {
    name: 'screen tests',
    config: 'tsconfig.test.json',
    owns: (file) => isTest(file) && (inClient(file) || (inWeb(file) && !file.includes('.for-tests.'))),
  },
  { name: 'web', config: 'tsconfig.web.json', owns: inWeb },
  { name: 'client', config: 'tsconfig.client.json', owns: inClient },
  {
    name: 'core',
    config: 'tsconfig.core.json',
    owns: (file) => !/[.]test[.]/.test(file) && /^(platform|capabilities\/[^/]+)\/[^/]+$/.test(file),
  },
  { name: 'server', config: 'tsconfig.server.json', owns: () => true },
]

const ownerOf = (file: string) => faces.find((face) => face.owns(file))

export const typesOfEveryFace: Check[] = faces.map(typesOf)

function typesOf(face: Face): Check {
  return {
    name: `types: ${face.name}`,
    look: async (root) => {
      const { code, out, err } = await runTool(root, 'tsc', ['-p', face.config, '--listFiles', '--pretty', 'false'])
      const lines = out.split('\n').filter((line) => line !== '')
      const compiled = new Set(lines.map((line) => relative(root, line).replaceAll('\\', '/')))
      const errors = lines.filter((line) => line.includes('error TS'))
      const owned = committedFiles(root, (file) => /[.]tsx?$/.test(file) && ownerOf(file) === face)
      const uncovered = owned.filter((file) => !compiled.has(file))
      const broken = code !== 0 && errors.length === 0 ? [`tsc ended with ${code}: ${out}${err}`] : []
      return {
        looked: owned.length - uncovered.length,
        at: 'files',
        findings: [...errors, ...broken, ...uncovered.map((file) => `${file} is not compiled by ${face.config}`)],
      }
    },
  }
}
