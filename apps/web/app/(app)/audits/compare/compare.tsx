import { CompareScreen, doingMessages } from '@opsflow/capabilities/checklists/web'
import { MoreWords } from '@opsflow/platform/web'

/** Two audits side by side, with the words of what was answered. */
export default function Compare(props: { one: string; other: string }) {
  return (
    <MoreWords of={doingMessages}>
      <CompareScreen {...props} />
    </MoreWords>
  )
}
