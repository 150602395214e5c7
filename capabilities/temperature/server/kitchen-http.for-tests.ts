import { evidenceImplementations, filesOfEvidence } from '@opsflow/capabilities/evidence/server'
import { taskImplementations } from '@opsflow/capabilities/tasks/server'
import { emptyFolder } from '@opsflow/platform/server/files/folder.for-tests'
import { folderStorage } from '@opsflow/platform/server/files/folder-storage'
import { serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { importRunner, temperatureImplementations } from './index.ts'
import type { Kitchen } from './kitchen.for-tests.ts'

export type { Ask } from '@opsflow/platform/server/http/serve.for-tests'

/** The real API over the kitchen. */
export async function serveKitchen({ database, months }: Kitchen) {
  const imports = importRunner({ database, months }, { error: () => undefined })
  const files = filesOfEvidence({ storage: folderStorage(emptyFolder()), database, quotaBytes: 1e9 })
  const implementations = [
    ...temperatureImplementations({
      months,
      imports,
      signatures: { demand: async () => undefined },
    }),
    ...taskImplementations(),
    ...evidenceImplementations(files, { clientOf: async () => undefined }),
  ]
  const { ask, close } = await serveForTests(implementations, database)
  return { ask, imports, close: () => imports.idle().then(close) }
}
