import { appManifest } from '../../device/manifest.ts'

export const dynamic = 'force-static'

export const GET = () => Response.json(appManifest('en'), { headers: { 'content-type': 'application/manifest+json' } })
