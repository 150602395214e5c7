import {
  BeginScreen,
  ProbesScreen,
  ProcessesScreen,
  ProcessScreen,
  processesMessages,
} from '@opsflow/capabilities/processes/web'
import { MoreWords } from '@opsflow/platform/web'
import { useGo } from '../../../shell/links.tsx'

type At = { page: 'list' | 'new' | 'probes'; locationId: string | undefined } | { page: 'one'; id: string }

/** The screens of food processes with their words. */
export default function Processes({ at }: { at: At }) {
  return (
    <MoreWords of={processesMessages}>
      <Screen at={at} />
    </MoreWords>
  )
}

function Screen({ at }: { at: At }) {
  const go = useGo()
  switch (at.page) {
    case 'list':
      return <ProcessesScreen locationId={at.locationId} />
    case 'one':
      return <ProcessScreen key={at.id} id={at.id} back="/processes" />
    case 'probes':
      return <ProbesScreen locationId={at.locationId} back="/processes" />
    case 'new':
      return (
        <BeginScreen locationId={at.locationId} back="/processes" onBegun={(id) => go.to(`/processes/one?id=${id}`)} />
      )
  }
}
