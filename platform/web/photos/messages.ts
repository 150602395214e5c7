import type { FaceMessages } from '../messages.ts'
import english from './messages/en.json'

/** Of drawing on a photo: they come with the form's photos, not with every page. */
export const drawingMessages: FaceMessages = { en: english, es: () => import('./messages/es.json') }
