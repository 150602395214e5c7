import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder of its own for the files of a test, gone with its process. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'opsflow-files-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}
