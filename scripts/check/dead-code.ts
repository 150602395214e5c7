import { join } from 'node:path'
import { type Check, runTool } from './check.ts'

/** Files nothing reaches, exports nobody imports, packages nobody uses. What counts as an entry stands in knip.json. */
export const deadCode: Check = {
  name: 'dead code',
  look: async (root) => {
    const reporter = join(import.meta.dirname, 'knip-reporter.mjs')
    const { out, err } = await runTool(root, 'knip', ['--no-exit-code', '--no-progress', '--reporter', reporter])
    const report = out.slice(out.lastIndexOf('{"looked"'))
    if (!report.startsWith('{')) throw new Error(`knip gave no report: ${out}${err}`)
    return { at: 'files', ...(JSON.parse(report) as { looked: number; findings: string[] }) }
  },
}
