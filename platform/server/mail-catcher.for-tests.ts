import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export type CaughtLetter = { from: string; to: string[]; subject: string; text: string; html: string; raw: string }

export const CATCHER_USER = { user: 'ops', password: 'a password of the mail server' }

type Options = {
  asksForPassword?: boolean
  /** Before it is acknowledged. */
  onLetter?: (letter: CaughtLetter) => void | Promise<void>
}

/** A mail server on this machine that keeps what it is given. */
export async function catchMail({ asksForPassword = false, onLetter = () => {} }: Options = {}) {
  const letters: CaughtLetter[] = []
  const server = new SMTPServer({
    disabledCommands: asksForPassword ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
    authOptional: !asksForPassword,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      username === CATCHER_USER.user && password === CATCHER_USER.password
        ? done(null, { user: username })
        : done(new Error('wrong')),
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8')
        const from = envelope.mailFrom ? envelope.mailFrom.address : ''
        const letter = { from, to: envelope.rcptTo.map(({ address }) => address), raw, ...read(raw) }
        letters.push(letter)
        void Promise.resolve(onLetter(letter)).then(() => done())
      })
    },
  })
  server.on('error', () => undefined) // a client that hangs up
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  return {
    port: (listening.address() as AddressInfo).port,
    letters,
    to: (address: string) => letters.findLast(({ to }) => to.includes(address)),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

/** What a mail program would show, of the letters this product writes: two parts, UTF-8. */
function read(raw: string) {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const boundary = /boundary="([^"]+)"/.exec(head)?.[1] ?? ''
  const parts = rest.join('\r\n\r\n').split(`--${boundary}`)
  const partOf = (type: string) => plainPart(parts.find((part) => part.includes(`Content-Type: ${type}`)) ?? '')
  const unfolded = head.replaceAll(/\r\n[ \t]+/g, ' ')
  return {
    subject: decodedWords(/^Subject: (.*)$/m.exec(unfolded)?.[1]?.trim() ?? ''),
    text: partOf('text/plain'),
    html: partOf('text/html'),
  }
}

function plainPart(part: string): string {
  const [head = '', ...rest] = part.trimStart().split('\r\n\r\n')
  const body = rest.join('\r\n\r\n').trimEnd()
  if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8')
  return /quoted-printable/i.test(head) ? quotedPrintable(body.replaceAll('=\r\n', '')) : body
}

const quotedPrintable = (text: string) =>
  Buffer.from(
    text.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')

const decodedWords = (text: string) =>
  text
    .replaceAll('?= =?', '?==?')
    .replaceAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, way: string, word: string) =>
      way.toUpperCase() === 'B'
        ? Buffer.from(word, 'base64').toString('utf8')
        : quotedPrintable(word.replaceAll('_', ' ')),
    )
