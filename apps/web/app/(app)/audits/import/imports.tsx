import { ImportAuditsScreen, importsMessages } from '@opsflow/capabilities/imports/web'
import { MoreWords } from '@opsflow/platform/web'

/** The import of audits with its words. */
export default function Imports() {
  return (
    <MoreWords of={importsMessages}>
      <ImportAuditsScreen />
    </MoreWords>
  )
}
