import { appColours } from '@opsflow/platform/web'
import type { MetadataRoute } from 'next'
import english from './messages/en.json'
import spanish from './messages/es.json'

type Manifest = MetadataRoute.Manifest
const words = { en: english.device.manifest, es: spanish.device.manifest }
type Language = keyof typeof words

/** The app of people with a sign-in of their own. It begins where they last were in charge: the address names nobody. */
export function appManifest(language: Language): Manifest {
  const { description, log, tasks } = words[language]
  return {
    ...common(language),
    id: '/',
    scope: '/',
    start_url: '/dashboard',
    name: 'OpsFlow',
    short_name: 'OpsFlow',
    description,
    display: 'standalone',
    shortcuts: [
      { name: log, url: '/temperature/log', icons: [icon(192)] },
      { name: tasks, url: '/tasks', icons: [icon(192)] },
    ],
  }
}

/** A tablet on a wall: an app of its own, that begins and stays at its lobby. */
export function kioskManifest(): Manifest {
  const { tablet, tabletDescription } = words.en
  return {
    ...common('en'),
    id: '/kiosk',
    scope: '/kiosk',
    start_url: '/kiosk',
    name: tablet,
    short_name: 'OpsFlow',
    description: tabletDescription,
    display: 'fullscreen',
  }
}

const common = (language: Language): Manifest => ({
  lang: language,
  dir: 'ltr',
  categories: ['business', 'food', 'productivity'],
  theme_color: appColours.light,
  background_color: appColours.light,
  icons: [icon(192), icon(512), icon(192, 'maskable'), icon(512, 'maskable')],
})

const icon = (size: 192 | 512, purpose: 'any' | 'maskable' = 'any') => ({
  src: `/icons/${purpose === 'any' ? 'icon' : purpose}-${size}.png`,
  sizes: `${size}x${size}`,
  type: 'image/png',
  purpose,
})
