import type { Metadata } from 'next'
import { NeedsAttentionLater } from '../../../unsent/needs-attention-later.tsx'

export const metadata: Metadata = { title: 'Needs attention' }

export default NeedsAttentionLater
