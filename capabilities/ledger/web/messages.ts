import type { FaceMessages } from '@opsflow/platform/web'
import english from './messages/en.json'

export const messages: FaceMessages = { en: english, es: () => import('./messages/es.json') }
