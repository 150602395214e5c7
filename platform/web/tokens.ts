/**
 * Every colour, size and duration of the product. Colours are OKLCH. `tokens.css` is generated from here:
 * the test beside this file holds the two equal and writes it anew with `vitest run platform/web/tokens.test.ts -u`.
 */
export type Theme = Record<ColourName, string>

export const statuses = ['ok', 'warn', 'danger', 'info'] as const
export type StatusName = (typeof statuses)[number]

const colourNames = [
  'canvas', // behind everything
  'surface', // cards, bars, rows
  'raised', // dialogs, menus, toasts
  'sunken', // wells, hovered rows, skeletons
  'line', // separates; carries no meaning
  'line-strong', // edges of controls
  'ink', // text
  'ink-muted', // second-rank text
  'accent', // the one accent: primary actions, selection
  'accent-hover',
  'on-accent',
  'accent-ink', // links and selected text on a surface
  'focus',
  'ok',
  'warn',
  'danger',
  'info',
  'ok-glow', // what tints are mixed from: the same hue, clearer
  'warn-glow',
  'danger-glow',
  'info-glow',
  'on-danger', // text on a filled danger button
  'danger-hover',
  'neutral', // a status without judgement: silent, no data yet
  'chart', // the measured line
  'chart-band', // its minimum and maximum
  'backdrop',
] as const
export type ColourName = (typeof colourNames)[number]

export const light: Theme = {
  canvas: 'oklch(0.981 0.003 265)',
  surface: 'oklch(1 0 0)',
  raised: 'oklch(1 0 0)',
  sunken: 'oklch(0.958 0.004 265)',
  line: 'oklch(0.915 0.005 265)',
  'line-strong': 'oklch(0.63 0.014 265)',
  ink: 'oklch(0.235 0.018 265)',
  'ink-muted': 'oklch(0.45 0.018 265)',
  accent: 'oklch(0.475 0.19 272)',
  'accent-hover': 'oklch(0.42 0.185 272)',
  'on-accent': 'oklch(0.99 0.003 272)',
  'accent-ink': 'oklch(0.455 0.19 272)',
  focus: 'oklch(0.54 0.2 272)',
  ok: 'oklch(0.525 0.11 163)',
  warn: 'oklch(0.525 0.1 67)',
  danger: 'oklch(0.53 0.215 27)',
  info: 'oklch(0.37 0.11 255)',
  'ok-glow': 'oklch(0.68 0.15 160)',
  'warn-glow': 'oklch(0.78 0.16 75)',
  'danger-glow': 'oklch(0.58 0.22 27)',
  'info-glow': 'oklch(0.58 0.17 257)',
  'on-danger': 'oklch(0.99 0.004 27)',
  'danger-hover': 'oklch(0.47 0.195 27)',
  neutral: 'oklch(0.5 0.014 265)',
  chart: 'oklch(0.45 0.17 272)',
  'chart-band': 'oklch(0.8 0.07 272)',
  backdrop: 'oklch(0.2 0.02 265 / 0.45)',
}

export const dark: Theme = {
  canvas: 'oklch(0.165 0.008 265)',
  surface: 'oklch(0.208 0.01 265)',
  raised: 'oklch(0.248 0.012 265)',
  sunken: 'oklch(0.255 0.011 265)',
  line: 'oklch(0.3 0.012 265)',
  'line-strong': 'oklch(0.56 0.016 265)',
  ink: 'oklch(0.955 0.004 265)',
  'ink-muted': 'oklch(0.76 0.012 265)',
  accent: 'oklch(0.7 0.15 276)',
  'accent-hover': 'oklch(0.76 0.115 276)',
  'on-accent': 'oklch(0.18 0.04 272)',
  'accent-ink': 'oklch(0.79 0.1 276)',
  focus: 'oklch(0.76 0.115 276)',
  ok: 'oklch(0.77 0.15 162)',
  warn: 'oklch(0.85 0.135 80)',
  danger: 'oklch(0.69 0.185 25)',
  info: 'oklch(0.82 0.08 255)',
  'ok-glow': 'oklch(0.77 0.15 162)',
  'warn-glow': 'oklch(0.85 0.135 80)',
  'danger-glow': 'oklch(0.69 0.185 25)',
  'info-glow': 'oklch(0.7 0.14 257)',
  'on-danger': 'oklch(0.17 0.04 25)',
  'danger-hover': 'oklch(0.75 0.145 25)',
  neutral: 'oklch(0.72 0.012 265)',
  chart: 'oklch(0.78 0.105 276)',
  'chart-band': 'oklch(0.44 0.09 276)',
  backdrop: 'oklch(0.08 0.01 265 / 0.65)',
}

