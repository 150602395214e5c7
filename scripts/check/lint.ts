import { type Check, runTool } from './check.ts'

export const lint: Check = {
  name: 'lint and format',
  look: async (root) => {
    const { code, out, err } = await runTool(root, 'biome', [
      'check',
      '--error-on-warnings',
      '--max-diagnostics=40',
      '.',
    ])
    const looked = Number(/Checked (\d+) files?/.exec(`${out}${err}`)?.[1] ?? 0)
    return { looked, at: 'files', findings: code === 0 ? [] : [`${err}${out}`.trim()] }
  },
}
