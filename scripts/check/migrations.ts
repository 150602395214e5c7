import { type Check, committedFiles, runTool, textOf } from './check.ts'

type Warning = { file: string; line: number; rule_name: string; message: string; help: string | null }

/** Migrations neither lock the running release out nor break it: squawk's rules and the house's own. */
export const migrations: Check = {
  name: 'migrations',
  look: async (root) => {
    const files = committedFiles(root, (file) => /^db\/migrations\/[^/]+[.]sql$/.test(file))
    if (files.length === 0) return { looked: 0, at: 'migrations', findings: [] }
    const config = `${import.meta.dirname}/squawk.toml`
    const { out, err } = await runTool(root, 'squawk', ['--config', config, '--reporter', 'json', ...files])
    if (!out.startsWith('[')) throw new Error(`squawk gave no report: ${out}${err}`)
    const warnings = JSON.parse(out) as Warning[]
    return {
      looked: files.length,
      at: 'migrations',
      findings: [
        ...warnings.map(
          ({ file, line, rule_name, message, help }) => `${file}:${line + 1} ${rule_name}: ${message} ${help ?? ''}`,
        ),
        ...misnumbered(files),
        ...files.flatMap((file) => withoutLockTimeout(file, textOf(root, file))),
      ],
    }
  },
}

/** NNNN_name.sql, each number once: one order for everyone. A number may be left out by work that never landed. */
export function misnumbered(files: string[]): string[] {
  const taken = new Map<string, string>()
  return files.flatMap((file) => {
    const [, number] = /\/(\d{4})_[a-z0-9_]+[.]sql$/.exec(file) ?? []
    if (number === undefined) return [`${file} should be named like 0042_what_it_brings.sql`]
    const first = taken.get(number)
    taken.set(number, file)
    return first === undefined ? [] : [`${file} has the number of ${first}`]
  })
}

/** A migration that waits for a lock makes everyone behind it wait; it gives up instead and is run again. */
export function withoutLockTimeout(file: string, text: string): string[] {
  const firstStatement = text
    .replace(/--.*$/gm, '')
    .replace(/\/\*.*?\*\//gs, '')
    .split(';')[0]
  return /^\s*set\s+(local\s+)?lock_timeout\s*(=|to)\s*'?[1-9]/i.test(firstStatement ?? '')
    ? []
    : [`${file}:1 begins without \`set local lock_timeout = '3s';\``]
}
