'use client'
import { alertsMessages, alertsWork } from '@opsflow/capabilities/alerts/web'
import { checklistsWork, doingMessages } from '@opsflow/capabilities/checklists/web'
import { evidenceWork, retakeMessages } from '@opsflow/capabilities/evidence/web'
import { findingsMessages, findingsWork } from '@opsflow/capabilities/findings/web'
import { processesMessages, processesWork } from '@opsflow/capabilities/processes/web'
import { tasksWork } from '@opsflow/capabilities/tasks/web'
import { temperatureWork } from '@opsflow/capabilities/temperature/web'
import type { MutationResult, SentMutation } from '@opsflow/platform/sync'
import type { WorkWords } from '@opsflow/platform/web'
import { MoreWords } from '@opsflow/platform/web'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { attentionMessages } from './messages.ts'

/** Who speaks about what: the first word of a mutation's name is its capability. */
const speakers: Record<string, WorkWords> = {
  temperature: temperatureWork,
  tasks: tasksWork,
  checklists: checklistsWork,
  alerts: alertsWork,
  findings: findingsWork,
  processes: processesWork,
  evidence: evidenceWork,
}

const own = (words: ReactNode) => <MoreWords of={attentionMessages}>{words}</MoreWords>

/** These bring their words with them: only few pages have them. */
const broughtAlong = new Map([
  [alertsWork, alertsMessages],
  [processesWork, processesMessages],
  [evidenceWork, retakeMessages],
  [checklistsWork, doingMessages],
  [findingsWork, findingsMessages],
])
function spoken(speaker: WorkWords, words: ReactNode) {
  const messages = broughtAlong.get(speaker)
  return messages ? <MoreWords of={messages}>{words}</MoreWords> : words
}

const speakerOf = (name: string) => speakers[name.split('.')[0] ?? '']

/** What was done, in the words of whoever did it. */
export function WorkText({ mutation }: { mutation: SentMutation }) {
  const speaker = speakerOf(mutation.name)
  return speaker ? spoken(speaker, <speaker.Text mutation={mutation} />) : own(<Unknown />)
}

function Unknown() {
  return useTranslations('app.attention')('unknownWork')
}

/** Why the server did not do it. */
export const WorkReason = (told: { mutation: SentMutation; result: MutationResult }) => own(<Reason {...told} />)

function Reason({ mutation, result }: { mutation: SentMutation; result: MutationResult }) {
  const t = useTranslations('app.attention')
  const speaker = speakerOf(mutation.name)
  if (result.outcome === 'quarantined') return t('quarantinedText')
  if (result.code === 'not_found') return t('goneText')
  if (result.code === 'forbidden') return t('forbiddenText')
  return speaker ? spoken(speaker, <speaker.Reason result={result} />) : (result.detail ?? t('noReason'))
}

export const fixOf = (mutation: SentMutation) => speakerOf(mutation.name)?.fixOf(mutation)
