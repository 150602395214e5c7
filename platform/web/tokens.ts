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

export const themes = { light, dark, contrast }

/** Share of the status colour in a tinted card or badge. */
export const tintShare = 0.08

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

export const motion = { quick: '120ms', calm: '200ms', ease: 'cubic-bezier(0.2, 0, 0, 1)' } as const

const tints = [...statuses, 'accent', 'neutral'] as const

/** What a tint is mixed from, over the surface. */
export const tintSource = (name: StatusName | 'accent' | 'neutral'): ColourName =>
  name === 'accent' || name === 'neutral' ? name : `${name}-glow`

/** The whole of `tokens.css`. */
export function tokensCss(): string {
  return `/* Generated from tokens.ts: vitest run platform/web/tokens.test.ts -u */
:root {
  color-scheme: light;
${declarations(light)}
${tints.map((name) => `  --${name}-tint: color-mix(in oklab, var(--${tintSource(name)}) ${tintShare * 100}%, var(--surface));`).join('\n')}
  --shadow: 0 1px 2px oklch(0.2 0.02 265 / 0.06);
  --shadow-raised: 0 12px 32px -8px oklch(0.2 0.02 265 / 0.22), 0 2px 6px oklch(0.2 0.02 265 / 0.08);
  --quick: ${motion.quick};
  --calm: ${motion.calm};
  --ease: ${motion.ease};
${density('desk')}
}

[data-theme="dark"] {
  color-scheme: dark;
${declarations(dark)}
}

@media (prefers-color-scheme: dark) {
  :root:not([data-theme]) {
    color-scheme: dark;
${declarations(dark, '    ')}
  }
}

[data-theme="contrast"] {
${declarations(contrast)}
}

@media (prefers-contrast: more) {
  :root:not([data-theme]) {
    color-scheme: light;
${declarations(contrast, '    ')}
  }
}

[data-density="kitchen"] {
${density('kitchen')}
}

@media (prefers-reduced-motion: reduce) {
  :root {
    --quick: 0ms;
    --calm: 0ms;
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
  --default-transition-duration: var(--quick);
  --default-transition-timing-function: var(--ease);
}
`
}

const declarations = (theme: Theme, indent = '  ') =>
  colourNames.map((name) => `${indent}--${name}: ${theme[name]};`).join('\n')

function density(name: keyof typeof densities): string {
  const { text, target, key } = densities[name]
  return `  --text: ${text};\n  --target: ${target};\n  --key: ${key};`
}
