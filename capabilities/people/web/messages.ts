import type { FaceMessages } from '@opsflow/platform/web'
import door from './messages/door.en.json'
import english from './messages/en.json'

export const messages: FaceMessages = { en: english, es: () => import('./messages/es.json') }

/** Words of the pages before one is signed in. */
export const doorMessages: FaceMessages = { en: door, es: () => import('./messages/door.es.json') }
