import { useSimpleWrite } from '@opsflow/platform/client/sync/use-write'
import type { z } from 'zod'
import type { taskMutators } from '../sync.ts'

type Mutators = typeof taskMutators
type Args<Name extends keyof Mutators> = z.input<Mutators[Name]['args']>

const deed = <Name extends keyof Mutators>(name: Name) => ({
  name: `tasks.${name}`,
  load: async () => (await import('../sync.ts')).taskMutators[name],
})

const same = <Input>(input: Input) => input
const deeds = {
  create: deed('create'),
  edit: deed('edit'),
  change: deed('change'),
  undo: deed('undo'),
  reopen: deed('reopen'),
  comment: deed('comment'),
  tick: deed('tick'),
  watch: deed('watch'),
}

/** What people do about tasks: recorded on the device at once, network or not. */
export const useCreateTask = () => useSimpleWrite(deeds.create, same<Args<'create'>>)
export const useEditTask = () => useSimpleWrite(deeds.edit, same<Args<'edit'>>)
export const useChangeTask = () => useSimpleWrite(deeds.change, same<Args<'change'>>)
export const useUndoTask = () => useSimpleWrite(deeds.undo, same<Args<'undo'>>)
export const useReopenTask = () => useSimpleWrite(deeds.reopen, same<Args<'reopen'>>)
export const useCommentOnTask = () => useSimpleWrite(deeds.comment, same<Args<'comment'>>)
export const useTickStep = () => useSimpleWrite(deeds.tick, same<Args<'tick'>>)
export const useWatchTask = () => useSimpleWrite(deeds.watch, same<Args<'watch'>>)
