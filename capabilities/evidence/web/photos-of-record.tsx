'use client'
import { useEvidenceHere } from '../client/index.ts'
import type { OwnerKind } from '../evidence.ts'
import { EvidencePhotos } from './evidence-photos.tsx'

/** In a list: the photos of one of its records, as far as this device holds them. */
export function PhotosOfRecord({ ownerKind, ownerId }: { ownerKind: OwnerKind; ownerId: string }) {
  const items = useEvidenceHere(ownerKind, ownerId)
  return items.length > 0 ? (
    <div className="mt-1.5">
      <EvidencePhotos items={items} />
    </div>
  ) : null
}
