'use client'
import { useRow } from '@opsflow/platform/client/sync/use-replica'
import type { WorkWords } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import type { Probe } from '../probe.ts'
import type { Process } from '../process.ts'
import { PROBE, PROCESS } from '../sync-entities.ts'
import { useProcessReason } from './refusal-text.tsx'

type Args = Partial<Record<'id' | 'processId' | 'probeId' | 'product' | 'value' | 'unit', string>>
const kinds = ['start', 'read', 'correct', 'note', 'finish', 'verify', 'calibrate'] as const

/** What was done with a food process, where it waits to be sent or was not done. */
export const processesWork: WorkWords = {
  Text({ mutation }) {
    const t = useTranslations('processes.work')
    const { id, processId, probeId, product, value, unit } = mutation.args as Args
    const process = useRow<Process>(PROCESS, processId ?? id ?? '')
    const probe = useRow<Probe>(PROBE, probeId ?? '')
    const kind = kinds.find((one) => mutation.name === `processes.${one}`) ?? 'note'
    const name = kind === 'calibrate' ? probe?.name : (process?.product ?? product)
    return t(kind, { name: name ?? t('gone'), value: `${value ?? ''} °${unit ?? ''}` })
  },
  Reason({ result: { code, detail } }) {
    return useProcessReason()(code, detail)
  },
  fixOf({ name, uid, args }) {
    const { processId } = args as Args
    if (name === 'processes.start') return `/processes/begin?mend=${uid}`
    return processId && name === 'processes.read' ? `/processes/one?id=${processId}&mend=${uid}` : undefined
  },
}
