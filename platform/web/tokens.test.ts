import {
  type Color,
  clampChroma,
  differenceCiede2000,
  filterDeficiencyDeuter,
  filterDeficiencyProt,
  filterDeficiencyTrit,
  interpolate,
  parse,
  wcagContrast,
} from 'culori'
import { describe, expect, test } from 'vitest'
import {
  type ColourName,
  densities,
  glassCover,
  type StatusName,
  shapePairs,
  statuses,
  type Theme,
  type ThemeName,
  textMinimum,
  textOnGlass,
  textPairs,
  themes,
  tintShare,
  tintSource,
  tokensCss,
} from './tokens.ts'

test('tokens.css is what tokens.ts says', async () => {
  await expect(tokensCss()).toMatchFileSnapshot('tokens.css')
})

/** Every colour that may lie behind something. */
const colours = (Object.keys(themes.light) as ColourName[]).filter((colour) => colour !== 'backdrop')
const themeNames = Object.keys(themes) as ThemeName[]

test('every pair was looked at in every theme', () => {
  const pairs = themeNames.length * (textPairs.length + shapePairs.length + textOnGlass.length * colours.length)
  console.info(`token pairs checked: ${pairs} in ${themeNames.length} themes`)
  expect(pairs).toBeGreaterThan(500)
})

test('both densities have their themes at their contrast: AA at a desk, AAA in a kitchen and where it was asked for', () => {
  expect(themeNames.map((name) => [name, textMinimum(name)])).toEqual([
    ['light', 4.5],
    ['dark', 4.5],
    ['contrast', 7],
    ['contrastDark', 7],
    ['kitchen', 7],
  ])
  const kitchens = tokensCss().match(/[^}]*data-density="kitchen"[^}]*--ink: [^}]*}/g) ?? []
  expect(kitchens.length).toBeGreaterThanOrEqual(2)
})

describe.each(themeNames)('the %s theme', (name) => {
  const theme = themes[name]

  test.each(textPairs)('text %s is readable on %s', (ink, ground) => {
    expect(wcagContrast(theme[ink], groundOf(theme, ground))).toBeGreaterThanOrEqual(textMinimum(name))
  })

  test.each(shapePairs)('shape %s is visible on %s', (shape, ground) => {
    expect(wcagContrast(theme[shape], theme[ground])).toBeGreaterThanOrEqual(3)
  })

  test.each(textOnGlass)('%s is readable on glass, whatever lies behind it', (ink) => {
    for (const behind of colours) {
      const seen = interpolate([theme[behind], theme.surface], 'oklab')(glassCover(name))
      expect(wcagContrast(theme[ink], seen), behind).toBeGreaterThanOrEqual(textMinimum(name))
    }
  })

  test('every colour can be shown on an ordinary screen', () => {
    for (const [token, colour] of Object.entries(theme)) {
      const wanted = parse(colour) as { c: number }
      const shown = clampChroma(colour, 'oklch') as { c?: number }
      expect(Math.abs((shown.c ?? 0) - wanted.c), token).toBeLessThan(0.004)
    }
  })

  const eyes: [string, (colour: Color) => Color][] = [
    ['all three cones', (colour: Color) => colour],
    ['protanopia', filterDeficiencyProt(1)],
    ['deuteranopia', filterDeficiencyDeuter(1)],
    ['tritanopia', filterDeficiencyTrit(1)],
  ]

  test.each(eyes)('status colours stay apart with %s', (_eyes, seen) => {
    const difference: (one: Color, other: Color) => number = differenceCiede2000()
    for (const one of statuses) {
      for (const other of statuses.slice(statuses.indexOf(one) + 1)) {
        const apart = difference(seen(colourOf(theme[one])), seen(colourOf(theme[other])))
        expect(apart, `${one} and ${other}`).toBeGreaterThanOrEqual(12)
      }
    }
  })
})

test('targets are at least 44 px at a desk and 56 px in a kitchen', () => {
  expect(Number.parseInt(densities.desk.target, 10)).toBeGreaterThanOrEqual(44)
  expect(Number.parseInt(densities.kitchen.target, 10)).toBeGreaterThanOrEqual(56)
  expect(Number.parseInt(densities.kitchen.key, 10)).toBeGreaterThanOrEqual(88)
})

const colourOf = (text: string) => parse(text) as Color

function groundOf(theme: Theme, ground: (typeof textPairs)[number][1]) {
  if (!ground.endsWith('%')) return theme[ground as keyof Theme]
  const colour = theme[tintSource(ground.slice(0, -1) as StatusName | 'accent')]
  return interpolate([theme.surface, colour], 'oklab')(tintShare)
}
