import type { FaceMessages } from '@opsflow/platform/web'
import english from './messages/pages.en.json'

/** What only setting up units and importing say: the others do not carry it. */
export const pageMessages: FaceMessages = { en: english, es: () => import('./messages/pages.es.json') }
