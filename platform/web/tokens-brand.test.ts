import { type Color, converter, interpolate, parse, rgb, wcagContrast } from 'culori'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ColourName,
  type StatusName,
  shapePairs,
  type ThemeName,
  textMinimum,
  textPairs,
  themes,
  tintShare,
  tintSource,
} from './tokens.ts'
import { type Brand, brandCss, brandExamples, brandMoved, readBrand, solveBrand } from './tokens-brand.ts'

const oklch = converter('oklch')
const themeNames = Object.keys(themes) as ThemeName[]
const anyBrand = fc.integer({ min: 0, max: 0xffffff }).map((colour) => `#${colour.toString(16).padStart(6, '0')}`)
const odd = [
  '#ffffff',
  '#000000',
  '#808080',
  '#ffff00',
  '#00ff00',
  '#0000ff',
  '#ff0000',
  '#ffd100',
  '#010101',
  '#fefefe',
]

/** Measured by another's library, not by the solver's own sums. */
function pairsBelow(hex: string): string[] {
  return themeNames.flatMap((name) => {
    const brand = solveBrand(hex, name)
    const theme = { ...themes[name], ...brand }
    const groundOf = (ground: string) =>
      ground.endsWith('%')
        ? interpolate(
            [theme.surface, theme[tintSource(ground.slice(0, -1) as StatusName | 'accent')]],
            'oklab',
          )(tintShare)
        : theme[ground as ColourName]
    const isBranded = ([one, ground]: readonly [string, string]) =>
      one in brand || ground in brand || ground === 'accent%'
    const below = (pairs: typeof textPairs, least: number) =>
      pairs
        .filter(isBranded)
        .map(([one, ground]) => ({ one, ground, is: wcagContrast(theme[one], groundOf(ground)) }))
        .filter(({ is }) => is < least)
        .map(({ one, ground, is }) => `${hex} ${name}: ${one} on ${ground} ${is.toFixed(2)} of ${least}`)
    return [...below(textPairs, textMinimum(name)), ...below(shapePairs, 3)]
  })
}

/** One step of a screen of eight bits: what lies outside by less is shown as it is written. */
const STEP = 1 / 255

describe('a brand', () => {
  test('of any colour can be read in every theme', () => {
    let cases = 0
    const looked = fc.property(anyBrand, (hex) => {
      cases += 1
      expect(pairsBelow(hex)).toEqual([])
    })
    fc.assert(looked, { numRuns: Math.max(1000, Number(fc.readConfigureGlobal()?.numRuns ?? 0)) })
    console.info(`random brands solved: ${cases}, each in ${themeNames.length} themes`)
    expect(cases).toBeGreaterThanOrEqual(1000)
  })

  test.each(odd)('%s is solved like any other', (hex) => expect(pairsBelow(hex)).toEqual([]))

  test('keeps its hue, and is shown as it is written', () => {
    fc.assert(
      fc.property(anyBrand, fc.constantFrom(...themeNames), (hex, name) => {
        const brand = solveBrand(hex, name)
        for (const [token, colour] of Object.entries(brand)) {
          const { r, g, b } = rgb(parse(colour)) as { r: number; g: number; b: number }
          for (const channel of [r, g, b]) expect(Math.abs(channel - 0.5), `${hex} ${token}`).toBeLessThan(0.5 + STEP)
        }
        const typed = oklch(parse(hex)) as { c: number; h?: number }
        const accent = oklch(parse(brand.accent)) as { c: number; h?: number }
        if (typed.c < 0.02 || accent.c < 0.02) return
        const turned = Math.abs((accent.h ?? 0) - (typed.h ?? 0))
        expect(Math.min(turned, 360 - turned)).toBeLessThan(1)
      }),
      { numRuns: 200, examples: [['#00044f', 'light']] },
    )
  })

  test('stays as it was typed where that can be read', () => {
    const accent = oklch(parse(solveBrand('#4338ca', 'light').accent)) as { l: number }
    const typed = oklch(parse('#4338ca') as Color) as { l: number }
    expect(Math.abs(accent.l - typed.l)).toBeLessThan(0.006)
    expect(brandMoved('#4338ca', 'light')).toBeLessThan(0.006)
    expect(brandMoved('#ffff00', 'light')).toBeGreaterThan(0.2)
  })

  test('says what it is in every theme’s place and leaves statuses alone', () => {
    const css = brandCss('#7a1f2b')
    expect(css.match(/--accent:/g)?.length).toBeGreaterThanOrEqual(themeNames.length)
    for (const status of ['ok', 'warn', 'danger', 'info']) expect(css).not.toContain(`--${status}`)
    expect(Object.keys(solveBrand('#7a1f2b', 'dark') satisfies Brand)).not.toContain('danger')
  })
})

describe('a typed colour', () => {
  test.each([
    ['#7A1F2B', '#7a1f2b'],
    ['7a1f2b', '#7a1f2b'],
    [' #a12 ', '#aa1122'],
  ])('%j is %s', (typed, hex) => expect(readBrand(typed)).toBe(hex))

  test.each(['', '#', 'red', '#12345', '#1234567', '#12345678', '#ggg', 'rgb(1,2,3)', '#123; --x: y', '＃123'])(
    '%j is none',
    (typed) => expect(readBrand(typed)).toBeUndefined(),
  )

  test('all examples are colours', () => {
    for (const example of brandExamples()) expect(readBrand(example)).toBe(example)
  })
})
