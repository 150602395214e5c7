'use client'
import { EventsScreen } from '@opsflow/capabilities/people/web'

export default EventsScreen