/** For glare, old screens and weak eyes: all text at 7:1. */
export const contrast: Theme = {
  ...light,
  canvas: 'oklch(1 0 0)',
  sunken: 'oklch(0.965 0.003 265)',
  line: 'oklch(0.6 0.01 265)',
  'line-strong': 'oklch(0.36 0.01 265)',
  ink: 'oklch(0.14 0.01 265)',
  'ink-muted': 'oklch(0.32 0.015 265)',
  accent: 'oklch(0.38 0.18 270)',
  'accent-hover': 'oklch(0.32 0.16 270)',
  'accent-ink': 'oklch(0.38 0.18 270)',
  focus: 'oklch(0.4 0.2 270)',
  ok: 'oklch(0.405 0.074 171)',
  warn: 'oklch(0.421 0.085 73)',
  danger: 'oklch(0.435 0.178 25)',
  info: 'oklch(0.247 0.086 256)',
  'danger-hover': 'oklch(0.38 0.15 27)',
  neutral: 'oklch(0.36 0.01 265)',
  chart: 'oklch(0.34 0.16 270)',
  'chart-band': 'oklch(0.72 0.06 270)',
}

/** High contrast for eyes that want it dark, and for a dark kitchen: all text at 7:1. */
export const contrastDark: Theme = {
  ...dark,
  canvas: 'oklch(0.11 0.006 265)',
  surface: 'oklch(0.15 0.008 265)',
  raised: 'oklch(0.195 0.01 265)',
  sunken: 'oklch(0.215 0.01 265)',
  line: 'oklch(0.46 0.012 265)',
  'line-strong': 'oklch(0.72 0.012 265)',
  ink: 'oklch(0.985 0.002 265)',
  'ink-muted': 'oklch(0.85 0.008 265)',
  accent: 'oklch(0.76 0.115 276)',
  'accent-hover': 'oklch(0.81 0.09 276)',
  'on-accent': 'oklch(0.15 0.03 272)',
  'accent-ink': 'oklch(0.81 0.09 276)',
  focus: 'oklch(0.81 0.09 276)',
  ok: 'oklch(0.878 0.138 164)',
  warn: 'oklch(0.87 0.168 91)',
  danger: 'oklch(0.731 0.136 19)',
  info: 'oklch(0.72 0.154 244)',
  'on-danger': 'oklch(0.13 0.03 25)',
  'danger-hover': 'oklch(0.79 0.1 19)',
  neutral: 'oklch(0.82 0.008 265)',
  chart: 'oklch(0.81 0.09 276)',
}

/** A kitchen is bright and wet: the text of high contrast on the calm surfaces of the light theme. */
export const kitchen: Theme = {
  ...contrast,
  canvas: light.canvas,
  sunken: light.sunken,
  line: 'oklch(0.87 0.006 265)',
  'line-strong': 'oklch(0.5 0.014 265)',
}

/** What surrounds the app where the system draws it: its title bar, its splash screen. */
export const appColours = { light: light.canvas, dark: dark.canvas }

export const themes = { light, dark, contrast, contrastDark, kitchen }
export type ThemeName = keyof typeof themes

