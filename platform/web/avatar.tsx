import { cx } from './classes.ts'

const sizes = { small: 'size-8 text-xs', medium: 'size-11 text-sm', large: 'size-20 text-2xl' }

/** A person by photo or initials. The name stands beside it, so it is not spoken twice. */
export function Avatar({
  name,
  photo,
  size = 'small',
}: {
  name: string
  photo?: string | undefined
  size?: keyof typeof sizes
}) {
  const shape = cx('shrink-0 rounded-full', sizes[size])
  if (photo) return <img src={photo} alt="" className={cx(shape, 'object-cover')} />
  return (
    <span
      aria-hidden
      className={cx(
        shape,
        'inline-flex items-center justify-center bg-accent-tint font-semibold tracking-tight text-accent-ink ring-1 ring-accent/30 select-none',
      )}
    >
      {initials(name)}
    </span>
  )
}

/** First and last: "Ana María López" is AL. */
function initials(name: string) {
  const words = name.trim().split(/\s+/)
  return [words[0], words.length > 1 ? words.at(-1) : '']
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase()
}
