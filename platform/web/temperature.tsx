'use client'
import { useLocale } from 'use-intl'
import { cx } from './classes.ts'

type Value = { milli: number; unit: 'F' | 'C'; text?: string | null | undefined }

/** A number with its unit, isolated so that right-to-left text around it does not turn it about. */
export function Temperature({ value, className }: { value: Value; className?: string }) {
  const locale = useLocale()
  return (
    <bdi dir="ltr" className={cx('whitespace-nowrap tabular-nums', className)}>
      {degrees(value, locale)}
      <span className="text-[max(0.72em,0.75rem)] font-medium text-ink-muted"> °{value.unit}</span>
    </bdi>
  )
}

/** The same as plain text, for labels and summaries. */
export const temperatureText = (value: Value, locale: string) => `${degrees(value, locale)} °${value.unit}`

/** As many decimals as were read, at most two; one where nobody said. */
function degrees({ milli, text }: Value, locale: string) {
  const read = text?.split(/[.,]/)[1]?.length
  const decimals = Math.min(text ? (read ?? 0) : 1, 2)
  return new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    .format(milli / 1000)
    .replace('-', '−')
}
