import type { FaceMessages } from '@opsflow/platform/web'
import door from './messages/door.en.json'
import english from './messages/en.json'
import { peopleInSpanish } from './messages-es.ts'

/** Words of the settings and of the door: no page of a shift carries them. */
export const messages: FaceMessages = { en: english, es: peopleInSpanish }

/** Words of the pages before one is signed in. */
export const doorMessages: FaceMessages = { en: door, es: () => import('./messages/door.es.json') }
