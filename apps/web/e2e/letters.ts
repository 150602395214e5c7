import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { expect } from '@playwright/test'

type Letter = { to: string[]; subject: string; text: string }

/** Where the mail catcher of start-product.ts puts what it caught, a letter a line. */
const file = () => process.env.LETTERS_FILE ?? ''

export const keepLetter = (path: string, { to, subject, text }: Letter) =>
  appendFileSync(path, `${JSON.stringify({ to, subject, text })}\n`)

/** The newest letter to someone with this subject, and the link in it. */
export async function letterTo(address: string, subject: RegExp): Promise<Letter & { link: string }> {
  const found = () =>
    (existsSync(file()) ? readFileSync(file(), 'utf8').trim().split('\n') : [])
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Letter)
      .findLast((letter) => letter.to.includes(address) && subject.test(letter.subject))
  await expect.poll(found, { message: `a letter to ${address}`, timeout: 20_000 }).toBeDefined()
  const letter = found() as Letter
  return { ...letter, link: /https?:\S+/.exec(letter.text)?.[0] ?? '' }
}
