import { auditsMessages } from '@opsflow/capabilities/audits/web'
import type { FaceMessages } from '@opsflow/platform/web'
import english from './messages/en.json'

/** An audit is a checklist with a score: whoever shows the one shows the other. */
export const messages: FaceMessages = {
  en: { ...english, ...auditsMessages.en },
  es: async () => {
    const [own, audits] = await Promise.all([import('./messages/es.json'), auditsMessages.es()])
    return { default: { ...own.default, ...audits.default } }
  },
}
