import { useSimpleWrite } from '@opsflow/platform/client/sync/use-write'
import type { z } from 'zod'
import type { alertMutators } from '../sync.ts'

type Mutators = typeof alertMutators
type Args<Name extends keyof Mutators> = z.input<Mutators[Name]['args']>

const deed = <Name extends keyof Mutators>(name: Name) => ({
  name: `alerts.${name}`,
  load: async () => (await import('../sync.ts')).alertMutators[name],
})
const same = <Input>(input: Input) => input
const deeds = { acknowledge: deed('acknowledge'), note: deed('note'), see: deed('see'), close: deed('close') }

/** What people do about matters: recorded on the device at once, network or not. */
export const useAcknowledgeMatter = () => useSimpleWrite(deeds.acknowledge, same<Args<'acknowledge'>>)
export const useNoteOnMatter = () => useSimpleWrite(deeds.note, same<Args<'note'>>)
export const useSeeMatter = () => useSimpleWrite(deeds.see, same<Args<'see'>>)
export const useCloseMatter = () => useSimpleWrite(deeds.close, same<Args<'close'>>)
