import type { ReactNode } from 'react'
import { Frame } from '../../shell/frame.tsx'

export default function AppLayout({ children }: { children: ReactNode }) {
  return <Frame>{children}</Frame>
}
