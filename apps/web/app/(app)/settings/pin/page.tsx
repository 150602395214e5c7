'use client'
import { kiosksMessages, OwnPinScreen } from '@opsflow/capabilities/kiosks/web'
import { MoreWords } from '@opsflow/platform/web'

export default function PinPage() {
  return (
    <MoreWords of={kiosksMessages}>
      <OwnPinScreen />
    </MoreWords>
  )
}
