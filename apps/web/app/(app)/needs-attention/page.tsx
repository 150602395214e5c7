import type { Metadata } from 'next'
import { NeedsAttention } from '../../../unsent/needs-attention.tsx'

export const metadata: Metadata = { title: 'Needs attention' }

export default NeedsAttention
