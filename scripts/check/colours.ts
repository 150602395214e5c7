import { type Check, committedFiles, findLines, textOf } from './check.ts'

const isScreen = (file: string) =>
  /^(apps\/(web|mobile)|(platform|capabilities\/[^/]+)\/(web|client|mobile))\/.*[.](tsx?|css|mjs|svg)$/.test(file) &&
  !/[.]test[.]tsx?$|^apps\/web\/e2e\//.test(file)

/** Where a colour may be written down, and there only as OKLCH: the tokens, and the site's icon, which sees no token. */
const isTokens = (file: string) =>
  /^platform\/web\/(.+\/)?tokens[^/]*[.](css|ts)$|^apps\/web\/app\/icon[.]svg$/.test(file)

const PALETTE =
  'slate|gray|zinc|neutral|stone|red|orange|amber|yellow|lime|green|emerald|teal|cyan|sky|blue|indigo|violet|purple|fuchsia|pink|rose'
const PROPERTY = 'bg|text|border|ring|outline|fill|stroke|from|via|to|shadow|accent|caret|decoration|divide|placeholder'
const NAMED =
  'white|black|red|green|blue|yellow|orange|purple|gray|grey|silver|navy|teal|maroon|olive|lime|aqua|fuchsia|crimson|tomato|gold'

const NOT_OKLCH = [
  { pattern: /(?<![\w&/-])#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b(?!-)/i, says: 'a literal colour' },
  { pattern: /\b(rgba?|hsla?|hwb|lab|lch|oklab|color)\(\s*[\d.+-]/i, says: 'a literal colour' },
]

const LITERALS = [
  ...NOT_OKLCH,
  { pattern: /\boklch\(/i, says: 'a colour outside the tokens' },
  {
    pattern: new RegExp(`\\b(${PROPERTY})-((${PALETTE})-\\d{2,3}|white|black)\\b`),
    says: "a colour of Tailwind's palette",
  },
  {
    pattern: new RegExp(
      `\\b(color|background|background-color|fill|stroke|border-color)\\s*[:=]\\s*["'{]*(${NAMED})\\b`,
    ),
    says: 'a named colour',
  },
]

/** Screens name tokens; only the token file knows what they look like, so contrast is proven once for all. */
export const colours: Check = {
  name: 'colours by token',
  look: async (root) => {
    const files = committedFiles(root, isScreen)
    return {
      looked: files.length,
      at: 'files',
      findings: files.flatMap((file) => literalColours(file, textOf(root, file))),
    }
  },
}

export const literalColours = (file: string, text: string) =>
  findLines(file, text, isTokens(file) ? NOT_OKLCH : LITERALS)
