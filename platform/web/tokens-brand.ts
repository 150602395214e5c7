import {
  type ColourName,
  isDark,
  rulesFor,
  shapePairs,
  type Theme,
  type ThemeName,
  textMinimum,
  textPairs,
  themes,
  tintShare,
} from './tokens.ts'

/**
 * A tenant's colour becomes an accent that can be read in every theme. Its hue stays; lightness moves as little as the
 * contrast of every pair asks for, and what a screen cannot show is made paler. There is always a solution: a dark
 * shade carries white text on light ground, a light one dark text on dark ground.
 */

type Lch = { l: number; c: number; h: number }
type Lab = { l: number; a: number; b: number }

/** What a brand decides. Everything else, above all what a status looks like, is the product's. */
const brandTokens = [
  'accent',
  'accent-hover',
  'on-accent',
  'accent-ink',
  'focus',
  'chart',
  'chart-band',
] as const satisfies readonly ColourName[]
export type Brand = Record<(typeof brandTokens)[number], string>

/** Six or three hexadecimal digits, with or without their `#`, as `#` and six small ones; anything else is no colour. */
export function readBrand(typed: string): string | undefined {
  const digits = /^\s*#?([0-9a-f]{3}|[0-9a-f]{6})\s*$/i.exec(typed)?.[1]?.toLowerCase()
  if (!digits) return undefined
  return `#${digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits}`
}

const step = 0.005
/** A little more than asked: the last digit that is written must not decide. */
const reserve = 1.02

export function solveBrand(hex: string, theme: ThemeName): Brand {
  const wanted = lchOfHex(hex)
  const around = [...Array(Math.round(1 / step) + 1).keys()]
    .map((place) => place * step)
    .sort((one, other) => Math.abs(one - wanted.l) - Math.abs(other - wanted.l))
  const first = (name: string, isFine: (colour: Lch) => boolean) => {
    const lightness = around.find((l) => isFine(shown({ ...wanted, l })))
    if (lightness === undefined) throw new Error(`No lightness of ${hex} can be the ${name} of the ${theme} theme.`)
    return shown({ ...wanted, l: lightness })
  }

  const ground = groundsOf(theme)
  const text = textMinimum(theme) * reserve
  const shape = 3 * reserve
  const away = isDark(theme) ? 0.055 : -0.055
  const hoverOf = (accent: Lch) => {
    const further = accent.l + away
    return shown({ ...accent, l: further < 0 || further > 1 ? accent.l - away : further })
  }
  const onAccentOf = (accent: Lch) =>
    [shown({ ...wanted, l: 0.99, c: 0.003 }), shown({ ...wanted, l: 0.16, c: Math.min(wanted.c, 0.03) })].find(
      (on) => contrast(on, accent) >= text && contrast(on, hoverOf(accent)) >= text,
    )
  const standsOn = (names: readonly ColourName[], least: number) => (colour: Lch) =>
    names.every((name) => contrast(colour, ground(name)) >= least)
  /** Text on a card with the accent's tint: the tint changes with the accent. */
  const tintCarries = (accent: Lch, inks: readonly Lch[]) => {
    const tint = mixed(ground('surface'), accent, tintShare)
    return inks.every((ink) => contrast(ink, tint) >= text)
  }

  const accent = first(
    'accent',
    (colour) =>
      standsOn(groundsFor(shapePairs, 'accent'), shape)(colour) &&
      onAccentOf(colour) !== undefined &&
      tintCarries(colour, [ground('ink'), ground('ink-muted')]),
  )
  const ink = first(
    'ink',
    (colour) => standsOn(groundsFor(textPairs, 'accent-ink'), text)(colour) && tintCarries(accent, [colour]),
  )
  const focus = first('focus', standsOn(groundsFor(shapePairs, 'focus'), shape))
  const chart = first('chart', standsOn(groundsFor(shapePairs, 'chart'), shape))
  const band = mixed(ground('surface'), chart, isDark(theme) ? 0.42 : 0.34)

  return {
    accent: written(accent),
    'accent-hover': written(hoverOf(accent)),
    'on-accent': written(onAccentOf(accent) ?? accent),
    'accent-ink': written(ink),
    focus: written(focus),
    chart: written(chart),
    'chart-band': written(shown(lchOf(band))),
  }
}

