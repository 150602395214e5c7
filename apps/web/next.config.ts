import path from 'node:path'
import type { NextConfig } from 'next'

/** Static shells without tenant data, served by our own server; the data comes from the API in the browser. */
const config: NextConfig = {
  output: 'export',
  transpilePackages: ['@opsflow/platform', '@opsflow/capabilities'],
  turbopack: { root: path.join(import.meta.dirname, '../..') },
  images: { unoptimized: true },
  // The house checks types itself, for every face; a newcomer's first start does not wait for it again.
  typescript: { ignoreBuildErrors: true },
}

export default config
