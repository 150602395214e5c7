import type { FaceMessages } from '@opsflow/platform/web'
import english from './messages/en.json'

/** Only the pages of alerts carry them; the bell has its few words in the shell. */
export const messages: FaceMessages = { en: english, es: () => import('./messages/es.json') }
