/** Where each language's manifest lies. All of them are the same app. */
export const manifestPaths = { en: '/manifest.webmanifest', es: '/manifest.es.webmanifest' }
export const kioskManifestPath = '/kiosk.webmanifest'
