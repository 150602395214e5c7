'use client'
import { Input } from '@opsflow/platform/web'
import { Search } from 'lucide-react'
import { useTranslations } from 'use-intl'

export function SearchPlaces({ words, onChange }: { words: string; onChange: (words: string) => void }) {
  const t = useTranslations('places')
  return (
    <div className="relative border-b border-line p-3 sm:px-5">
      <Search
        aria-hidden
        className="pointer-events-none absolute start-6 top-1/2 size-4 -translate-y-1/2 text-ink-muted sm:start-8"
      />
      <Input
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        value={words}
        onChange={(event) => onChange(event.target.value)}
        className="ps-10"
      />
    </div>
  )
}
