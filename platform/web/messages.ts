import english from './messages/en.json'

/** Words of one face: English is always there (it is prerendered), other languages are fetched when chosen. */
export type FaceMessages = { en: object; es: () => Promise<{ default: object }> }

export const messages: FaceMessages = { en: english, es: () => import('./messages/es.json') }
