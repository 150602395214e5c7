import type { FaceMessages } from '@opsflow/platform/web'
import english from './messages/en.json'

/** Of a photo that is taken again: they come with its code, for few ever read them. */
export const messages: FaceMessages = { en: english, es: () => import('./messages/es.json') }
