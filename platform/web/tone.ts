import type { StatusName } from './tokens.ts'

/** What a colour means here. */
export type Tone = StatusName | 'accent' | 'neutral'

export const toneText: Record<Tone, string> = {
  ok: 'text-ok',
  warn: 'text-warn',
  danger: 'text-danger',
  info: 'text-info',
  accent: 'text-accent-ink',
  neutral: 'text-neutral',
}

export const toneTint: Record<Tone, string> = {
  ok: 'bg-ok-tint',
  warn: 'bg-warn-tint',
  danger: 'bg-danger-tint',
  info: 'bg-info-tint',
  accent: 'bg-accent-tint',
  neutral: 'bg-surface',
}

export const toneEdge: Record<Tone, string> = {
  ok: 'border-ok/35',
  warn: 'border-warn/45',
  danger: 'border-danger/45',
  info: 'border-info/35',
  accent: 'border-accent/35',
  neutral: 'border-line',
}
