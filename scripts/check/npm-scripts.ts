import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Check, committedFiles, textOf } from './check.ts'

/** What `npm run` names is there: every script of every package begins a file that exists. */
export const npmScripts: Check = {
  name: 'npm scripts',
  look: async (root) => {
    const scripts = committedFiles(root, (file) => /(^|[/])package[.]json$/.test(file)).flatMap((file) =>
      Object.entries((JSON.parse(textOf(root, file)).scripts ?? {}) as Record<string, string>).map(
        ([name, command]) => ({ file, name, command }),
      ),
    )
    return {
      looked: scripts.length,
      at: 'scripts',
      findings: scripts.flatMap(({ file, name, command }) =>
        filesIn(command)
          .filter((begun) => !existsSync(join(root, file, '..', begun)))
          .map((begun) => `${file} script "${name}" begins ${begun}, which is not there`),
      ),
    }
  },
}

const filesIn = (command: string) => command.split(/\s+/).filter((word) => /^[\w./-]+[.](mjs|js|ts|sh)$/.test(word))
