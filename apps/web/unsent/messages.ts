import type { FaceMessages } from '@opsflow/platform/web'
import english from './messages/en.json'

/** What is said of work the server did not do. */
export const attentionMessages: FaceMessages = { en: english, es: () => import('./messages/es.json') }
