import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A temporary git tree of these files, for a check to look at; gone when `work` ends. */
export async function inPlantedTree<T>(files: Record<string, string>, work: (root: string) => Promise<T>): Promise<T> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'opsflow-planted-')))
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, file)), { recursive: true })
      writeFileSync(join(root, file), text)
    }
    execFileSync('git', ['init', '-q'], { cwd: root })
    return await work(root)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}
