import type { Replica } from '@opsflow/platform/client/sync/replica'

/** Everything this device still owes, as a file in the person's own hands. */
export async function saveUnsent(replica: Pick<Replica, 'exportUnsent'>) {
  const file = new Blob([await replica.exportUnsent()], { type: 'application/json' })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = `opsflow-unsent-${new Date().toISOString().slice(0, 16).replaceAll(':', '')}.json`
  link.click()
  URL.revokeObjectURL(link.href)
}
