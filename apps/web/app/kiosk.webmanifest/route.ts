import { kioskManifest } from '../../device/manifest.ts'

export const dynamic = 'force-static'

export const GET = () => Response.json(kioskManifest(), { headers: { 'content-type': 'application/manifest+json' } })
