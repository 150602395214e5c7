import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a check saw: how many things it looked at, what they are, and what is wrong, each as `file:line what`. */
export type Outcome = { looked: number; at: string; findings: string[] }

export type Check = { name: string; look: (root: string) => Promise<Outcome> }

/** Files that are or would be committed, with `/` as separator. */
export function committedFiles(root: string, wanted: (file: string) => boolean = () => true): string[] {
  const list = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  })
  if (list.status !== 0) throw new Error(`git ls-files failed in ${root}: ${list.stderr}`)
  return [...new Set(list.stdout.split('\0'))].filter((file) => file !== '' && wanted(file)).sort()
}

export const textOf = (root: string, file: string) => readFileSync(join(root, file), 'utf8')

/** Runs a tool that npm installed, with Node 24 first in its path. */
export function runTool(
  root: string,
  tool: string,
  args: string[],
): Promise<{ code: number; out: string; err: string }> {
  const bin = join(import.meta.dirname, '../../node_modules/.bin')
  return new Promise((resolve, reject) => {
    const child = spawn(join(bin, tool), args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, NO_COLOR: '1', FORCE_COLOR: '0' },
    })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk) => (out += chunk))
    child.stderr.on('data', (chunk) => (err += chunk))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, out, err }))
  })
}

/** Matches of the patterns, line by line, as findings. */
export function findLines(file: string, text: string, patterns: { pattern: RegExp; says: string }[]): string[] {
  return text.split('\n').flatMap((line, index) =>
    patterns.flatMap(({ pattern, says }) => {
      const hit = line.match(pattern)
      return hit ? [`${file}:${index + 1} ${says}: ${hit[0].trim().slice(0, 80)}`] : []
    }),
  )
}
