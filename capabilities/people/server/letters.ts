import type { IncomingHttpHeaders } from 'node:http'
import { type LetterParts, writtenLetter } from '@opsflow/platform/server/letter'
import type { Letter } from '@opsflow/platform/server/mail'
import type { Language } from '../account.ts'
import { letterWords, type Notice } from './letter-words.ts'

export type { Notice } from './letter-words.ts'
export type Post = ReturnType<typeof post>

/** Every letter the product writes, in the reader's language, as text and as HTML. Links carry their token after `#`. */
export function post(publicUrl: string, send: (letter: Letter) => Promise<boolean>) {
  const link = (path: string, token: string) => `${publicUrl}${path}#${token}`
  const mail = (to: string, language: Language, parts: LetterParts) =>
    send({ to, ...writtenLetter(language, letterWords[language], parts) })
  const asked =
    (kind: 'signUp' | 'verifyEmail' | 'changeEmail' | 'resetPassword', path: string) =>
    (to: string, language: Language, token: string) => {
      const { until, ...words } = letterWords[language][kind]
      return mail(to, language, { ...words, url: link(path, token), after: [until, letterWords[language].unasked] })
    }

  return {
    invitationLink: (token: string) => link('/invitation', token),
    invitation(to: string, language: Language, token: string, about: { organization: string; inviter: string }) {
      const { until, ...words } = letterWords[language].invitation(about)
      return mail(to, language, { ...words, url: link('/invitation', token), after: [until] })
    },
    signUp: asked('signUp', '/sign-up/organization'),
    signUpKnown: (to: string, language: Language) =>
      mail(to, language, { ...letterWords[language].signUpKnown, url: `${publicUrl}/sign-in`, after: [] }),
    verifyEmail: asked('verifyEmail', '/verify-email'),
    changeEmail: asked('changeEmail', '/verify-email'),
    emailTaken: (to: string, language: Language) =>
      mail(to, language, { ...letterWords[language].emailTaken, after: [] }),
    resetPassword: asked('resetPassword', '/reset-password/new'),
    notice(to: string, language: Language, notice: Notice) {
      const { notices, notYou } = letterWords[language]
      return mail(to, language, { ...notices[notice], after: [notYou] })
    },
  }
}

/** What the browser asks for, where no screen said so. */
export const languageOf = (headers: IncomingHttpHeaders): Language =>
  /^\s*es\b/i.test(headers['accept-language'] ?? '') ? 'es' : 'en'