/** Where a theme holds, in an order in which later ones win: what a person chose, then what their system asks for. */
const places: readonly { selectors: readonly string[]; theme: ThemeName; media?: string }[] = [
  { selectors: [':root', '[data-theme="light"]'], theme: 'light' },
  { selectors: ['[data-density="kitchen"]'], theme: 'kitchen' },
  { selectors: ['[data-theme="dark"]'], theme: 'dark' },
  {
    selectors: ['[data-theme="dark"][data-density="kitchen"]', '[data-theme="dark"] [data-density="kitchen"]'],
    theme: 'contrastDark',
  },
  {
    selectors: [':root:not([data-theme], [data-density="kitchen"])'],
    theme: 'dark',
    media: '(prefers-color-scheme: dark)',
  },
  { selectors: ['[data-theme="contrast"]'], theme: 'contrast' },
  {
    selectors: [':root:not([data-theme])', ':root[data-theme="light"]'],
    theme: 'contrast',
    media: '(prefers-contrast: more)',
  },
  { selectors: [':root[data-theme="dark"]'], theme: 'contrastDark', media: '(prefers-contrast: more)' },
  {
    selectors: [':root:not([data-theme], [data-density="kitchen"])'],
    theme: 'contrastDark',
    media: '(prefers-contrast: more) and (prefers-color-scheme: dark)',
  },
]

/** The same places for other values: a tenant's brand stands wherever the theme it was solved for stands. */
export const rulesFor = (linesOf: (theme: ThemeName) => readonly string[]) =>
  places
    .map(({ selectors, theme, media }) => {
      const rule = (indent: string) =>
        [
          `${selectors.map((selector) => indent + selector).join(',\n')} {`,
          ...linesOf(theme).map((line) => `${indent}  ${line}`),
          `${indent}}`,
        ].join('\n')
      return media ? `@media ${media} {\n${rule('  ')}\n}` : rule('')
    })
    .join('\n\n')

export const isDark = (theme: ThemeName) => theme === 'dark' || theme === 'contrastDark'

/** What text of a theme has to reach: AA, or AAA where more contrast was asked for and in the kitchen. */
export const textMinimum = (theme: ThemeName) => (theme === 'light' || theme === 'dark' ? 4.5 : 7)

/** Share of the status colour in a tinted card or badge. */
export const tintShare = 0.08

/** How much of what lies behind glass it covers. It blurs only where text on it stays readable over anything. */
export const glassCover = (theme: ThemeName) => (textMinimum(theme) === 7 ? 1 : 0.88)

/** Text that may stand on glass. */
export const textOnGlass = ['ink', 'ink-muted'] as const satisfies readonly ColourName[]

