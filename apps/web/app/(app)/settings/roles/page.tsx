'use client'
import { RolesScreen } from '@opsflow/capabilities/people/web'

export default RolesScreen
