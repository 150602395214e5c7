import { useRefusedPhotos } from '@opsflow/platform/client/files/use-photos'
import { useSyncStatus } from '@opsflow/platform/client/sync/use-replica'

/** Records that were not done, and photos that are not kept. */
export const useAttentionCount = () => useSyncStatus().needsAttention + useRefusedPhotos().length
