import type { FaceMessages } from '@opsflow/platform/web'
import english from './messages/en.json'

export const overviewMessages: FaceMessages = { en: english, es: () => import('./messages/es.json') }
