import '@fontsource-variable/geist'
import './globals.css'
import { appColours, preferencesScript } from '@opsflow/platform/web'
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { firstFiguresScript } from '../dashboard/first-figures.ts'
import { manifestPaths } from '../device/manifest-paths.ts'
import { firstCallsScript } from '../shell/first-calls.ts'
import { installScript } from '../shell/install-script.ts'
import { noEvalScript } from '../shell/no-eval-script.ts'
import { Providers } from '../shell/providers.tsx'

export const metadata: Metadata = {
  title: { default: 'OpsFlow', template: '%s · OpsFlow' },
  description: 'Every task, check and temperature of a restaurant chain, live and provable.',
  manifest: manifestPaths.en,
  icons: { icon: '/icon.svg', apple: '/icons/apple-touch.png' },
  appleWebApp: { capable: true, title: 'OpsFlow', statusBarStyle: 'default' },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: appColours.light },
    { media: '(prefers-color-scheme: dark)', color: appColours.dark },
  ],
}

const firstScript = noEvalScript + firstCallsScript + firstFiguresScript + installScript

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant, allowed by its hash */}
        <script dangerouslySetInnerHTML={{ __html: firstScript }} />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant, allowed by its hash */}
        <script dangerouslySetInnerHTML={{ __html: preferencesScript }} />
      </head>
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  )
}
