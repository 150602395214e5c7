import type { IncomingHttpHeaders } from 'node:http'
import type { Letter } from '@opsflow/platform/server/mail'
import type { Language } from '../account.ts'
import { letterWords, type Notice } from './letter-words.ts'

export type { Notice } from './letter-words.ts'
export type Post = ReturnType<typeof post>

/** Every letter the product writes, in the reader's language, as text and as HTML. Links carry their token after `#`. */
export function post(publicUrl: string, send: (letter: Letter) => Promise<boolean>) {
  const link = (path: string, token: string) => `${publicUrl}${path}#${token}`
  const mail = (to: string, language: Language, parts: Parts) => send({ to, ...written(language, parts) })
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

type Parts = { subject: string; lines: readonly string[]; action?: string; url?: string; after: readonly string[] }

function written(language: Language, { subject, lines, action, url, after }: Parts): Omit<Letter, 'to'> {
  const { greeting, linkBelow } = letterWords[language]
  const text = [greeting, ...lines, ...(url ? [`${action}:\n${url}`] : []), ...after, 'OpsFlow'].join('\n\n')
  const paragraphs = (all: readonly string[]) => all.map((line) => `<p>${escaped(line)}</p>`).join('')
  const button = url
    ? `<p style="margin:28px 0"><a href="${escaped(url)}" style="display:inline-block;padding:12px 22px;border:2px solid;border-radius:8px;font-weight:600;text-decoration:none">${escaped(action ?? '')}</a></p>`
    : ''
  const below = url
    ? `<p style="font-size:13px">${escaped(linkBelow)}<br><span style="word-break:break-all">${escaped(url)}</span></p>`
    : ''
  const html = `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head><body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif"><div style="max-width:34em;margin:0 auto">${paragraphs([greeting, ...lines])}${button}${paragraphs(after)}${below}<p>OpsFlow</p></div></body></html>`
  return { subject: oneLine(subject), text, html }
}

/** Names of organizations and people are theirs to choose; in a letter they are text. */
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ')
