import type { FaceMessages } from '@opsflow/platform/web'
import english from './messages/en.json'

/** Of the calendar of audits, and of two visits side by side. */
export const visitsMessages: FaceMessages = { en: english, es: () => import('./messages/es.json') }
