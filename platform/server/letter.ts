import type { Letter } from './mail.ts'

/** A letter before it is written: what it says, and the one thing to do. */
export type LetterParts = {
  subject: string
  lines: readonly string[]
  action?: string
  url?: string
  after: readonly string[]
}

/** Any letter the product writes: greeting, lines, one button, and why it came. */
export function writtenLetter(
  language: string,
  { greeting, linkBelow }: { greeting: string; linkBelow: string },
  { subject, lines, action, url, after }: LetterParts,
): Omit<Letter, 'to'> {
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
