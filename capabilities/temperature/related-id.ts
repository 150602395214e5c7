/** Whatever this is exclusive-or-ed with, the version and the variant of the UUID stay. */
const CORRECTIVE_ACTION = '00000000-0000-0000-0c0a-c7104ac7101e'

/**
 * The corrective action that a reading by hand opens has an id that follows from the reading's: a device that records
 * the one offline can answer the other in the same queue, and a reading never opens two.
 */
export function correctiveActionIdOf(logId: string): string {
  let id = ''
  for (let i = 0; i < logId.length; i++) {
    const [ours, mask] = [logId.charAt(i), CORRECTIVE_ACTION.charAt(i)]
    id += ours === '-' ? '-' : (Number.parseInt(ours, 16) ^ Number.parseInt(mask, 16)).toString(16)
  }
  return id
}
