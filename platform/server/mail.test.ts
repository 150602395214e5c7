import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openMail } from './mail.ts'
import { CATCHER_USER, catchMail } from './mail-catcher.for-tests.ts'

let catcher: Awaited<ReturnType<typeof catchMail>>
let logged: string[]
beforeEach(async () => {
  catcher = await catchMail()
  logged = []
})
afterEach(() => catcher.close())

const log = { error: (details: object, message: string) => void logged.push(`${message} ${JSON.stringify(details)}`) }
const config = (port = catcher.port) => ({
  ...{ host: '127.0.0.1', port, security: 'none' as const, user: undefined, password: undefined },
  from: 'OpsFlow <ops@example.com>',
})
const letter = {
  to: 'ana@example.com',
  subject: 'Elija una contraseña nueva',
  text: 'Hola:\n\nhttps://ops.example.com/reset-password/new#a-secret-token-that-is-long-enough-to-be-folded-into-lines',
  html: '<p>Año = 1</p>',
}

test('a letter arrives with its words, as text and as HTML', async () => {
  const mail = openMail(config(), log)
  expect(await mail.send(letter)).toBe(true)
  mail.close()
  expect(catcher.to('ana@example.com')).toMatchObject({
    from: 'ops@example.com',
    subject: letter.subject,
    text: letter.text.replaceAll('\n', '\r\n'),
    html: letter.html,
  })
})

test('what someone writes into a name, a subject or an address adds neither a line nor a reader', async () => {
  const mail = openMail(config(), log)
  const lines = '\r\nBcc: eve@example.com\r\n\r\nAnother letter'
  await mail.send({ ...letter, subject: `Hello${lines}` })
  await mail.send({ ...letter, to: `ana@example.com${lines}` })
  await mail.send({ ...letter, to: 'ana@example.com>\r\nRCPT TO:<eve@example.com' })
  await mail.send({ ...letter, text: '.\r\nMAIL FROM:<eve@example.com>\r\n.\r\n' })
  mail.close()
  expect(catcher.letters).toHaveLength(2)
  for (const { to, from, raw } of catcher.letters) {
    expect(from).toBe('ops@example.com')
    expect(to.filter((address) => !address.startsWith('ana@'))).toEqual([])
    expect(raw).not.toMatch(/^bcc:/im)
  }
})

describe('what cannot be sent is told and logged, without its words or its reader', () => {
  const tried = async (mail: ReturnType<typeof openMail>) => {
    expect(await mail.send(letter)).toBe(false)
    mail.close()
    expect(logged).toHaveLength(1)
    expect(logged[0]).not.toMatch(/secret-token|ana@example|contraseña/)
  }

  test('nobody answers', async () => {
    await catcher.close()
    await tried(openMail(config(), log))
    expect(logged[0]).toContain('"command":"CONN"')
    catcher = await catchMail()
  })

  test('a server that cannot encrypt gets no letter where encryption is asked for', async () => {
    await tried(openMail({ ...config(), security: 'starttls' }, log))
    expect(catcher.letters).toEqual([])
  })

  test('a wrong password', async () => {
    const strict = await catchMail({ asksForPassword: true })
    await tried(openMail({ ...config(strict.port), user: 'ops', password: 'hunter2 hunter2' }, log))
    expect(logged[0]).not.toContain('hunter2')
    const right = openMail({ ...config(strict.port), ...CATCHER_USER }, log)
    expect(await right.send(letter)).toBe(true)
    right.close()
    await strict.close()
  })
})

test('with no mail server there is no mail', async () => {
  const mail = openMail(undefined, log)
  expect(mail.isOn).toBe(false)
  expect(await mail.send(letter)).toBe(false)
})
