import {
  haccpMessages,
  PlanList,
  PlanScreen,
  PlansScreen,
  RevisionScreen,
  WriteScreen,
} from '@opsflow/capabilities/haccp/web'
import { MoreWords } from '@opsflow/platform/web'
import { useGo } from '../../../../shell/links.tsx'

type At = { page: 'list' | 'tab'; locationId: string | undefined } | { page: 'plan' | 'write' | 'revision'; id: string }

/** The screens of HACCP plans with their words. */
export default function Plans({ at }: { at: At }) {
  return (
    <MoreWords of={haccpMessages}>
      <Screen at={at} />
    </MoreWords>
  )
}

function Screen({ at }: { at: At }) {
  const go = useGo()
  const write = (id: string) => go.to(`/audits/haccp/write?id=${id}`)
  switch (at.page) {
    case 'list':
      return <PlansScreen locationId={at.locationId} onBegun={write} />
    case 'tab':
      return <PlanList locationId={at.locationId} onBegun={write} />
    case 'plan':
      return <PlanScreen key={at.id} id={at.id} />
    case 'write':
      return <WriteScreen key={at.id} id={at.id} onSigned={(id) => go.to(`/audits/haccp/plan?id=${id}`)} />
    case 'revision':
      return <RevisionScreen key={at.id} id={at.id} />
  }
}
