import { mkdirSync, mkdtempSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { lawful, plants } from './plants.ts'

/** Builds the lawful house with every plant in a temporary folder, on the packages installed here. */
export function housePlanted(root: string): string {
  const house = realpathSync(mkdtempSync(join(tmpdir(), 'opsflow-arrows-')))
  const put = (file: string, text: string) => {
    mkdirSync(dirname(join(house, file)), { recursive: true })
    writeFileSync(join(house, file), text)
  }
  for (const [file, text] of Object.entries(lawful)) put(file, text)
  for (const { file, text, beside } of plants) {
    if (text !== undefined) put(file, text)
    for (const [other, otherText] of Object.entries(beside ?? {})) put(other, otherText)
  }
  linkPackages(join(root, 'node_modules'), join(house, 'node_modules'))
  return house
}

/** Third-party packages come from the real house; our own from the planted one. */
function linkPackages(installed: string, planted: string) {
  mkdirSync(join(planted, '@opsflow'), { recursive: true })
  for (const name of readdirSync(installed)) {
    if (!name.startsWith('.') && name !== '@opsflow')
      symlinkSync(join(installed, name), join(planted, name), 'junction')
  }
  for (const name of ['platform', 'capabilities']) {
    symlinkSync(join(planted, '../', name), join(planted, '@opsflow', name), 'junction')
  }
}