/** Text on what it stands on: 4.5:1 in every theme (7:1 in high contrast). `x%` is the tint of x over the surface. */
export const textPairs: readonly (readonly [ColourName, ColourName | `${StatusName | 'accent'}%`])[] = [
  ...(['canvas', 'surface', 'raised', 'sunken', 'ok%', 'warn%', 'danger%', 'info%', 'accent%'] as const).flatMap(
    (ground) => [['ink', ground] as const, ['ink-muted', ground] as const],
  ),
  ['accent-ink', 'canvas'],
  ['accent-ink', 'surface'],
  ['accent-ink', 'raised'],
  ['accent-ink', 'sunken'],
  ['accent-ink', 'accent%'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-danger', 'danger'],
  ['on-danger', 'danger-hover'],
  ...statuses.flatMap((status) => [
    [status, 'surface'] as const,
    [status, 'raised'] as const,
    [status, 'canvas'] as const,
    [status, `${status}%`] as const,
  ]),
]

/** Shapes, edges of controls, the focus ring, the chart line: 3:1. */
export const shapePairs: readonly (readonly [ColourName, ColourName])[] = [
  ['line-strong', 'surface'],
  ['line-strong', 'canvas'],
  ['line-strong', 'raised'],
  ['focus', 'surface'],
  ['focus', 'canvas'],
  ['focus', 'raised'],
  ['accent', 'surface'],
  ['accent', 'canvas'],
  ['neutral', 'surface'],
  ['chart', 'surface'],
]

/** Two densities by attribute: an office desk, and a kitchen with wet gloves. */
export const densities = {
  desk: { text: '16px', target: '44px', key: '64px' },
  kitchen: { text: '19px', target: '56px', key: '92px' },
} as const

/** Sizes of text, by what it is. In rem: a kitchen's text is larger altogether. */
export const typeScale = {
  figure: '1.75rem', // the number on a card
  title: '1.5rem', // what a page is
  heading: '1.125rem', // a dialog, a section
  body: '0.9375rem',
  label: '0.8125rem', // heads of tables, badges
  fine: '0.75rem', // the least there is
} as const

/** Work screens answer quickly; pages that tell a story take their time, one thing after another. */
export const motion = {
  quick: '120ms',
  calm: '200ms',
  reveal: '500ms',
  stagger: '50ms',
  ease: 'cubic-bezier(0.2, 0, 0, 1)',
} as const

const tints = [...statuses, 'accent', 'neutral'] as const

/** What a tint is mixed from, over the surface. */
export const tintSource = (name: StatusName | 'accent' | 'neutral'): ColourName =>
  name === 'accent' || name === 'neutral' ? name : `${name}-glow`

/** The whole of `tokens.css`. */
export function tokensCss(): string {
  return `/* Generated from tokens.ts: vitest run platform/web/tokens.test.ts -u */
:root {
  --shadow: 0 1px 2px oklch(0.2 0.02 265 / 0.06);
  --shadow-raised: 0 12px 32px -8px oklch(0.2 0.02 265 / 0.22), 0 2px 6px oklch(0.2 0.02 265 / 0.08);
${Object.entries(motion)
  .map(([name, value]) => `  --${name}: ${value};`)
  .join('\n')}
${density('desk')}
}

[data-density="kitchen"] {
${density('kitchen')}
}

${rulesFor(themeLines)}

:root,
[data-theme],
[data-density] {
${tints.map((name) => `  --${name}-tint: color-mix(in oklab, var(--${tintSource(name)}) ${tintShare * 100}%, var(--surface));`).join('\n')}
  --glass: color-mix(in oklab, var(--surface) var(--glass-cover), transparent);
}

/* Paper is light, whatever the screen is. */
@media print {
  :root:root:root {
${themeLines('light')
  .map((line) => `    ${line}`)
  .join('\n')}
  }
}

@media (prefers-reduced-motion: reduce) {
  :root {
    --quick: 0ms;
    --calm: 0ms;
    --reveal: 0ms;
    --stagger: 0ms;
  }
}

@theme inline {
  --color-*: initial;
  --color-transparent: transparent;
  --color-current: currentColor;
${colourNames.map((name) => `  --color-${name}: var(--${name});`).join('\n')}
${tints.map((name) => `  --color-${name}-tint: var(--${name}-tint);`).join('\n')}
  --shadow-card: var(--shadow);
  --shadow-raised: var(--shadow-raised);
  --spacing-target: var(--target);
  --spacing-key: var(--key);
${Object.entries(typeScale)
  .map(([name, size]) => `  --text-${name}: ${size};`)
  .join('\n')}
  --default-transition-duration: var(--quick);
  --default-transition-timing-function: var(--ease);
}
`
}

const themeLines = (name: ThemeName) => [
  `color-scheme: ${isDark(name) ? 'dark' : 'light'};`,
  ...colourNames.map((colour) => `--${colour}: ${themes[name][colour]};`),
  `--glass-cover: ${glassCover(name) * 100}%;`,
]

function density(name: keyof typeof densities): string {
  const { text, target, key } = densities[name]
  return `  --text: ${text};\n  --target: ${target};\n  --key: ${key};`
}