/** A brand as rules that stand beside `tokens.css`, wherever each theme stands. */
export const brandCss = (hex: string) => rulesFor((theme) => brandLines(solveBrand(hex, theme)))

const brandLines = (brand: Brand) => brandTokens.map((token) => `--${token}: ${brand[token]};`)

/** The same for one part of a page, as inline style: a preview. */
export const brandStyle = (hex: string, theme: ThemeName) =>
  Object.fromEntries(Object.entries(solveBrand(hex, theme)).map(([token, colour]) => [`--${token}`, colour]))

/** How far the accent had to move from what was typed, as a share of all lightness. */
export const brandMoved = (hex: string, theme: ThemeName) =>
  Math.abs(lchOfWritten(solveBrand(hex, theme).accent).l - lchOfHex(hex).l)

/** Some to begin with, around the wheel, as they would be typed. */
export const brandExamples = () =>
  [25, 55, 95, 145, 195, 255, 300, 350].map((h) => hexOf(shown({ l: 0.5, c: 0.16, h })))

function groundsOf(name: ThemeName) {
  const theme: Theme = themes[name]
  const read = new Map<ColourName, Lch>()
  return (token: ColourName) => {
    const colour = read.get(token) ?? lchOfWritten(theme[token])
    read.set(token, colour)
    return colour
  }
}

/** The plain grounds a token is held against. Tints are looked at where they are mixed. */
const groundsFor = (pairs: readonly (readonly [string, string])[], token: ColourName) =>
  pairs.filter(([one, ground]) => one === token && !ground.endsWith('%')).map(([, ground]) => ground as ColourName)

/** WCAG 2.1 contrast. */
function contrast(one: Lch | Lab, other: Lch | Lab): number {
  const [a, b] = [luminance(one), luminance(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

function luminance(colour: Lch | Lab): number {
  const [r, g, b] = linearOf('h' in colour ? labOf(colour) : colour).map((part) => Math.min(Math.max(part, 0), 1))
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0)
}

/** The same hue and lightness, as colourful as a screen can show it. */
function shown(colour: Lch): Lch {
  if (isShown(colour)) return colour
  let [pale, strong] = [0, colour.c]
  for (let halving = 0; halving < 18; halving++) {
    const middle = (pale + strong) / 2
    if (isShown({ ...colour, c: middle })) pale = middle
    else strong = middle
  }
  return { ...colour, c: pale }
}

const isShown = (colour: Lch) => linearOf(labOf(colour)).every((part) => part >= -0.00001 && part <= 1.00001)

function mixed(one: Lch, other: Lch, share: number): Lab {
  const [a, b] = [labOf(one), labOf(other)]
  const mix = (from: number, to: number) => from + (to - from) * share
  return { l: mix(a.l, b.l), a: mix(a.a, b.a), b: mix(a.b, b.b) }
}

const radians = Math.PI / 180
const labOf = ({ l, c, h }: Lch): Lab => ({ l, a: c * Math.cos(h * radians), b: c * Math.sin(h * radians) })

/** Grey has no hue; then any will do. */
function lchOf({ l, a, b }: Lab): Lch {
  const c = Math.hypot(a, b)
  return c < 0.0005 ? { l, c: 0, h: 0 } : { l, c, h: (Math.atan2(b, a) / radians + 360) % 360 }
}

const written = ({ l, c, h }: Lch) => `oklch(${trimmed(l, 4)} ${trimmed(c, 4)} ${trimmed(h, 2)})`
const trimmed = (value: number, digits: number) => String(Number(value.toFixed(digits)))

function lchOfWritten(text: string): Lch {
  const [l = 0, c = 0, h = 0] = text.match(/[\d.]+/g)?.map(Number) ?? []
  return { l, c, h }
}

/** Linear sRGB. Björn Ottosson's matrices: https://bottosson.github.io/posts/oklab/ */
function linearOf({ l, a, b }: Lab): [number, number, number] {
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
  ]
}

function lchOfHex(hex: string): Lch {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => decoded(Number.parseInt(hex.slice(at, at + 2), 16) / 255))
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const middle = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return lchOf({
    l: 0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short,
    a: 1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short,
    b: 0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short,
  })
}

function hexOf(colour: Lch): string {
  const parts = linearOf(labOf(colour)).map((part) => Math.round(encoded(Math.min(Math.max(part, 0), 1)) * 255))
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

const decoded = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
const encoded = (part: number) => (part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055)
