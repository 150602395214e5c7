'use client'
import { OwnPinScreen } from '@opsflow/capabilities/kiosks/web'

export default OwnPinScreen
