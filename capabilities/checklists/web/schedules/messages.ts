import type { FaceMessages } from '@opsflow/platform/web'
import english from './messages/en.json'

export const schedulesMessages: FaceMessages = { en: english, es: () => import('./messages/es.json') }
