import nodemailer from 'nodemailer'
import type { MailConfig } from './config.ts'

export type Letter = { to: string; subject: string; text: string; html: string }

/** The way letters leave the product. Off means kept out: whoever would have sent one says so, on the screen. */
export type Mail = {
  isOn: boolean
  /** False when the letter did not leave. Why is logged, without a word of what it says or to whom. */
  send: (letter: Letter) => Promise<boolean>
  close: () => void
}

export const noMail: Mail = { isOn: false, send: async () => false, close: () => undefined }

const SECONDS = 1000

/** One reader, whatever was typed: what looks like more would be more. */
const ONE_ADDRESS = /^[^\s<>()[\]\\,;:"@]+@[^\s<>()[\]\\,;:"@]+$/

export function openMail(
  config: MailConfig | undefined,
  log: { error: (details: object, message: string) => void },
): Mail {
  if (!config) return noMail
  const { host, port, security, user, password, from } = config
  const transport = nodemailer.createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user === undefined || password === undefined ? {} : { auth: { user, pass: password } }),
    pool: true,
    maxConnections: 2,
    connectionTimeout: 10 * SECONDS,
    greetingTimeout: 10 * SECONDS,
    socketTimeout: 20 * SECONDS,
    // A letter is what we wrote: nothing in it may name a file or an address to be fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    isOn: true,
    async send(letter) {
      if (!ONE_ADDRESS.test(letter.to)) {
        log.error({ code: 'EADDRESS' }, 'a letter could not be sent')
        return false
      }
      try {
        await transport.sendMail({ from, ...letter })
        return true
      } catch (error) {
        const { code, command, responseCode } = error as { code?: string; command?: string; responseCode?: number }
        log.error({ host, port, code, command, responseCode }, 'a letter could not be sent')
        return false
      }
    },
    close: () => transport.close(),
  }
}
