export { EvidencePhotos } from './evidence-photos.tsx'
export { EvidenceWait } from './evidence-wait.tsx'
export { messages as evidenceMessages } from './messages.ts'
export { PhotosOfRecord } from './photos-of-record.tsx'
